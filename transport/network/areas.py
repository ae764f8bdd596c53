"""Where an edge belongs: county, league and region, and which authorities act there."""

from __future__ import annotations

from dataclasses import dataclass

from transport.network.attributes import Certainty
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered

_COUNTY_DIGITS, _LEAGUE_DIGITS, _REGION_DIGITS = 6, 4, 2
_POLICE_COLUMNS = ("police", "expressway_brigade")


@dataclass(frozen=True, slots=True)
class Belonging:
    """County, league and region of an edge: codes with their names, and how sure that is.

    `authority` manages the road and `police` is the brigade that acts there; both are empty where
    nobody recorded them.
    """

    county: str
    league: str
    region: str
    names: tuple[str, str, str]
    certainty: Certainty
    urban: bool
    authority: str
    police: str


def belonging(network: RoadNetwork, edge: int, at_m: float | None = None) -> Belonging:
    """Return where an edge belongs; `at_m` metres from its tail picks the section."""
    county = network.text(network.admin_code[edge])
    known = remembered(network, "area names", lambda: {a.code: a for a in network.areas})
    area = known.get(county)
    league = area.parent if area is not None and area.parent else league_of(county)
    parent = known.get(league)
    region = parent.parent if parent is not None and parent.parent else region_of(county)
    names = tuple(known[code].name if code in known else "" for code in (county, league, region))
    facts = dict(network.surveys.area_of(edge))
    for piece in network.surveys.sections(edge):
        if at_m is None or piece.from_m <= at_m <= piece.to_m:
            facts |= {name: value for name, value in piece.facts.items() if value}
            break
    return Belonging(
        county=county,
        league=league,
        region=region,
        names=(names[0], names[1], names[2]),
        certainty=county_certainty(network, edge),
        urban=bool(network.urban[edge]),
        authority=str(facts.get("authority", "")),
        police=next((str(facts[name]) for name in _POLICE_COLUMNS if facts.get(name)), ""),
    )


def county_certainty(network: RoadNetwork, edge: int) -> Certainty:
    """Return how sure the county of an edge is."""
    if network.admin_certainty is not None:
        return Certainty(int(network.admin_certainty[edge]))
    return Certainty.ASSUMED if network.admin_code[edge] else Certainty.UNKNOWN


def league_of(county: str) -> str:
    """Return the code of the league or city of a GB/T 2260 county; empty for other codes."""
    if len(county) == _COUNTY_DIGITS and county.isdigit():
        return f"{county[:_LEAGUE_DIGITS]}00"
    return ""


def region_of(county: str) -> str:
    """Return the code of the region or province of a GB/T 2260 county; empty for other codes."""
    if len(county) == _COUNTY_DIGITS and county.isdigit():
        return f"{county[:_REGION_DIGITS]}0000"
    return ""
