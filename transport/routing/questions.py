"""What has to be surveyed on a path before it is known whether the transport passes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from transport.network.attributes import Bytes, Passability, StructureKind
from transport.network.remembering import remembered
from transport.routing.blockers import middle_of
from transport.routing.driven import Driven
from transport.routing.ground import Ground
from transport.routing.reasons import Reason
from transport.routing.route import OpenQuestion
from transport.routing.wording import survey_text

_TURN, _ROAD, _STRUCTURE = 0, 1, 2  # in this order where they are at one place
_Missing = tuple[str, ...]


def questions_on(ground: Ground, way: Driven, turned: Bytes) -> tuple[OpenQuestion, ...]:
    """Return the questions in driving order: one for each run of road that lacks the same.

    `turned` is the passability of every turn.
    """
    found = [*_at_turns(ground, way, turned), *_on_roads(ground, way), *_at_structures(ground, way)]
    found.sort(key=lambda one: one[:2])
    return tuple(question for _, _, question in found)


_Placed = tuple[int, int, OpenQuestion]


def _at_turns(ground: Ground, way: Driven, turned: Bytes) -> Iterator[_Placed]:
    network = ground.network
    missing = ("corner_radius_m",)
    unknown = np.flatnonzero(turned == Passability.UNKNOWN)
    for place in unknown.tolist():
        edge_in = int(way.edges[place])
        node = int(network.head[edge_in])
        where = (float(network.node_lon[node]), float(network.node_lat[node]))
        said = survey_text(missing)
        question = OpenQuestion("junction", where, f"edge:{edge_in}", missing, said)
        yield place + 1, _TURN, question


def _on_roads(ground: Ground, way: Driven) -> Iterator[_Placed]:
    """Yield a question where a run of pieces of one leg begins to lack something else."""
    kinds: dict[_Missing, int] = {(): 0}
    lacks = np.zeros(len(way.edges), dtype=np.int64)
    _, row, group = np.unique(
        ground.judged.edges_alone.group[way.edges], return_index=True, return_inverse=True
    )
    of_group = [
        kinds.setdefault(missing_of(ground.reasons.on_edge(edge)), len(kinds))
        for edge in way.edges[row].tolist()
    ]
    lacks[:] = np.array(of_group, dtype=np.int64)[group]
    for place in np.flatnonzero(~way.whole & (lacks > 0)).tolist():
        piece = way.path[place]
        reasons = ground.reasons.on_part(piece.edge, (piece.from_m, piece.to_m))
        lacks[place] = kinds.setdefault(missing_of(reasons), len(kinds))
    begins = np.zeros(len(lacks), dtype=np.bool_)
    begins[way.leg_starts] = True
    begins[1:] |= lacks[1:] != lacks[:-1]
    words = list(kinds)
    for place in np.flatnonzero(begins & (lacks > 0)).tolist():
        piece, missing = way.path[place], words[int(lacks[place])]
        where, element = middle_of(ground, piece), f"edge:{piece.edge}"
        yield place, _ROAD, OpenQuestion("road", where, element, missing, survey_text(missing))


def _at_structures(ground: Ground, way: Driven) -> Iterator[_Placed]:
    structures = ground.network.structures
    unknown = np.flatnonzero(ground.structure_outcomes(way.standing) == Passability.UNKNOWN)
    rows = way.standing[unknown]
    known = remembered(ground.network, ("structure questions", ground.demand, ground.rules), _Asked)
    columns = (
        way.standing_on[unknown],
        rows,
        ground.judged.structures.group[rows],
        structures.lon[rows],
        structures.lat[rows],
    )
    for place, row, group, lon, lat in zip(*(column.tolist() for column in columns), strict=True):
        asked = known.get(group)
        if asked is None:
            missing = missing_of(ground.reasons.on_structure(row)) or ("examination",)
            kind = StructureKind(int(structures.kind[row])).word
            asked = known[group] = (kind, missing, survey_text(missing))
        kind, missing, survey = asked
        yield (
            place,
            _STRUCTURE,
            OpenQuestion(kind, (lon, lat), structures.ids[row], missing, survey),
        )


# What is asked of each group of structures, for one demand.
_Asked = dict[int, tuple[str, _Missing, str]]


def missing_of(reasons: Sequence[Reason]) -> _Missing:
    """Return the kinds of limit that nobody knows."""
    return tuple(reason.kind for reason in reasons if reason.outcome is Passability.UNKNOWN)
