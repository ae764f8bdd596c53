"""The toll of a way through the network, line by line, in whole fen, each with its rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import numpy as np

from transport.network.attributes import Bytes, Floats, StructureKind, Tolled
from transport.network.graph import RoadNetwork
from transport.tariffs.lines import (
    ABOVE_SIX_CLASS,
    HIGHEST_CLASS,
    Bound,
    LineKind,
    TariffLine,
    distance_line,
    structure_line,
)
from transport.tariffs.money import (
    FEN_PER_YUAN,
    Rounding,
    round_fen,
    yuan_of,
    yuan_text,
)
from transport.tariffs.roads import UNKNOWN_OPERATOR, Ownership
from transport.tariffs.schedule import TariffStatus, TollRates, truck_class

_LEAGUE_DIGITS = 4
_METRE = Decimal("0.001")
_SURCHARGED = {StructureKind.BRIDGE: LineKind.BRIDGE, StructureKind.TUNNEL: LineKind.TUNNEL}


@dataclass(frozen=True, slots=True)
class TollLine:
    """The toll of one stretch of road or one surcharge; `rule` says how it was reckoned.

    `class_fen` is what the truck classes 1 to 6 pay here, `above_six_fen` the part of `amount_fen`
    for axles above six, `tariff_line` the id of the line of the schedule that was used.
    """

    section: str
    rule: str
    length_km: Decimal
    amount_fen: int
    kind: LineKind = LineKind.DISTANCE
    section_id: str = ""
    ownership: Ownership = Ownership.UNKNOWN
    operator: str = UNKNOWN_OPERATOR
    league: str = ""
    tariff_line: str = ""
    class_fen: tuple[int, ...] = ()
    above_six_fen: int = 0
    status: TariffStatus = TariffStatus.DEMONSTRATION

    @property
    def amount_yuan(self) -> Decimal:
        """The amount in yuan with two places."""
        return yuan_of(self.amount_fen)


@dataclass(frozen=True, slots=True)
class Quote:
    """A toll with its lines; `untold_m` is the length of road whose tolling is not known.

    It is not known where the network does not say whether a road is tolled, nor where a line of the
    schedule depends on holidays that are not announced yet.
    """

    toll_fen: int
    lines: tuple[TollLine, ...]
    status: TariffStatus
    untold_m: float

    @property
    def toll_yuan(self) -> Decimal:
        """The toll in yuan with two places."""
        return yuan_of(self.toll_fen)

    @property
    def is_complete(self) -> bool:
        """Say whether tolling is known on the whole way."""
        return self.untold_m == 0


@dataclass(slots=True)
class _Stretch:
    """Consecutive tolled edges of one road and section; road None where tolling is not known."""

    road: str | None
    section_id: str = ""
    league: str = ""
    length_m: float = 0.0
    edges: list[int] = field(default_factory=list)


def quote_edges(
    network: RoadNetwork,
    pieces: Sequence[tuple[int, float]],
    axle_count: int,
    rates: TollRates,
    *,
    etc: bool = False,
) -> Quote:
    """Quote the toll of pieces (edge, metres driven on it) in the order of travel.

    A permitted load pays the rate of its axles; there is no multiplier for being over-limit.
    `etc` takes the discount of electronic payment off every line.
    """
    lines: list[TollLine] = []
    untold_m = 0.0
    for stretch in _stretches(network, pieces, rates):
        if stretch.road is None or _is_unsure(network, stretch, axle_count, rates):
            untold_m += stretch.length_m
            continue
        lines.append(_distance(network, stretch, axle_count, rates))
        lines += _surcharges(network, stretch, axle_count, rates)
    if etc and rates.terms.etc_discount_percent:
        lines = [_discounted(one, rates.terms.etc_discount_percent) for one in lines]
    lines = _whole_toll(lines, rates)
    statuses = [one.status for one in lines]
    status = rates.status if not statuses else max(statuses, key=list(TariffStatus).index)
    return Quote(sum(one.amount_fen for one in lines), tuple(lines), status, untold_m)


def _is_unsure(network: RoadNetwork, stretch: _Stretch, axle_count: int, rates: TollRates) -> bool:
    """Say whether a line of days that nobody can tell yet might price this stretch."""
    if not rates.unsure:
        return False
    number = truck_class(axle_count)
    classes = {number, ABOVE_SIX_CLASS} if rates.axles_above_six(axle_count) else {number}
    bounds, road = _bounds(network, stretch), stretch.road or ""
    priced = any(
        distance_line(
            rates.unsure, road=road, section=stretch.section_id, vehicle_class=one, bounds=bounds
        )
        for one in classes
    )
    first = network.structures.first
    rows = (row for edge in stretch.edges for row in range(int(first[edge]), int(first[edge + 1])))
    return priced or any(
        structure_line(rates.unsure, network.structures.ids[row], number) for row in rows
    )


def _stretches(
    network: RoadNetwork, pieces: Sequence[tuple[int, float]], rates: TollRates
) -> list[_Stretch]:
    """Join consecutive tolled pieces of one road and section."""
    joined: list[_Stretch] = []
    for edge, length_m in pieces:
        tolled = Tolled(int(network.tolled[edge]))
        if tolled is Tolled.NO:
            continue
        road, section_id, league = None, "", ""
        if tolled is Tolled.YES:
            road = network.text(network.ref[edge]) or network.text(network.name[edge])
            if rates.roads.sections:
                admin = network.text(network.admin_code[edge])
                league = admin[:_LEAGUE_DIGITS]
                found = rates.roads.section_of(road, admin)
                section_id = "" if found is None else found.id
        last = joined[-1] if joined else None
        if last is None or (last.road, last.section_id) != (road, section_id):
            joined.append(_Stretch(road, section_id, league))
        joined[-1].length_m += length_m
        joined[-1].edges.append(edge)
    return joined


def _distance(
    network: RoadNetwork, stretch: _Stretch, axle_count: int, rates: TollRates
) -> TollLine:
    road = stretch.road or ""
    length_km = (Decimal(str(round(stretch.length_m, 3))) / 1000).quantize(_METRE)
    number, more = truck_class(axle_count), rates.axles_above_six(axle_count)
    bounds = _bounds(network, stretch) if rates.lines else frozenset()

    def line_for(vehicle_class: int) -> TariffLine | None:
        if not rates.lines:
            return None
        return distance_line(
            rates.lines,
            road=road,
            section=stretch.section_id,
            vehicle_class=vehicle_class,
            bounds=bounds,
        )

    found = [line_for(one) for one in range(1, HIGHEST_CLASS + 1)]
    per_km = [
        rates.rates_yuan_per_km[index] if line is None else line.amount_yuan
        for index, line in enumerate(found)
    ]
    above = line_for(ABOVE_SIX_CLASS)
    add_on = rates.above_six_yuan_per_km if above is None else above.amount_yuan
    class_fen = tuple(round_fen(length_km * rate * FEN_PER_YUAN) for rate in per_km)
    rate = per_km[number - 1] + more * add_on
    amount_fen = round_fen(length_km * rate * FEN_PER_YUAN)
    used = found[number - 1]
    rule = f"class {number}: {per_km[number - 1]} yuan/km"
    if more:
        rule += f" + {more} axles above six x {add_on} yuan/km"
    blank = TollLine(road, rule, length_km, amount_fen)
    return replace(
        _owned(blank, stretch, rates),
        rule=rule if used is None else f"{used.id}: {rule}",
        tariff_line="" if used is None else used.id,
        class_fen=class_fen,
        above_six_fen=amount_fen - class_fen[number - 1] if more else 0,
        status=rates.status if used is None else TariffStatus(used.status),
    )


def _owned(line: TollLine, stretch: _Stretch, rates: TollRates) -> TollLine:
    section = rates.roads.by_id.get(stretch.section_id)
    if section is None:
        return replace(line, league=stretch.league)
    return replace(
        line,
        section_id=section.id,
        ownership=section.ownership,
        operator=section.operator,
        league=stretch.league,
    )


def _surcharges(
    network: RoadNetwork, stretch: _Stretch, axle_count: int, rates: TollRates
) -> Iterator[TollLine]:
    if all(one.kind is LineKind.DISTANCE for one in rates.lines):
        return
    structures, number = network.structures, truck_class(axle_count)
    for edge in stretch.edges:
        for row in range(int(structures.first[edge]), int(structures.first[edge + 1])):
            kind = _SURCHARGED.get(StructureKind(int(structures.kind[row])))
            identity = structures.ids[row]
            line = structure_line(rates.lines, identity, number) if kind else None
            if kind is None or line is None:
                continue
            by_class = [
                structure_line(rates.lines, identity, one) for one in range(1, HIGHEST_CLASS + 1)
            ]
            rule = f"{line.id}: {kind.value} {identity}, class {number}: {line.amount_yuan} yuan"
            amount = round_fen(line.amount_yuan * FEN_PER_YUAN)
            blank = TollLine(stretch.road or "", rule, Decimal("0.000"), amount)
            yield replace(
                _owned(blank, stretch, rates),
                kind=kind,
                tariff_line=line.id,
                class_fen=tuple(
                    0 if one is None else round_fen(one.amount_yuan * FEN_PER_YUAN)
                    for one in by_class
                ),
                status=TariffStatus(line.status),
            )


def _discounted(line: TollLine, percent: Decimal) -> TollLine:
    kept = 100 - percent
    above = round_fen(line.above_six_fen * kept / 100)
    return replace(
        line,
        amount_fen=round_fen(line.amount_fen * kept / 100),
        class_fen=tuple(round_fen(one * kept / 100) for one in line.class_fen),
        above_six_fen=above,
        rule=f"{line.rule}; ETC -{percent} %",
    )


def _whole_toll(lines: list[TollLine], rates: TollRates) -> list[TollLine]:
    """Round the total and bring it to the minimum, on the largest line, which says so."""
    total = sum(one.amount_fen for one in lines)
    if total <= 0:
        return lines
    terms = rates.terms
    wanted = round_fen(Decimal(total), terms.total_step_fen, terms.rounding)
    note = f"; total to {yuan_text(terms.total_step_fen)} yuan ({terms.rounding.value})"
    if wanted < terms.minimum_fen:
        wanted, note = terms.minimum_fen, f"; minimum {yuan_text(terms.minimum_fen)} yuan"
    if wanted == total:
        return lines
    largest = max(range(len(lines)), key=lambda index: lines[index].amount_fen)
    line = lines[largest]
    amount = line.amount_fen + wanted - total
    changed = replace(line, amount_fen=amount, rule=line.rule + note)
    return [changed if index == largest else one for index, one in enumerate(lines)]


def _bounds(network: RoadNetwork, stretch: _Stretch) -> frozenset[Bound]:
    first, last = network.tail[stretch.edges[0]], network.head[stretch.edges[-1]]
    east = float(network.node_lon[last] - network.node_lon[first])
    north = float(network.node_lat[last] - network.node_lat[first])
    return frozenset(
        {
            Bound.EAST if east >= 0 else Bound.WEST,
            Bound.NORTH if north >= 0 else Bound.SOUTH,
        }
    )


def edge_tolls_yuan(network: RoadNetwork, axle_count: int, rates: TollRates) -> Floats:
    """Return the toll of every edge for the search, where only the order of costs matters.

    Each edge is priced by the same choice of lines as a quote, by the edge's own direction.
    """
    general = float(rates.yuan_per_km(axle_count)) / 1000
    is_tolled = network.tolled == Tolled.YES
    tolled = np.where(is_tolled, network.length_m * general, 0.0).astype(np.float64)
    if rates.lines:
        for edge in np.flatnonzero(is_tolled & (_may_differ(network, rates) > 0)).tolist():
            piece = [(edge, float(network.length_m[edge]))]
            tolled[edge] = float(quote_edges(network, piece, axle_count, _exact(rates)).toll_yuan)
    return tolled


def _exact(rates: TollRates) -> TollRates:
    terms = replace(rates.terms, total_step_fen=1, rounding=Rounding.HALF_UP, minimum_fen=0)
    return replace(rates, terms=terms, unsure=())


def _may_differ(network: RoadNetwork, rates: TollRates) -> Bytes:
    """Return which edges a line may speak of: its roads, or edges with a surcharged structure."""
    roads = {one.road for one in rates.lines if one.kind is LineKind.DISTANCE}
    everywhere = "" in roads
    texts = np.array(
        [everywhere or not roads.isdisjoint(text.split(";")) for text in network.strings],
        dtype=np.uint8,
    )
    found = texts[network.ref] | texts[network.name]
    named = {one.structure for one in rates.lines if one.kind is not LineKind.DISTANCE}
    rows = [row for row, name in enumerate(network.structures.ids) if name in named]
    found[network.structures.edge[rows]] = 1
    return found.astype(np.uint8)
