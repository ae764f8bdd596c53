"""The map of a route as a drawing: route, roads around, seats, north, scale; readable in black."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

from webapp.documents.contents import LonLat, MapTown, RouteMap
from webapp.documents.glyphs import fit_to_print

WIDTH_MM, HEIGHT_MM = 170.0, 84.0
_MARGIN_MM = 11.0
_METRES_PER_DEGREE = 111_195.0
_FINEST_MM = 0.2  # points nearer than this to each other cannot be told apart on paper
_LABEL_MM = 2.9
_FONT = "Noto Sans SC"
_FIRST_WIDE = 0x2E80
_NUMBER_MM = 2.3
_BRIDGE_MM = 1.9
_TOGETHER_MM = 2.2  # bridges nearer than this to each other are one mark


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How places come onto the paper: north up, one scale."""

    west: float
    north: float
    mm_per_degree_lon: float
    mm_per_degree_lat: float
    left_mm: float
    top_mm: float

    def at(self, place: LonLat) -> tuple[float, float]:
        """Return millimetres from the upper left corner."""
        return (
            self.left_mm + (place[0] - self.west) * self.mm_per_degree_lon,
            self.top_mm + (self.north - place[1]) * self.mm_per_degree_lat,
        )

    @property
    def metres_per_mm(self) -> float:
        """Return how many metres one millimetre stands for."""
        return _METRES_PER_DEGREE / self.mm_per_degree_lat


@dataclass(slots=True)
class _Labels:
    """Boxes already taken by writing, and the route, which writing should rather not cover."""

    boxes: list[tuple[float, float, float, float]]
    route: list[tuple[float, float]]

    def place(
        self, text: str, spots: Iterable[tuple[float, float]], size: float = _LABEL_MM
    ) -> tuple[float, float] | None:
        """Take the free spot (start of the base line) that covers least of the route, if any."""
        width = text_width(text, size)
        found: list[tuple[int, int]] = []
        tried = list(spots)
        for number, (x, y) in enumerate(tried):
            box = (x - 0.5, y - size, x + width + 0.5, y + size * 0.3)
            if self._is_free(box):
                covered = sum(
                    box[0] < px < box[2] and box[1] < py < box[3] for px, py in self.route
                )
                found.append((covered, number))
        if not found:
            return None
        x, y = tried[min(found)[1]]
        self.boxes.append((x - 0.5, y - size, x + width + 0.5, y + size * 0.3))
        return x, y

    def _is_free(self, box: tuple[float, float, float, float]) -> bool:
        inside = box[0] > 1 and box[1] > 1 and box[2] < WIDTH_MM - 1 and box[3] < HEIGHT_MM - 1
        return inside and all(
            box[2] < o[0] or box[0] > o[2] or box[3] < o[1] or box[1] > o[3] for o in self.boxes
        )


def text_width(text: str, size: float) -> float:
    """Estimate the width of a text: Chinese characters are square, others narrower."""
    return sum(size if ord(c) >= _FIRST_WIDE else size * 0.6 for c in text)


def map_drawing(
    content: RouteMap, origin: str, destination: str, bridges: Sequence[LonLat] = ()
) -> str:
    """Draw the map as SVG of 170 x 84 mm; `bridges` are numbered in their order."""
    sheet = _lay_out(content.route)
    scale_km, scale_mm = _scale(sheet)
    route = _thin(sheet.at(place) for place in content.route)
    labels = _Labels(
        [
            (0, HEIGHT_MM - 11, scale_mm + 9, HEIGHT_MM),
            (WIDTH_MM - 14, 0, WIDTH_MM, 18),
        ],
        _beads(route),
    )
    ends = [
        _end_mark(route[0], "起", origin, labels),
        _end_mark(route[-1], "终", destination, labels),
    ]
    towns = [_town(town, sheet, labels, {origin, destination}) for town in content.towns]
    roads = [
        _line([sheet.at(p) for p in road.points], 'stroke="#8c8c8c" stroke-width="0.45"')
        for road in content.roads
    ]
    numbers = [
        _road_number(road.ref, [sheet.at(p) for p in road.points], labels)
        for road in content.roads
        if road.ref
    ]
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH_MM:g} {HEIGHT_MM:g}" '
            f'width="{WIDTH_MM:g}mm" height="{HEIGHT_MM:g}mm" font-family="{_FONT}">'
        ),
        (
            f'<defs><clipPath id="sheet"><rect width="{WIDTH_MM:g}" height="{HEIGHT_MM:g}"/>'
            '</clipPath></defs><g clip-path="url(#sheet)">'
        ),
        f'<rect width="{WIDTH_MM:g}" height="{HEIGHT_MM:g}" fill="#fbfbf8"/>',
        *roads,
        _line(route, 'stroke="#ffffff" stroke-width="2.6"'),
        _line(route, 'stroke="#12366b" stroke-width="1.5"'),
        *numbers,
        *towns,
        *ends,
        *_bridges([sheet.at(place) for place in bridges], labels),
        _north_arrow(),
        _scale_bar(scale_km, scale_mm),
        "</g>",
        (
            f'<rect x="0.2" y="0.2" width="{WIDTH_MM - 0.4:g}" height="{HEIGHT_MM - 0.4:g}" '
            'fill="none" stroke="#333333" stroke-width="0.3"/></svg>'
        ),
    ]
    return "".join(parts)


def _bridges(places: Sequence[tuple[float, float]], labels: _Labels) -> list[str]:
    """Mark bridges across the route; those that stand on each other share a mark."""
    marks: list[str] = []
    groups: list[list[int]] = []
    for number, place in enumerate(places, 1):
        if groups and math.dist(place, places[groups[-1][0] - 1]) < _TOGETHER_MM:
            groups[-1].append(number)
        else:
            groups.append([number])
    for group in groups:
        x, y = places[group[0] - 1]
        marks.append(
            f'<path d="M{x - 1.3:.2f} {y - 1.5:.2f}l.5 .6v1.8l-.5 .6'
            f'M{x + 1.3:.2f} {y - 1.5:.2f}l-.5 .6v1.8l.5 .6" '
            'fill="none" stroke="#111111" stroke-width="0.35"/>'
        )
        text = f"{group[0]}–{group[-1]}" if len(group) > 1 else str(group[0])
        width = text_width(text, _BRIDGE_MM)
        spots = [
            (x - width / 2, y - 2.0), (x - width / 2, y + 3.4), (x + 1.8, y + 0.7),
            (x - width - 1.8, y + 0.7), (x - width / 2, y - 4.2), (x - width / 2, y + 5.6),
        ]  # fmt: skip
        spot = labels.place(text, spots, _BRIDGE_MM)
        if spot is not None:
            marks.append(
                f'<text x="{spot[0]:.2f}" y="{spot[1]:.2f}" font-size="{_BRIDGE_MM}" '
                f'fill="#111111">{text}</text>'
            )
    return marks


def _lay_out(route: Sequence[LonLat]) -> _Sheet:
    lons, lats = [p[0] for p in route], [p[1] for p in route]
    middle = math.radians((min(lats) + max(lats)) / 2)
    degrees_lon = max(max(lons) - min(lons), 0.02)
    degrees_lat = max(max(lats) - min(lats), 0.02)
    inner_width, inner_height = WIDTH_MM - 2 * _MARGIN_MM, HEIGHT_MM - 2 * _MARGIN_MM
    per_lat = min(inner_height / degrees_lat, inner_width / (degrees_lon * math.cos(middle)))
    per_lon = per_lat * math.cos(middle)
    return _Sheet(
        west=min(lons),
        north=max(lats),
        mm_per_degree_lon=per_lon,
        mm_per_degree_lat=per_lat,
        left_mm=(WIDTH_MM - (max(lons) - min(lons)) * per_lon) / 2,
        top_mm=(HEIGHT_MM - (max(lats) - min(lats)) * per_lat) / 2,
    )


def _thin(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    kept: list[tuple[float, float]] = []
    last: tuple[float, float] | None = None
    for point in points:
        if not kept or math.dist(point, kept[-1]) >= _FINEST_MM:
            kept.append(point)
        last = point
    if last is not None and kept[-1] != last:
        kept.append(last)
    return kept


def _beads(line: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return points along a line, about a millimetre apart."""
    beads = list(line[:1])
    for (x, y), (next_x, next_y) in pairwise(line):
        steps = max(1, math.ceil(math.dist((x, y), (next_x, next_y))))
        beads += [
            (x + (next_x - x) * step / steps, y + (next_y - y) * step / steps)
            for step in range(1, steps + 1)
        ]
    return beads


def _line(points: Iterable[tuple[float, float]], style: str) -> str:
    path = " ".join(f"{x:.2f},{y:.2f}" for x, y in _thin(points))
    return (
        f'<polyline points="{path}" fill="none" stroke-linejoin="round" '
        f'stroke-linecap="round" {style}/>'
    )


def _text(x: float, y: float, text: str, *, size: float = _LABEL_MM, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    shown = escape(fit_to_print(text))
    place = f'x="{x:.2f}" y="{y:.2f}" font-size="{size:g}"{weight}'
    # The white edge is drawn as a text of its own: not every reader knows paint-order.
    return (
        f'<text {place} fill="none" stroke="#ffffff" stroke-width="0.7" '
        f'stroke-linejoin="round">{shown}</text><text {place} fill="#111111">{shown}</text>'
    )


def _end_mark(at: tuple[float, float], sign: str, name: str, labels: _Labels) -> str:
    x, y = at
    labels.boxes.append((x - 2.6, y - 2.6, x + 2.6, y + 2.6))
    mark = (
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="2.3" fill="#ffffff" stroke="#12366b" '
        f'stroke-width="0.8"/><text x="{x:.2f}" y="{y + 0.95:.2f}" font-size="2.7" '
        f'font-weight="700" text-anchor="middle" fill="#12366b">{sign}</text>'
    )
    size = 3.3
    width = text_width(name, size)
    beside = ((3.2, 1.2), (-3.2 - width, 1.2))
    starts = (-width / 2, -2.4, 2.4 - width)
    offsets = (*beside, *((dx, dy) for dy in (6.4, -3.6) for dx in starts))
    spot = labels.place(name, [(x + dx, y + dy) for dx, dy in offsets], size)
    return mark + (_text(*spot, name, size=size, bold=True) if spot else "")


def _town(town: MapTown, sheet: _Sheet, labels: _Labels, named: set[str]) -> str:
    x, y = sheet.at((town.lon, town.lat))
    if not (0 < x < WIDTH_MM and 0 < y < HEIGHT_MM) or town.name in named:
        return ""
    width = text_width(town.name, _LABEL_MM)
    offsets = ((1.4, 1.0), (-1.4 - width, 1.0), (-width / 2, -1.6), (-width / 2, 4.2))
    spot = labels.place(town.name, [(x + dx, y + dy) for dx, dy in offsets])
    if spot is None:
        return ""
    dot = (
        f'<circle cx="{x:.2f}" cy="{y:.2f}" r="0.8" fill="#ffffff" stroke="#111111" '
        'stroke-width="0.35"/>'
    )
    return dot + _text(*spot, town.name)


def _road_number(ref: str, points: Sequence[tuple[float, float]], labels: _Labels) -> str:
    """Write the number of a road at the first of a few places along it that is free."""
    ref = ref.replace(";", "/")
    width = 1.55 * len(ref) + 1.2
    inside = [p for p in points if 0 < p[0] < WIDTH_MM and 0 < p[1] < HEIGHT_MM]
    if not inside:
        return ""
    along = [inside[int(share * (len(inside) - 1))] for share in (0.5, 0.3, 0.7, 0.15, 0.85)]
    spot = labels.place(ref, [(x - width / 2, y + 0.85) for x, y in along], _NUMBER_MM)
    if spot is None:
        return ""
    x, y = spot[0] + width / 2, spot[1]
    return (
        f'<rect x="{spot[0]:.2f}" y="{y - 2.45:.2f}" width="{width:.2f}" height="3.1" rx="0.5" '
        'fill="#ffffff" stroke="#555555" stroke-width="0.25"/>'
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="{_NUMBER_MM}" text-anchor="middle" '
        f'fill="#333333">{escape(fit_to_print(ref))}</text>'
    )


def _north_arrow() -> str:
    x, y = WIDTH_MM - 7.0, 5.5
    return (
        f'<path d="M{x} {y} l2.2 8 l-2.2 -1.6 l-2.2 1.6 z" fill="#111111"/>'
        f'<text x="{x}" y="{y + 12}" font-size="3.2" text-anchor="middle" '
        'font-weight="700" fill="#111111">北</text>'
    )


def _scale(sheet: _Sheet) -> tuple[float, float]:
    """Choose a round length for the scale bar: kilometres, and millimetres on paper."""
    room_km = 40 * sheet.metres_per_mm / 1000
    power = 10 ** math.floor(math.log10(room_km))
    length_km = max(step * power for step in (1, 2, 5) if step * power <= room_km)
    return length_km, length_km * 1000 / sheet.metres_per_mm


def _scale_bar(length_km: float, width: float) -> str:
    x, y = 4.0, HEIGHT_MM - 4.0
    label = f"{length_km:g} 公里" if length_km >= 1 else f"{length_km * 1000:g} 米"
    return (
        f'<rect x="{x - 2}" y="{y - 6}" width="{width + 5:.2f}" height="8.5" fill="#fbfbf8"/>'
        f'<path d="M{x} {y - 1.6} v1.6 h{width:.2f} v-1.6" fill="none" stroke="#111111" '
        'stroke-width="0.5"/>'
        f'<text x="{x + width / 2:.2f}" y="{y - 1.6:.2f}" font-size="2.7" '
        f'text-anchor="middle" fill="#111111">{label}</text>'
    )
