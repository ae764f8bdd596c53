"""The official form's axle-load string, read and written.

Grammar: `load = group *("+" group)`, `group = tonnes | lines "*" tonnes`. A plain group is the
load of a whole axle group; `5*18` is five axle lines of 18 t each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise

from transport.errors import FieldFault, InvalidInputError

FIELD = "axle_notation"
_GROUP = re.compile(r"(?:(?P<lines>\d+)\*)?(?P<tonnes>\d+(?:\.\d+)?)")
_FULL_WIDTH = str.maketrans({"＋": "+", "＊": "*", "×": "*", "．": ".", " ": None})
_MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class AxleGroup:
    """One group of the string: `tonnes` for the group, or for each of its `lines`."""

    tonnes: float
    lines: int | None = None

    @property
    def total_t(self) -> float:
        """Load of the whole group in tonnes."""
        return self.tonnes * (self.lines or 1)


def parse_axle_notation(text: str) -> tuple[AxleGroup, ...]:
    """Read `10+20+5*18`; raise InvalidInputError naming the part that cannot be read."""
    groups = []
    for part in text.translate(_FULL_WIDTH).split("+"):
        match = _GROUP.fullmatch(part)
        lines = int(match["lines"]) if match and match["lines"] else None
        if match is None or float(match["tonnes"]) <= 0 or lines == 0:
            raise _wrong(
                f"cannot read '{part}' in '{text}': write tonnes per axle group joined by '+', "
                "with n*t for n axle lines of t tonnes, for example 10+20+5*18",
                "axle_notation_unreadable",
                part=part,
            )
        if lines is not None and lines > _MOST_LINES:
            raise _wrong(
                f"{lines} axle lines is more than the {_MOST_LINES} this program accepts: "
                "write the number of lines before '*', the tonnes of one line after it",
                "axle_notation_lines",
                part=part,
            )
        groups.append(AxleGroup(float(match["tonnes"]), lines))
    return tuple(groups)


def split_by_counts(groups: Sequence[AxleGroup], counts: Sequence[int]) -> tuple[float, ...]:
    """Spread each group equally over its axles, given the number of axles of every group."""
    if len(counts) != len(groups):
        raise _wrong(
            f"{len(groups)} groups but {len(counts)} axle counts: give one count per group",
            "axle_counts_number",
            field="axle_counts",
        )
    loads: list[float] = []
    for group, count in zip(groups, counts, strict=True):
        if count < 1 or (group.lines is not None and count != group.lines):
            raise _wrong(
                f"the group '{_written(group)}' has {group.lines or 'at least 1'} axle lines, "
                f"not {count}: correct the count or the string",
                "axle_counts_differ",
                field="axle_counts",
            )
        loads += [group.total_t / count] * count
    return tuple(loads)


def counts_from_spacings(
    groups: Sequence[AxleGroup], spacings_m: Sequence[float]
) -> tuple[int, ...]:
    """Find how many axles each group has: groups part where the wheelbase gaps are widest.

    Raise InvalidInputError where the number of axles cannot be spread over the groups.
    """
    axles = len(spacings_m) + 1
    best: tuple[int, ...] | None = None
    widest = -1.0
    for cuts in combinations(range(1, axles), len(groups) - 1):
        edges = (0, *cuts, axles)
        counts = tuple(b - a for a, b in pairwise(edges))
        fits = all(
            group.lines in (None, count) for group, count in zip(groups, counts, strict=True)
        )
        gap = sum(spacings_m[cut - 1] for cut in cuts)
        if fits and gap > widest:
            best, widest = counts, gap
    if best is None:
        raise _wrong(
            f"{len(spacings_m)} spacings mean {axles} axles, which cannot be spread over "
            f"'{'+'.join(map(_written, groups))}': give one spacing fewer than there are axles",
            "axle_spacings_groups",
            field="axle_spacings_m",
        )
    return best


def write_axle_notation(
    loads_t: Sequence[float], group_sizes: Sequence[int], *, line_groups: int = 0
) -> str:
    """Write the string of the form; the last `line_groups` groups are written as lines, n*t.

    Tonnes are rounded to 0.01: the form knows no finer weighing.
    """
    if sum(group_sizes) != len(loads_t):
        raise _wrong(
            f"the group sizes add up to {sum(group_sizes)}, but there are {len(loads_t)} axles",
            "axle_counts_differ",
            field="axle_counts",
        )
    parts: list[str] = []
    first = 0
    for number, size in enumerate(group_sizes):
        loads = loads_t[first : first + size]
        first += size
        if number >= len(group_sizes) - line_groups:
            parts += [f"{len(list(same))}*{_tonnes(load)}" for load, same in groupby(loads)]
        else:
            parts.append(_tonnes(sum(loads)))
    return "+".join(parts)


def _tonnes(load_t: float) -> str:
    return f"{round(load_t, 2):.6g}"


def _written(group: AxleGroup) -> str:
    return f"{group.lines}*{group.tonnes:.6g}" if group.lines else f"{group.tonnes:.6g}"


def _wrong(message: str, code: str, field: str = FIELD, **params: str) -> InvalidInputError:
    return InvalidInputError([FieldFault(field, message, code, tuple(params.items()))])
