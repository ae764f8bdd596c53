"""Can it get there: every part of a list and its site, answered before it is cast.

Equal parts share an answer, equal transports share a route, so that thousands of parts and sites
take seconds. The usual loading is the piece as made on the plainest trailer of the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from transport.delivery.families import PartFamily, families_of
from transport.delivery.parts import Part
from transport.delivery.reach import Change, LaneEnvelope, Reach, ReachAnswer
from transport.errors import InvalidInputError
from transport.evaluation.tables import Tables
from transport.network.graph import RoadNetwork
from transport.regulations.law import Law
from transport.routing.answering_shortly import ShortAnswer
from transport.routing.demand import Dimension
from transport.routing.route import RouteStatus
from transport.selection.arrangements import arrangements_of
from transport.selection.choice import Choice
from transport.selection.choosing import select
from transport.selection.combinations import combinations_of
from transport.services.evaluating_routes import NO_RECORDS, PassageRecords
from transport.services.measured_networks import measured_network
from transport.services.planning_routes import RouteRequest, ShortPlanner, envelope_request
from transport.vehicles.catalogue import Catalogue
from transport.vehicles.combination import Combination, Coupling, Trailer
from transport.vehicles.component import Component, Orientation
from transport.vehicles.transport import TrailerKind, Transport
from transport.vehicles.travel_time import TravelAt

Lane = tuple[str, str]
_OPEN = {RouteStatus.FEASIBLE, RouteStatus.CONDITIONAL}
_ORDINARY = Transport(height_m=2.5, width_m=2.4, length_m=10.0, mass_t=10.0)
_WORTH_SAYING_M = 1000.0
_HALVES = 2
_MEASURES = Dimension.HEIGHT, Dimension.WIDTH, Dimension.LENGTH, Dimension.MASS


@dataclass(frozen=True, slots=True)
class _Option:
    """A loading with its route and the change it asks for, None for the usual loading."""

    choice: Choice
    change: Change | None
    route: ShortAnswer

    @property
    def is_open(self) -> bool:
        """Whether it reaches the site, perhaps under conditions."""
        return self.route.status in _OPEN


@dataclass(slots=True)
class PartChecker:
    """Answers parts and sites by the law of a day and the roads of a travel day.

    With the `tables` of the passage evaluation bridges and turns are examined as routes do it.
    """

    catalogue: Catalogue
    law: Law
    network: RoadNetwork
    day: date
    travel_on: date
    expected: int = 1
    tables: Tables | None = None
    records: PassageRecords = NO_RECORDS
    _choices: dict[Component, tuple[Choice, ...]] = field(default_factory=dict)
    _planners: dict[Transport, ShortPlanner] = field(default_factory=dict)
    _routes: dict[tuple[Transport, Lane], ShortAnswer] = field(default_factory=dict)
    _answers: dict[tuple[Component, Lane], ReachAnswer] = field(default_factory=dict)

    def answer(self, piece: Component, origin: str, destination: str) -> ReachAnswer:
        """Answer one piece and way; a place that is not found is not known."""
        alike = replace(piece, code="", name_zh="", name_en="")
        lane = origin, destination
        if (alike, lane) not in self._answers:
            try:
                self._answers[alike, lane] = self._worked_out(alike, lane)
            except InvalidInputError as wrong:
                told = wrong.faults[0].message
                self._answers[alike, lane] = ReachAnswer(
                    "", *lane, Reach.NOT_KNOWN, stopped_by=told
                )
        return replace(self._answers[alike, lane], family=piece.code)

    def route_of(self, transport: Transport, origin: str, destination: str) -> RouteStatus | None:
        """Say whether a transport's way is open, None where a place is not found."""
        try:
            return self._route(transport, (origin, destination)).status
        except InvalidInputError:
            return None

    def envelope(self, origin: str, destination: str) -> LaneEnvelope | None:
        """Return the largest sizes of a way, None where one of its places is not found."""
        size, trains = self.law.size_limits, self.law.mass_limits
        ordinary = Transport(
            size.height_m.on(self.day).value,
            size.width_m.on(self.day).value,
            size.length_m.on(self.day).value,
            trains.train_6_axles_t.on(self.day).value,
        )
        request, at = RouteRequest(origin, destination), TravelAt(self.travel_on)
        try:
            found = envelope_request(request, self.network, self.law, ordinary, at).largest
        except InvalidInputError:
            return None
        stops = [one.name or one.element for each in found.values() for one in each.blockers]
        height_m, width_m, length_m, mass_t = (found[one].value for one in _MEASURES)
        stopped_by = tuple(dict.fromkeys(stops))
        return LaneEnvelope(origin, destination, height_m, width_m, length_m, mass_t, stopped_by)

    def _worked_out(self, piece: Component, lane: Lane) -> ReachAnswer:
        options = list(self._options(piece, lane))
        usual = next((one for one in options if one.change is None), None)
        if usual is not None and usual.is_open:
            better = self._lower(options, usual)
            reach = Reach.WITHOUT_PASS if usual.choice.needs_no_pass else Reach.WITH_PASS
            return self._told(lane, reach, usual, better)
        after = next((one for one in options if one.is_open), None)
        if after is not None:
            return self._told(lane, Reach.AFTER_CHANGE, after, after)
        unknown = next((one for one in options if one.route.status is RouteStatus.UNKNOWN), None)
        if unknown is not None:
            return self._told(lane, Reach.NOT_KNOWN, unknown, None)
        return self._split(piece, lane, options)

    def _split(self, piece: Component, lane: Lane, options: Sequence[_Option]) -> ReachAnswer:
        """Ask whether halves would get there; name what stops the whole piece in any case."""
        half = replace(
            piece,
            length_m=piece.length_m / _HALVES,
            mass_t=piece.mass_t / _HALVES,
            supports_m=(),
            centre_along_m=None,
        )
        halves = next((one for one in self._options(half, lane) if one.is_open), None)
        shown = halves or (options[0] if options else None)
        if shown is None:
            refused = "no lawful load on any vehicle of the catalogue"
            return ReachAnswer("", *lane, Reach.NOT_KNOWN, stopped_by=refused)
        told = self._told(lane, Reach.AFTER_CHANGE, shown, None)
        if options and options[0].route.blocker is not None:
            blocker = options[0].route.blocker
            name = blocker.name or blocker.element
            told = replace(told, stopped_by=name, limit=blocker.limit, value=blocker.value)
        elif shown.route.status is RouteStatus.UNREACHABLE:
            told = replace(told, reach=Reach.NOT_KNOWN, stopped_by="no road leads there")
        return replace(told, change=Change.SPLIT if halves else None)

    def _lower(self, options: Sequence[_Option], usual: _Option) -> _Option | None:
        """Return the cheapest change that spares the pass or lowers its category."""
        lower = [one for one in options if one.is_open and one.choice.rank < usual.choice.rank]
        spared = [one for one in lower if one.choice.needs_no_pass]
        return next(iter(spared or lower), None)

    def _told(
        self, lane: Lane, reach: Reach, shown: _Option, change: _Option | None
    ) -> ReachAnswer:
        size, way = shown.choice.envelope, shown.route.length_m
        direct = self._route(_ORDINARY, lane).length_m
        detour_m = way - direct if way is not None and direct is not None else 0.0
        longer = detour_m if detour_m > _WORTH_SAYING_M else 0.0
        other_route = Change.OTHER_ROUTE if longer and reach is not Reach.NOT_KNOWN else None
        return ReachAnswer(
            "",
            *lane,
            reach,
            shown.route.status,
            shown.choice.category,
            shown.choice.combination.codes,
            _orientation(shown.choice),
            size.largest_length_m,
            size.largest_width_m,
            size.largest_height_m,
            round(shown.choice.mass_t, 3),
            change=change.change if change else other_route,
            change_units=change.choice.combination.codes if change else (),
            change_orientation=_orientation(change.choice) if change else "",
            change_to=change.choice.category if change else None,
            route_length_m=way,
            detour_m=round(longer),
        )

    def _options(self, piece: Component, lane: Lane) -> Iterator[_Option]:
        """Yield the usual loading, then what a turn, another trailer, or both would be."""
        usual = _usual_trailer(self.catalogue)
        turned_or_not: dict[tuple[bool, bool], Choice] = {}
        for choice in self._lawful(piece):
            other = choice.combination.trailer is not usual
            turned = _orientation(choice) != Orientation.AS_MADE
            turned_or_not.setdefault((other, turned), choice)
        for other, turned in ((False, False), (False, True), (True, False), (True, True)):
            found = turned_or_not.get((other, turned))
            if found is None:
                continue
            change = Change.OTHER_TRAILER if other else Change.TURN if turned else None
            yield _Option(found, change, self._route(found.transport(), lane))

    def _lawful(self, piece: Component) -> tuple[Choice, ...]:
        """Return the lawful loadings of one piece, best first; rare vehicles only where needed."""
        if piece not in self._choices:
            ways = tuple(arrangements_of(piece, 1, self.catalogue.frames))
            plain = select(ways, _plain(self.catalogue), self.law, self.day).choices
            self._choices[piece] = plain or (
                select(ways, tuple(combinations_of(self.catalogue)), self.law, self.day).choices
            )
        return self._choices[piece]

    def _route(self, transport: Transport, lane: Lane) -> ShortAnswer:
        key = transport, lane
        if key not in self._routes:
            if transport not in self._planners:
                at = TravelAt(self.travel_on)
                self._planners[transport] = ShortPlanner(
                    measured_network(self.network, self.records, self.travel_on),
                    self.law,
                    transport,
                    at,
                    self.expected,
                    self.tables,
                    self.records,
                )
            self._routes[key] = self._planners[transport].answer(RouteRequest(*lane))
        return self._routes[key]


def check_parts(
    parts: Sequence[Part], checker: PartChecker
) -> tuple[tuple[PartFamily, ReachAnswer], ...]:
    """Answer every family of a list for each of its ways from factory to site."""
    found = []
    for family in families_of(parts, checker.catalogue.components):
        lanes = dict.fromkeys((one.origin, one.destination) for one in family.parts)
        found += [(_on(family, lane), checker.answer(family.piece, *lane)) for lane in lanes]
    return tuple(found)


def _on(family: PartFamily, lane: Lane) -> PartFamily:
    own = tuple(one for one in family.parts if (one.origin, one.destination) == lane)
    return replace(family, parts=own)


def _orientation(choice: Choice) -> str:
    return choice.arrangement.stows[0].orientation.value


def _usual_trailer(catalogue: Catalogue) -> Trailer | None:
    """Return the lightest plain deck of fixed length."""
    plain = [
        one
        for one in catalogue.trailers.values()
        if one.coupling is Coupling.KINGPIN
        and one.kind is TrailerKind.LOW_BED
        and one.inside_width_m is None
        and not one.gooseneck_m
        and one.longest_deck_m == one.deck_length_m
    ]
    return min(plain, key=lambda one: one.kerb_mass_t, default=None)


def _plain(catalogue: Catalogue) -> tuple[Combination, ...]:
    """Return trucks, and tractors with semi-trailers, without jeeps and drawbars."""
    return tuple(
        one
        for one in combinations_of(catalogue)
        if one.jeep is None and (one.trailer is None or one.trailer.coupling is Coupling.KINGPIN)
    )
