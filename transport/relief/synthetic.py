"""A plausible year of trips from a seed, for trying schemes: nobody drove them, and it says so.

Shapes are assumptions: hardly any building in winter, a peak from May to October, daylight hours,
axles that follow the mass. The same seed and places give the same year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from transport.relief.trip_table import WORD_COLUMNS, TripTable, WayKey

# Share of a year's trips in each month: the ground is frozen from November to March (assumption).
_MONTHS = (0.01, 0.01, 0.04, 0.09, 0.13, 0.14, 0.13, 0.13, 0.13, 0.11, 0.06, 0.02)
_FIRST_HOUR, _HOURS = 6, 13
_SUNDAY_SHARE = 0.4
_LIGHT_T, _HEAVY_T = 18.0, 110.0


@dataclass(frozen=True, slots=True)
class SyntheticKind:
    """A kind of component with its material, share of trips, and loaded mass in tonnes."""

    name: str
    material: str
    share: float
    mass_t: float
    needs_pass: float  # share of trips that are over-limit


KINDS = (
    SyntheticKind("laminated_slab", "precast", 0.30, 42.0, 0.15),
    SyntheticKind("sandwich_wall", "precast", 0.22, 44.0, 0.30),
    SyntheticKind("precast_column", "precast", 0.10, 46.0, 0.35),
    SyntheticKind("double_t_slab", "precast", 0.08, 52.0, 0.95),
    SyntheticKind("tunnel_segment", "precast", 0.06, 88.0, 1.0),
    SyntheticKind("steel_h_column", "steel", 0.14, 38.0, 0.55),
    SyntheticKind("steel_module", "steel", 0.06, 30.0, 0.95),
    SyntheticKind("glulam_beam", "timber", 0.04, 26.0, 0.60),
)


@dataclass(frozen=True, slots=True)
class SyntheticPair:
    """Two stations, the league (four digits) the trips start in, and the share of trips."""

    entry: str
    exit: str
    league: str
    share: float = 1.0


def synthetic_year(
    seed: int, year: int, pairs: Sequence[SyntheticPair], *, count: int, projects: int = 24
) -> TripTable:
    """Make a year of trips between these stations; the same arguments give the same trips."""
    rng = np.random.Generator(np.random.PCG64(seed))
    shares = np.array([one.share for one in pairs], dtype=np.float64)
    pair = rng.choice(len(pairs), size=count, p=shares / shares.sum())
    kinds = np.array([one.share for one in KINDS])
    kind = rng.choice(len(KINDS), size=count, p=kinds / kinds.sum())
    mean = np.array([one.mass_t for one in KINDS])[kind]
    mass = np.clip(np.round(rng.normal(mean, mean * 0.12), 1), _LIGHT_T, _HEAVY_T)
    over = rng.random(count) < np.array([one.needs_pass for one in KINDS])[kind]
    axles = _axles(mass)
    day = _days(rng, year, count)
    ways, way = np.unique(np.stack([pair, axles]), axis=1, return_inverse=True)
    leagues = sorted({one.league for one in pairs})
    league = np.array([leagues.index(one.league) for one in pairs])[pair]
    site = np.minimum((rng.random(count) ** 2 * projects).astype(np.int64), projects - 1)
    materials = sorted({one.material for one in KINDS})
    category = np.where(~over, 0, np.where(mass > 49, 2, 1))  # noqa: PLR2004 - tonnes of 6 axles
    columns = {
        "material": np.array([materials.index(one.material) for one in KINDS])[kind],
        "component_kind": kind,
        "producer": league,
        "project": site,
        "league": league,
        "category": category,
    }
    words = {
        "material": tuple(materials),
        "component_kind": tuple(one.name for one in KINDS),
        "producer": tuple(f"SYN-F-{one}" for one in leagues),
        "project": tuple(f"SYN-P{number + 1:03d}" for number in range(projects)),
        "league": tuple(leagues),
        "category": ("", "I", "II"),
    }
    return TripTable(
        way=way.reshape(-1).astype(np.int64),
        day=day,
        hour=(_FIRST_HOUR + rng.integers(0, _HOURS, count)).astype(np.int64),
        mass_t=mass,
        needs_pass=over,
        lawful=rng.random(count) > 0.01,  # noqa: PLR2004 - one stack in a hundred is not lawful
        columns={one: columns[one].astype(np.int64) for one in WORD_COLUMNS},
        words=words,
        keys=tuple(
            WayKey(pairs[one].entry, pairs[one].exit, int(number))
            for one, number in ways.T.tolist()
        ),
        synthetic=True,
        source=f"synthetic year {year}, seed {seed}, {count} trips",
    )


def _axles(
    mass_t: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the axles a careful carrier takes for a gross mass (assumption)."""
    bounds = np.array([27.0, 36.0, 43.0, 49.0, 58.0, 68.0, 80.0])
    return (np.searchsorted(bounds, mass_t) + 3).astype(np.int64)


def _days(
    rng: np.random.Generator, year: int, count: int
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    first = date(year, 1, 1)
    days = [first + timedelta(days=one) for one in range((date(year + 1, 1, 1) - first).days)]
    share = np.array(
        [_MONTHS[one.month - 1] * (_SUNDAY_SHARE if one.weekday() == 6 else 1.0) for one in days]  # noqa: PLR2004
    )
    return np.sort(rng.choice(len(days), size=count, p=share / share.sum())) + first.toordinal()
