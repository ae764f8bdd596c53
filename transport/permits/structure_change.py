"""A structure whose rating or limit changed, as a restriction of the roads over it."""

from __future__ import annotations

from transport.errors import FieldFault, InvalidInputError
from transport.network.attributes import LimitKind
from transport.network.closures import Restriction, RestrictionKind
from transport.network.graph import RoadNetwork


def rating_change(
    network: RoadNetwork, structure: str, most_t: float | None, reason: str, issued_by: str
) -> Restriction:
    """Return what a new rating means: a largest mass, or closed until somebody decides.

    A consent may lift it, so that a person decides on every heavier transport. Raises
    InvalidInputError for a structure the network does not have.
    """
    edges = [
        int(network.structures.edge[row])
        for row, one in enumerate(network.structures.ids)
        if one == structure
    ]
    if not edges:
        message = f"the network in use has no structure {structure!r}"
        raise InvalidInputError([FieldFault("structure", message, "no_such_structure")])
    return Restriction(
        id=f"rating-{structure}",
        kind=RestrictionKind.TEMPORARY_LIMIT,
        edges=tuple(sorted(set(edges))),
        reason=reason,
        issued_by=issued_by,
        closed=most_t is None,
        limits=((LimitKind.RATED_MASS, most_t),) if most_t is not None else (),
        hard=False,
    )
