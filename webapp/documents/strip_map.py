"""A strip of the route as a drawing: the road as it bends, and a straight ruler with its marks.

Everything is told by shape and number, nothing by colour: it is printed in black.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from xml.sax.saxutils import escape

from webapp.documents.contents import LonLat, StripMap, StripMark, StripPart
from webapp.documents.glyphs import fit_to_print
from webapp.documents.route_map import text_width
from webapp.documents.strips import MARK_NAMES, listed
from webapp.documents.typesetting import chainage

WIDTH_MM, HEIGHT_MM = 170.0, 66.0
_FONT = "Noto Sans SC"
_LEFT_MM, _RIGHT_MM = 7.0, 163.0
_BEND_TOP_MM, _BEND_HEIGHT_MM = 5.0, 24.0
_BEND_RIGHT_MM = 152.0
_RULER_MM, _RULER_HEIGHT_MM = 50.5, 4.2
_NUMBER_MM = 2.5
_LEVELS_MM = (44.2, 41.0, 37.8, 34.6)
_STEPS_KM = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_MOST_TICKS = 9
_BLACK = 'stroke="#000000"'


def strip_drawing(strip: StripMap) -> str:
    """Draw a strip as SVG of 170 x 66 mm; numbers are those of its list."""
    numbers = {id(one): number for number, one in enumerate(listed(strip), 1)}
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_MM:g} {HEIGHT_MM:g}" '
            f'width="{WIDTH_MM:g}mm" height="{HEIGHT_MM:g}mm" font-family="{_FONT}">'
        ),
        f'<rect width="{WIDTH_MM:g}" height="{HEIGHT_MM:g}" fill="#ffffff"/>',
        *_bends(strip, numbers),
        *_ruler(strip),
        *_marks(strip, numbers),
        (
            f'<rect x="0.2" y="0.2" width="{WIDTH_MM - 0.4:g}" height="{HEIGHT_MM - 0.4:g}" '
            f'fill="none" {_BLACK} stroke-width="0.3"/></svg>'
        ),
    ]
    return "".join(parts)


def legend_drawing() -> str:
    """Draw what the signs of all strips mean, as SVG of 170 x 7 mm."""
    pieces: list[str] = []
    x = 3.0
    for kind, name in MARK_NAMES.items():
        pieces += [_sign(kind, x, 3.6), _text(x + 2.6, 4.6, name, 2.7)]
        x += 5.0 + text_width(name, 2.7) + 2.4
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_MM:g} 7" '
        f'width="{WIDTH_MM:g}mm" height="7mm" font-family="{_FONT}">{"".join(pieces)}</svg>'
    )


def _bends(strip: StripMap, numbers: dict[int, int]) -> list[str]:
    """Draw the line of the road turned so that it runs from left to right, with its north."""
    flat, turn = _turned(strip.line)
    placed, per_unit = _fitted(flat)
    path = " ".join(f"{x:.2f},{y:.2f}" for x, y in _thin(placed))
    line = f'<polyline points="{path}" fill="none" stroke-linejoin="round" stroke-linecap="round" '
    found = [
        line + f'{_BLACK} stroke-width="1.9"/>',
        line + 'stroke="#ffffff" stroke-width="0.8"/>',
        *_ends(placed),
        *_north(turn),
        *_scale(per_unit),
    ]
    lengths = [math.dist(a, b) for a, b in pairwise(placed)]
    along = list(accumulate(lengths, initial=0.0))
    taken: list[tuple[float, float]] = []
    span = strip.to_km - strip.from_km or 1.0
    for one in strip.marks:
        number = numbers.get(id(one))
        if number is None:
            continue
        share = min(max((one.km - strip.from_km) / span, 0.0), 1.0)
        x, y = _along(placed, along, share * along[-1])
        found.append(f'<circle cx="{x:.2f}" cy="{y:.2f}" r="0.75" fill="#000000"/>')
        spots = ((x, y - 1.9), (x, y + 3.6), (x + 2.6, y + 0.8), (x - 2.6, y + 0.8))
        free = (s for s in spots if all(math.dist(s, other) > 2.9 for other in taken))  # noqa: PLR2004 - the height of a number
        spot = next(free, None)
        if spot is not None:
            taken.append(spot)
            found.append(_text(*spot, str(number), 2.2, anchor="middle", edge=True))
    return found


def _turned(line: Sequence[LonLat]) -> tuple[list[tuple[float, float]], float]:
    """Return metres from the start, turned so that the end lies to the right; and the turn."""
    shrink = math.cos(math.radians(line[0][1]))
    metres = [
        ((lon - line[0][0]) * shrink * 111_195.0, (lat - line[0][1]) * 111_195.0)
        for lon, lat in line
    ]
    turn = math.atan2(metres[-1][1], metres[-1][0])
    cosine, sine = math.cos(turn), math.sin(turn)
    return [(x * cosine + y * sine, -x * sine + y * cosine) for x, y in metres], turn


def _fitted(flat: Sequence[tuple[float, float]]) -> tuple[list[tuple[float, float]], float]:
    """Return places on paper, and millimetres on paper per metre."""
    xs, ys = [x for x, _ in flat], [y for _, y in flat]
    width, height = max(xs) - min(xs) or 1.0, max(ys) - min(ys) or 1.0
    room = _BEND_RIGHT_MM - _LEFT_MM
    scale = min(room / width, _BEND_HEIGHT_MM / height)
    left = _LEFT_MM + (room - width * scale) / 2
    top = _BEND_TOP_MM + (_BEND_HEIGHT_MM - height * scale) / 2
    return [(left + (x - min(xs)) * scale, top + (max(ys) - y) * scale) for x, y in flat], scale


def _ends(placed: Sequence[tuple[float, float]]) -> list[str]:
    (x, y), (end_x, end_y) = placed[0], placed[-1]
    before = next((p for p in reversed(placed) if math.dist(p, placed[-1]) > 1.5), placed[0])  # noqa: PLR2004 - far enough to tell a direction
    angle = math.degrees(math.atan2(end_y - before[1], end_x - before[0]))
    return [
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="1.5" fill="#ffffff" {_BLACK} stroke-width="0.7"/>',
        (
            f'<path d="M1.2 0l-3.4 2v-4z" transform="translate({end_x:.2f} {end_y:.2f}) '
            f'rotate({angle:.1f})" fill="#000000"/>'
        ),
    ]


def _north(turn: float) -> list[str]:
    x, y = WIDTH_MM - 11.0, 10.0
    # North points up on the map; here the map is turned clockwise by `turn`.
    degrees = math.degrees(turn)
    sine, cosine = math.sin(turn), math.cos(turn)
    return [
        (
            f'<path d="M0 -5l2 7.4l-2 -1.5l-2 1.5z" transform="translate({x:g} {y:g}) '
            f'rotate({degrees:.1f})" fill="#000000"/>'
        ),
        _text(x + 7.2 * sine, y - 7.2 * cosine + 1.0, "北", 2.8, anchor="middle", bold=True),
    ]


def _scale(per_metre: float) -> list[str]:
    room_m = 22.0 / per_metre
    power = 10 ** math.floor(math.log10(room_m))
    length_m = max(step * power for step in (1, 2, 5) if step * power <= room_m)
    width = length_m * per_metre
    x, y = WIDTH_MM - 4.0 - width, 34.0
    said = f"{length_m / 1000:g} 公里" if length_m >= 1000 else f"{length_m:g} 米"  # noqa: PLR2004 - metres in a kilometre
    return [
        (
            f'<path d="M{x:.2f} {y - 1.2}v1.2h{width:.2f}v-1.2" fill="none" {_BLACK} '
            'stroke-width="0.4"/>'
        ),
        _text(x + width / 2, y - 1.5, said, 2.4, anchor="middle", edge=True),
    ]


def _ruler(strip: StripMap) -> list[str]:
    found: list[str] = []
    for part in strip.parts:
        left, right = _x(strip, part.from_km), _x(strip, part.to_km)
        found.append(
            f'<rect x="{left:.2f}" y="{_RULER_MM}" width="{right - left:.2f}" '
            f'height="{_RULER_HEIGHT_MM}" fill="#ffffff" {_BLACK} stroke-width="0.45"/>'
        )
        name = _name_that_fits(part.road, right - left - 1.5)
        if name:
            middle = (left + right) / 2
            found.append(_text(middle, _RULER_MM + 3.05, name, 2.6, anchor="middle", bold=True))
    below = _RULER_MM + _RULER_HEIGHT_MM
    taken = -99.0
    for km in _ticks(strip):
        x = _x(strip, km)
        found.append(f'<path d="M{x:.2f} {below}v1.4" {_BLACK} stroke-width="0.35"/>')
        said = f"{km:.1f}" if km % 1 else f"{km:.0f}"
        at = min(max(x, _LEFT_MM), _RIGHT_MM)
        if at - taken > 15.0:  # noqa: PLR2004 - the width of a post in words
            taken = at
            found.append(_text(at, below + 4.0, said, 2.4, anchor="middle"))
            post = _post_at(strip.parts, km)
            if post is not None:
                found.append(_text(at, below + 7.2, chainage(post), 2.2, anchor="middle"))
    if any(part.from_post_km is not None for part in strip.parts):
        found.append(_text(1.5, below + 10.2, "上行：全程公里；下行：道路桩号", 2.0))
    return found


def _marks(strip: StripMap, numbers: dict[int, int]) -> list[str]:
    """Draw signs on the ruler, and numbers above them on the first level with room."""
    leaders: list[str] = []
    signs: list[str] = []
    ends = [-99.0] * len(_LEVELS_MM)
    for one in strip.marks:
        x, number = _x(strip, one.km), numbers.get(id(one))
        signs.append(_sign(one.kind, x, _RULER_MM - 1.9))
        if number is None:
            continue
        half = text_width(str(number), _NUMBER_MM) / 2 + 0.5
        free = (level for level, end in enumerate(ends) if x - half > end)
        level = next(free, min(range(len(ends)), key=lambda at: ends[at]))
        at = max(x, ends[level] + half + 0.1)
        ends[level] = at + half
        y = _LEVELS_MM[level]
        leaders.append(
            f'<path d="M{x:.2f} {_RULER_MM - 3.4}L{at:.2f} {y + 0.6:.2f}" {_BLACK} '
            'stroke-width="0.2"/>'
        )
        bold = bool(one.demand)
        signs.append(_text(at, y, str(number), _NUMBER_MM, anchor="middle", bold=bold, edge=True))
    return leaders + signs


def _sign(kind: str, x: float, y: float) -> str:
    """Draw the sign of a kind, about three millimetres, around a middle."""
    line = f'fill="none" {_BLACK} stroke-width="0.4"'
    box = (
        f'<rect x="-1.4" y="-1.4" width="2.8" height="2.8" fill="#ffffff" {_BLACK} '
        'stroke-width="0.35"/>'
    )
    drawn = {
        "bridge": f'<path d="M-1 -1.4l.6 .6v1.6l-.6 .6M1 -1.4l-.6 .6v1.6l.6 .6" {line}/>',
        "tunnel": '<path d="M-1.5 1.2v-1a1.5 1.5 0 0 1 3 0v1z" fill="#000000"/>',
        "overbridge": f'<path d="M-1.6 -.9h3.2M-1.1 -.9v2.1M1.1 -.9v2.1" {line}/>',
        "toll_station": box + _text(0, 0.8, "费", 2.2, anchor="middle"),
        "rest_area": box + _text(0, 0.85, "P", 2.4, anchor="middle", bold=True),
        "level_crossing": f'<path d="M-1.3 -1.3l2.6 2.6M1.3 -1.3l-2.6 2.6" {line}/>',
        "junction": f'<circle r="1.1" {line}/>',
        "restriction": (
            f'<path d="M0 -1.5l1.6 2.8h-3.2z" fill="#ffffff" {_BLACK} stroke-width="0.35"/>'
            + _text(0, 1.0, "!", 2.0, anchor="middle", bold=True)
        ),
        "condition": '<path d="M0 -1.5l1.4 1.5l-1.4 1.5l-1.4 -1.5z" fill="#000000"/>',
    }.get(kind, '<circle r="0.8" fill="#000000"/>')
    return f'<g transform="translate({x:.2f} {y:.2f})">{drawn}</g>'


def mark_line(number: int, one: StripMark) -> list[str]:
    """Return the line of a mark in the list of its strip."""
    where = f"全程 {one.km:.1f}" + (f"\n{one.post}" if one.post else "")
    kind = MARK_NAMES.get(one.kind, "设施")
    return [str(number), where, " ".join(t for t in (kind, one.name) if t), one.demand or "—"]


def _x(strip: StripMap, km: float) -> float:
    span = strip.to_km - strip.from_km or 1.0
    share = min(max((km - strip.from_km) / span, 0.0), 1.0)
    return _LEFT_MM + share * (_RIGHT_MM - _LEFT_MM)


def _ticks(strip: StripMap) -> list[float]:
    span = strip.to_km - strip.from_km
    step = next((one for one in _STEPS_KM if span / one <= _MOST_TICKS), _STEPS_KM[-1])
    first = math.ceil(strip.from_km / step + 1e-9)
    inner = [round(k * step, 3) for k in range(first, math.floor(strip.to_km / step) + 1)]
    least = span * 0.06
    kept = [km for km in inner if km - strip.from_km > least and strip.to_km - km > least]
    return [round(strip.from_km, 1), *kept, round(strip.to_km, 1)]


def _post_at(parts: Sequence[StripPart], km: float) -> float | None:
    for part in parts:
        if part.from_post_km is None or part.to_post_km is None:
            continue
        if part.from_km - 0.06 <= km <= part.to_km + 0.06:
            share = (km - part.from_km) / (part.to_km - part.from_km)
            share = min(max(share, 0.0), 1.0)
            return part.from_post_km + share * (part.to_post_km - part.from_post_km)
    return None


def _name_that_fits(road: str, room: float) -> str:
    for text in (road, road.partition(" ")[0]):
        if text_width(text, 2.6) <= room:
            return text
    return ""


def _along(
    placed: Sequence[tuple[float, float]], along: Sequence[float], wanted: float
) -> tuple[float, float]:
    for number, ((x, y), (next_x, next_y)) in enumerate(pairwise(placed)):
        if along[number + 1] >= wanted:
            length = along[number + 1] - along[number]
            share = (wanted - along[number]) / length if length else 0.0
            return x + (next_x - x) * share, y + (next_y - y) * share
    return placed[-1]


def _thin(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    kept: list[tuple[float, float]] = []
    last: tuple[float, float] | None = None
    for last in points:
        if not kept or math.dist(last, kept[-1]) >= 0.15:  # noqa: PLR2004 - cannot be told apart on paper
            kept.append(last)
    if last is not None and kept[-1] != last:
        kept.append(last)
    return kept


def _text(
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    anchor: str = "start",
    bold: bool = False,
    edge: bool = False,
) -> str:
    weight = ' font-weight="700"' if bold else ""
    shown = escape(fit_to_print(text))
    place = f'x="{x:.2f}" y="{y:.2f}" font-size="{size:g}" text-anchor="{anchor}"{weight}'
    under = (
        f'<text {place} fill="none" stroke="#ffffff" stroke-width="0.8" '
        f'stroke-linejoin="round">{shown}</text>'
        if edge
        else ""
    )
    return f'{under}<text {place} fill="#000000">{shown}</text>'
