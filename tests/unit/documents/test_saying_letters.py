"""What the letters of a case say, from the case itself."""

from __future__ import annotations

from tests.factories import CALENDAR, World, law
from transport.permits.letters import LetterKind
from transport.permits.states import ActKind
from webapp.documents.contents import Letter
from webapp.documents.saying_letters import describe_letter


def _letter(kind: LetterKind) -> Letter:
    world = World()
    case, _ = world.ready()
    act = world.act(case, ActKind.MUNICIPAL_CONSENT)
    return describe_letter(kind, case, act, law(), CALENDAR)


def test_an_acceptance_does_not_tell_what_was_decided_later() -> None:
    assert _letter(LetterKind.ACCEPTANCE).items == ()
    assert _letter(LetterKind.GRANT).items[0].text.startswith("通行时段")


def test_a_decision_names_the_articles_of_its_remedies_as_laws_do() -> None:
    remedies = _letter(LetterKind.GRANT).remedies
    assert remedies is not None
    assert "第二十条" in remedies.basis
    assert "第四十六条" in remedies.basis


def test_the_days_of_travel_are_written_in_chinese() -> None:
    assert "年" in dict(_letter(LetterKind.GRANT).facts)["通行期限"]
