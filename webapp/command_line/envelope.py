"""`dajian envelope`: the largest height, width, length and mass that can travel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from transport.routing.answer import envelope_as_json
from transport.routing.blockers import EXAMINATION
from transport.services.planning_routes import RouteRequest, envelope_request
from webapp.access import current_services
from webapp.command_line.main import print_json
from webapp.command_line.networks import chosen_network, network_option
from webapp.command_line.passage_records import chosen_records
from webapp.command_line.transport_options import transport_options

if TYPE_CHECKING:
    from transport.vehicles.transport import Transport
    from transport.vehicles.travel_time import TravelAt


@click.command()
@network_option
@click.option("--from", "origin", required=True, metavar="LON,LAT|NAME", help="Where it starts.")
@click.option("--to", "destination", required=True, metavar="LON,LAT|NAME", help="Where it goes.")
@click.option("--via", multiple=True, metavar="LON,LAT|NAME", help="A stop; may be repeated.")
@click.option("--avoid", multiple=True, metavar="WHAT", help="What to avoid; may be repeated.")
@click.option(
    "--max-seconds", type=click.FloatRange(0.1, 3600), default=30.0, help="Longest search."
)
@transport_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def envelope(
    *,
    network_place: str | None,
    origin: str,
    destination: str,
    via: tuple[str, ...],
    avoid: tuple[str, ...],
    max_seconds: float,
    transport: Transport,
    travel_at: TravelAt,
    as_json: bool,
) -> None:
    """Find the largest height, width, length and mass, each with the others as given.

    Known limits, and bridges and turns that fail where they are on record, alone decide; a route
    tells what would have to be surveyed. Another mass is shared by the axles as the given one is.
    The last lines trade height against width.

    Example: dajian envelope --network built-in --from 包头 --to 满洲里 --height-m 4.2
    --width-m 3.6 --length-m 18 --mass-t 49
    """
    services = current_services()
    found = envelope_request(
        RouteRequest(origin, destination, via, avoid, seconds=max_seconds),
        chosen_network(network_place),
        services.law,
        transport,
        travel_at,
        services.geocode,
        tables=services.evaluation_tables,
        records=chosen_records(network_place),
    )
    document = envelope_as_json(found)
    if as_json:
        print_json(document)
        return
    for name, largest in document.items():
        if name != "trade_off":
            click.echo(f"{name:10} {_said(largest)}")
    for point in document["trade_off"]:
        click.echo(
            f"width {point['width_m']:g} m with height {point['height_m']:g} m: "
            f"{point['length_m_of_route'] / 1000:.1f} km"
        )


def _said(largest: dict[str, Any]) -> str:
    value, blocker = largest["largest"], largest["blocker"]
    if blocker is None:
        return "no known limit" if value is None else f"{value:g}"
    where = blocker["name"] or blocker.get("structure") or f"edge {blocker.get('edge')}"
    more = f"{blocker['kind']} {blocker['limit']:g} {blocker['unit']} at {where}"
    if blocker["kind"] == EXAMINATION:
        more = f"the examination of {where} fails"
    elif not blocker["unit"]:
        more = f"{blocker['kind']}: {where}"
    if value is None:
        return f"no way, whatever its value: {more}"
    return f"{value:g}, then {more}"
