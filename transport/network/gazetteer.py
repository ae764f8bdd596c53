"""Names that begin with what was typed: Chinese, pinyin, English; larger places first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from transport.network.graph import RoadNetwork
from transport.network.naming import plain_name, spellings_of, standing_of
from transport.network.places import Place
from transport.network.remembering import remembered

# Sorts after every spelling that begins with the same signs.
_LAST = "\U0010ffff"
_SPELLINGS = 16
_LONGEST = 256
_PLACE = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All spellings in order; `order` sorts by size of the place, length of spelling, place.

    Its lower 32 bits are the number of the place.
    """

    spellings: tuple[str, ...]
    order: npt.NDArray[np.int64]
    places: tuple[Place, ...]

    def beginning_with(self, text: str, limit: int = 10) -> list[Place]:
        """Return the places that a spelling of which begins with a text, larger ones first.

        Among places of one size the one whose name is nearly typed stands first. Spaces, capitals
        and apostrophes do not count; an empty text finds nothing.
        """
        start = plain_name(text)
        if not start:
            return []
        low = bisect_left(self.spellings, start)
        found = self.order[low : bisect_left(self.spellings, start + _LAST)]
        # A place has a handful of spellings; enough rows hold enough places.
        enough = limit * _SPELLINGS
        if len(found) > enough:
            found = np.partition(found, enough)[:enough]
        numbers = dict.fromkeys((np.sort(found) & _PLACE).tolist())
        return [self.places[number] for number in islice(numbers, limit)]


def gazetteer_of(network: RoadNetwork) -> Gazetteer:
    """Return the gazetteer of a network, made once."""
    return remembered(network, "gazetteer", lambda: _gazetteer(network))


def _gazetteer(network: RoadNetwork) -> Gazetteer:
    places = tuple(network.places)
    pairs = sorted({(key, n) for n, place in enumerate(places) for key in _keys(place)})
    standing = [standing_of(place) for place in places]
    order = [(standing[n] * _LONGEST + min(len(key), _LONGEST - 1)) << 32 | n for key, n in pairs]
    return Gazetteer(tuple(key for key, _ in pairs), np.array(order, dtype=np.int64), places)


def _keys(place: Place) -> Iterator[str]:
    for name in spellings_of(place):
        key = plain_name(name)
        if key:
            yield key
