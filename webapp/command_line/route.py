"""`dajian route`: feasible routes of one transport, and what blocks where there are none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click
from rich.console import Console

from transport.routing.answer import plan_as_json
from transport.routing.route import RoutePlan, RouteStatus
from transport.services.planning_routes import RouteRequest, plan_request
from webapp.access import current_services
from webapp.command_line.main import print_json
from webapp.command_line.networks import chosen_network, network_option
from webapp.command_line.transport_options import transport_options

if TYPE_CHECKING:
    from transport.routing.route import Blocker, Route
    from transport.vehicles.transport import Transport
    from transport.vehicles.travel_time import TravelAt


@click.command()
@network_option
@click.option("--from", "origin", required=True, metavar="LON,LAT|NAME", help="Where it starts.")
@click.option("--to", "destination", required=True, metavar="LON,LAT|NAME", help="Where it goes.")
@click.option("--via", multiple=True, metavar="LON,LAT|NAME", help="A stop; may be repeated.")
@click.option(
    "--avoid",
    multiple=True,
    metavar="WHAT",
    help="A road number, road name, structure or place; may be repeated.",
)
@click.option(
    "--alternatives", type=int, default=0, metavar="K", help="Further distinct routes, 0 to 5."
)
@click.option("--reach-km", type=float, metavar="KM", help="How far from a road a place may lie.")
@transport_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def route(
    *,
    network_place: str | None,
    origin: str,
    destination: str,
    via: tuple[str, ...],
    avoid: tuple[str, ...],
    alternatives: int,
    reach_km: float | None,
    transport: Transport,
    travel_at: TravelAt,
    as_json: bool,
) -> None:
    """Find routes that a transport may take, best first, with the reasons.

    Example: dajian route --network built-in --from 包头 --to 满洲里 --height-m 4.2 --width-m 3.6
    --length-m 18 --mass-t 49 --axle-loads-t 7,9,9,8,8,8
    """
    services = current_services()
    plan = plan_request(
        RouteRequest(origin, destination, via, avoid, alternatives, reach_km),
        chosen_network(network_place),
        services.law,
        services.tariff,
        transport,
        travel_at,
        services.geocode,
    )
    if as_json:
        print_json(plan_as_json(plan))
    else:
        _print_plan(plan)


def _print_plan(plan: RoutePlan) -> None:
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
        _print_route(console, number, found)
    if plan.status is RouteStatus.UNREACHABLE:
        console.print("No open road connects the places in this network.")
    _print_blockers(console, "What blocks on the least-violating way", plan.blockers)
    _print_blockers(console, "What blocks on the fastest road", plan.fastest_blockers)
    for change in plan.unlocking:
        said = ", ".join(f"{name} {value:+g}" for name, value in change.change)
        if change.means:
            said = f"{change.means.replace('_', ' ')} ({said})"
        console.print(f"Would open a way of {change.length_m / 1000:.1f} km: {said}")


def _print_route(console: Console, number: int, found: Route) -> None:
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
            f"  {leg.from_km:8.1f} km  {leg.instruction}", highlight=False, soft_wrap=True
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
        where = " ".join(filter(None, (one.name, one.element)))
        console.print(
            f"  {one.kind} {one.limit:g} {one.unit} at {where}: "
            f"load {one.value:g}{gap}, {one.exceeds_by:g} {one.unit} too much; "
            f"{'hard' if one.hard else 'can be lifted by consent'}, {one.certainty}",
            highlight=False,
            soft_wrap=True,
        )
