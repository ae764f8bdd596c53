"""The chain of one component from the factory's certificate to its acceptance on site.

It is read from the trips and their manifests, the same record that proves toll relief.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from transport.permits.manifest import Evidence, Trip, TripState


class HistoryStep(StrEnum):
    """What happened to a component."""

    CAST = "cast"
    CERTIFIED = "certified"
    LOADED = "loaded"
    WEIGHED = "weighed"
    HANDED_OVER = "handed_over"
    DEPARTED = "departed"
    ARRIVED = "arrived"
    ACCEPTED = "accepted"
    DAMAGED = "damaged"


# What a chain may lack: not every load is weighed or damaged, and the factory alone knows the rest.
_OPTIONAL = frozenset(
    {HistoryStep.CAST, HistoryStep.WEIGHED, HistoryStep.ARRIVED, HistoryStep.DAMAGED}
)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step with its time, the person or paper it names, its trip and the files that prove it.

    `on` stands for `at` where only the day is known; a step in the factory has no trip.
    """

    step: HistoryStep
    at: datetime | None
    said: str
    trip: Trip | None
    files: tuple[Evidence, ...] = ()
    on: date | None = None


@dataclass(frozen=True, slots=True)
class ComponentHistory:
    """The entries of a component; `doubled` are trips that carry it beside the first one."""

    number: str
    entries: tuple[HistoryEntry, ...]
    doubled: tuple[Trip, ...]

    @property
    def is_complete(self) -> bool:
        """Whether the chain leads from the certificate to the acceptance without a gap."""
        told = {one.step for one in self.entries}
        return not self.doubled and told >= set(HistoryStep) - _OPTIONAL


def history_of(
    number: str, trips: Sequence[Trip], cast_on: date | None = None, cast_by: str = ""
) -> ComponentHistory:
    """Return the chain of a component; two trips that loaded it are told, never hidden.

    A trip that ended with damage is not one of two: the component may have gone back.
    """
    own = [one for one in trips if number in one.manifest.component_numbers]
    loaded = [one for one in own if one.state is not TripState.PLANNED]
    loaded.sort(key=_loaded_at)
    entries = [entry for trip in loaded for entry in _entries(trip)]
    if cast_on is not None:
        entries.insert(0, HistoryEntry(HistoryStep.CAST, None, cast_by, None, on=cast_on))
    standing = [one for one in loaded if one.holds_its_load]
    return ComponentHistory(number, tuple(entries), tuple(standing[1:]))


def _loaded_at(trip: Trip) -> str:
    by = trip.manifest.loaded_by
    return by.at.isoformat() if by else ""


def _entries(trip: Trip) -> list[HistoryEntry]:
    manifest = trip.manifest
    found = []
    if manifest.loaded_by is not None:
        by = manifest.loaded_by
        at = manifest.loaded_at or by.at
        paper = (manifest.certificate,) if manifest.certificate is not None else ()
        number = manifest.certificate_number
        found.append(HistoryEntry(HistoryStep.CERTIFIED, at, number, trip, paper))
        found.append(HistoryEntry(HistoryStep.LOADED, at, by.name, trip, manifest.photos))
        if manifest.weighed_t is not None:
            weighed = f"{manifest.weighed_t:g} t"
            found.append(HistoryEntry(HistoryStep.WEIGHED, None, weighed, trip))
    if manifest.handed_over_by is not None:
        by = manifest.handed_over_by
        names = " → ".join(one for one in (by.name, manifest.driver) if one)
        found.append(HistoryEntry(HistoryStep.HANDED_OVER, by.at, names, trip))
    if trip.departed_at is not None:
        plates = f"{trip.tractor_plate} {trip.trailer_plate}".strip()
        found.append(HistoryEntry(HistoryStep.DEPARTED, trip.departed_at, plates, trip))
    found += [
        HistoryEntry(HistoryStep.DAMAGED, one.at, f"{one.note} · {one.by}", trip, one.photos)
        for one in manifest.damages
    ]
    if trip.arrived_at is not None:
        found.append(HistoryEntry(HistoryStep.ARRIVED, trip.arrived_at, "", trip))
    if manifest.site_accepted_at is not None:
        at, photos = manifest.site_accepted_at, manifest.site_photos
        found.append(
            HistoryEntry(HistoryStep.ACCEPTED, at, manifest.site_accepted_by, trip, photos)
        )
        if manifest.damage_note:
            found.append(HistoryEntry(HistoryStep.DAMAGED, at, manifest.damage_note, trip))
    return found
