"""Turn readings (value, certainty, source) into limit columns that share one list of sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from road_data.osm.tags.stated import Reading
from transport.network.attributes import LimitColumn, LimitKind


class Sources:
    """The sources of all values, numbered in the order of their first use."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._texts: list[str] = []

    def number(self, source: str) -> int:
        """Return the number of a source, giving it one if it is new."""
        number = self._numbers.setdefault(source, len(self._texts))
        if number == len(self._texts):
            self._texts.append(source)
        return number

    def text(self, number: int) -> str:
        """Return the source of a number."""
        return self._texts[number]

    def all(self) -> tuple[str, ...]:
        """Return the sources by number."""
        return tuple(self._texts)


class Strings:
    """Strings numbered in the order of their first use; 0 is the empty one."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}
        self._texts: list[str] = [""]

    def number(self, text: str) -> int:
        """Return the number of a string, giving it one if it is new."""
        number = self._numbers.setdefault(text, len(self._texts))
        if number == len(self._texts):
            self._texts.append(text)
        return number

    def text(self, number: int) -> str:
        """Return the string of a number."""
        return self._texts[number]

    def all(self) -> tuple[str, ...]:
        """Return the strings by number."""
        return tuple(self._texts)


def columns(
    kinds: Sequence[LimitKind], rows: Iterable[Sequence[Reading]], sources: Sources
) -> dict[LimitKind, LimitColumn]:
    """Return one column per kind from rows that hold one reading per kind."""
    by_kind = list(zip(*rows, strict=True)) or [()] * len(kinds)
    return {
        kind: LimitColumn(
            value=np.array([reading.value for reading in readings], dtype=np.float64),
            certainty=np.array([reading.certainty for reading in readings], dtype=np.uint8),
            source=np.array(
                [sources.number(reading.source) for reading in readings], dtype=np.int32
            ),
        )
        for kind, readings in zip(kinds, by_kind, strict=True)
    }


def picked(
    table: Mapping[LimitKind, LimitColumn], rows: npt.NDArray[np.int64]
) -> dict[LimitKind, LimitColumn]:
    """Return the columns of a table repeated for the given rows."""
    return {
        kind: LimitColumn(column.value[rows], column.certainty[rows], column.source[rows])
        for kind, column in table.items()
    }
