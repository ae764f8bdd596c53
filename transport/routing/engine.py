"""The search engine of one network: prepared once, shared by threads.

The first searches of a new vehicle are guided by a metric that is nowhere above its own; when the
same vehicle comes again and again, its own metric is customised and kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Lock, Thread, local

import numpy as np
import numpy.typing as npt

from transport.network.attributes import Access, Ints
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from transport.routing.costs import SHUT, free_ms
from transport.routing.kept_metrics import Kept, Priced
from transport.routing.metric_keeper import METRICS_BYTES, MetricKeeper
from transport.routing.patience import Patience
from transport.routing.preparing import (
    PREPARED,
    Prepared,
    prepare_roads,
    turn_groups_between,
    unlimited_metric_of,
)
from transport.search.customising import CLOSED, CustomMetric
from transport.search.detouring import Ways, ways_over_others
from transport.search.guided import Ending, GuideSpace, Marks, guided_way
from transport.search.prepared import PreparedRoads
from transport.search.pricing import Pricing
from transport.search.querying import Workspace, cheapest_way
from transport.search.reaching import reaches

# Customising pays from here on; a small network is customised at once.
_USES_BEFORE_CUSTOMISING = 5
_USES_BEFORE_FLOOR = 2
_SMALL_ARCS = 600_000
_FIRST_LOOK = 200_000
# Candidates for alternatives: no dearer than so many thousandths of the best way, at most so many.
_DEAREST_OTHER_PERMILLE = 2000
_MOST_OTHERS = 200
# A metric with higher costs than this may overflow on the way, so its "no way" is asked again.
_SURE_PERMILLE = 5_000
UNLIMITED = "unlimited"


class _Spaces(local):
    """Workspaces of one thread."""

    query: Workspace | None = None
    guide: GuideSpace | None = None


class _OfAnotherError(Exception):
    """A metric answers another vehicle by now."""


@contextmanager
def _held(kept: Kept, key: Hashable) -> Iterator[None]:
    """Hold a metric still; raises _OfAnotherError where it changed hands before."""
    with kept.lock:
        if key not in kept.keys:
            raise _OfAnotherError
        yield


class RouteEngine:
    """Searches one network for any vehicle; see `EngineMetric` for its use."""

    def __init__(
        self,
        network: RoadNetwork,
        roads: PreparedRoads,
        *,
        unlimited: CustomMetric | None = None,
        turn_group: Ints | None = None,
        metrics_bytes: int = METRICS_BYTES,
    ) -> None:
        self.network = network
        self.roads = roads
        if turn_group is None:
            graph = roads.graph
            turn_group = turn_groups_between(
                network, graph.edge[roads.tails], graph.edge[graph.head]
            )
        self.turn_group = turn_group
        self.metrics = MetricKeeper(roads, metrics_bytes)
        self._uses: OrderedDict[Hashable, int] = OrderedDict()
        self._lock = Lock()
        self._making = Lock()
        self._spaces = _Spaces()
        self._unlimited = unlimited
        # Whether vehicles that come again are customised beside the searches.
        self.learns = True

    @property
    def unlimited(self) -> CustomMetric:
        """Free driving time over all open roads."""
        if self._unlimited is None:
            with self._making:
                if self._unlimited is None:
                    self._unlimited = unlimited_metric_of(self.network, self.roads)
        return self._unlimited

    @property
    def kept_bytes(self) -> int:
        """Memory that customised metrics take, the unlimited one apart."""
        return self.metrics.kept_bytes

    def turn_table(self, closed_groups: npt.NDArray[np.bool_], authority_ms: int) -> Ints:
        """Return the cost of every turn group: sharp ones closed, others that of their border."""
        groups = len(closed_groups) + 1
        result = np.zeros(2 * groups, dtype=np.int32)
        result[groups:] = authority_ms
        shut = 1 + np.flatnonzero(closed_groups)
        result[shut] = result[groups + shut] = CLOSED
        return result

    def arcs_of(self, turn: tuple[int, int]) -> list[int]:
        """Return the arcs of a turn from edge to edge, one for each state of the first."""
        roads = self.roads
        return [
            arc
            for arc in roads.arcs_into(turn[1])
            if int(roads.graph.edge[roads.tails[arc]]) == turn[0]
        ]

    def unlimited_priced(self) -> Priced:
        """Return the prices of free driving time over all open roads."""
        pricing = remembered(self.network, "unlimited pricing", self._unlimited_pricing)
        return Priced(pricing, UNLIMITED, UNLIMITED, UNLIMITED, UNLIMITED, lambda: pricing)

    def _unlimited_pricing(self) -> Pricing:
        network = self.network
        return Pricing(
            base_ms=free_ms(network),
            group=np.where(network.access == Access.CLOSED, 1, 0).astype(np.int32),
            permille=np.array([1000, SHUT], dtype=np.int32),
            added_ms=np.zeros(2, dtype=np.int32),
            toll_ms=np.zeros(0, dtype=np.int32),
            turn_group=self.turn_group,
            turn_ms=np.zeros(int(self.turn_group.max(initial=0)) + 1, dtype=np.int32),
        )

    def find(
        self,
        priced: Priced,
        sources: Mapping[int, int],
        targets: Mapping[int, int],
        *,
        marks: Marks,
        patience: Patience,
    ) -> tuple[int, Ints, int] | None:
        """Return cost, turns and first state of the cheapest way, or None.

        Raises SearchStoppedError.
        """
        if not sources or not targets:
            return None
        patience.check()
        kept = self._metric(priced)
        if kept is not None:
            with suppress(_OfAnotherError):
                return self._by_own(kept, priced, sources, targets, marks, patience)
        if self._is_pocket(priced, sources, targets):
            return None
        wider = self.metrics.find(priced.wider_key)
        if wider is not None:
            with suppress(_OfAnotherError), _held(wider, priced.wider_key):
                return self._guided(priced, wider.metric, sources, targets, marks, patience)
        return self._guided(priced, self._floor(priced), sources, targets, marks, patience)

    def _by_own(
        self,
        kept: Kept,
        priced: Priced,
        sources: Mapping[int, int],
        targets: Mapping[int, int],
        marks: Marks,
        patience: Patience,
    ) -> tuple[int, Ints, int] | None:
        """Search the vehicle's own metric; marks only make dearer, so a way without any stands."""
        with _held(kept, priced.key):
            found = cheapest_way(
                self.roads.hierarchy, kept.metric, sources, targets, self._query_space()
            )
        if found is None and (
            not _may_overflow(priced.pricing)
            or self._is_pocket(priced, sources, targets, at_most=2**31)
        ):
            return None
        if found is None or found[0] >= CLOSED:
            return self._guided(priced, self.unlimited, sources, targets, marks, patience)
        if not self._is_marked(found[1], marks):
            return found
        with _held(kept, priced.key):
            return self._guided(priced, kept.metric, sources, targets, marks, patience)

    def _is_marked(self, turns: Ints, marks: Marks) -> bool:
        """Say whether a way takes a marked turn or enters a marked edge."""
        if not marks.edges and not marks.arcs:
            return False
        graph = self.roads.graph
        entered = graph.edge[graph.head[turns]].tolist()
        return not (
            marks.edges.keys().isdisjoint(entered) and marks.arcs.isdisjoint(turns.tolist())
        )

    def ways_over_others(
        self, priced: Priced, sources: Mapping[int, int], targets: Mapping[int, int]
    ) -> Ways:
        """Return candidates for other ways by the vehicle's own metric, made where it is missing.

        Marks are not looked at.
        """
        while True:
            kept = self._metric(priced) or self.metrics.make(
                priced.key, priced.family, lambda: priced.pricing, repairable=True
            )
            with suppress(_OfAnotherError), _held(kept, priced.key):
                return ways_over_others(
                    self.roads.hierarchy,
                    kept.metric,
                    self.roads.graph.head,
                    sources,
                    targets,
                    self._query_space(),
                    stretch_permille=_DEAREST_OTHER_PERMILLE,
                    most=_MOST_OTHERS,
                )

    def customise(self, priced: Priced, *, taking_over: bool = False) -> None:
        """Make and keep the metric of a vehicle that will be asked for often.

        For one vehicle after the other it may be made by `taking_over` the nearest metric at hand,
        which then is there no more.
        """
        self.metrics.make(
            priced.key,
            priced.family,
            lambda: priced.pricing,
            repairable=True,
            spared=priced.wider_key if taking_over else None,
        )

    def _guided(
        self,
        priced: Priced,
        base: CustomMetric,
        sources: Mapping[int, int],
        targets: Mapping[int, int],
        marks: Marks,
        patience: Patience,
    ) -> tuple[int, Ints, int] | None:
        found = guided_way(
            self.roads, base, priced.pricing, sources, targets, self._guide_space(),
            patience.watch(), marks,
        )  # fmt: skip
        if found.ending is Ending.STOPPED:
            patience.check()
        return (found.cost_ms, found.turns, found.start) if found.ending is Ending.FOUND else None

    def _is_pocket(
        self,
        priced: Priced,
        sources: Mapping[int, int],
        targets: Mapping[int, int],
        *,
        at_most: int = _FIRST_LOOK,
    ) -> bool:
        """Say whether a look around both ends, a short one, shows that nothing leads out or in."""
        pricing = priced.pricing
        return (
            reaches(
                self.roads,
                pricing.permille != SHUT,
                pricing.group,
                pricing.turn_ms != CLOSED,
                pricing.turn_group,
                sources,
                targets,
                at_most=at_most,
            )
            is False
        )

    def _metric(self, priced: Priced) -> Kept | None:
        if priced.key == UNLIMITED:
            return Kept(self.unlimited, {UNLIMITED}, {UNLIMITED})
        kept = self.metrics.find(priced.key)
        if kept is not None:
            return kept
        uses = self._used(priced.key)
        if self.is_small and uses > 1:
            return self.metrics.make(
                priced.key, priced.family, lambda: priced.pricing, repairable=True
            )
        if uses == _USES_BEFORE_CUSTOMISING and self.learns and not self.is_small:
            self._beside(lambda: self.customise(priced))
        return None

    @property
    def is_small(self) -> bool:
        """Say whether customising takes no longer than an answer may."""
        return self.roads.graph.arc_count <= _SMALL_ARCS

    def _beside(self, work: Callable[[], object]) -> None:
        """Do something in a thread of its own while searches go on."""
        Thread(target=work, daemon=True).start()

    def _floor(self, priced: Priced) -> CustomMetric:
        """Return the best metric at hand that is nowhere above: that of the class of vehicles."""
        kept = self.metrics.find(priced.floor_key)
        uses = self._used(priced.floor_key)
        if kept is None and self.is_small and uses > 1:
            kept = self.metrics.make(
                priced.floor_key, priced.floor_key, priced.floor, repairable=False
            )
        elif kept is None and uses == _USES_BEFORE_FLOOR and self.learns:
            self._beside(
                lambda: self.metrics.make(
                    priced.floor_key, priced.floor_key, priced.floor, repairable=False
                )
            )
        return self.unlimited if kept is None else kept.metric

    def _used(self, key: Hashable) -> int:
        with self._lock:
            uses = self._uses[key] = self._uses.pop(key, 0) + 1
            while len(self._uses) > 1000:  # noqa: PLR2004 - counts of the last thousand vehicles
                self._uses.popitem(last=False)
            return uses

    def _query_space(self) -> Workspace:
        if self._spaces.query is None:
            self._spaces.query = Workspace.for_hierarchy(self.roads.hierarchy)
        return self._spaces.query

    def _guide_space(self) -> GuideSpace:
        if self._spaces.guide is None:
            self._spaces.guide = GuideSpace.for_roads(self.roads)
        return self._spaces.guide


def _may_overflow(pricing: Pricing) -> bool:
    dear = int(pricing.permille.max(initial=0)) > _SURE_PERMILLE
    return dear or len(pricing.toll_ms) > 0 or bool(pricing.added_ms.any())


_MOST_ENGINES = 4
_engines: OrderedDict[int, RouteEngine] = OrderedDict()
_engines_lock = Lock()


def engine_of(network: RoadNetwork) -> RouteEngine:
    """Return the engine of this very network object, prepared or loaded when first asked for."""
    with _engines_lock:
        known = _engines.get(id(network))
        if known is None or known.network is not network:
            prepared = remembered(network, PREPARED, lambda: Prepared(prepare_roads(network)))
            known = _engines[id(network)] = RouteEngine(
                network,
                prepared.roads,
                unlimited=prepared.unlimited,
                turn_group=prepared.turn_group,
            )
        _engines.move_to_end(id(network))
        while len(_engines) > _MOST_ENGINES:
            _engines.popitem(last=False)
        return known
