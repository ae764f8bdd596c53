"""A building of our own invention: 2,000 parts of 15 families from two factories for one site."""

from __future__ import annotations

import random
from datetime import date, timedelta

from transport.delivery.parts import Part
from transport.delivery.reading_parts import OPTIONAL, REQUIRED
from transport.vehicles.transport import Material

FIRST_NEED = date(2026, 6, 8)
SITE = "呼和浩特"
# kind of the catalogue, factory, length, width, height, mass, share of the pieces
FAMILIES = (
    ("laminated_slab_narrow", "包头", 4.2, 2.4, 0.26, 1.51, 22),
    ("laminated_slab_narrow", "包头", 3.6, 1.8, 0.26, 0.98, 14),
    ("laminated_slab", "包头", 5.4, 3.0, 0.26, 2.43, 8),
    ("stair_flight", "包头", 4.2, 1.3, 1.2, 3.2, 6),
    ("stair_flight", "包头", 2.8, 1.2, 1.1, 1.9, 3),
    ("balcony_slab", "包头", 3.6, 1.6, 0.45, 2.2, 6),
    ("internal_wall_panel", "包头", 4.8, 2.8, 0.2, 6.7, 9),
    ("internal_wall_panel", "包头", 3.4, 2.8, 0.2, 4.8, 7),
    ("external_wall_panel", "包头", 6.0, 3.0, 0.32, 9.0, 5),
    ("sandwich_wall", "包头", 6.0, 0.9, 3.0, 9.0, 4),
    ("precast_beam", "鄂尔多斯", 8.4, 0.4, 0.7, 5.9, 5),
    ("precast_column", "鄂尔多斯", 9.0, 0.6, 0.6, 8.1, 4),
    ("double_t_slab", "鄂尔多斯", 18.0, 3.0, 0.8, 22.0, 2),
    ("bathroom_pod", "鄂尔多斯", 3.0, 2.2, 2.6, 3.0, 4),
    ("volumetric_module", "鄂尔多斯", 9.0, 3.5, 3.2, 20.0, 1),
)


def building(pieces: int = 2000, days: int = 60, seed: int = 11) -> tuple[Part, ...]:
    """Return the parts of the building, one number each, needed floor by floor."""
    chance = random.Random(seed)  # noqa: S311 - an invented building
    shares = [family[-1] for family in FAMILIES]
    chosen = [*range(len(FAMILIES))][: min(pieces, len(FAMILIES))]
    chosen += chance.choices(range(len(FAMILIES)), shares, k=pieces - len(chosen))
    parts = []
    for number, family in enumerate(chosen, start=1):
        kind, origin, length_m, width_m, height_m, mass_t, _ = FAMILIES[family]
        due = FIRST_NEED + timedelta(days=number * days // (pieces + 1))
        parts.append(
            Part(
                number=f"HS-{number:04d}",
                name=f"构件{family + 1:02d}",
                material=Material.PRECAST,
                length_m=length_m,
                width_m=width_m,
                height_m=height_m,
                mass_t=mass_t,
                quantity=1,
                origin=origin,
                destination=SITE,
                deliver_by=due,
                sequence=number,
                kind=kind,
                line=number + 1,
            )
        )
    return tuple(parts)


def as_csv(parts: tuple[Part, ...]) -> str:
    """Write parts as the file that a factory would bring."""
    rows = [",".join((*REQUIRED, *OPTIONAL))]
    for one in parts:
        due = one.deliver_by.isoformat() if one.deliver_by else ""
        rows.append(
            f"{one.number},{one.name},{one.material.value},{one.length_m},{one.width_m},"
            f"{one.height_m},{one.mass_t},{one.quantity},{one.origin},{one.destination},{due},"
            f"{one.sequence or ''},{one.kind},,,,,"
        )
    return "\n".join(rows) + "\n"
