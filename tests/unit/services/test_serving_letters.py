"""Numbers of letters and proofs of service: what an office's register and the periods rest on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.factories import CALENDAR, MONDAY, World, law
from transport.errors import InvalidInputError, StepNotAllowedError
from transport.people import Actor
from transport.permits.case import Case
from transport.permits.clocks import answer_due_on
from transport.permits.decision import DecisionOutcome
from transport.permits.letters import LetterKind, Manner, service_of
from transport.permits.states import ActKind
from transport.services import consulting, deciding, serving_letters
from transport.services.serving_letters import LetterOnFile, Receipt, letters_on_file

HIGHWAY, POLICE = ActKind.HIGHWAY_PERMIT, ActKind.POLICE_CONSULTATION


def on_file(world: World, case: Case, kind: ActKind = HIGHWAY) -> dict[LetterKind, LetterOnFile]:
    stored = world.reload(case)
    act = stored.of_kind(kind)[0]
    found = letters_on_file(stored, act, law(), CALENDAR, world.now.date())
    return {one.letter: one for one in found}


def serve(
    world: World, case: Case, receipt: Receipt, who: Actor | None = None, kind: ActKind = HIGHWAY
) -> Case:
    request = world.request(case, who or world.handler, kind)
    return serving_letters.serve(
        world.unit_of_work, CALENDAR, world.documents, request, receipt, paper=("回证.pdf", b"%PDF")
    )


def test_letters_count_by_office_year_and_kind_without_a_gap() -> None:
    world = World()
    first, second = world.signed(), world.signed()
    numbers = [on_file(world, one)[LetterKind.GRANT].number for one in (first, second)]
    assert numbers == ["交许150000准〔2026〕1号", "交许150000准〔2026〕2号"]
    assert on_file(world, second)[LetterKind.ACCEPTANCE].number == "交许150000受〔2026〕2号"
    # The consultation is a letter of the office that asks, not of the one that is asked.
    assert on_file(world, second, POLICE)[LetterKind.CONSULTATION].number.startswith("交许150000征")
    with pytest.raises(StepNotAllowedError):
        deciding.sign(world.unit_of_work, CALENDAR, world.request(second, world.signatory))
    assert on_file(world, world.signed())[LetterKind.GRANT].number.endswith("3号")


def test_an_office_with_a_word_of_its_own_writes_it_and_old_letters_keep_theirs() -> None:
    world = World()
    before = world.signed()
    with world.unit_of_work() as work:
        office = work.organisations.get(world.handler.organisation_id)
        work.organisations.save(replace(office, letter_word="内交运"), changed_by="t", at=world.now)
        work.commit()
    assert on_file(world, world.signed())[LetterKind.GRANT].number == "内交运准〔2026〕2号"
    assert on_file(world, before)[LetterKind.GRANT].number == "交许150000准〔2026〕1号"


def test_the_remedies_run_from_the_service_of_the_decision() -> None:
    world = World()
    case = world.signed(outcome=DecisionOutcome.REFUSE)
    letter = on_file(world, case)[LetterKind.REFUSAL]
    assert (letter.review_until, letter.serve_by) == (None, date(2026, 5, 25))
    world.later(days=16)
    assert on_file(world, case)[LetterKind.REFUSAL].late
    served = MONDAY + timedelta(days=3)
    serve(world, case, Receipt(LetterKind.REFUSAL, Manner.DIRECT, served, received_by="王某"))
    letter = on_file(world, case)[LetterKind.REFUSAL]
    assert letter.service is not None
    assert letter.service.paper
    assert letter.review_until == date(2026, 7, 13)
    assert letter.lawsuit_until == date(2026, 11, 14)
    assert not letter.late


def test_a_consulted_office_has_its_days_from_the_day_the_letter_arrived() -> None:
    world = World()
    case = world.accepted()
    consulting.consult_police(
        world.unit_of_work, CALENDAR, law(), world.request(case, world.handler)
    )
    world.later(days=1)
    arrived = Receipt(LetterKind.CONSULTATION, Manner.POST, world.now.date(), received_by="收发室")
    with pytest.raises(StepNotAllowedError):
        serve(world, case, arrived, world.police, POLICE)
    before = world.act(case, POLICE)
    serve(world, case, arrived, kind=POLICE)
    after = world.act(case, POLICE)
    assert answer_due_on(before.clock, before.terms, CALENDAR) == date(2026, 5, 14)
    assert answer_due_on(after.clock, after.terms, CALENDAR) == date(2026, 5, 16)
    assert service_of(after.services, LetterKind.CONSULTATION) is not None


@pytest.mark.parametrize(
    ("receipt", "code"),
    [
        (Receipt(LetterKind.REFUSAL, Manner.DIRECT, MONDAY, "王某"), "no_such_letter"),
        (Receipt(LetterKind.GRANT, Manner.DIRECT, MONDAY), "recipient_missing"),
        (Receipt(LetterKind.GRANT, Manner.LEFT_THERE, MONDAY), "witness_missing"),
        (Receipt(LetterKind.GRANT, Manner.PUBLIC_NOTICE, date(2026, 5, 10)), "served_outside"),
        (Receipt(LetterKind.GRANT, Manner.PUBLIC_NOTICE, date(2026, 5, 12)), "served_outside"),
    ],
)
def test_a_service_that_cannot_be_true_is_refused(receipt: Receipt, code: str) -> None:
    world = World()
    case = world.signed()
    with pytest.raises(InvalidInputError) as refused:
        serve(world, case, receipt)
    assert [one.code for one in refused.value.faults] == [code]


def test_a_letter_is_served_once() -> None:
    world = World()
    case = world.signed()
    receipt = Receipt(LetterKind.GRANT, Manner.DIRECT, MONDAY, "王某")
    serve(world, case, receipt)
    with pytest.raises(InvalidInputError, match="served already"):
        serve(world, case, receipt)
