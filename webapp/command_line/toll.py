"""`dajian toll`: what a route costs, and what relief schemes would do to many trips."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import click

from transport.errors import FieldFault, InvalidInputError, RegulationFileError
from transport.network.graph import RoadNetwork
from transport.people import actor_of
from transport.relief.comparing import compare
from transport.relief.schemes import Scheme, read_scheme
from transport.relief.trip_table import TripTable, read_trips, write_trips
from transport.services.quoting_tolls import quote_toll
from transport.services.reconciling_records import RecordsFile, import_records
from transport.services.simulating_relief import (
    assumptions_on,
    price_ways,
    scenarios_named,
    synthetic_trips,
)
from transport.tariffs.answer import quote_as_json
from transport.tariffs.quote import Quote
from transport.vehicles.travel_time import read_travel_at
from webapp.access import Services, current_services
from webapp.command_line.main import print_json
from webapp.command_line.networks import chosen_network, network_option

_SYNTHETIC = "synthetic:"
_DEFAULT_TRIPS = 10_000
_PLACES = 3


@click.group()
def toll() -> None:
    """Quote tolls of routes, and simulate relief.

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
@click.option("--entry", metavar="CODE", help="Toll station of entry: code, id or name.")
@click.option("--exit", "exit_", metavar="CODE", help="Toll station of exit: code, id or name.")
@click.option("--axles", required=True, type=int, help="Axles of tractor and trailer together.")
@click.option("--at", metavar="DAY", help="Day, or instant with offset; today in China by default.")
@click.option("--etc", is_flag=True, help="Take off the discount for electronic payment.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def quote(
    network_place: str | None,
    route_file: Path | None,
    entry: str | None,
    exit_: str | None,
    axles: int,
    at: str | None,
    *,
    etc: bool,
    as_json: bool,
) -> None:
    """Quote the toll of a route, or of the way between two stations, line by line.

    Example: dajian toll quote --network var/network --route route.json --axles 6 --json
    """
    services = current_services()
    travel_at = read_travel_at(at, services.clock.now(), "at")
    made = quote_toll(
        chosen_network(network_place),
        services.tariff,
        axles=axles,
        day=travel_at.day,
        route=_read(route_file, "route") if route_file else None,
        entry=entry or "",
        exit_=exit_ or "",
        etc=etc,
    )
    if as_json:
        print_json(quote_as_json(made))
    else:
        click.echo("\n".join(_lines(made, str(travel_at))))


@toll.command()
@click.argument("trips")
@click.argument("schemes", nargs=-1, required=True)
@network_option
@click.option("--at", metavar="DAY", help="Day whose toll schedule prices the trips; today if not.")
@click.option("--baseline", default="none", help="What is in force already; 'none' by default.")
@click.option("--year", type=int, help="Year of synthetic trips; last year by default.")
@click.option(
    "--write-trips",
    "trips_out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the trips as CSV.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def simulate(
    trips: str,
    schemes: tuple[str, ...],
    network_place: str | None,
    at: str | None,
    baseline: str,
    year: int | None,
    trips_out: Path | None,
    *,
    as_json: bool,
) -> None:
    """Replay TRIPS under each SCHEME and compare loss and saving.

    TRIPS is a CSV file, or synthetic:SEED[:COUNT] for a made-up year. SCHEME is the id of a scheme
    on file, a YAML or JSON file with one, 'none', or several joined by '+'.

    Example: dajian toll simulate synthetic:7:10000 demo-2026 none --network var/network --json
    """
    services = current_services()
    travel_at = read_travel_at(at, services.clock.now(), "at")
    network = chosen_network(network_place)
    known = {one.id: one for one in services.schemes.schemes}
    names = [_scheme_name(one, known, services) for one in schemes]
    scenarios = scenarios_named(names, known)
    before = scenarios_named([baseline], known)[0].schemes
    table = _trips(trips, network, year or travel_at.day.year - 1)
    if trips_out is not None:
        with trips_out.open("w", encoding="utf-8") as file:
            file.writelines(write_trips(table))
    ways = price_ways(network, services.tariff, table.keys, travel_at.day)
    result = compare(
        table,
        ways,
        scenarios,
        baseline=before,
        assumptions=assumptions_on(services.law, travel_at.day),
        calendar=services.calendar,
    )
    result["tolls_as_of"] = travel_at.day.isoformat()
    if as_json:
        print_json(result)
    else:
        click.echo("\n".join(_comparison(result)))


@toll.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--month", required=True, metavar="YYYY-MM", help="Month of the passages.")
@click.option("--login", required=True, help="Sign-in name of the toll officer who reads it.")
@network_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def import_file(
    file: Path, month: str, login: str, network_place: str | None, *, as_json: bool
) -> None:
    """Read an operator's file of passages and list what does not match.

    Example: dajian toll import passages.csv --month 2026-05 --login toll --json
    """
    services = current_services()
    with services.unit_of_work(read_only=True) as work:
        user = work.people.by_login(login)
        if user is None:
            message = f"nobody has the sign-in name '{login}'"
            raise InvalidInputError([FieldFault("login", message, "unknown_login")])
        actor = actor_of(user, work.organisations.get(user.organisation_id))
    with file.open(encoding="utf-8-sig", newline="") as lines:
        made = import_records(
            services.unit_of_work,
            chosen_network(network_place),
            services.tariff,
            services.law,
            actor=actor,
            file=RecordsFile(file.name, _digest(file), lines),
            month=month,
            now=services.clock.now(),
        )
    if as_json:
        print_json({"import_id": made.id, **made.result})
        return
    click.echo(f"{made.result['matched']} of {made.result['rows']} rows match")
    for kind, count in made.result["counts"].items():
        click.echo(f"  {kind}: {count}")


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _trips(given: str, network: RoadNetwork, year: int) -> TripTable:
    if not given.startswith(_SYNTHETIC):
        path = Path(given)
        try:
            with path.open(encoding="utf-8", newline="") as file:
                return read_trips(file, path.name)
        except (OSError, UnicodeDecodeError) as wrong:
            message = f"{given} cannot be read: {wrong}"
            raise InvalidInputError([FieldFault("trips", message, "trips_file")]) from wrong
    parts = given.removeprefix(_SYNTHETIC).split(":")
    try:
        seed, count = int(parts[0]), int(parts[1]) if len(parts) > 1 else _DEFAULT_TRIPS
    except ValueError:
        seed = count = -1
    if seed < 0 or count < 1 or len(parts) >= _PLACES:
        message = f"'{given}' is not like synthetic:7 or synthetic:7:10000"
        raise InvalidInputError([FieldFault("trips", message, "synthetic_form")])
    return synthetic_trips(network, seed=seed, year=year, count=count)


def _scheme_name(given: str, known: dict[str, Scheme], services: Services) -> str:
    """Return the id of a scheme; one in a file joins those known."""
    path = Path(given)
    if given in known or path.suffix not in {".yaml", ".yml", ".json"}:
        return given
    try:
        made = read_scheme(services.read_document(path))
    except RegulationFileError as wrong:
        raise InvalidInputError([FieldFault("schemes", str(wrong), "scheme_file")]) from wrong
    known[made.id] = made
    return made.id


def _read(file: Path, field: str) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        message = f"{file} is no JSON document: {wrong}"
        raise InvalidInputError([FieldFault(field, message, "route_file")]) from wrong


def _lines(made: Quote, travel_at: str) -> list[str]:
    lines = [f"Toll on {travel_at}: {made.toll_yuan:.2f} yuan ({made.status.value} rates)"]
    lines += [
        f"  {line.section:12} {line.length_km:>9} km  {line.amount_yuan:>10} yuan  {line.rule}"
        for line in made.lines
    ]
    if not made.is_complete:
        lines.append(f"  {made.untold_m / 1000:.1f} km more where tolling is not known")
    return lines


def _comparison(result: dict[str, Any]) -> list[str]:
    rates = result["toll_status"]
    made_up = "synthetic trips, nobody drove them; " if result["synthetic"] else ""
    lines = [
        f"{result['trips']} trips, {result['from']} to {result['to']} ({made_up}{rates} rates)",
        f"  toll without change {result['baseline']['toll_yuan']} yuan",
    ]
    for one in result["schemes"]:
        low, high = one["sensitivity"][0]["loss_yuan"]
        lines += [
            f"{one['scheme']}: loss {one['loss_yuan']} yuan on {one['trips_relieved']} trips",
            f"  {low} to {high} yuan if {one['sensitivity'][0]['assumption']}",
        ]
        lines += [
            f"  {part['operator']} {part['year']}: {part['loss_yuan']} yuan"
            for part in one["by_operator"]
        ]
    return lines
