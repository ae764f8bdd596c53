"""Small worlds for the scheduler: ways, fleets and loads drawn at random, and whole plans."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from transport.scheduling.consignments import Consignment
from transport.scheduling.delivery_plan import DeliveryPlan, PassDates, Undelivered
from transport.scheduling.fleet import DAY_MIN, Fleet, Horizon, Hours, PlaceCount, Truck
from transport.scheduling.scheduler import Schedule
from transport.scheduling.timetable import Timetable
from transport.scheduling.ways import Stretch, Way
from transport.vehicles.travel_time import CHINA_TIME

MONDAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 6, tzinfo=CHINA_TIME)
DAYLIGHT = ((7 * 60, 17 * 60),)
OFF_PEAK = ((0, 7 * 60), (9 * 60, 17 * 60), (19 * 60, DAY_MIN))
NIGHT = ((22 * 60, 6 * 60),)
FLATBED, LOW_BED = ("T1", "S1"), ("T1", "L1")


def short_way(code: str = "A", minutes: int = 60, **more: object) -> Way:
    """Return a way of one stretch that is always open."""
    return Way(code, "包头", "呼和浩特", (Stretch(minutes),), **more)  # type: ignore[arg-type]


def fleet(**more: object) -> Fleet:
    """Return a fleet of two flatbeds with one bay, one crane and a spot of each kind."""
    given: dict[str, object] = {
        "trucks": (Truck("1", FLATBED), Truck("2", FLATBED)),
        "crews": 2,
        "escorts": 1,
        "bays": (PlaceCount("包头", 1),),
        "cranes": (PlaceCount("呼和浩特", 1),),
        "waiting": (PlaceCount("呼和浩特", 1),),
        "holding": (PlaceCount("呼和浩特", 1),),
        "factory_hours": Hours(7 * 60, 19 * 60, all_week=True),
    }
    return Fleet(**{**given, **more})  # type: ignore[arg-type]


def load(number: int, way: Way, first: int, last: int | None = None, **more: object) -> Consignment:
    """Return a load that may arrive between two days."""
    last = first if last is None else last
    given = {"wanted": last, "sequence": number, **more}
    return Consignment(number, way, FLATBED, first, last, **given)  # type: ignore[arg-type]


def drawn(
    seed: int, loads: int = 12, days: int = 4, **more: object
) -> tuple[tuple[Consignment, ...], Fleet]:
    """Return loads and a fleet that is a little too small, of all kinds there are."""
    chance = random.Random(seed)  # noqa: S311 - invented instances
    ways = [
        Way(
            f"W{number}",
            "包头",
            "呼和浩特",
            (
                Stretch(5 * chance.randint(4, 50), chance.choice(((), DAYLIGHT))),
                Stretch(
                    5 * chance.randint(2, 8),
                    chance.choice(((), OFF_PEAK, NIGHT)),
                    in_city=True,
                    holding=chance.choice(("", "城外")),
                ),
            ),
            frozenset(day for day in range(days) if chance.random() < 0.1),
        )
        for number in range(3)
    ]
    made = []
    for number in range(1, loads + 1):
        first = chance.randrange(days)
        last = min(first + chance.randrange(3), days - 1)
        under_pass = chance.random() < 0.3
        made.append(
            Consignment(
                number,
                chance.choice(ways),
                chance.choice((FLATBED, LOW_BED)),
                first,
                last,
                chance.randint(first, last),
                number,
                pieces=chance.randint(1, 4),
                escorts=chance.choice((0, 0, 1)),
                pass_number=chance.randint(1, 2) if under_pass else 0,
                pass_ready=chance.choice((0, 1)) if under_pass else None,
                pass_days=chance.choice((3, 180)) if under_pass else 0,
            )
        )
    # Loads of one pass are alike, as the load plan makes them.
    first_of: dict[int, Consignment] = {}
    alike = []
    for one in made:
        like = first_of.setdefault(one.pass_number, one) if one.pass_number else one
        alike.append(
            Consignment(
                one.load, like.way, like.units, one.earliest, one.latest, one.wanted, one.sequence,
                one.pieces, like.escorts, one.pass_number, like.pass_ready, like.pass_days,
            )
        )  # fmt: skip
    trucks = tuple(Truck(f"{n}", chance.choice((FLATBED, LOW_BED))) for n in range(1, 4))
    chosen = fleet(
        crews=chance.randint(1, 3),
        escorts=chance.randint(0, 1),
        loading_min=chance.choice((30, 60)),
        factory_hours=Hours(7 * 60, 19 * 60, all_week=chance.random() < 0.5),
        duty_min=chance.choice((600, 780, 10_000)),
        waiting=(PlaceCount("呼和浩特", chance.randint(0, 1)),),
    )
    return tuple(alike), _changed(chosen, trucks=trucks, **more)


def horizon(days: int = 4, **more: object) -> Horizon:
    """Return the time of a plan, with a day after for the way home."""
    return Horizon((days + 2) * DAY_MIN, **more)  # type: ignore[arg-type]


def plan_of(
    made: Schedule,
    given: Fleet,
    loads: Sequence[Consignment],
    late: Mapping[int, int] | None = None,
) -> DeliveryPlan:
    """Return a schedule as the plan that is kept."""
    table = Timetable(MONDAY, given)
    trips = tuple(
        table.trip(one, late_min=(late or {}).get(one.load.load, 0)) for one in made.placed
    )
    ready = {one.pass_number: one.pass_ready or 0 for one in loads if one.pass_number}
    return DeliveryPlan(
        "p", "b", "r", 1, NOW, "计划员", given, MONDAY, trips,
        tuple(
            Undelivered(one.load, one.pieces, table.day(one.earliest), table.day(one.latest), why)
            for one, why in made.open
        ),
        tuple(
            PassDates(number, "", MONDAY, MONDAY, 0, None, table.day(day))
            for number, day in ready.items()
        ),
    )  # fmt: skip


def ways_of(loads: Sequence[Consignment]) -> dict[str, Way]:
    """Return the ways of loads by their codes."""
    return {one.way.code: one.way for one in loads}


def _changed(given: Fleet, **more: object) -> Fleet:
    values = {name: getattr(given, name) for name in Fleet.__slots__}
    return Fleet(**{**values, **more})
