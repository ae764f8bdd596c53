"""`dajian evaluate`: the passage of one transport on one route after JTG/T 2213-2023."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from transport.evaluation.passage.answer import passage_as_json
from transport.services.evaluating_routes import (
    PassageRecords,
    evaluate_route,
    read_records,
)
from webapp.access import current_services
from webapp.command_line.main import print_json
from webapp.command_line.networks import chosen_network, network_option
from webapp.command_line.passage_records import RECORDS, chosen_records, read_json
from webapp.command_line.transport_options import transport_options

if TYPE_CHECKING:
    from transport.evaluation.passage.findings import Passage
    from transport.vehicles.transport import Transport
    from transport.vehicles.travel_time import TravelAt


@click.command()
@network_option
@click.option(
    "--route",
    "route_file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An answer of 'dajian route --json'; its best route is evaluated.",
)
@click.option(
    "--records",
    "records_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"Measurements and engineers' decisions; {RECORDS} in the network's folder by default.",
)
@transport_options
@click.option(
    "--pdf", type=click.Path(dir_okay=False, path_type=Path), help="Write the report (a draft)."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def evaluate(
    *,
    network_place: str | None,
    route_file: Path,
    records_file: Path | None,
    transport: Transport,
    travel_at: TravelAt,
    pdf: Path | None,
    as_json: bool,
) -> None:
    """Evaluate every bridge, bend, junction, tunnel and pavement of a route for a transport.

    Example: dajian evaluate --network var/network --route route.json --height-m 4.3 --width-m 3
    --length-m 23 --axle-notation 10+20+5*18 --axle-spacings-m 3.3,1.4,7,1.45,1.45,1.45,1.45 --json
    """
    services = current_services()
    network = chosen_network(network_place)
    route = read_json(route_file, "route")
    records = _records(records_file, network_place)
    passage = evaluate_route(
        network,
        services.evaluation_tables,
        services.law,
        transport,
        travel_at.day,
        route,
        records,
    )
    if pdf is not None:
        pdf.write_bytes(
            services.papers.evaluation_report(passage, network, route, records.report).content
        )
        click.echo(f"Wrote {pdf}", err=True)
    if as_json:
        print_json(passage_as_json(passage))
    else:
        _print(passage)


def _records(given: Path | None, network_place: str | None) -> PassageRecords:
    """Read what was measured and decided: the file given, else the one beside the network."""
    return read_records(read_json(given, "records")) if given else chosen_records(network_place)


def _print(passage: Passage) -> None:
    console = Console()
    conclusion = "no conclusion yet" if passage.conclusion is None else str(passage.conclusion)
    console.print(f"[bold]{conclusion}[/bold] ({passage.length_km:.1f} km, {passage.day})")
    for one in passage.checks:
        missing = f", missing {', '.join(one.missing)}" if one.missing else ""
        console.print(
            f"{one.chainage_km:8.1f} km  {one.kind} {one.name}: {one.check} {one.result} "
            f"by {one.method} ({one.clause}){missing}",
            highlight=False,
            soft_wrap=True,
        )
    for condition in passage.conditions:
        console.print(
            f"{condition.chainage_km:8.1f} km  condition {condition.code} at {condition.name}",
            highlight=False,
            soft_wrap=True,
        )
    for task in passage.surveys:
        console.print(
            f"{task.chainage_km:8.1f} km  survey of {task.kind} {task.name}: "
            f"{', '.join(task.missing)}",
            highlight=False,
            soft_wrap=True,
        )
