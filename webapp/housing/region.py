"""The regional picture for departments: planned transports, what holds them, what would free them.

No capacity or clearance stands here: which places, how many loads, and what opening them releases.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flask import Blueprint, Response, render_template
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from transport.delivery.regional_picture import Corridor, CorridorWeek, RegionalPicture
from transport.services.days import day_of
from transport.services.evaluating_routes import read_records
from transport.services.picturing_region import picture_region
from transport.services.planning_deliveries import PlanningGrounds
from webapp.access import Role, current_actor, current_services, for_role
from webapp.csv_files import csv_answer, harmless
from webapp.page_context import menu_entry
from webapp.wording import WORDS

blueprint = Blueprint("region", __name__)
DEPARTMENTS = (Role.TRANSPORT_OFFICER, Role.HOUSING_OFFICER)
NAVIGATION = (menu_entry("region.shown", _l("Regional picture"), *DEPARTMENTS, order=27),)
_SHOWN_WEEKS = 10
_WEEKS = ("origin", "destination", "week", "loads", "tonnes", "with_pass", "held")
_PLACES = (
    *("place", "name", "kind", "lon", "lat", "remedy", "loads", "tonnes"),
    *("released_alone", "first_on", "corridors"),
)
REMEDIES: dict[str, LazyString] = {
    "survey": _l("Survey it"),
    "strengthening": _l("Strengthen it"),
    "rebuilding": _l("Rebuild it, or widen it"),
    "sign": _l("Have the sign reviewed"),
    "waiting": _l("Wait for the end of the restriction"),
}


@blueprint.get("/region")
@for_role(*DEPARTMENTS)
def shown() -> str:
    """Show the corridors week by week, the places that hold loads, and an order to open them."""
    picture = _picture()
    weeks = sorted({one.week for one in picture.weeks})
    return render_template(
        "housing/region.html",
        picture=picture,
        weeks=weeks[:_SHOWN_WEEKS],
        later=len(weeks) > _SHOWN_WEEKS,
        rows=list(_rows(picture, weeks[:_SHOWN_WEEKS])),
        remedies=REMEDIES,
        kind_of=_kind_text,
    )


@blueprint.get("/region/weeks.csv")
@for_role(*DEPARTMENTS)
def weeks_file() -> Response:
    """Give out the corridors week by week."""
    rows = (
        (
            *(harmless(name) for name in one.corridor),
            *(one.week, one.loads, one.tonnes, one.with_pass, one.held),
        )
        for one in _picture().weeks
    )
    return csv_answer(_WEEKS, rows, "region-weeks.csv")


@blueprint.get("/region/places.csv")
@for_role(*DEPARTMENTS)
def places_file() -> Response:
    """Give out the places that hold loads, and what opening each alone would release."""
    rows = (
        (
            *(one.element, harmless(one.name), one.kind, *one.at, one.remedy, one.loads),
            *(one.tonnes, one.released, one.first_on),
            "; ".join(harmless(f"{start} → {end}") for start, end in one.corridors),
        )
        for one in _picture().holdings
    )
    return csv_answer(_PLACES, rows, "region-places.csv")


def _picture() -> RegionalPicture:
    services = current_services()
    grounds = PlanningGrounds(
        services.catalogue,
        services.law,
        services.network(),
        services.calendar,
        services.evaluation_tables,
        read_records(services.passage_records.read()),
    )
    return picture_region(
        services.unit_of_work,
        actor=current_actor(),
        grounds=grounds,
        today=day_of(services.clock.now()),
    )


def _rows(
    picture: RegionalPicture, weeks: list[date]
) -> Iterator[tuple[Corridor, int, list[CorridorWeek | None]]]:
    """Yield every corridor with all its loads and its weeks, the busiest corridor first."""
    found: dict[Corridor, dict[date, CorridorWeek]] = {}
    for one in picture.weeks:
        found.setdefault(one.corridor, {})[one.week] = one
    total = {corridor: sum(one.loads for one in own.values()) for corridor, own in found.items()}
    for corridor in sorted(found, key=lambda one: (-total[one], one)):
        yield corridor, total[corridor], [found[corridor].get(week) for week in weeks]


def _kind_text(kind: str) -> str:
    for words in ("structure", "limit"):
        if kind in WORDS[words]:
            return str(WORDS[words][kind])
    return str(_KINDS.get(kind, kind))


_KINDS: dict[str, LazyString] = {
    "road": _l("Stretch of road"),
    "examination": _l("Passage evaluation"),
}
