"""Remember what was computed from a network, with a bound, safely in threads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

from transport.network.graph import RoadNetwork

T = TypeVar("T")

# A judged network of 100,000 edges takes some 30 MB in a handful of entries.
_LARGEST = 48
_lock = Lock()
# The network is kept beside the result, so that its identity cannot be given to another object.
_kept: OrderedDict[tuple[int, Hashable], tuple[RoadNetwork, Any]] = OrderedDict()


def remembered(network: RoadNetwork, key: Hashable, make: Callable[[], T]) -> T:
    """Return the result of `make` for this very network object and key, computing it once.

    Networks are never changed, so a result holds as long as the object lives.
    """
    full_key = (id(network), key)
    with _lock:
        if full_key in _kept:
            _kept.move_to_end(full_key)
            return cast("T", _kept[full_key][1])
    made = make()
    with _lock:
        _kept[full_key] = (network, made)
        while len(_kept) > _LARGEST:
            _kept.popitem(last=False)
    return made
