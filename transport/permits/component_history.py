"""The chain of one component from the factory's certificate to its acceptance on site.

It is read from the trips and their manifests, the same record that proves toll relief.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from transport.permits.manifest import Trip, TripState


class HistoryStep(StrEnum):
    """What happened to a component."""

    CERTIFIED = "certified"
    LOADED = "loaded"
    HANDED_OVER = "handed_over"
    DEPARTED = "departed"
    ACCEPTED = "accepted"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step with its time, the person or paper it names, and its trip."""

    step: HistoryStep
    at: datetime | None
    said: str
    trip: Trip


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
        return not self.doubled and told >= set(HistoryStep) - {HistoryStep.DAMAGED}


def history_of(number: str, trips: Sequence[Trip]) -> ComponentHistory:
    """Return the chain of a component; two trips that loaded it are told, never hidden."""
    own = [one for one in trips if number in one.manifest.component_numbers]
    loaded = [one for one in own if one.state is not TripState.PLANNED]
    loaded.sort(key=_loaded_at)
    entries = tuple(entry for trip in loaded for entry in _entries(trip))
    return ComponentHistory(number, entries, tuple(loaded[1:]))


def _loaded_at(trip: Trip) -> str:
    by = trip.manifest.loaded_by
    return by.at.isoformat() if by else ""


def _entries(trip: Trip) -> list[HistoryEntry]:
    manifest = trip.manifest
    found = []
    if manifest.loaded_by is not None:
        by = manifest.loaded_by
        number = manifest.certificate_number
        found.append(HistoryEntry(HistoryStep.CERTIFIED, by.at, number, trip))
        found.append(HistoryEntry(HistoryStep.LOADED, by.at, by.name, trip))
    if manifest.handed_over_by is not None:
        by = manifest.handed_over_by
        found.append(HistoryEntry(HistoryStep.HANDED_OVER, by.at, by.name, trip))
    if trip.departed_at is not None:
        plates = f"{trip.tractor_plate} {trip.trailer_plate}".strip()
        found.append(HistoryEntry(HistoryStep.DEPARTED, trip.departed_at, plates, trip))
    if manifest.site_accepted_at is not None:
        at = manifest.site_accepted_at
        found.append(HistoryEntry(HistoryStep.ACCEPTED, at, manifest.site_accepted_by, trip))
        if manifest.damage_note:
            found.append(HistoryEntry(HistoryStep.DAMAGED, at, manifest.damage_note, trip))
    return found
