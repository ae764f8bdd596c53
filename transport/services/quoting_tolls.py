"""Quote a toll for a route or for two stations, by national code, id or name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from transport.errors import FieldFault, InvalidInputError
from transport.network.graph import RoadNetwork
from transport.relief.trip_facts import TollLine
from transport.routing.toll_way import pieces_between_stations, pieces_of_answer
from transport.tariffs.quote import Quote, quote_edges
from transport.tariffs.schedule import Tariff, check_axle_count


def quote_toll(
    network: RoadNetwork,
    tariff: Tariff,
    *,
    axles: int,
    day: date,
    route: Mapping[str, Any] | None = None,
    entry: str = "",
    exit_: str = "",
    etc: bool = False,
) -> Quote:
    """Quote by the schedule of a day; raises InvalidInputError naming the field that is wrong.

    Give a route (an answer of `dajian route --json`), or the stations of entry and exit.
    """
    check_axle_count(axles)
    _check_choice(route, entry, exit_)
    rates = tariff.on(day)
    if route is not None:
        pieces = pieces_of_answer(network, route)
    else:
        roads = tariff.roads
        pieces = pieces_between_stations(network, roads.network_id(entry), roads.network_id(exit_))
    return quote_edges(network, pieces, axles, rates, etc=etc)


def relief_lines(quote: Quote) -> tuple[TollLine, ...]:
    """Return the quote's lines as relief needs them: with owner, operator and class amounts."""
    return tuple(
        TollLine(
            section=one.section,
            ownership=one.ownership,
            length_km=one.length_km,
            amount_yuan=one.amount_yuan,
            rule=one.rule,
            section_id=one.section_id,
            operator=one.operator,
            league=one.league,
            kind=one.kind.value,
            tariff_line=one.tariff_line,
            class_fen=one.class_fen,
            above_six_fen=one.above_six_fen,
        )
        for one in quote.lines
    )


def _check_choice(route: Mapping[str, Any] | None, entry: str, exit_: str) -> None:
    faults: list[FieldFault] = []
    if route is not None and (entry or exit_):
        message = "give a route or two stations, not both"
        faults.append(FieldFault("route", message, "route_or_not"))
    if route is None:
        for field, given in (("entry", entry), ("exit", exit_)):
            if not given:
                message = "give a route, or entry and exit"
                faults.append(FieldFault(field, message, "route_or_stations"))
    if faults:
        raise InvalidInputError(faults)
