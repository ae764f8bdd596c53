"""Remember what was computed from a network, with a bound, safely in threads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Any, TypeVar, cast

from transport.network.graph import RoadNetwork

T = TypeVar("T")
Loaders = Mapping[Hashable, Callable[[], Any]]

# A judged network of 100,000 edges takes some 30 MB in a handful of entries.
_LARGEST = 48
_lock = Lock()
# The network is kept beside the result, so that its identity cannot be given to another object.
_kept: OrderedDict[tuple[int, Hashable], tuple[RoadNetwork, Any]] = OrderedDict()

# What a store computed beforehand for a network, loaded when first asked for and never dropped
# while the network is one of the last ones opened.
_MOST_OFFERED = 6
_offered: OrderedDict[int, tuple[RoadNetwork, Loaders, dict[Hashable, Any]]] = OrderedDict()


def offer(network: RoadNetwork, loaders: Loaders) -> None:
    """Say how to load results that were computed from this very network object beforehand.

    A loader that returns None has nothing to give; the result is then computed.
    """
    with _lock:
        _offered[id(network)] = (network, loaders, {})
        while len(_offered) > _MOST_OFFERED:
            _offered.popitem(last=False)


def share(network: RoadNetwork, other: RoadNetwork, *without: Hashable) -> None:
    """Offer what was computed beforehand for a network for another one of the same roads too.

    `without` name the results that rest on what the other one changed, alone or in a tuple.
    """
    with _lock:
        known = _offered.get(id(network))
        if known is None:
            return
        kept = {
            key: load
            for key, load in known[1].items()
            if key not in without and not (isinstance(key, tuple) and set(without) & set(key))
        }
        _offered[id(other)] = (other, kept, {})
        while len(_offered) > _MOST_OFFERED:
            _offered.popitem(last=False)


def _load_offered(network: RoadNetwork, key: Hashable) -> Any:
    with _lock:
        known = _offered.get(id(network))
        if known is None or key not in known[1]:
            return None
        if key in known[2]:
            return known[2][key]
    made = known[1][key]()
    with _lock:
        return known[2].setdefault(key, made)


def remembered(network: RoadNetwork, key: Hashable, make: Callable[[], T]) -> T:
    """Return the result of `make` for this very network object and key, computing it once.

    Networks are never changed, so a result holds as long as the object lives.
    """
    full_key = (id(network), key)
    with _lock:
        if full_key in _kept:
            _kept.move_to_end(full_key)
            return cast("T", _kept[full_key][1])
    offered = _load_offered(network, key)
    if offered is not None:
        return cast("T", offered)
    made = make()
    with _lock:
        _kept[full_key] = (network, made)
        while len(_kept) > _LARGEST:
            _kept.popitem(last=False)
    return made
