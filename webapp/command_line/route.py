"""`dajian route`: feasible routes of one transport, and what blocks where there are none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from transport.errors import FieldFault, InvalidInputError
from transport.routing.answer import plan_as_json
from transport.routing.checking import NamedRoad
from transport.routing.costs import Weights, read_weights
from transport.routing.exporting import plan_as_geojson, plan_as_gpx, plan_as_kml, road_book
from transport.routing.route import RoutePlan, RouteStatus
from transport.services.planning_routes import RouteRequest, check_request, plan_request
from webapp.access import current_services
from webapp.command_line.main import print_json
from webapp.command_line.networks import chosen_network, network_option
from webapp.command_line.passage_records import chosen_records
from webapp.command_line.transport_options import transport_options
from webapp.command_line.ways import Way, read_way

if TYPE_CHECKING:
    from transport.routing.route import Blocker, Route
    from transport.vehicles.transport import Transport
    from transport.vehicles.travel_time import TravelAt


@click.command()
@network_option
@click.option("--from", "origin", metavar="LON,LAT|NAME", help="Where it starts.")
@click.option("--to", "destination", metavar="LON,LAT|NAME", help="Where it goes.")
@click.option(
    "--via",
    multiple=True,
    metavar="LON,LAT|NAME",
    help="A stop, or a road (road:G6), area (area:LON,LAT LON,LAT ...: corners) or county, league "
    "or region (admin:150203) to go through; may be repeated.",
)
@click.option(
    "--hold",
    multiple=True,
    metavar="LON,LAT|NAME",
    help="A place on the way where the transport can wait for the end of a restriction's hours, "
    "beside the rest areas of the network; may be repeated.",
)
@click.option(
    "--avoid",
    multiple=True,
    metavar="WHAT",
    help="A road number, road name, structure or place; area:LON,LAT LON,LAT ... or admin:CODE; "
    "may be repeated.",
)
@click.option(
    "--alternatives", type=int, default=0, metavar="K", help="Further distinct routes, 0 to 5."
)
@click.option("--reach-km", type=float, metavar="KM", help="How far from a road a place may lie.")
@click.option(
    "--weight",
    "weights",
    multiple=True,
    metavar="NAME=VALUE",
    help="A weight of the search, such as unknown=0 or seconds_per_authority=600.",
)
@click.option(
    "--max-seconds", type=click.FloatRange(0.1, 3600), default=30.0, help="Longest search."
)
@click.option(
    "--check",
    "given",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Judge a given way: GPX, KML, GeoJSON, or a list of roads (CSV: ref,from_km,to_km).",
)
@click.option(
    "--export",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write a file: .geojson, .gpx, .kml, or .html for a road book.",
)
@click.option("--english", is_flag=True, help="Directions and road book in English.")
@transport_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def route(
    *,
    network_place: str | None,
    origin: str | None,
    destination: str | None,
    via: tuple[str, ...],
    hold: tuple[str, ...],
    avoid: tuple[str, ...],
    alternatives: int,
    reach_km: float | None,
    weights: tuple[str, ...],
    max_seconds: float,
    given: Path | None,
    export: Path | None,
    english: bool,
    transport: Transport,
    travel_at: TravelAt,
    as_json: bool,
) -> None:
    """Find routes that a transport may take, best first, with the reasons.

    Example: dajian route --network built-in --from 包头 --to 满洲里 --height-m 4.2 --width-m 3.6
    --length-m 18 --mass-t 49 --axle-loads-t 7,9,9,8,8,8
    """
    services = current_services()
    way = None if given is None else read_way(given)
    writer = None if export is None else _writer(export, english=english)
    request = RouteRequest(
        *_ends(origin, destination, way),
        via,
        avoid,
        alternatives,
        reach_km,
        _weights(weights),
        max_seconds,
        hold,
    )
    tables, records = services.evaluation_tables, chosen_records(network_place)
    asked = (
        request,
        chosen_network(network_place),
        services.law,
        services.tariff,
        transport,
        travel_at,
        services.geocode,
    )
    plan = (
        plan_request(*asked, tables=tables, records=records)
        if way is None
        else check_request(way, *asked, tables=tables, records=records)
    )
    if export is not None and writer is not None and plan.routes:
        export.write_text(writer(plan), encoding="utf-8")
        click.echo(f"Written to {export}", err=True)
    if as_json:
        print_json(plan_as_json(plan))
    else:
        _print_plan(plan, english=english)


def _ends(origin: str | None, destination: str | None, way: Way | None) -> tuple[str, str]:
    """Return the ends, which only a line that is checked may lack."""
    if way and not isinstance(way[0], NamedRoad):
        return origin or "", destination or ""
    faults = [
        FieldFault(name, "is missing: give LON,LAT or a name", "required")
        for name, value in (("from", origin), ("to", destination))
        if not value
    ]
    if faults:
        raise InvalidInputError(faults)
    return origin or "", destination or ""


def _weights(given: tuple[str, ...]) -> Weights:
    found: dict[str, float] = {}
    for one in given:
        name, equals, value = one.partition("=")
        try:
            found[name.strip()] = float(value)
        except ValueError:
            equals = ""
        if not equals:
            message = f"'{one}': write NAME=NUMBER, such as unknown=0"
            raise InvalidInputError([FieldFault("weight", message, "weight_form")])
    return read_weights(found)


def _writer(file: Path, *, english: bool) -> Callable[[RoutePlan], str]:
    writers: dict[str, Callable[[RoutePlan], str]] = {
        ".geojson": plan_as_geojson,
        ".gpx": plan_as_gpx,
        ".kml": plan_as_kml,
        ".html": partial(road_book, english=english),
    }
    if file.suffix not in writers:
        message = f"'{file.name}' must end in {', '.join(writers)}"
        raise InvalidInputError([FieldFault("export", message, "export_kind")])
    return writers[file.suffix]


def _print_plan(plan: RoutePlan, *, english: bool) -> None:
    console = Console()
    for point in plan.points:
        if point.converted_from:
            click.echo(
                f"{point.given}: converted from {point.converted_from} to "
                f"{point.lon:.6f},{point.lat:.6f} (WGS 84)"
            )
    console.print(
        f"[bold]{plan.status.value}[/bold] on {plan.travel_at} (law as of {plan.law_as_of})"
    )
    for number, found in enumerate(plan.routes, start=1):
        _print_route(console, number, found, english=english)
    for remark in plan.remarks:
        console.print(f"Does not fit the network: {remark}", highlight=False, soft_wrap=True)
    if plan.status is RouteStatus.UNREACHABLE:
        console.print("No open road connects the places in this network.")
    _print_blockers(console, "What blocks on the least-violating way", plan.blockers)
    _print_blockers(console, "What blocks on the fastest road", plan.fastest_blockers)
    for change in plan.unlocking:
        said = ", ".join(f"{name} {value:+g}" for name, value in change.change)
        if change.means:
            said = f"{change.means.replace('_', ' ')} ({said})"
        console.print(f"Would open a way of {change.length_m / 1000:.1f} km: {said}")


def _print_route(console: Console, number: int, found: Route, *, english: bool) -> None:
    hours, minutes = divmod(round(found.duration_s / 60), 60)
    toll = f"toll {found.toll_yuan} yuan" if found.toll_yuan else "toll not known"
    if found.toll_status and found.toll_yuan:
        toll += f" ({found.toll_status})"
    console.print(
        f"\nRoute {number}: [bold]{found.status.value}[/bold], {found.length_m / 1000:.1f} km, "
        f"{hours} h {minutes:02d} min, {toll}"
    )
    for leg in found.legs:
        console.print(
            f"  {leg.from_km:8.1f} km  {leg.instruction_en if english else leg.instruction}",
            highlight=False,
            soft_wrap=True,
        )
    if found.arrives_at:
        click.echo(f"  Leaves {found.departs_at}, arrives {found.arrives_at}")
    for hold in found.holds:
        click.echo(
            f"  {hold.chainage_km:8.1f} km  wait at {hold.place or 'the origin'} until "
            f"{hold.leave_at}: {hold.reason} ({hold.restriction}, {hold.issued_by})"
        )
    for line in _remarks(found):
        console.print(f"  {line}", highlight=False, soft_wrap=True)


def _remarks(found: Route) -> Iterator[str]:
    for structure in found.structures:
        if structure.outcome != "pass":
            name = structure.name or structure.id
            yield (
                f"{structure.chainage_km:8.1f} km  {structure.kind} {name}: "
                f"{structure.outcome}, limit {structure.limit}, load {structure.value} "
                f"({structure.certainty}) {structure.condition}"
            )
    for met in found.restrictions:
        where = f" ({met.place})" if met.place else ""
        yield (
            f"{met.from_km:8.1f} km  {met.kind} {met.id} to {met.to_km:.1f} km{where}: "
            f"{met.outcome}, {met.reason}{f', lanes: {met.lanes}' if met.lanes else ''}"
        )
    for question in found.unknowns:
        yield f"Survey of {question.kind} {question.element}: {question.survey}"
    if found.conditions:
        yield "Conditions: " + ", ".join(found.conditions)
    demonstration_m = dict(found.certainty_m).get("demonstration", 0.0)
    if demonstration_m:
        yield f"{demonstration_m / 1000:.1f} km rest on demonstration values"


def _print_blockers(console: Console, title: str, blockers: tuple[Blocker, ...]) -> None:
    if blockers:
        console.print(f"\n{title}:")
    for one in blockers:
        gap = f" + {one.gap_m:g} {one.unit} gap" if one.gap_m else ""
        where = " ".join(filter(None, (one.name, one.element, one.place)))
        console.print(
            f"  {one.kind} {one.limit:g} {one.unit} at {where}: "
            f"load {one.value:g}{gap}, {one.exceeds_by:g} {one.unit} too much; "
            f"{'hard' if one.hard else 'can be lifted by consent'}, {one.certainty}",
            highlight=False,
            soft_wrap=True,
        )
