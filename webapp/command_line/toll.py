"""`dajian toll`: what a route or a way between two stations costs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from transport.errors import FieldFault, InvalidInputError, NotAvailableError
from transport.routing.toll_way import pieces_between_stations, pieces_of_answer
from transport.tariffs.answer import quote_as_json
from transport.tariffs.quote import Quote, quote_edges
from transport.tariffs.schedule import check_axle_count
from transport.vehicles.travel_time import read_travel_at
from webapp.access import current_services
from webapp.command_line.main import print_json
from webapp.command_line.networks import chosen_network, network_option


@click.group()
def toll() -> None:
    """Quote tolls of routes.

    Example: dajian toll quote --network var/network --route route.json --axles 6
    """


@toll.command()
@network_option
@click.option(
    "--route",
    "route_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An answer of 'dajian route --json'; its best route is quoted.",
)
@click.option("--entry", metavar="CODE", help="Toll station of entry.")
@click.option("--exit", "exit_", metavar="CODE", help="Toll station of exit.")
@click.option("--axles", required=True, type=int, help="Axles of tractor and trailer together.")
@click.option("--at", metavar="DAY", help="Day, or instant with offset; today in China by default.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def quote(
    network_place: str | None,
    route_file: Path | None,
    entry: str | None,
    exit_: str | None,
    axles: int,
    at: str | None,
    *,
    as_json: bool,
) -> None:
    """Quote the toll of a route, or of the way between two stations, line by line.

    Example: dajian toll quote --network var/network --route route.json --axles 6 --json
    """
    services = current_services()
    travel_at = read_travel_at(at, services.clock.now(), "at")
    check_axle_count(axles)
    _check_choice(route_file, entry, exit_)
    network = chosen_network(network_place)
    if route_file is not None:
        pieces = pieces_of_answer(network, _read(route_file))
    else:
        pieces = pieces_between_stations(network, entry or "", exit_ or "")
    made = quote_edges(network, pieces, axles, services.tariff.on(travel_at.day))
    if as_json:
        print_json(quote_as_json(made))
    else:
        click.echo("\n".join(_lines(made, str(travel_at))))


@toll.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def simulate(arguments: tuple[str, ...]) -> None:  # noqa: ARG001 - the contract's words, unused yet
    """Simulate relief schemes on trips (not in this version yet)."""
    raise NotAvailableError("'dajian toll simulate' is not part of this version")


def _check_choice(route_file: Path | None, entry: str | None, exit_: str | None) -> None:
    faults: list[FieldFault] = []
    if route_file is not None and (entry or exit_):
        faults.append(FieldFault("route", "give a route or two stations, not both", "route_or_not"))
    if route_file is None:
        for field, given in (("entry", entry), ("exit", exit_)):
            if not given:
                message = "give --route FILE, or --entry CODE and --exit CODE"
                faults.append(FieldFault(field, message, "route_or_stations"))
    if faults:
        raise InvalidInputError(faults)


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        message = f"{file} is no JSON document: {wrong}"
        raise InvalidInputError([FieldFault("route", message, "route_file")]) from wrong


def _lines(made: Quote, travel_at: str) -> list[str]:
    lines = [f"Toll on {travel_at}: {made.toll_yuan:.2f} yuan ({made.status.value} rates)"]
    lines += [
        f"  {line.section:12} {line.length_km:>9} km  {line.amount_yuan:>10} yuan  {line.rule}"
        for line in made.lines
    ]
    if not made.is_complete:
        lines.append(f"  {made.untold_m / 1000:.1f} km more where tolling is not known")
    return lines
