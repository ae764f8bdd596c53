"""Owner: who manages the road, from ownership and operator, else by class."""

from __future__ import annotations

from road_data.osm.tags.stated import Tags
from transport.network.attributes import Owner

_OWNERSHIP = {
    "private": Owner.PRIVATE,
    "company": Owner.PRIVATE,
    "municipal": Owner.MUNICIPAL,
    "national": Owner.HIGHWAY,
    "state": Owner.HIGHWAY,
    "county": Owner.HIGHWAY,
    "village": Owner.VILLAGE,
}
_OPERATORS = (
    ("林业", Owner.FORESTRY),
    ("林场", Owner.FORESTRY),
    ("林管", Owner.FORESTRY),
    ("公路", Owner.HIGHWAY),
    ("高速", Owner.HIGHWAY),
    ("交通", Owner.HIGHWAY),
    ("市政", Owner.MUNICIPAL),
    ("城管", Owner.MUNICIPAL),
    ("村委", Owner.VILLAGE),
)


def read_owner(tags: Tags, by_class: Owner) -> Owner:
    """Return the owner that tags name, else the one assumed for the class."""
    stated = _OWNERSHIP.get(tags.get("ownership", ""))
    if stated is not None:
        return stated
    operator = tags.get("operator", "")
    for word, owner in _OPERATORS:
        if word in operator:
            return owner
    if tags.get("access") == "private":
        return Owner.PRIVATE
    return Owner.FORESTRY if tags.get("access") == "forestry" else by_class
