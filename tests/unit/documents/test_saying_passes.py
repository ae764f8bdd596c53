"""What the annex of a pass says of a case whose every act is in force."""

from __future__ import annotations

from tests.factories import World, law
from webapp.documents.contents import PassAnnex
from webapp.documents.saying_passes import describe_pass

CITY = "包头市城市道路"
BOTH = "市政工程主管部门同意\n公安机关指定时间、路线、速度"


def _annex() -> PassAnnex:
    world = World()
    case, permit = world.ready()
    with world.unit_of_work() as work:
        carrier = work.organisations.get(case.organisation_id)
    return describe_pass(case, permit, carrier, law())


def test_a_condition_that_two_acts_of_a_city_state_is_listed_once_and_names_both() -> None:
    lines = _annex().conditions
    assert len({(line.where, line.text) for line in lines}) == len(lines)
    city = [line for line in lines if line.where == CITY]
    assert city
    assert {line.basis for line in city} == {BOTH}


def test_conditions_of_the_highway_pass_hold_on_the_whole_way() -> None:
    whole = [line for line in _annex().conditions if line.where == "全程"]
    assert whole
    assert {line.basis for line in whole} == {"公路超限运输许可"}
