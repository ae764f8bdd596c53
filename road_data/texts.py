"""Sequences of text, places and areas, read from memory-mapped files when they are asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt

from transport.network.places import Area, Place

Blob = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]


# Texts that one sequence remembers; more are read again.
_MOST_KNOWN = 100_000


class Texts(Sequence[str]):
    """Strings in one UTF-8 blob; entry `i` is `blob[offsets[i]:offsets[i + 1]]`."""

    __slots__ = ("_blob", "_count", "_known", "_offsets")

    def __init__(self, blob: Blob, offsets: Offsets) -> None:
        self._blob = blob
        self._offsets = offsets
        self._count = len(offsets) - 1
        self._known: dict[int, str] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        number = int(index)
        known = self._known.get(number)
        if known is not None:
            return known
        if number < 0:
            return self[number + self._count] if number >= -self._count else self._missing(index)
        if number >= self._count:
            return self._missing(index)
        text = self._blob[self._offsets[number] : self._offsets[number + 1]].tobytes().decode()
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[number] = text
        return text

    @staticmethod
    def _missing(index: int) -> str:
        raise IndexError(index)


T = TypeVar("T")


class Listed(Sequence[T], Generic[T]):
    """Things that are a JSON list each in a `Texts`, made by `read` when they are asked for."""

    __slots__ = ("_read", "_texts")

    def __init__(self, texts: Texts, read: Callable[[list[Any]], T]) -> None:
        self._texts = texts
        self._read = read

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        return self._read(json.loads(self._texts[index]))


def _place(fields: list[Any]) -> Place:
    name, pinyin, name_en, kind, lon, lat, admin_code, aliases = fields
    return Place(name, pinyin, name_en, kind, lon, lat, admin_code, tuple(aliases))


def places_in(texts: Texts) -> Sequence[Place]:
    """Return the places that `pack_places` packed."""
    return Listed(texts, _place)


def areas_in(texts: Texts) -> Sequence[Area]:
    """Return the areas that `pack_areas` packed."""
    return Listed(texts, lambda fields: Area(*fields))


def pack(texts: Iterable[str]) -> tuple[Blob, Offsets]:
    """Return blob and offsets of some strings."""
    encoded = [text.encode() for text in texts]
    sizes = np.fromiter((len(text) for text in encoded), dtype=np.int64, count=len(encoded))
    offsets = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
    return np.frombuffer(b"".join(encoded), dtype=np.uint8), offsets


def pack_places(places: Iterable[Place]) -> tuple[Blob, Offsets]:
    """Return blob and offsets of some places."""
    return pack(
        json.dumps(
            [place.name, place.pinyin, place.name_en, place.kind, place.lon, place.lat,
             place.admin_code, list(place.aliases)],
            ensure_ascii=False,
        )
        for place in places
    )  # fmt: skip


def pack_areas(areas: Iterable[Area]) -> tuple[Blob, Offsets]:
    """Return blob and offsets of some areas."""
    return pack(
        json.dumps([area.code, area.name, area.parent], ensure_ascii=False) for area in areas
    )
