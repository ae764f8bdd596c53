"""Between the minutes of the scheduler and the moments of a delivery plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from transport.scheduling.consignments import Consignment
from transport.scheduling.delivery_plan import DeliveryTrip, Wait
from transport.scheduling.fleet import DAY_MIN, Fleet, PlaceCount
from transport.scheduling.placing import NOBODY, Placed
from transport.scheduling.ways import Hold, Passage
from transport.vehicles.travel_time import CHINA_TIME

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Timetable:
    """Turns trips into moments and back; days and minutes count from `first_day`."""

    first_day: date
    fleet: Fleet

    def minute(self, moment: datetime) -> int:
        """Return the minute of a moment."""
        return (moment - datetime.combine(self.first_day, time(), CHINA_TIME)) // _MINUTE

    def moment(self, minute: int) -> datetime:
        """Return the moment of a minute."""
        return datetime.combine(self.first_day, time(), CHINA_TIME) + minute * _MINUTE

    def day(self, number: int) -> date:
        """Return a day by its number."""
        return self.first_day + timedelta(days=number)

    def number(self, day: date) -> int:
        """Return the number of a day."""
        return (day - self.first_day).days

    def trip(self, one: Placed, *, is_pinned: bool = False, late_min: int = 0) -> DeliveryTrip:
        """Return a placed load as a trip of the plan."""
        load, passage = one.load, one.passage
        waits = [
            Wait(hold.place, _name(spot), self.moment(hold.from_min), self.moment(hold.to_min))
            for spot, hold in zip(one.holding, passage.holds, strict=True)
        ]
        return DeliveryTrip(
            load=load.load,
            truck=self.fleet.trucks[one.truck].name,
            units=load.units,
            crew=_name(one.crew),
            escorts=tuple(_name(escort) for escort in one.escorts),
            bay=_name(one.bay),
            crane=_name(one.crane),
            waiting=_name(one.waiting),
            origin=load.way.origin,
            destination=load.way.destination,
            way=load.way.code,
            loads_at=self.moment(one.loads),
            loaded_at=self.moment(one.loading[1]),
            departs_at=self.moment(passage.departs),
            holds=tuple(waits),
            arrives_at=self.moment(passage.arrives),
            unloads_at=self.moment(one.unloads),
            unloaded_at=self.moment(one.unloaded),
            leaves_at=self.moment(one.unloaded + one.rest_away_min),
            returns_at=self.moment(one.returns),
            earliest=self.day(load.earliest),
            latest=self.day(load.latest),
            sequence=load.sequence,
            pieces=load.pieces,
            pass_number=load.pass_number,
            is_pinned=is_pinned,
            late_min=late_min,
        )

    def placed(self, trip: DeliveryTrip, load: Consignment) -> Placed | None:
        """Return a trip as a placed load; None where the fleet no longer has what it uses."""
        trucks = {one.name: number for number, one in enumerate(self.fleet.trucks)}
        crew, bay, crane = _number(trip.crew), _number(trip.bay), _number(trip.crane)
        escorts = tuple(_number(one) for one in trip.escorts)
        waiting, holding = _number(trip.waiting), tuple(_number(one.spot) for one in trip.holds)
        fleet = self.fleet
        there = (
            trip.truck in trucks
            and crew < fleet.crews
            and all(one < fleet.escorts for one in escorts)
            and bay < _count(fleet.bays, trip.origin)
            and crane < _count(fleet.cranes, trip.destination)
            and waiting < _count(fleet.waiting, trip.destination)
            and all(one < _count(fleet.holding, trip.destination) for one in holding)
        )
        if not there:
            return None
        loads, unloads = self.minute(trip.loads_at), self.minute(trip.unloads_at)
        holds = tuple(
            Hold(one.place, self.minute(one.from_at), self.minute(one.to_at)) for one in trip.holds
        )
        passage = Passage(self.minute(trip.departs_at), self.minute(trip.arrives_at), holds)
        return Placed(
            load,
            loads,
            passage,
            unloads,
            trucks[trip.truck],
            crew,
            escorts,
            bay,
            crane,
            waiting,
            holding,
            self.minute(trip.loaded_at) - loads,
            self.minute(trip.unloaded_at) - unloads,
            (trip.leaves_at - trip.unloaded_at) // _MINUTE,
        )


def horizon_minutes(days: int) -> int:
    """Return the minutes of so many days."""
    return days * DAY_MIN


def _name(unit: int) -> str:
    return "" if unit == NOBODY else str(unit + 1)


def _number(name: str) -> int:
    return int(name) - 1 if name else NOBODY


def _count(places: tuple[PlaceCount, ...], place: str) -> int:
    return sum(one.count for one in places if one.place == place)
