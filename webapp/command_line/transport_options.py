"""The transport as options or as one file: one decorator for every command that needs it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
import yaml

from transport.errors import FieldFault, InvalidInputError
from transport.vehicles.describing import describe_transport
from transport.vehicles.travel_time import read_travel_at
from webapp.access import current_services

_TEXT_OPTIONS = {
    "height_m": "Overall height, load included.",
    "width_m": "Overall width, load included.",
    "length_m": "Overall length, load included.",
    "mass_t": "Gross mass; the sum of the axle loads by default.",
    "axle_loads_t": "Load of each axle, front to rear: 6.5,9,9,12,12,12.",
    "axle_spacings_m": "Distance from each axle to the next: 3.2,1.4,7,1.3,1.3.",
    "axle_notation": "The official form's string, 10+20+5*18; n*18 means n lines of 18 t.",
    "axle_counts": "Axles of each group of the notation: 1,2,5.",
    "drive_axles": "Driven axles of the tractor; 2 by default.",
    "tractor_axles": "Leading axles that belong to the tractor.",
    "trailer_kind": "low_bed (default), hydraulic, special, or none for a rigid truck.",
    "full_trailer": "yes where a drawbar tows the trailer.",
    "axles_per_line": "1 (default), or axles side by side: 2, on a hydraulic trailer up to 4.",
    "tyres_per_axle": "One number, or one per axle; 4 by default, 2 on the first axle.",
    "standard_wide_tyres": "yes where single tyres are standard wide tyres.",
    "licence_mass_t": "Gross mass on the licence; only of tractors, farm and low-speed trucks.",
    "conforming_kind": "Kind that conforms to GB 1589 as loaded: refrigerated, car_carrier, ...",
    "pieces": "Pieces loaded; 1 by default.",
    "indivisible": "yes (default) or no.",
    "material": "precast (default), steel or timber.",
    "design_top_speed_km_h": "Design top speed of the slowest unit.",
    "travel_at": "Day, or instant with offset; today in China by default.",
}


def transport_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add all options of a transport; pass `transport` and `travel_at` to the command.

    `transport` is a checked `transport.vehicles.transport.Transport`, `travel_at` a
    `transport.vehicles.travel_time.TravelAt`. Options given beside a file replace its values.
    """

    @wraps(command)
    def with_transport(**options: Any) -> Any:
        file: Path | None = options.pop("transport")
        given = read_transport_file(file) if file else {}
        for name in _TEXT_OPTIONS:
            value = options.pop(name)
            if value is not None:
                given[name] = value
        services = current_services()
        travel_at = read_travel_at(_text(given.pop("travel_at", None)), services.clock.now())
        transport = describe_transport(given)
        return command(transport=transport, travel_at=travel_at, **options)

    wrapped: Callable[..., Any] = with_transport
    for name, text in reversed(_TEXT_OPTIONS.items()):
        flag = "--" + name.replace("_", "-")
        wrapped = click.option(flag, name, metavar=_metavar(name), help=text)(wrapped)
    return click.option(
        "--transport",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="YAML or JSON file with the same keys in snake case.",
    )(wrapped)


def read_transport_file(file: Path) -> dict[str, Any]:
    """Read the file form of a transport; raise InvalidInputError where it is not a mapping."""
    try:
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        raise _unreadable(file, str(wrong)) from wrong
    if not isinstance(document, dict):
        raise _unreadable(file, "it holds no keys")
    return {str(key): value for key, value in document.items()}


def _unreadable(file: Path, why: str) -> InvalidInputError:
    message = f"{file} is no YAML or JSON description of a transport ({why})"
    return InvalidInputError([FieldFault("transport", message, "transport_file")])


def _text(value: Any) -> str | None:
    # YAML turns 2026-05-11 into a date of its own accord.
    return value.isoformat() if hasattr(value, "isoformat") else value and str(value)


def _metavar(name: str) -> str:
    if name in {"trailer_kind", "material", "conforming_kind"}:
        return "WORD"
    flags = {"full_trailer", "indivisible", "standard_wide_tyres"}
    return "yes|no" if name in flags else "VALUE"
