"""The official form's axle strings, read and written: loads `10+20+5*18`, spacings `3.2-1.4-7`.

Grammar of the loads: `load = group *("+" group)`, `group = tonnes | lines "*" tonnes`. A plain
group is the load of a whole axle group; `5*18` is five axle lines of 18 t each. Grammar of the
spacings: `spacings = part *("-" part)`, `part = metres | metres "*" times`; `1.45*4` stands for
four equal spacings. Every fault names the character where reading stopped and what to write.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NoReturn

from transport.errors import FieldFault, InvalidInputError
from transport.vehicles.form_scanning import FormText, usual_sign

FIELD = "axle_notation"
SPACINGS_FIELD = "axle_spacings_m"
_MOST_LINES = 100
_MOST_GROUPS = 40
_SPACING_RANGE_M = (0.5, 60.0)
_HEAVIEST_T = 2000.0
_LONGEST_NUMBER = 9
_SHOWN = 60
_EXAMPLES = {FIELD: "10+20+5*18", SPACINGS_FIELD: "3.2-1.4-7-1.45*4"}
# What should stand where reading stopped, by the code of the fault.
_EXPECTED = {
    "axle_notation_tonnes": "tonnes of an axle group",
    "axle_notation_line_tonnes": "tonnes of one line after '*'",
    "axle_notation_positive": f"more than 0 and at most {_HEAVIEST_T:g} tonnes",
    "axle_notation_whole_lines": "a whole number of axle lines before '*'",
    "axle_notation_join": "'+' between two groups, or '*' between lines and tonnes",
    "axle_notation_groups": f"at most {_MOST_GROUPS} groups",
    "axle_spacings_metres": "metres between two axles",
    "axle_spacings_range": "{:g} to {:g} metres".format(*_SPACING_RANGE_M),
    "axle_spacings_times": "the metres before '*' and a whole number of times after it",
    "axle_spacings_join": "'-' between two spacings",
    "axle_spacings_many": f"fewer than {_MOST_LINES} spacings",
}


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
    """Read `10+20+5*18`; raise InvalidInputError naming place, part and what to write."""
    scanner = FormText(text)
    groups = []
    while True:
        groups.append(_group(scanner))
        if len(groups) > _MOST_GROUPS:
            _stop(scanner, "axle_notation_groups")
        if scanner.at_end:
            return tuple(groups)
        if not scanner.take("+"):
            _stop(scanner, "axle_notation_join")


def parse_axle_spacings(text: str) -> tuple[float, ...]:
    """Read `3.2-1.4-7-1.45*4` into metres, front to rear; raise InvalidInputError."""
    scanner = FormText(text)
    spacings: list[float] = []
    while True:
        spacings += _equal_spacings(scanner)
        if len(spacings) >= _MOST_LINES:
            _stop(scanner, "axle_spacings_many")
        if scanner.at_end:
            return tuple(spacings)
        if not scanner.take("-"):
            _stop(scanner, "axle_spacings_join")


def is_form_spacings(text: str) -> bool:
    """Whether spacings are written as on the form, not as a list of numbers.

    A lone minus in front of a number is a mistyped list, and so is a list in brackets.
    """
    signs = {usual_sign(sign) for sign in text.lstrip("-[( ")}
    return bool(signs & {"-", "*"}) and not signs & set(",;[e")


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
    # best[n]: the widest gaps, and the counts, with which the groups so far take n axles.
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for group in groups:
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for taken, (gap_m, counts) in best.items():
            gap = gap_m + (spacings_m[taken - 1] if 0 < taken < axles else 0.0)
            sizes = [group.lines] if group.lines else range(1, axles - taken + 1)
            for size in sizes:
                end = taken + size
                if end <= axles and (end not in reached or gap > reached[end][0]):
                    reached[end] = (gap, (*counts, size))
        best = reached
    if axles not in best:
        raise _wrong(
            f"{len(spacings_m)} spacings mean {axles} axles, which cannot be spread over "
            f"'{'+'.join(map(_written, groups))}': give one spacing fewer than there are axles",
            "axle_spacings_groups",
            field=SPACINGS_FIELD,
        )
    return best[axles][1]


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
    edges = [0]
    for size in group_sizes:
        edges.append(edges[-1] + size)
    parts: list[str] = []
    for number, (first, last) in enumerate(pairwise(edges)):
        loads = [round(load, 2) for load in loads_t[first:last]]
        if number >= len(group_sizes) - line_groups:
            parts += [f"{len(list(same))}*{_plain(load)}" for load, same in groupby(loads)]
        else:
            parts.append(_plain(round(sum(loads_t[first:last]), 2)))
    return "+".join(parts)


def write_axle_spacings(spacings_m: Sequence[float], *, repeated: bool = False) -> str:
    """Write `3.2-1.4-7-1.2-1.2`; `repeated` shortens equal neighbours to `1.2*2`.

    The official form wants them one by one. Metres are rounded to the millimetre.
    """
    metres = [round(gap, 3) for gap in spacings_m]
    if not repeated:
        return "-".join(map(_plain, metres))
    runs = [(gap, len(list(same))) for gap, same in groupby(metres)]
    return "-".join(f"{_plain(gap)}*{times}" if times > 1 else _plain(gap) for gap, times in runs)


def _group(scanner: FormText) -> AxleGroup:
    first = _number(scanner, "axle_notation_tonnes")
    if not scanner.take("*"):
        if not 0 < float(first) <= _HEAVIEST_T:
            _stop(scanner, "axle_notation_positive", part=first)
        return AxleGroup(float(first))
    if not first.isdecimal() or int(first) == 0:
        _stop(scanner, "axle_notation_whole_lines", part=first)
    if int(first) > _MOST_LINES:
        raise _wrong(
            f"{first} axle lines is more than the {_MOST_LINES} this program accepts: "
            "write the number of lines before '*', the tonnes of one line after it",
            "axle_notation_lines",
            part=first,
        )
    tonnes = _number(scanner, "axle_notation_line_tonnes")
    if not 0 < float(tonnes) <= _HEAVIEST_T:
        _stop(scanner, "axle_notation_positive", part=tonnes)
    return AxleGroup(float(tonnes), int(first))


def _equal_spacings(scanner: FormText) -> list[float]:
    metres = _number(scanner, "axle_spacings_metres")
    least, most = _SPACING_RANGE_M
    if not least <= float(metres) <= most:
        _stop(scanner, "axle_spacings_range", part=metres)
    if not scanner.take("*"):
        return [float(metres)]
    times = _number(scanner, "axle_spacings_times")
    if not times.isdecimal() or not 0 < int(times) <= _MOST_LINES:
        _stop(scanner, "axle_spacings_times", part=times)
    return [float(metres)] * int(times)


def _number(scanner: FormText, expected: str) -> str:
    found = scanner.number() or _stop(scanner, expected)
    return found if len(found) <= _LONGEST_NUMBER else _stop(scanner, expected, part=found)


def _stop(scanner: FormText, expected: str, *, part: str | None = None) -> NoReturn:
    """Refuse the text at the part just read, or at the place where reading stopped."""
    field = FIELD if expected.startswith(FIELD) else SPACINGS_FIELD
    place = scanner.place if part is None else scanner.last_number_at
    found = scanner.rest if part is None else part[:_LONGEST_NUMBER]
    message = (
        f"cannot read {repr(found) if found else 'the end'} at character {place} of "
        f"{scanner.text[:_SHOWN]!r}: write {_EXPECTED[expected]}, for example {_EXAMPLES[field]}"
    )
    raise _wrong(message, expected, field=field, part=found or "…", place=str(place))


def _plain(value: float) -> str:
    return f"{value:.6g}"


def _written(group: AxleGroup) -> str:
    return f"{group.lines}*{_plain(group.tonnes)}" if group.lines else _plain(group.tonnes)


def _wrong(message: str, code: str, field: str = FIELD, **params: str) -> InvalidInputError:
    return InvalidInputError([FieldFault(field, message, code, tuple(params.items()))])
