"""Passages over a way: hours of travel, places to wait, the driver's rest, days it is closed."""

from __future__ import annotations

from datetime import date

from tests.schedules import DAYLIGHT, MONDAY, NIGHT, OFF_PEAK, fleet, horizon, load, short_way
from transport.regulations.reading import read_calendar
from transport.scheduling.consignments import Obstacle
from transport.scheduling.fleet import DAY_MIN, Hours, PlaceCount, Truck
from transport.scheduling.lead_times import first_day_in_force, last_day_to_apply
from transport.scheduling.scheduler import out_of_order, reschedule, schedule
from transport.scheduling.ways import Stretch, Way, without
from webapp.settings import shipped_config

SEVEN, NINE = 7 * 60, 9 * 60


def test_a_stretch_is_driven_whole_within_its_hours() -> None:
    way = Way("A", "包头", "呼和浩特", (Stretch(300, DAYLIGHT),))
    found = way.passage(13 * 60)
    assert found is not None
    assert found.departs == DAY_MIN + SEVEN, "five hours do not fit before 17:00"
    assert found.arrives == found.departs + 300 + 20, "after four hours the driver rests"


def test_a_truck_waits_before_the_city_only_where_there_is_a_place() -> None:
    streets = Stretch(30, NIGHT, in_city=True, holding="城外")
    way = Way("A", "包头", "呼和浩特", (Stretch(120), streets))
    found = way.passage(NINE)
    assert found is not None
    assert [(one.place, one.from_min, one.to_min) for one in found.holds] == [
        ("城外", 11 * 60, 22 * 60)
    ]
    nowhere = Way("A", "包头", "呼和浩特", (Stretch(120), Stretch(30, NIGHT, in_city=True)))
    assert nowhere.passage(NINE) is None


def test_a_long_wait_counts_as_the_drivers_rest() -> None:
    way = Way("A", "a", "b", (Stretch(200), Stretch(100, OFF_PEAK, in_city=True, holding="x")))
    found = way.passage(13 * 60 + 40)
    assert found is not None
    assert found.arrives == 19 * 60 + 100, "it waited from 17:00 to 19:00"


def test_a_closed_day_is_driven_around() -> None:
    way = short_way(closed=frozenset({1}))
    found = way.passage(DAY_MIN + NINE)
    assert found is not None
    assert found.departs == 2 * DAY_MIN
    late = way.passage(DAY_MIN - 30)
    assert late is not None
    assert late.departs == 2 * DAY_MIN, "it would still be under way at midnight"


def test_peaks_are_taken_out_of_the_hours_of_daylight() -> None:
    assert without(DAYLIGHT, ((7 * 60, 9 * 60), (17 * 60, 19 * 60))) == ((9 * 60, 17 * 60),)
    assert without((), ((0, 60),)) == ((60, DAY_MIN),)


def test_what_is_erected_first_is_unloaded_first() -> None:
    loads = [load(number, short_way(), 1, sequence=9 - number) for number in range(1, 5)]
    made = schedule(loads, fleet(), horizon())
    assert len(made.placed) == 4
    assert out_of_order(made.placed) == 0


def test_nothing_leaves_before_its_pass_and_every_reason_is_told() -> None:
    way = short_way()
    loads = [
        load(1, way, 1, 2, pass_number=1, pass_ready=2),
        load(2, way, 1, pass_number=2, pass_ready=3),
        load(3, Way("B", "包头", "呼和浩特", (), no_route="infeasible"), 1),
        load(4, short_way("C", closed=frozenset(range(6))), 1),
        load(5, short_way("D", minutes=1500), 1),
        load(6, way, 1, escorts=4),
    ]
    made = schedule(loads, fleet(), horizon())
    assert [one.passage.departs // DAY_MIN for one in made.placed] == [2]
    assert {one.load: why for one, why in made.open} == {
        2: Obstacle.NO_PASS_IN_TIME,
        3: Obstacle.NO_ROUTE,
        4: Obstacle.WAY_CLOSED,
        5: Obstacle.CREW_HOURS,
        6: Obstacle.ESCORTS_BUSY,
    }


def test_the_loads_of_a_pass_share_one_truck_and_a_full_site_lets_nobody_wait() -> None:
    way = short_way()
    loads = [load(n, way, 1, pass_number=1, pass_ready=0, pass_days=180) for n in (1, 2)]
    made = schedule(loads, fleet(), horizon())
    assert len({one.truck for one in made.placed}) == 1
    crowded = fleet(waiting=(PlaceCount("呼和浩特", 0),), bays=(PlaceCount("包头", 2),))
    made = schedule([load(n, way, 1) for n in (1, 2)], crowded, horizon())
    assert all(one.unloads == one.passage.arrives for one in made.placed)


def test_a_load_for_a_monday_stands_loaded_over_the_weekend() -> None:
    hours = Hours(SEVEN, 19 * 60)
    given = fleet(factory_hours=hours, site_hours=Hours(SEVEN, NINE, all_week=True))
    off = horizon(days_off=frozenset({1, 2}))
    made = schedule([load(1, short_way(), 2)], given, off)
    assert [one.loads // DAY_MIN for one in made.placed] == [0]
    assert made.placed[0].unloads // DAY_MIN == 2


def test_a_late_truck_is_unloaded_later_and_the_others_make_room() -> None:
    loads = [load(number, short_way(), 1) for number in (1, 2, 3)]
    given = fleet(trucks=tuple(Truck(f"{n}", loads[0].units) for n in range(3)), crews=3)
    before = schedule(loads, given, horizon())
    first = min(before.placed, key=lambda one: one.unloads)
    now = horizon(not_before=first.loads + 5)
    after = reschedule(before.placed, loads, given, now, {first.load.load}, {first.load.load: 60})
    late = next(one for one in after.placed if one.load.load == first.load.load)
    assert late.loads == first.loads
    assert late.unloads >= first.unloads + 60
    assert after.open == ()


def test_the_last_day_to_apply_leaves_the_authority_its_days() -> None:
    calendar = read_calendar(shipped_config())
    starts_on = date(2026, 10, 9)
    apply_by = last_day_to_apply(starts_on, 5, calendar)
    assert apply_by is not None
    assert apply_by < date(2026, 9, 30), "the October holiday does not count"
    ready = first_day_in_force(apply_by, 5, calendar)
    assert ready is not None
    assert ready <= starts_on
    assert last_day_to_apply(date(2031, 3, 3), 5, calendar) is None, "not announced"
    assert MONDAY.weekday() == 0
