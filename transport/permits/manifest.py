"""The load manifest (装车单): traceability, site receipt and relief evidence of one trip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.permits.decision import Signature


class TripState(StrEnum):
    """Where a trip stands."""

    PLANNED = "planned"
    LOADED = "loaded"
    DEPARTED = "departed"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that proves something: certificate, photo, receipt."""

    digest: str
    filename: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is on the truck: numbers, certificate, photos, hand-over, damage, site acceptance."""

    component_numbers: tuple[str, ...]
    certificate_number: str = ""
    certificate: Evidence | None = None
    photos: tuple[Evidence, ...] = ()
    weighed_t: float | None = None
    loaded_by: Signature | None = None
    handed_over_by: Signature | None = None
    damage_note: str = ""
    site_accepted_by: str = ""
    site_accepted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Trip:
    """One trip under a pass, or of a load that needs none (`permit_id` is empty then).

    `received` are the identifiers of the phone records that were taken over, so that a record sent
    twice counts once.
    """

    id: str
    case_id: str
    case_number: str
    permit_id: str
    carrier_id: str
    factory_id: str
    tractor_plate: str
    trailer_plate: str
    state: TripState
    manifest: Manifest
    departed_at: datetime | None = None
    entry_station: str = ""
    exit_station: str = ""
    delivered_at: datetime | None = None
    version: int = 1
    received: tuple[str, ...] = ()


def load(trip: Trip, manifest: Manifest, by: Signature) -> Trip:
    """Record the loading; no loading without the factory's certificate (policy 2017, 8(3))."""
    _must_be(trip, TripState.PLANNED, "loaded")
    faults = []
    if not manifest.component_numbers:
        faults.append(FieldFault("component_numbers", "must name what is loaded", "missing"))
    if not manifest.certificate_number.strip() or manifest.certificate is None:
        message = "the factory's certificate is needed before loading: its number and the file"
        faults.append(FieldFault("certificate", message, "certificate_missing"))
    if faults:
        raise InvalidInputError(faults)
    return replace(trip, state=TripState.LOADED, manifest=replace(manifest, loaded_by=by))


def depart(trip: Trip, by: Signature, at: datetime, entry_station: str = "") -> Trip:
    """Record hand-over and departure of a loaded trip."""
    _must_be(trip, TripState.LOADED, "sent off")
    return replace(
        trip,
        state=TripState.DEPARTED,
        departed_at=at,
        entry_station=entry_station,
        manifest=replace(trip.manifest, handed_over_by=by),
    )


def accept_on_site(
    trip: Trip, *, accepted_by: str, at: datetime, damage_note: str = "", exit_station: str = ""
) -> Trip:
    """Record the site's acceptance, with any damage."""
    _must_be(trip, TripState.DEPARTED, "accepted on site")
    if not accepted_by.strip():
        raise InvalidInputError([FieldFault("accepted_by", "must name who accepted the load")])
    manifest = replace(
        trip.manifest,
        site_accepted_by=accepted_by.strip(),
        site_accepted_at=at,
        damage_note=damage_note,
    )
    return replace(
        trip,
        state=TripState.DELIVERED,
        delivered_at=at,
        exit_station=exit_station,
        manifest=manifest,
    )


def _must_be(trip: Trip, state: TripState, verb: str) -> None:
    if trip.state is not state:
        raise StepNotAllowedError(
            f"the trip is {trip.state.value}; only a {state.value} trip can be {verb}"
        )
