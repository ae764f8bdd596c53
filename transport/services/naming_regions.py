"""Read what a user travels through or avoids: places, and regions by their names in the law."""

from __future__ import annotations

import re
from collections.abc import Callable

from transport.errors import InvalidInputError
from transport.network.graph import RoadNetwork
from transport.network.naming import NamedPoint, locate
from transport.regulations.law import Law
from transport.routing.regions import Region, region_edges, road_edges

_ADMIN = re.compile(r"\s*(?:admin|辖区)\s*[:：]\s*(.*\S)\s*", re.IGNORECASE)
Locate = Callable[[str, str], NamedPoint]


def wish_by_code(wish: str, network: RoadNetwork, law: Law) -> str:
    """Return a wish with the name of a county, league or region replaced by its code.

    A name without `admin:` means the jurisdiction only where no road or place of the network has
    it: a city's name is first of all its place.
    """
    named = _ADMIN.fullmatch(wish)
    name = (named[1] if named else wish).strip()
    code = _code_of(name, law)
    if code is None or (named is None and _is_on_the_map(name, network)):
        return wish
    return f"admin:{code}"


def through(wish: str, network: RoadNetwork, law: Law, find: Locate) -> NamedPoint | Region:
    """Return the place or region of a `via`; raises InvalidInputError on it for anything else.

    A road number needs no `road:` where no place has its name.
    """
    wish = wish_by_code(wish, network, law)
    edges = region_edges(network, wish, field="via")
    if edges is not None:
        return Region(wish, edges)
    try:
        return find(wish, "via")
    except InvalidInputError:
        road = road_edges(network, wish)
        if not road.any():
            raise
        return Region(wish, frozenset(road.nonzero()[0].tolist()))


def _code_of(name: str, law: Law) -> str | None:
    folded = name.casefold()
    for names in (law.areas.names, law.areas.english):
        for code, text in names.items():
            if text.casefold() == folded:
                return code
    return None


def _is_on_the_map(name: str, network: RoadNetwork) -> bool:
    if road_edges(network, name).any():
        return True
    try:
        locate(network, name, field="via")
    except InvalidInputError:
        return False
    return True
