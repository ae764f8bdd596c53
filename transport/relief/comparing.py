"""Compare schemes over the same trips: loss, saving, shares, detours, and how sure all this is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from transport.relief.schemes import Scheme
from transport.relief.simulation import Outcome, relief_of_way, simulate
from transport.relief.trip_facts import TollLine
from transport.relief.trip_table import Ints, TripTable, Way
from transport.tariffs.money import yuan_text
from transport.tariffs.schedule import NO_CALENDAR
from transport.working_days import WorkingCalendar

_PARTS = 10_000
_FEN_PER_YUAN = 100


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What nobody has measured, as ranges (low, high); every result that rests on one names it."""

    uptake_percent: tuple[float, float]
    toll_elasticity_percent: tuple[float, float]  # more trips for 100 % less toll
    time_yuan_per_h: tuple[float, float]
    running_yuan_per_km: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scenario:
    """Schemes that are tried together under one name."""

    name: str
    schemes: tuple[Scheme, ...]


def compare(
    table: TripTable,
    ways: Sequence[Way],
    scenarios: Sequence[Scenario],
    *,
    assumptions: Assumptions,
    baseline: Sequence[Scheme] = (),
    calendar: WorkingCalendar = NO_CALENDAR,
) -> dict[str, Any]:
    """Return the comparison as the JSON document of `dajian toll simulate`; money in yuan."""
    first, last = table.period()
    base = simulate(table, ways, baseline, calendar)
    outcomes = [simulate(table, ways, one.schemes, calendar) for one in scenarios]
    return {
        "trips": len(table),
        "synthetic": table.synthetic,
        "source": table.source,
        "from": first,
        "to": last,
        "toll_status": _worst([one.status for one in ways]),
        "station_pairs": len({(one.key.entry, one.key.exit) for one in ways}),
        "baseline": {
            "schemes": [one.id for one in baseline],
            "toll_yuan": _yuan(base.toll_fen.sum()),
            "relief_yuan": _yuan(base.relief_fen.sum()),
        },
        "schemes": [
            _of_scenario(table, ways, one, (out, base), list(baseline), assumptions)
            for one, out in zip(scenarios, outcomes, strict=True)
        ],
    }


def _of_scenario(
    table: TripTable,
    ways: Sequence[Way],
    scenario: Scenario,
    outcomes: tuple[Outcome, Outcome],
    baseline: Sequence[Scheme],
    assumptions: Assumptions,
) -> dict[str, Any]:
    out, base = outcomes
    loss = out.relief_fen - base.relief_fen
    tonne_km = float((table.mass_t * _lengths(ways)[table.way]).sum()) if len(table) else 0.0
    saved = int(loss.sum())
    return {
        "scheme": scenario.name,
        "rules": [one.rule for one in scenario.schemes],
        "statuses": [one.status.value for one in scenario.schemes],
        "borne_by": sorted({one.payer for one in scenario.schemes}),
        "trips_relieved": int((out.relief_fen > 0).sum()),
        "trips_of_unknown_days": out.untold,
        "toll_yuan": _yuan(out.toll_fen.sum()),
        "relief_yuan": _yuan(out.relief_fen.sum()),
        "loss_yuan": _yuan(saved),
        "saving_yuan_per_tkm": round(saved / _FEN_PER_YUAN / tonne_km, 6) if tonne_km else None,
        "by_operator": _by_line(ways, out, base, lambda one: one.operator, "operator"),
        "by_road": _by_line(ways, out, base, lambda one: one.section, "road"),
        "by_road_league": _by_line(ways, out, base, lambda one: one.league, "league"),
        "by_component_kind": _by_word(table, loss, "component_kind"),
        "by_league": _by_word(table, loss, "league"),
        "by_project": _by_word(table, loss, "project"),
        "by_month": _by_month(table, loss),
        "detours": _detours(table, ways, scenario.schemes, baseline, assumptions),
        "sensitivity": _sensitivity(out, loss, assumptions),
    }


def _by_line(
    ways: Sequence[Way],
    out: Outcome,
    base: Outcome,
    name: Callable[[TollLine], str],
    label: str,
) -> list[dict[str, Any]]:
    names = [name(line) for way in ways for line in way.lines]
    tolls: dict[tuple[str, int], int] = defaultdict(int)
    losses: dict[tuple[str, int], int] = defaultdict(int)
    changed = out.line_relief_fen - base.line_relief_fen
    for row, one in enumerate(names):
        for column, year in enumerate(out.years):
            tolls[one, year] += int(out.line_toll_fen[row, column])
            losses[one, year] += int(changed[row, column])
    return [
        {label: one, "year": year, "toll_yuan": _yuan(toll), "loss_yuan": _yuan(losses[one, year])}
        for (one, year), toll in sorted(tolls.items())
    ]


def _by_word(table: TripTable, loss: Ints, column: str) -> list[dict[str, Any]]:
    words = table.words[column]
    sums = _sums(table.columns[column], loss, len(words))
    trips = np.bincount(table.columns[column], minlength=len(words))
    whole = int(loss.sum())
    return [
        {
            column: words[index],
            "trips": int(trips[index]),
            "loss_yuan": _yuan(sums[index]),
            "share": round(int(sums[index]) / whole, 4) if whole else 0.0,
        }
        for index in sorted(range(len(words)), key=lambda one: (-int(sums[one]), words[one]))
    ]


def _by_month(table: TripTable, loss: Ints) -> list[dict[str, Any]]:
    if not len(table):
        return []
    months = table.months()
    start = int(months.min())
    sums = _sums(months - start, loss, int(months.max()) - start + 1)
    return [
        {
            "month": f"{(start + index) // 12}-{(start + index) % 12 + 1:02d}",
            "loss_yuan": _yuan(one),
        }
        for index, one in enumerate(sums.tolist())
    ]


def _sums(groups: Ints, amounts: Ints, count: int) -> Ints:
    # Sums of whole fen stay exact in a double up to 90 million million yuan.
    found = np.bincount(groups, weights=amounts.astype(np.float64), minlength=count)
    return np.rint(found).astype(np.int64)


def _detours(
    table: TripTable,
    ways: Sequence[Way],
    schemes: Sequence[Scheme],
    baseline: Sequence[Scheme],
    assumptions: Assumptions,
) -> dict[str, Any]:
    """Count station pairs whose cheaper way changes, at the low and at the high prices."""
    trips = np.bincount(table.way, minlength=len(ways)) if len(ways) else np.zeros(0)
    known = [index for index, one in enumerate(ways) if one.free_km is not None]
    ends = []
    for low in (0, 1):
        prices = (assumptions.time_yuan_per_h[low], assumptions.running_yuan_per_km[low])
        avoided: set[tuple[str, str]] = set()
        induced: set[tuple[str, str]] = set()
        moved = 0
        for index in known:
            way = ways[index]
            before = _takes_toll_way(way, baseline, prices)
            after = _takes_toll_way(way, schemes, prices)
            if before != after:
                (avoided if after else induced).add((way.key.entry, way.key.exit))
                moved += int(trips[index])
        ends.append((len(avoided), len(induced), moved))
    return {
        "pairs_with_a_free_way": len({(ways[i].key.entry, ways[i].key.exit) for i in known}),
        "avoided_pairs": sorted(one[0] for one in ends),
        "induced_pairs": sorted(one[1] for one in ends),
        "trips_on_these_pairs": sorted(one[2] for one in ends),
        "assumption": (
            "a carrier takes the way that costs less: toll + "
            f"{assumptions.time_yuan_per_h[0]:g} to {assumptions.time_yuan_per_h[1]:g} yuan/h + "
            f"{assumptions.running_yuan_per_km[0]:g} to {assumptions.running_yuan_per_km[1]:g} "
            "yuan/km; not measured"
        ),
    }


def _takes_toll_way(way: Way, schemes: Sequence[Scheme], prices: tuple[float, float]) -> bool:
    relief = max((sum(relief_of_way(way, one, one.cap_per_trip_fen)) for one in schemes), default=0)
    per_hour, per_km = prices
    toll = (way.toll_fen - relief) / _FEN_PER_YUAN
    tolled = toll + way.hours * per_hour + way.length_km * per_km
    free = (way.free_hours or 0.0) * per_hour + (way.free_km or 0.0) * per_km
    return tolled <= free


def _sensitivity(out: Outcome, loss: Ints, assumptions: Assumptions) -> list[dict[str, Any]]:
    whole, toll = int(loss.sum()), int(out.toll_fen.sum())
    least, most = assumptions.toll_elasticity_percent
    low, high = assumptions.uptake_percent
    cheaper = whole / toll if toll else 0.0
    more = [1 + part / 100 * cheaper for part in assumptions.toll_elasticity_percent]
    return [
        {
            "kind": "uptake",
            "range": [low, high],
            "assumption": f"{low:g} to {high:g} % of entitled trips are claimed; not measured",
            "loss_yuan": [_yuan(round(whole * low / 100)), _yuan(round(whole * high / 100))],
        },
        {
            "kind": "elasticity",
            "range": list(assumptions.toll_elasticity_percent),
            "assumption": (
                f"{least:g} to {most:g} % more trips if tolls fell to nothing, "
                "in proportion to the fall; behaviour is a model, not measured"
            ),
            "loss_yuan": [_yuan(round(whole * one)) for one in more],
        },
    ]


def _lengths(ways: Sequence[Way]) -> Any:
    return np.array([one.length_km for one in ways], dtype=np.float64)


def _yuan(fen: Any) -> str:
    return yuan_text(int(fen))


def _worst(statuses: Sequence[str]) -> str:
    order: Mapping[str, int] = {"verified": 0, "unverified": 1, "demonstration": 2}
    return max(statuses, key=lambda one: order.get(one, 2), default="demonstration")
