"""The transport in a request's body: the keys of the file form."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from transport.errors import FieldFault, InvalidInputError
from transport.vehicles.describing import describe_transport
from transport.vehicles.transport import Transport
from transport.vehicles.travel_time import TravelAt, read_travel_at
from webapp.access import current_services
from webapp.api.endpoint import Body

_EXAMPLE = {
    "height_m": 4.2,
    "width_m": 3.6,
    "length_m": 18,
    "mass_t": 49,
    "axle_loads_t": [7, 9, 9, 8, 8, 8],
}


class TransportBody(Body):
    """A loaded vehicle as it stands on the road; metres and tonnes, axles front to rear."""

    height_m: float | None = Field(None, description="overall height, load included")
    width_m: float | None = Field(None, description="overall width, load included")
    length_m: float | None = Field(None, description="overall length, load included")
    mass_t: float | None = Field(None, description="gross mass; sum of the axle loads by default")
    axle_loads_t: list[float] | None = None
    axle_spacings_m: list[float] | None = Field(None, description="one fewer than axle loads")
    axle_notation: str | None = Field(None, description="the official form's, e.g. 10+20+5*18")
    axle_counts: list[int] | None = None
    drive_axles: int | None = None
    tractor_axles: int | None = None
    trailer_kind: str | None = Field(None, description="low_bed, hydraulic or special")
    full_trailer: bool | None = None
    axles_per_line: int | None = None
    tyres_per_axle: int | list[int] | None = None
    standard_wide_tyres: bool | None = None
    licence_mass_t: float | None = Field(
        None, description="tractors, farm and low-speed trucks only: gross mass on the licence"
    )
    conforming_kind: str | None = Field(
        None, description="kind of a vehicle that conforms to GB 1589 as loaded, e.g. refrigerated"
    )
    pieces: int | None = None
    indivisible: bool | None = None
    material: str | None = Field(None, description="precast, steel or timber")
    design_top_speed_km_h: float | None = None
    component: dict[str, Any] | None = None
    tractor: dict[str, Any] | None = None
    trailer: dict[str, Any] | None = None
    load_position_m: float | None = None
    travel_at: str | None = Field(None, description="a day, or an instant with its offset")


def transport_field() -> Any:
    """Make the field `transport` of a body."""
    return Field(examples=[_EXAMPLE])


def read_transport(body: TransportBody) -> tuple[Transport, TravelAt]:
    """Return the checked transport and when it travels.

    Raises InvalidInputError; each fault names its field below `transport`.
    """
    given = body.model_dump(exclude_none=True)
    travel_at = given.pop("travel_at", None)
    now = current_services().clock.now()
    try:
        return describe_transport(given), read_travel_at(travel_at, now)
    except InvalidInputError as wrong:
        raise InvalidInputError(
            [
                FieldFault(f"transport.{one.field}", one.message, one.code, one.params)
                for one in wrong.faults
            ]
        ) from wrong
