"""A building project: what is built where, with which share of prefabrication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class StructureKind(StrEnum):
    """What the structure is made of (2017 policy, clause 14)."""

    PRECAST = "precast"
    STEEL = "steel"
    TIMBER = "timber"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Project:
    """A building that parts are made for; `organisation_id` is the factory or office that keeps it.

    `admin_code` is the league or city of the site (GB/T 2260), `site` a place of the road network.
    """

    id: str
    organisation_id: str
    organisation_name: str
    name: str
    site: str
    admin_code: str
    structure: StructureKind = StructureKind.PRECAST
    government_invested: bool = False
    demonstration: bool = False
    floor_area_m2: float | None = None
    prefabricated_pct: float | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    version: int = 1
