"""The road network in use: where it comes from and how much of it is known."""

from __future__ import annotations

import numpy as np
from flask import Blueprint, render_template

from transport.network.attributes import Certainty, LimitKind, StructureKind
from transport.network.graph import RoadNetwork
from transport.network.remembering import remembered
from webapp.access import Role, current_services, for_role

blueprint = Blueprint("networks", __name__)


@blueprint.get("/admin/network")
@for_role(Role.ADMINISTRATOR)
def shown() -> str:
    """Show the network in use: sources, size, and coverage by attribute."""
    network = current_services().network()
    return render_template(
        "admin/network.html",
        network=network,
        length_km=float(network.length_m.sum()) / 1000,
        coverage=remembered(network, "coverage page", lambda: _coverage(network)),
        structures=[
            (kind.word, int((network.structures.kind == kind).sum())) for kind in StructureKind
        ],
    )


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
