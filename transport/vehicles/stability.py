"""Stability of a placed load: static tipping sideways and lengthwise, and the wind that tips it.

Engineering practice, not law: results are shown as findings and refuse nothing by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, degrees, hypot, sqrt

from transport.vehicles.combination import Coupling, Suspension, Trailer
from transport.vehicles.placed_load import PlacedLoad

_THREE = 3
_GRAVITY = 9.8


@dataclass(frozen=True, slots=True)
class StabilityPractice:
    """Assumptions (our proposal, no law): air in kg/m3, wind at 10 m in m/s, angles in degrees.

    The operational stop holds where the sail area per tonne of load is larger than stated.
    """

    least_angle_deg: float = 7.0
    least_wind_m_s: float = 20.8  # force 9

    air_kg_m3: float = 1.1
    drag: float = 1.3
    safety: float = 1.5
    gust: float = 1.0
    crossfall: float = 0.02
    stop_m_s: float = 10.8
    stop_above_m2_per_t: float = 3.0
    own_centre_share: float = 0.6  # height of the empty trailer's centre as a share of its deck


@dataclass(frozen=True, slots=True)
class Stability:
    """How far trailer and load are from tipping.

    `tipping_angle_deg` is the static angle at which they tip sideways, `lengthwise_angle_deg` the
    same over the nearest support in front or behind. `tipping_wind_m_s` would tip them at rest;
    `stop_wind_m_s` is set where work should stop at that wind.
    """

    centre_height_m: float
    tipping_angle_deg: float
    lengthwise_angle_deg: float
    sail_area_m2: float
    sail_area_m2_per_t: float
    tipping_wind_m_s: float | None
    stop_wind_m_s: float | None


@dataclass(frozen=True, slots=True)
class _Body:
    """Trailer and load as one: mass, centre behind the kingpin, to the right, above the ground."""

    mass_t: float
    back_m: float
    right_m: float
    up_m: float


def stability_of(placed: PlacedLoad, practice: StabilityPractice | None = None) -> Stability | None:
    """Return how stable a load stands, None for an empty combination."""
    practice = practice or StabilityPractice()
    if placed.cargo_centre is None:
        return None
    body = _body(placed, practice)
    aside_m, along_m = _distances(placed, body)
    area_m2, area_up_m = _sail(placed)
    per_t = area_m2 / placed.cargo_t
    lever_m = aside_m - body.up_m * practice.crossfall
    push = practice.air_kg_m3 * practice.drag * area_m2 * area_up_m * practice.safety
    hold = 2 * body.mass_t * 1000 * _GRAVITY * max(lever_m, 0.0)
    wind = sqrt(hold / push) / practice.gust if push else None
    return Stability(
        centre_height_m=round(body.up_m, 3),
        tipping_angle_deg=round(degrees(atan2(aside_m, body.up_m)), 2),
        lengthwise_angle_deg=round(degrees(atan2(along_m, body.up_m)), 2),
        sail_area_m2=round(area_m2, 2),
        sail_area_m2_per_t=round(per_t, 3),
        tipping_wind_m_s=None if wind is None else round(wind, 1),
        stop_wind_m_s=practice.stop_m_s if per_t > practice.stop_above_m2_per_t else None,
    )


def _body(placed: PlacedLoad, practice: StabilityPractice) -> _Body:
    """Add the empty trailer (of a truck: the truck itself) to the load."""
    centre = placed.cargo_centre
    if centre is None:
        return _Body(0.0, 0.0, 0.0, 0.0)
    combination, trailer = placed.combination, placed.combination.trailer
    zero_m = placed.kingpin_at_m
    if trailer is None or zero_m is None:
        zero_m = combination.tractor.front_m
        places = combination.tractor.positions_m
        own_t, own_m = combination.tractor.kerb_mass_t, sum(places) / len(places)
    else:
        begin_m, end_m = trailer.deck_span_m(placed.pulled_out_m)
        own_t, own_m = trailer.kerb_mass_t, (begin_m + end_m) / 2
        if trailer.coupling is Coupling.BOLSTERS:
            own_m = end_m
    deck = placed.pieces[0].box.bottom_m if placed.deck is None else placed.deck.top_m
    own_up_m = deck * practice.own_centre_share
    cargo_t, mass_t = placed.cargo_t, placed.cargo_t + own_t
    return _Body(
        mass_t,
        (cargo_t * (centre.back_m - zero_m) + own_t * own_m) / mass_t,
        cargo_t * centre.right_m / mass_t,
        (cargo_t * centre.up_m + own_t * own_up_m) / mass_t,
    )


def _distances(placed: PlacedLoad, body: _Body) -> tuple[float, float]:
    """Distance of the centre from the nearest tipping edge, sideways and lengthwise."""
    trailer = placed.combination.trailer
    if trailer is None:
        tractor = placed.combination.tractor
        last_m = tractor.positions_m[-1]
        side_m = tractor.track_m / 2 - abs(body.right_m)
        return side_m, min(body.back_m, last_m - body.back_m)
    front_m, rear_m, half_m, pointed = _supports(trailer, placed.pulled_out_m)
    along_m = min(body.back_m - front_m, rear_m - body.back_m)
    if not pointed:
        return half_m - abs(body.right_m), along_m
    # three points: the edge runs from the front point to a rear corner
    length_m = rear_m - front_m
    across = half_m * (body.back_m - front_m) - length_m * abs(body.right_m)
    return across / hypot(length_m, half_m), along_m


def _supports(trailer: Trailer, out_m: float) -> tuple[float, float, float, bool]:
    """Front and rear support behind the kingpin, half their width, and whether one is a point."""
    places = [at + out_m for at in trailer.axle_positions_m]
    if trailer.coupling is Coupling.BOLSTERS:
        return 0.0, trailer.bogie_m(out_m), trailer.track_m / 2, False
    hydraulic = trailer.suspension is Suspension.HYDRAULIC
    half_m = (trailer.half_sets_m if hydraulic else trailer.track_m) / 2
    if trailer.coupling is Coupling.KINGPIN:
        return 0.0, trailer.bogie_m(out_m), half_m, hydraulic
    front = trailer.front_lines or 1
    front_m = sum(places[:front]) / front
    rear_m = sum(places[front:]) / (len(places) - front)
    return front_m, rear_m, half_m, hydraulic and trailer.circuits == _THREE


def _sail(placed: PlacedLoad) -> tuple[float, float]:
    """Side area of the load and the height of its middle; what hides behind another counts once."""
    area = moment = 0.0
    for layer in {piece.layer for piece in placed.pieces}:
        boxes = sorted(
            (piece.box for piece in placed.pieces if piece.layer == layer),
            key=lambda box: box.front_m,
        )
        seen_to = -1e9
        for box in boxes:
            shown_m = max(box.rear_m - max(box.front_m, seen_to), 0.0)
            seen_to = max(seen_to, box.rear_m)
            area += shown_m * box.height_m
            moment += shown_m * box.height_m * (box.top_m + box.bottom_m) / 2
    return area, moment / area if area else 0.0
