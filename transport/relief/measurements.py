"""Who measured a trip's load, where and when: what is compared with the pass says where it is from.

Sources are the factory's weighing, the check at the entry, checks at the roadside, and what toll
stations recorded. The largest of each quantity counts; None where nobody measured it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MeasuredBy(StrEnum):
    """Whose measurement it is."""

    FACTORY = "factory"
    ENTRY_CHECK = "entry_check"
    ROADSIDE_CHECK = "roadside_check"
    TOLL_STATION = "toll_station"


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one source measured; `reference` is the check, record or file it stands in."""

    source: MeasuredBy
    reference: str
    at: datetime | None = None
    place: str = ""
    height_m: float | None = None
    width_m: float | None = None
    length_m: float | None = None
    mass_t: float | None = None

    @property
    def sizes_m(self) -> tuple[float | None, float | None, float | None]:
        """Height, width and length in metres."""
        return self.height_m, self.width_m, self.length_m


def largest_sizes(measurements: Iterable[Measurement]) -> tuple[float | None, ...]:
    """Return the largest height, width and length in metres; empty where none was measured."""
    columns = list(zip(*(one.sizes_m for one in measurements), strict=True))
    found = tuple(_largest(column) for column in columns)
    return found if any(one is not None for one in found) else ()


def largest_mass_t(measurements: Iterable[Measurement]) -> float | None:
    """Return the largest gross mass in tonnes, None where nobody weighed."""
    return _largest(one.mass_t for one in measurements)


def _largest(values: Iterable[float | None]) -> float | None:
    return max((one for one in values if one is not None), default=None)
