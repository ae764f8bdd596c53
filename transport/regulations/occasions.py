"""What a trip may meet on its way: the words by which rules of the law say when they hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any


class Occasion(StrEnum):
    """Something on the way, or about the trip, that brings another body or condition in."""

    BEYOND_CATEGORY_2 = "beyond_category_2"
    SAFETY_AFFECTED = "safety_affected"
    ACROSS_LEAGUES = "across_leagues"
    ACROSS_PROVINCES = "across_provinces"
    BRIDGES = "bridges"
    CITY_STREETS = "city_streets"
    LEVEL_CROSSING = "level_crossing"
    OPPOSING_LANE = "opposing_lane"
    OVERHEAD_LINES = "overhead_lines"
    REINFORCED_STRUCTURE = "reinforced_structure"
    TOLL_ROAD = "toll_road"
    UPRIGHT_LOAD = "upright_load"
    FORESTRY_OR_VILLAGE_ROAD = "forestry_or_village_road"


AT_STRUCTURE: Mapping[str, Occasion] = MappingProxyType(
    {
        "bridge": Occasion.BRIDGES,
        "level_crossing": Occasion.LEVEL_CROSSING,
        "toll_station": Occasion.TOLL_ROAD,
    }
)


def met_at(structures: Iterable[Mapping[str, Any]]) -> set[Occasion]:
    """Return what the structures of a planned route bring in, by their kinds."""
    return {AT_STRUCTURE[one["kind"]] for one in structures if one.get("kind") in AT_STRUCTURE}
