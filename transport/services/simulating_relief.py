"""Price the ways of many trips on the network, make synthetic years, and compare schemes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

import numpy as np

from transport.errors import FieldFault, InvalidInputError
from transport.network.attributes import StructureKind, Tolled
from transport.network.graph import RoadNetwork
from transport.people import Actor, Role
from transport.regulations.law import Law
from transport.relief.comparing import Assumptions, Scenario
from transport.relief.schemes import Scheme
from transport.relief.synthetic import SyntheticPair, synthetic_year
from transport.relief.trip_table import TripTable, Way, WayKey
from transport.routing.ground import unlimited_metric
from transport.routing.paths import Metric
from transport.routing.toll_way import Pieces, pieces_between_stations
from transport.services.ports import UnitOfWorkFactory
from transport.services.quoting_tolls import relief_lines
from transport.services.repositories import SavedScenario
from transport.tariffs.quote import Quote, quote_edges
from transport.tariffs.schedule import Tariff, TollRates, check_axle_count

_TOLL_AVERSION_PERMILLE = 20_000
_MOST_TOLL_SHARE = 0.1  # a way beside is free where it costs less than a tenth of the tolled one
_LEAGUE_DIGITS = 4
_SYNTHETIC_ENDS = 14
_MOST_FAULTS = 50
NO_CHANGE = "none"


def price_ways(
    network: RoadNetwork, tariff: Tariff, keys: Sequence[WayKey], day: date
) -> tuple[Way, ...]:
    """Price every way by the schedule of one day; raises InvalidInputError naming what is wrong.

    The fastest way between two stations is found once, whatever the axles; so is the way beside
    it that avoids tolls.
    """
    rates = tariff.on(day)
    metric = unlimited_metric(network)
    tolled = np.flatnonzero(network.tolled == Tolled.YES).tolist()
    averse = metric.dearer(dict.fromkeys(tolled, _TOLL_AVERSION_PERMILLE))
    found: dict[tuple[str, str], tuple[Pieces, Pieces] | None] = {}
    faults: dict[str, FieldFault] = {}
    made = []
    for key in keys:
        pair = (key.entry, key.exit)
        if pair not in found:
            found[pair] = _ways_between(network, tariff, pair, (metric, averse), faults)
        try:
            check_axle_count(key.axles)
        except InvalidInputError as wrong:
            faults[str(key.axles)] = replace(wrong.faults[0], field="trips")
            continue
        pieces = found[pair]
        if pieces is not None:
            made.append(_priced(network, rates, key, pieces))
    if faults:
        raise InvalidInputError(list(faults.values())[:_MOST_FAULTS])
    return tuple(made)


def _ways_between(
    network: RoadNetwork,
    tariff: Tariff,
    pair: tuple[str, str],
    metrics: tuple[Metric, Metric],
    faults: dict[str, FieldFault],
) -> tuple[Pieces, Pieces] | None:
    ends = [tariff.roads.network_id(one) for one in pair]
    try:
        fastest, beside = (
            pieces_between_stations(network, ends[0], ends[1], metric) for metric in metrics
        )
    except InvalidInputError as wrong:
        for fault in wrong.faults:
            message = f"{pair[0]} – {pair[1]}: {fault.message}"
            faults[message] = replace(fault, field="trips", message=message)
        return None
    return fastest, beside


def _priced(
    network: RoadNetwork, rates: TollRates, key: WayKey, pieces: tuple[Pieces, Pieces]
) -> Way:
    fastest, beside = pieces
    quote = quote_edges(network, fastest, key.axles, rates)
    other = quote_edges(network, beside, key.axles, rates)
    is_free = other.toll_fen < _MOST_TOLL_SHARE * quote.toll_fen
    length_km, hours = _length_and_hours(network, fastest)
    free_km, free_hours = _length_and_hours(network, beside)
    return Way(
        key=key,
        lines=relief_lines(_complete(quote, key)),
        length_km=length_km,
        hours=hours,
        free_km=free_km if is_free else None,
        free_hours=free_hours if is_free else None,
        status=quote.status.value,
    )


def _complete(quote: Quote, key: WayKey) -> Quote:
    if quote.is_complete:
        return quote
    message = (
        f"{key.entry} – {key.exit}: tolling of {quote.untold_m / 1000:.1f} km is not known; "
        "record it in the network first"
    )
    raise InvalidInputError([FieldFault("trips", message, "toll_unknown")])


def _length_and_hours(network: RoadNetwork, pieces: Pieces) -> tuple[float, float]:
    metres = sum(length_m for _, length_m in pieces)
    seconds = sum(
        float(network.duration_s[edge]) * length_m / float(network.length_m[edge])
        for edge, length_m in pieces
        if network.length_m[edge]
    )
    return round(metres / 1000, 3), round(seconds / 3600, 4)


def synthetic_trips(network: RoadNetwork, *, seed: int, year: int, count: int) -> TripTable:
    """Make a year of trips between toll stations of the network, spread over its leagues.

    The stations and shares are drawn from the same seed: the same network and seed give the same
    year.
    """
    pairs = _pairs(network, seed)
    if not pairs:
        message = "the network has no two connected toll stations to drive between"
        raise InvalidInputError([FieldFault("trips", message, "no_stations")])
    return synthetic_year(seed, year, pairs, count=count)


def _pairs(network: RoadNetwork, seed: int) -> list[SyntheticPair]:
    structures = network.structures
    rows = np.flatnonzero(structures.kind == StructureKind.TOLL_STATION).tolist()
    leagues: dict[str, str] = {}
    for row in rows:
        code = network.text(network.admin_code[int(structures.edge[row])])
        leagues.setdefault(structures.ids[row], code[:_LEAGUE_DIGITS])
    ids = sorted(leagues)
    rng = np.random.Generator(np.random.PCG64(seed))
    picked = rng.permutation(len(ids))[:_SYNTHETIC_ENDS].tolist()
    metric = unlimited_metric(network)
    pairs = []
    for one in picked:
        for other in picked:
            share = float(rng.random()) ** 2 + 0.02
            if one == other:
                continue
            try:
                pieces_between_stations(network, ids[one], ids[other], metric)
            except InvalidInputError:
                continue  # not connected in this direction
            pairs.append(SyntheticPair(ids[one], ids[other], leagues[ids[one]], share))
    return pairs


def assumptions_on(law: Law, day: date) -> Assumptions:
    """Return the ranges of a day's rules that stand in for what nobody has measured."""
    checks = law.relief_checks
    uptake, elasticity, time, running = (
        one.on(day).value
        for one in (
            checks.uptake_shares,
            checks.toll_elasticities,
            checks.hourly_costs,
            checks.running_costs,
        )
    )
    return Assumptions(
        uptake_percent=(uptake.low, uptake.high),
        toll_elasticity_percent=(elasticity.low, elasticity.high),
        time_yuan_per_h=(time.low, time.high),
        running_yuan_per_km=(running.low, running.high),
    )


def scenarios_named(names: Iterable[str], schemes: Mapping[str, Scheme]) -> list[Scenario]:
    """Return a scenario for each name; `a+b` tries two together, `none` changes nothing.

    Raises InvalidInputError on `schemes`, with the schemes that exist.
    """
    made, faults = [], []
    for name in names:
        ids = [] if name == NO_CHANGE else [one.strip() for one in name.split("+")]
        strange = [one for one in ids if one not in schemes]
        if strange:
            known = ", ".join([NO_CHANGE, *schemes])
            message = f"there is no scheme {strange[0]!r}; known: {known}"
            params = (("known", known), ("given", strange[0]))
            faults.append(FieldFault("schemes", message, "scheme_unknown", params))
        else:
            made.append(Scenario(name, tuple(schemes[one] for one in ids)))
    if faults:
        raise InvalidInputError(faults)
    return made


def save_scenario(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, name: str, result: str, now: datetime
) -> SavedScenario:
    """Keep the result of a comparison under a name."""
    if actor.role is not Role.TOLL_OFFICE:
        raise InvalidInputError([FieldFault("name", "only the toll office saves scenarios")])
    if not name.strip():
        raise InvalidInputError([FieldFault("name", "is required", "required")])
    with unit_of_work() as work:
        made = SavedScenario(work.new_id(), name.strip(), now, actor.name, result)
        work.scenarios.add(made)
        work.commit()
        return made


def list_scenarios(unit_of_work: UnitOfWorkFactory) -> list[SavedScenario]:
    """Return the saved scenarios, newest first."""
    with unit_of_work(read_only=True) as work:
        return work.scenarios.listed()


def open_scenario(unit_of_work: UnitOfWorkFactory, scenario_id: str) -> SavedScenario:
    """Return a saved scenario; raises NotFoundError."""
    with unit_of_work(read_only=True) as work:
        return work.scenarios.get(scenario_id)
