"""What the network knows: kilometres and structures known, assumed, invented, unknown.

Values of clearances and ratings stand nowhere here; which structures are unknown is shown to people
who are signed in (mapping secrecy).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from road_data.quality import (
    CountyCoverage,
    Coverage,
    StructureCoverage,
    county_coverage,
    coverage,
    structure_coverage,
)
from road_data.ranking import LARGEST_EDGES, Ranking, survey_ranking
from transport.network.attributes import LimitKind
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from webapp.access import Role, current_services, for_role, signed_in_actor
from webapp.extensions import language
from webapp.page_context import menu_entry
from webapp.wording import say

blueprint = Blueprint("coverage", __name__)
NAVIGATION = (menu_entry("coverage.shown", _l("What the network knows"), Role.SIGNED_IN, order=75),)
_MOST_COUNTIES = 12
_FIRST_SHOWN = LimitKind.CLEAR_WIDTH.value
_OTHERS: dict[str, LazyString] = {
    "access": _l("Right of way"),
    "owner": _l("Owner of the road"),
    "toll": _l("Toll or not"),
    "county": _l("County"),
    "section_record": _l("Official record of the section"),
    "surface": _l("Road surface"),
    "grade_pct": _l("Grade of the road"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """How much of something is known, assumed, invented and unknown, with its label."""

    label: str
    amounts: tuple[float, float, float, float]

    @property
    def total(self) -> float:
        """Everything together."""
        return sum(self.amounts)

    @property
    def shares(self) -> tuple[float, ...]:
        """Percent of each, in the order of the amounts."""
        return tuple(100 * one / self.total if self.total else 0.0 for one in self.amounts)

    @property
    def starts(self) -> tuple[float, ...]:
        """Percent at which each begins when they stand in a row."""
        return tuple(sum(self.shares[:place]) for place in range(len(self.shares)))


@blueprint.get("/coverage")
@for_role(Role.ANYONE)
def shown() -> str:
    """Show the coverage of the network in use by attribute, road class, county and structure."""
    services = current_services()
    network = services.network()
    rows = remembered(network, "coverage rows", lambda: coverage(network))
    areas = services.law.areas
    named = {**areas.names, **areas.english} if language() == "en" else areas.names
    counties = remembered(
        network, ("county rows", language()), lambda: county_coverage(network, named)
    )
    attributes = list(dict.fromkeys(row.attribute for row in rows))
    chosen = request.args.get("attribute", _FIRST_SHOWN)
    chosen = chosen if chosen in attributes else attributes[0] if attributes else ""
    return render_template(
        "public/coverage.html",
        network=network,
        length_km=float(network.length_m.sum()) / 1000,
        options=[(name, attribute_name(name)) for name in attributes],
        chosen=chosen,
        english=language() == "en",
        chosen_name=attribute_name(chosen),
        by_attribute=[_sum(attribute_name(name), rows, name) for name in attributes],
        by_class=[
            Bar(say("road_class", row.road_class), _km(row))
            for row in rows
            if row.attribute == chosen
        ],
        by_county=_counties(counties, chosen),
        by_structure=[
            (say("structure", row.kind), Bar(attribute_name(row.attribute), _count(row)))
            for row in remembered(network, "structure rows", lambda: structure_coverage(network))
        ],
        most_counties=_MOST_COUNTIES,
        ranking=_ranking(network),
        signed_in=signed_in_actor() is not None,
    )


def attribute_name(attribute: str) -> str:
    """Return the name of an attribute in the reader's language."""
    return str(_OTHERS.get(attribute) or say("limit", attribute))


def _ranking(network: RoadNetwork) -> Ranking | None:
    """Return what to survey first; a very large network is ranked by the command alone."""
    return survey_ranking(network) if network.edge_count <= LARGEST_EDGES else None


def _km(row: Coverage | CountyCoverage) -> tuple[float, float, float, float]:
    return row.known_km, row.assumed_km, row.demonstration_km, row.unknown_km


def _count(row: StructureCoverage) -> tuple[float, float, float, float]:
    return row.known, row.assumed, row.demonstration, row.unknown


def _sum(label: str, rows: Iterable[Coverage], attribute: str) -> Bar:
    amounts = [_km(row) for row in rows if row.attribute == attribute]
    columns = [sum(column) for column in zip(*amounts, strict=True)] or [0.0] * 4
    return Bar(label, (columns[0], columns[1], columns[2], columns[3]))


def _counties(rows: Sequence[CountyCoverage], attribute: str) -> list[Bar]:
    """Return the counties with the most unknown kilometres first."""
    chosen = [row for row in rows if row.attribute == attribute]
    chosen.sort(key=lambda row: (-row.unknown_km, -row.assumed_km, row.admin_code))
    return [Bar(row.name or row.admin_code, _km(row)) for row in chosen]
