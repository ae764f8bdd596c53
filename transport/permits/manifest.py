"""The load manifest (装车单): traceability, site receipt and relief evidence of one trip."""

from __future__ import annotations

from collections.abc import Iterator
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
class Damage:
    """Damage that somebody noted on the way or at the site, before the acceptance."""

    note: str
    at: datetime
    by: str
    photos: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is on the truck: numbers, certificate, photos, hand-over, damage, site acceptance.

    `loaded_at` is when the loading was tapped on a phone, None where it was written on the page;
    `driver` took the load over. `damage_note` is the acceptance's own, `damages` came before it.
    """

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
    loaded_at: datetime | None = None
    driver: str = ""
    damages: tuple[Damage, ...] = ()
    site_photos: tuple[Evidence, ...] = ()

    def files(self) -> Iterator[tuple[str, Evidence]]:
        """Yield every file of the manifest with what it shows."""
        if self.certificate is not None:
            yield "certificate", self.certificate
        yield from (("photo", one) for one in self.photos)
        yield from (("damage", one) for damage in self.damages for one in damage.photos)
        yield from (("site", one) for one in self.site_photos)


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
    arrived_at: datetime | None = None

    @property
    def is_damaged(self) -> bool:
        """Whether anybody noted damage on this trip."""
        return bool(self.manifest.damage_note or self.manifest.damages)

    @property
    def holds_its_load(self) -> bool:
        """Whether no other trip may load the same: it is loaded, gone, or arrived undamaged."""
        if self.state is TripState.DELIVERED:
            return not self.is_damaged
        return self.state is not TripState.PLANNED


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


def weigh(trip: Trip, weighed_t: float) -> Trip:
    """Record what the loaded truck weighs; the last weighing counts."""
    if trip.state not in {TripState.LOADED, TripState.DEPARTED}:
        raise _not_there(trip, TripState.LOADED, "weighed")
    return replace(trip, manifest=replace(trip.manifest, weighed_t=weighed_t))


def depart(
    trip: Trip, by: Signature, at: datetime, entry_station: str = "", driver: str = ""
) -> Trip:
    """Record hand-over (to `driver`, where named) and departure of a loaded trip."""
    _must_be(trip, TripState.LOADED, "sent off")
    return replace(
        trip,
        state=TripState.DEPARTED,
        departed_at=at,
        entry_station=entry_station,
        manifest=replace(trip.manifest, handed_over_by=by, driver=driver),
    )


def arrive(trip: Trip, at: datetime) -> Trip:
    """Record that the truck stands at the site."""
    _must_be(trip, TripState.DEPARTED, "at the site")
    return replace(trip, arrived_at=trip.arrived_at or at)


def note_damage(trip: Trip, damage: Damage) -> Trip:
    """Add a note of damage to a trip that is loaded or on the way."""
    if trip.state not in {TripState.LOADED, TripState.DEPARTED}:
        raise _not_there(trip, TripState.DEPARTED, "noted as damaged")
    if not damage.note.strip():
        raise InvalidInputError([FieldFault("damage_note", "say what is damaged", "no_damage")])
    return replace(trip, manifest=replace(trip.manifest, damages=(*trip.manifest.damages, damage)))


def accept_on_site(
    trip: Trip,
    *,
    accepted_by: str,
    at: datetime,
    damage_note: str = "",
    exit_station: str = "",
    photos: tuple[Evidence, ...] = (),
) -> Trip:
    """Record the site's acceptance, with any damage."""
    _must_be(trip, TripState.DEPARTED, "accepted on site")
    if not accepted_by.strip():
        message = "must name who accepted the load"
        raise InvalidInputError([FieldFault("accepted_by", message, "nobody_accepted")])
    manifest = replace(
        trip.manifest,
        site_accepted_by=accepted_by.strip(),
        site_accepted_at=at,
        damage_note=damage_note,
        site_photos=photos,
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
        raise _not_there(trip, state, verb)


def _not_there(trip: Trip, state: TripState, verb: str) -> StepNotAllowedError:
    return StepNotAllowedError(
        f"the trip is {trip.state.value}; only a {state.value} trip can be {verb}",
        "trip_elsewhere",
        trip_state=trip.state.value,
        needed_state=state.value,
    )
