"""The form of a delivery plan: trucks, people, places and hours, and what went wrong since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l

from transport.delivery.load_plan import LoadPlan
from transport.scheduling.delivery_plan import DeliveryPlan, Disruption
from transport.scheduling.fleet import Fleet, Hours, PlaceCount, Truck
from transport.services.planning_deliveries import DeliveryWishes
from transport.vehicles.travel_time import CHINA_TIME
from webapp.fields import Fields

LABELS = {
    "crews": _l("Crews"),
    "escorts": _l("Escort cars with crew"),
    "cranes": _l("Cranes on site"),
    "waiting": _l("Trucks that may wait at the site"),
    "holding": _l("Trucks that may wait at holding places before the city"),
    "factory_from": _l("The factory loads from"),
    "factory_to": _l("The factory loads until"),
    "site_from": _l("The site unloads from"),
    "site_to": _l("The site unloads until"),
    "loading_min": _l("Loading takes"),
    "unloading_min": _l("Unloading takes"),
    "city_from": _l("City streets from"),
    "city_to": _l("City streets until"),
    "granted_from": _l("Passes in force from"),
    "reserve_days": _l("Days of reserve before the need day"),
    "factory_all_week": _l("The factory loads on days off too"),
    "thaw_confirmed": _l("The maintainer has confirmed weak roads for the spring thaw"),
    "from_at": _l("From when"),
    "to_at": _l("Until when"),
    "late_min": _l("Late by"),
    "lane": _l("Way of the plan"),
    "truck": _l("Truck"),
    "load": _l("Load number"),
    "what": _l("What has happened"),
}
_FULL = 24 * 60


class Happening(StrEnum):
    """What a plan is made anew for."""

    CLOSURE = "closure"
    TRUCK_AWAY = "truck_away"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class TruckKind:
    """A combination of the load plan, the name of its field, and how many loads it carries."""

    field: str
    units: tuple[str, ...]
    loads: int
    busiest: int


def truck_kinds(plan: LoadPlan) -> tuple[TruckKind, ...]:
    """Return the combinations that a load plan uses, the most used first."""
    days: dict[tuple[str, ...], Counter[date]] = {}
    for one in plan.loads:
        days.setdefault(one.units, Counter())[one.deliver_on] += 1
    ordered = sorted(days.items(), key=lambda one: (-one[1].total(), one[0]))
    return tuple(
        TruckKind(f"trucks_{number}", units, count.total(), max(count.values()))
        for number, (units, count) in enumerate(ordered)
    )


def places_of(plan: LoadPlan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the factories and the sites of a load plan."""
    origins = dict.fromkeys(one.origin for one in plan.loads)
    return tuple(origins), tuple(dict.fromkeys(one.destination for one in plan.loads))


def starting_values(plan: LoadPlan, before: DeliveryPlan | None) -> dict[str, str]:
    """Return what the form shows first: the fleet of the plan before, or a guess."""
    kinds, (origins, _) = truck_kinds(plan), places_of(plan)
    if before is None:
        trucks = {one.field: str(one.busiest) for one in kinds}
        bays = {f"bays_{number}": "2" for number in range(len(origins))}
        total = sum(one.busiest for one in kinds)
        fleet = Fleet((), total, 2, (), (PlaceCount("", 2),), (PlaceCount("", 3),),
                      (PlaceCount("", 6),))  # fmt: skip
    else:
        fleet = before.fleet
        counts = Counter(one.units for one in fleet.trucks)
        known = {one.place: one.count for one in fleet.bays}
        trucks = {one.field: str(counts[one.units]) for one in kinds}
        bays = {f"bays_{number}": str(known.get(one, 2)) for number, one in enumerate(origins)}
    city = fleet.city_hours or (None, None)
    return {
        **trucks,
        **bays,
        "crews": str(fleet.crews),
        "escorts": str(fleet.escorts),
        "cranes": str(_first(fleet.cranes)),
        "waiting": str(_first(fleet.waiting)),
        "holding": str(_first(fleet.holding)),
        "factory_from": _clock(fleet.factory_hours.from_min),
        "factory_to": _clock(fleet.factory_hours.to_min),
        "site_from": _clock(fleet.site_hours.from_min),
        "site_to": _clock(fleet.site_hours.to_min),
        "loading_min": str(fleet.loading_min),
        "unloading_min": str(fleet.unloading_min),
        "city_from": _clock(city[0]),
        "city_to": _clock(city[1]),
        "reserve_days": str(fleet.reserve_days),
        "factory_all_week": "1" if fleet.factory_hours.all_week else "",
        "thaw_confirmed": "1" if fleet.thaw_confirmed else "",
    }


def read_wishes(
    form: Mapping[str, str], plan: LoadPlan, names: Mapping[str, str]
) -> DeliveryWishes:
    """Read the fleet; `names` are those of the units. Raise InvalidInputError with every fault."""
    fields, (origins, sites) = Fields(form), places_of(plan)
    trucks: list[Truck] = []
    for kind in truck_kinds(plan):
        count = fields.whole_number(kind.field, least=0, most=60)
        name = "+".join(names.get(code, code) for code in kind.units[-1:])
        taken = sum(one.name.startswith(f"{name} ") for one in trucks)
        trucks += [Truck(f"{name} {taken + n}", kind.units) for n in range(1, count + 1)]
    spots = {
        name: fields.whole_number(name, least=least, most=60)
        for name, least in (("cranes", 1), ("waiting", 0), ("holding", 0))
    }
    by_site = {
        name: tuple(PlaceCount(site, count) for site in sites) for name, count in spots.items()
    }
    city = _minute(fields, "city_from", required=False), _minute(fields, "city_to", required=False)
    if (city[0] is None) != (city[1] is None):
        fields.refuse("city_from" if city[0] is None else "city_to", "is required", "required")
    fleet = Fleet(
        trucks=tuple(trucks),
        crews=fields.whole_number("crews", least=1, most=200),
        escorts=fields.whole_number("escorts", least=0, most=60),
        bays=tuple(
            PlaceCount(origin, fields.whole_number(f"bays_{number}", least=1, most=60))
            for number, origin in enumerate(origins)
        ),
        cranes=by_site["cranes"],
        waiting=by_site["waiting"],
        holding=by_site["holding"],
        factory_hours=_hours(fields, "factory", all_week=fields.ticked("factory_all_week")),
        site_hours=_hours(fields, "site", all_week=True),
        loading_min=_five(fields.whole_number("loading_min", least=5, most=600)),
        unloading_min=_five(fields.whole_number("unloading_min", least=5, most=600)),
        city_hours=None if city[0] is None or city[1] is None else (city[0], city[1]),
        thaw_confirmed=fields.ticked("thaw_confirmed"),
        reserve_days=fields.whole_number("reserve_days", least=0, most=20),
    )
    granted_from = fields.day("granted_from", required=False)
    fields.check()
    return DeliveryWishes(fleet, granted_from=granted_from)


def read_happening(form: Mapping[str, str], plan: DeliveryPlan) -> DeliveryWishes:
    """Read what happened since a plan was made; raises InvalidInputError with every fault."""
    fields = Fields(form)
    what = fields.choice("what", Happening)
    if what is Happening.LATE:
        load = fields.whole_number("load", least=1, most=10**6)
        minutes = fields.whole_number("late_min", least=5, most=3 * _FULL)
        if load not in {one.load for one in plan.trips}:
            fields.refuse("load", "is not on the plan", "not_a_choice", given=str(load))
        happened = Disruption(load=load, late_min=_five(minutes))
    else:
        first, last = fields.instant("from_at"), fields.instant("to_at")
        if first and last and last < first:
            fields.refuse("to_at", "is before the beginning", "ends_before_start")
        times = {"from_at": _in_china(first), "to_at": _in_china(last)}
        if what is Happening.CLOSURE:
            origin, _, destination = fields.text("lane").partition("→")
            happened = Disruption(origin.strip(), destination.strip(), **times)
        else:
            happened = Disruption(truck=fields.text("truck"), **times)
    fields.check()
    return DeliveryWishes(plan.fleet, (happened,), keep_all=True)


def lanes_of(plan: DeliveryPlan) -> Sequence[str]:
    """Return the ways of a plan, as the form offers them."""
    ways = {(one.origin, one.destination) for one in plan.trips}
    ways |= {(one.origin, one.destination) for one in plan.undelivered}
    return sorted(f"{origin} → {destination}" for origin, destination in ways)


def _in_china(moment: datetime | None) -> Any:
    return moment and moment.replace(tzinfo=CHINA_TIME)


def _hours(fields: Fields, which: str, *, all_week: bool) -> Hours:
    first = _minute(fields, f"{which}_from") or 0
    last = _minute(fields, f"{which}_to") or 0
    if last <= first:
        fields.refuse(f"{which}_to", "is before the beginning", "ends_before_start")
    return Hours(first, last, all_week)


def _minute(fields: Fields, name: str, *, required: bool = True) -> int | None:
    text = fields.text(name, required=required)
    if not text:
        return None
    hours, _, minutes = text.partition(":")
    numbers = hours.isdecimal() and minutes.isdecimal()
    found = int(hours) * 60 + int(minutes) if numbers else _FULL + 1
    if found > _FULL:
        fields.refuse(name, f"'{text}' is no time like 07:30", "not_a_clock", given=text)
        return None
    return _five(found)


def _five(minutes: int) -> int:
    return minutes // 5 * 5


def _clock(minutes: int | None) -> str:
    return "" if minutes is None else f"{minutes // 60:02d}:{minutes % 60:02d}"


def _first(places: Sequence[PlaceCount]) -> int:
    return places[0].count if places else 0
