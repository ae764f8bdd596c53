"""Toll stations with their national codes, and sections of toll roads with owner and operator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

UNKNOWN_OPERATOR = "unknown"


class Ownership(StrEnum):
    """Who owns the toll road (TRR): relief on a commercial road needs an agreement."""

    GOVERNMENT_LOAN = "government_loan"  # 政府还贷
    COMMERCIAL = "commercial"  # 经营性
    UNKNOWN = "unknown"  # not on file: no scheme reaches it unless it says so


@dataclass(frozen=True, slots=True)
class TollStation:
    """A toll station: its code in the national toll network and its id in the road network.

    The counts of over-wide lanes are None where they are not known.
    """

    code: str
    network_id: str
    name: str
    road: str
    operator: str
    entry_wide_lanes: int | None
    exit_wide_lanes: int | None
    status: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class TollSection:
    """A stretch of toll road under one operator: a road, within areas whose code begins so."""

    id: str
    road: str
    admin_prefix: str
    name: str
    ownership: Ownership
    operator: str
    status: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class TollRoads:
    """What is on file of stations and sections; empty where nothing is."""

    stations: tuple[TollStation, ...] = ()
    sections: tuple[TollSection, ...] = ()
    by_code: Mapping[str, TollStation] = field(default_factory=dict)
    by_id: Mapping[str, TollSection] = field(default_factory=dict)
    by_road: Mapping[str, tuple[TollSection, ...]] = field(default_factory=dict)

    def network_id(self, code: str) -> str:
        """Return the road network's id of a station, or the word itself: it may be one already."""
        found = self.by_code.get(code.strip().casefold())
        return code if found is None else found.network_id

    def section_of(self, road: str, admin_code: str) -> TollSection | None:
        """Return the section of a road in an area; the closest description wins."""
        fitting = [
            one
            for ref in road.split(";")
            for one in self.by_road.get(ref, ())
            if admin_code.startswith(one.admin_prefix)
        ]
        return max(fitting, key=lambda one: len(one.admin_prefix), default=None)


NO_ROADS = TollRoads()


def toll_roads(
    stations: tuple[TollStation, ...] = (), sections: tuple[TollSection, ...] = ()
) -> TollRoads:
    """Gather stations and sections for looking up."""
    by_road: dict[str, tuple[TollSection, ...]] = {}
    for one in sections:
        by_road[one.road] = (*by_road.get(one.road, ()), one)
    return TollRoads(
        by_id=MappingProxyType({one.id: one for one in sections}),
        by_road=MappingProxyType(by_road),
        stations=stations,
        sections=sections,
        by_code=MappingProxyType({one.code.casefold(): one for one in stations}),
    )
