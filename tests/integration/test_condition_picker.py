"""Officers pick conditions of the catalogue; what they tick goes onto the act in Chinese."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from tests.offices import Offices
from transport.permits.case import Case
from transport.permits.states import ActKind
from webapp.case_file.travel_terms import read_terms
from webapp.fields import Fields

CONSENT = ActKind.MUNICIPAL_CONSENT
CONSULTATION = ActKind.POLICE_CONSULTATION


def test_what_is_ticked_stands_before_what_is_written_and_nothing_twice() -> None:
    form = MultiDict(
        [
            ("catalogue", "法定节假日停驶"),
            ("catalogue", "车货设置明显的超限标志"),
            ("conditions", "法定节假日停驶\n不得鸣笛"),
        ]
    )

    terms = read_terms(Fields(form))

    assert terms.conditions == ("法定节假日停驶", "车货设置明显的超限标志", "不得鸣笛")


def _with_opinion(offices: Offices, opinion: dict[str, object]) -> Case:
    world = offices.world
    case = world.submitted()
    offices.step(case, world.handler, "accept")
    offices.step(case, world.handler, "consult", {"question": "通行时间"})
    offices.step(case, world.police, "give-opinion", opinion, kind=CONSULTATION)
    return case


def test_each_act_is_offered_the_conditions_of_its_roads(offices: Offices) -> None:
    world = offices.world
    case = _with_opinion(offices, {"outcome": "no_objection"})

    highway = offices.person(world.handler).open(offices.address(case, "handle")).text

    assert "条件目录" in highway
    assert "车货设置明显的超限标志" in highway
    assert "城区避让早晚高峰" not in highway
    offices.step(case, world.municipal[0], "accept", kind=CONSENT)
    city = offices.person(world.municipal[0]).open(offices.address(case, "consent", CONSENT)).text
    assert "城区避让早晚高峰" in city
    assert "在高速公路" not in city


def test_a_ticked_condition_goes_from_the_opinion_to_the_proposal(offices: Offices) -> None:
    world = offices.world
    ticked = {"catalogue": ["车货设置明显的超限标志", "法定节假日停驶"]}
    opinion: dict[str, object] = {"outcome": "conditions", "text": "须设标志", **ticked}

    case = _with_opinion(offices, opinion)

    given = world.act(case, CONSULTATION).opinion
    assert given is not None
    assert given.terms.conditions == ("车货设置明显的超限标志", "法定节假日停驶")
    proposal = offices.person(world.handler).open(offices.address(case, "handle"))
    assert "车货设置明显的超限标志\n法定节假日停驶" in proposal.source
