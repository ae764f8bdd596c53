"""The road network in use: where it comes from and how much of it is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from babel.dates import get_day_names
from flask import Blueprint, render_template
from flask_babel import get_locale

from road_data.surveys.draft import Conflict
from road_data.surveys.keeping import read_report
from transport.errors import NotFoundError
from transport.network.attributes import Certainty, LimitKind, StructureKind
from transport.network.closures import Restriction
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from webapp.access import Role, current_services, for_role

blueprint = Blueprint("networks", __name__)
_WEEK = 7


@blueprint.get("/admin/network")
@for_role(Role.ADMINISTRATOR)
def shown() -> str:
    """Show the network in use: sources, size, coverage, conflicts of records, restrictions."""
    services = current_services()
    network = services.network()
    return render_template(
        "admin/network.html",
        network=network,
        length_km=float(network.length_m.sum()) / 1000,
        coverage=remembered(network, "coverage page", lambda: _coverage(network)),
        structures=[
            (kind.word, int((network.structures.kind == kind).sum())) for kind in StructureKind
        ],
        conflicts=_conflicts(services.settings.data / "network"),
        restrictions=[(one, _times(one)) for one in network.restrictions],
    )


def _conflicts(folder: Path) -> tuple[Conflict, ...]:
    """Return where official records contradict the network, what is not decided first."""
    try:
        found = read_report(folder).conflicts
    except NotFoundError:
        return ()
    return tuple(sorted(found, key=lambda one: (bool(one.decided), one.id)))


def _times(restriction: Restriction) -> str:
    """Say the season and the hours of the week of a restriction in the reader's language."""
    said = []
    if restriction.yearly:
        said.append(" – ".join(f"{month:02}-{day:02}" for month, day in restriction.yearly))
    names = get_day_names("abbreviated", locale=get_locale())
    for hours in restriction.weekly:
        days = " ".join(names[day] for day in hours.days) if len(hours.days) < _WEEK else ""
        said.append(f"{days} {_clock(hours.from_min)}–{_clock(hours.to_min)}".strip())
    return "; ".join(said)


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _coverage(network: RoadNetwork) -> list[tuple[LimitKind, list[float]]]:
    """Return for each limit the kilometres of each certainty, in the order of Certainty."""
    kilometres = network.length_m / 1000
    return [
        (
            kind,
            [
                float(kilometres[np.asarray(column.certainty) == certainty].sum())
                for certainty in Certainty
            ],
        )
        for kind, column in network.limits.items()
    ]
