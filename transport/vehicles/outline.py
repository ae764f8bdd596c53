"""What an outline drawing (轮廓图) shows of a loaded vehicle, wherever its numbers come from.

`outline_of_load` takes a placed load, where everything is known. `outline_of_transport` takes what
an application says: overall size, axles and cargo; what it does not say is assumed and named in
`assumed`, and a drawing marks it. Lengths run from the nose back, widths from the middle line to
the right, heights from the ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise

from transport.vehicles.combination import Coupling
from transport.vehicles.component import Orientation
from transport.vehicles.placed_load import Box, PlacedLoad, PlacedPiece, Point, Unit
from transport.vehicles.transport import TrailerKind, Transport

_NOSE_TO_AXLE_M = 1.4
_CAB_HEIGHT_M = 3.6
_CAB_WIDTH_M = 2.5
_TRACTOR_TAIL_M = 0.8
_NECK_BEHIND_AXLE_M = 0.9
_USUAL_DECK_M = {TrailerKind.LOW_BED: 1.0, TrailerKind.HYDRAULIC: 1.1, TrailerKind.NONE: 1.3}
_DECK_RANGE_M = (0.2, 1.9)
_TRACK_M = 1.84
_USUAL_WIDTH_M = 2.55
_TRAILER_WIDTH_M = 3.0
_FITS_WITHIN = 0.02  # metres or tonnes; forms round


class Assumed(StrEnum):
    """What a drawing had to assume because nobody entered it."""

    NOSE = "nose"  # from the nose to the first axle
    DECK = "deck"  # height of the deck
    CARGO = "cargo"  # where the cargo begins


@dataclass(frozen=True, slots=True)
class OutlineAxle:
    """An axle or a line: where it stands, what it carries (None: not given), its tyres."""

    back_m: float
    load_t: float | None
    tyres: int
    track_m: float
    of_trailer: bool
    files: int = 1


@dataclass(frozen=True, slots=True)
class OutlinePiece:
    """A piece of the load in its box; `thick_m` and `lean_deg` where it leans on a frame.

    `supports_m` are the places where it is supported, from the nose.
    """

    box: Box
    lean_deg: float = 90.0
    thick_m: float | None = None
    supports_m: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A loaded vehicle as a drawing shows it; `deck` is None where the piece is the frame itself.

    `pulled_out_m` is how far an extendable deck is pulled out, `neck_m` the raised front part of
    the deck. `bolsters_m` are the places where a girder rests on its two bogies.
    """

    kind: TrailerKind
    length_m: float
    width_m: float
    height_m: float
    mass_t: float
    tractor: Box
    deck: Box | None
    pieces: tuple[OutlinePiece, ...]
    frames: tuple[Box, ...]
    axles: tuple[OutlineAxle, ...]
    kingpin_at_m: float | None = None
    pulled_out_m: float = 0.0
    neck_m: float = 0.0
    bolsters_m: tuple[float, ...] = ()
    centre: Point | None = None
    assumed: frozenset[Assumed] = frozenset()

    @property
    def cargo(self) -> Box | None:
        """Return the box around all pieces."""
        return _around([one.box for one in self.pieces])

    @property
    def spacings_m(self) -> tuple[float, ...]:
        """Distances between neighbouring axles."""
        places = [one.back_m for one in self.axles]
        return tuple(round(rear - front, 3) for front, rear in pairwise(places))


@dataclass(frozen=True, slots=True)
class CargoMeasures:
    """The cargo of an application as loaded: metres; `front_m` is where it begins, from the nose.

    `deck_height_m` and `nose_m` (nose to first axle) are the vehicle's; None: nobody entered it.
    """

    length_m: float
    width_m: float
    height_m: float
    front_m: float | None = None
    deck_height_m: float | None = None
    nose_m: float | None = None


@dataclass(frozen=True, slots=True)
class OutlineTitle:
    """The title block: whose drawing it is and of what; texts are printed as they stand."""

    number: str
    goods: str
    firm: str
    tractor: str
    trailer: str
    cargo_mass_t: float
    axle_loads: str
    axle_spacings: str
    drawn_on: str


def outline_of_load(placed: PlacedLoad) -> Outline:
    """Return the outline of a placed load; nothing of it is assumed."""
    trailer = placed.combination.trailer
    bolsters: tuple[float, ...] = ()
    if trailer is not None and trailer.coupling is Coupling.BOLSTERS and placed.kingpin_at_m:
        rear_m = placed.kingpin_at_m + trailer.bogie_m(placed.pulled_out_m)
        bolsters = (placed.kingpin_at_m, round(rear_m, 3))
    return Outline(
        kind=placed.transport.trailer_kind,
        length_m=placed.envelope.length_m,
        width_m=placed.envelope.width_m,
        height_m=placed.envelope.height_m,
        mass_t=placed.transport.mass_t,
        tractor=placed.tractor,
        deck=placed.deck,
        pieces=tuple(_piece(one) for one in placed.pieces),
        frames=tuple(one.box for one in placed.frames),
        axles=tuple(
            OutlineAxle(
                back_m=one.back_m,
                load_t=one.load_t,
                tyres=one.tyres,
                track_m=one.track_m,
                of_trailer=one.unit is not Unit.TRACTOR,
                files=one.axles,
            )
            for one in placed.axles
        ),
        kingpin_at_m=placed.kingpin_at_m,
        pulled_out_m=placed.pulled_out_m,
        neck_m=trailer.gooseneck_m if trailer else 0.0,
        bolsters_m=bolsters,
        centre=placed.cargo_centre,
    )


def outline_of_transport(transport: Transport, cargo: CargoMeasures) -> Outline:
    """Return the outline of what an application says, with what had to be assumed."""
    assumed: set[Assumed] = set()
    axles = _axles(transport, cargo, assumed)
    own = _tractor_axles(transport, axles)
    tail_m = transport.length_m
    is_truck = transport.trailer_kind is TrailerKind.NONE
    tractor_end_m = tail_m if is_truck else _tractor_end(own, tail_m)
    deck_m = _deck_height(transport, cargo, assumed)
    deck_front_m = min(_deck_front(own, is_truck=is_truck), tail_m - 1)
    load = _cargo_box(transport, cargo, deck_front_m, deck_m, assumed)
    wide = min(transport.width_m, _USUAL_WIDTH_M if is_truck else _TRAILER_WIDTH_M)
    # Where the cargo is the widest part, the deck below it has a usual width.
    deck_width = wide if load.width_m >= transport.width_m else transport.width_m
    kingpin_m = None if is_truck or not own else own[-1].back_m - _kingpin_before(own)
    return Outline(
        kind=transport.trailer_kind,
        length_m=transport.length_m,
        width_m=transport.width_m,
        height_m=transport.height_m,
        mass_t=transport.mass_t,
        tractor=_tractor_box(transport, tractor_end_m),
        deck=_middle_box(deck_front_m, tail_m, deck_width, (0.6 * deck_m, deck_m)),
        pieces=(OutlinePiece(load),),
        frames=(),
        axles=axles,
        kingpin_at_m=kingpin_m,
        assumed=frozenset(assumed),
    )


def fits(outline: Outline, transport: Transport) -> bool:
    """Whether an outline still shows this transport: the same size and the same axles."""
    pairs = [
        (outline.length_m, transport.length_m),
        (outline.width_m, transport.width_m),
        (outline.height_m, transport.height_m),
        *zip(outline.spacings_m, transport.axle_spacings_m, strict=False),
        *(
            (one.load_t or 0.0, load)
            for one, load in zip(outline.axles, transport.axle_loads_t, strict=False)
        ),
    ]
    same_number = len(outline.axles) == transport.axle_count
    return same_number and all(abs(a - b) <= _FITS_WITHIN for a, b in pairs)


def _piece(placed: PlacedPiece) -> OutlinePiece:
    thick = min(placed.component.width_m, placed.component.height_m)
    leans = placed.orientation is Orientation.UPRIGHT and placed.lean_deg < 90  # noqa: PLR2004
    supports = tuple(round(place, 3) for place in placed.supports_m)
    return OutlinePiece(placed.box, placed.lean_deg, thick if leans else None, supports)


def _axles(
    transport: Transport, cargo: CargoMeasures, assumed: set[Assumed]
) -> tuple[OutlineAxle, ...]:
    count = transport.axle_count
    if len(transport.axle_spacings_m) != count - 1 or not count:
        return ()
    wheelbase_m = sum(transport.axle_spacings_m)
    nose_m = cargo.nose_m
    if nose_m is None:
        assumed.add(Assumed.NOSE)
        nose_m = min(_NOSE_TO_AXLE_M, max((transport.length_m - wheelbase_m) / 2, 0.0))
    own = transport.tractor_axles or min(1 + transport.drive_axles, count)
    tyres = transport.tyres_per_axle or (2, *(4,) * (count - 1))
    return tuple(
        OutlineAxle(
            back_m=round(nose_m + gap, 3),
            load_t=transport.axle_loads_t[number],
            tyres=tyres[number],
            track_m=_TRACK_M,
            of_trailer=number >= own,
            files=transport.axles_per_line if number >= own else 1,
        )
        for number, gap in enumerate((0.0, *accumulate(transport.axle_spacings_m)))
    )


def _tractor_axles(transport: Transport, axles: tuple[OutlineAxle, ...]) -> tuple[OutlineAxle, ...]:
    if transport.trailer_kind is TrailerKind.NONE:
        return axles
    return tuple(one for one in axles if not one.of_trailer)


def _tractor_end(own: tuple[OutlineAxle, ...], tail_m: float) -> float:
    return min((own[-1].back_m if own else 5.0) + _TRACTOR_TAIL_M, tail_m)


def _deck_front(own: tuple[OutlineAxle, ...], *, is_truck: bool) -> float:
    """Where the deck begins: behind the cab, or over the tractor's fifth wheel."""
    if is_truck:
        return (own[0].back_m if own else _NOSE_TO_AXLE_M) + _NECK_BEHIND_AXLE_M
    if not own:
        return 4.0
    return own[-1].back_m - _kingpin_before(own) - _NECK_BEHIND_AXLE_M


def _kingpin_before(own: tuple[OutlineAxle, ...]) -> float:
    """How far the fifth wheel stands in front of the last driven axle."""
    return 0.7 if len(own) > 2 else 0.4  # noqa: PLR2004


def _deck_height(transport: Transport, cargo: CargoMeasures, assumed: set[Assumed]) -> float:
    if cargo.deck_height_m is not None:
        return cargo.deck_height_m
    below_m = round(transport.height_m - cargo.height_m, 3)
    if _DECK_RANGE_M[0] <= below_m <= _DECK_RANGE_M[1]:
        return below_m
    assumed.add(Assumed.DECK)
    return _USUAL_DECK_M.get(transport.trailer_kind, _USUAL_DECK_M[TrailerKind.LOW_BED])


def _cargo_box(
    transport: Transport,
    cargo: CargoMeasures,
    deck_front_m: float,
    deck_m: float,
    assumed: set[Assumed],
) -> Box:
    tail_m = transport.length_m
    front_m = cargo.front_m
    if front_m is None:
        assumed.add(Assumed.CARGO)
        room_m = tail_m - deck_front_m - cargo.length_m
        # Longer than the deck: it makes the length of the whole, so it ends with it.
        front_m = deck_front_m + room_m / 2 if room_m >= 0 else max(tail_m - cargo.length_m, 0.0)
    return _middle_box(
        round(front_m, 3),
        round(front_m + cargo.length_m, 3),
        cargo.width_m,
        (deck_m, round(deck_m + cargo.height_m, 3)),
    )


def _tractor_box(transport: Transport, end_m: float) -> Box:
    height_m = min(_CAB_HEIGHT_M, transport.height_m)
    return _middle_box(0.0, end_m, min(_CAB_WIDTH_M, transport.width_m), (0.0, height_m))


def _middle_box(
    front_m: float, rear_m: float, width_m: float, heights_m: tuple[float, float]
) -> Box:
    return Box(front_m, rear_m, -width_m / 2, width_m / 2, *heights_m)


def _around(boxes: list[Box]) -> Box | None:
    if not boxes:
        return None
    return Box(
        min(one.front_m for one in boxes),
        max(one.rear_m for one in boxes),
        min(one.left_m for one in boxes),
        max(one.right_m for one in boxes),
        min(one.bottom_m for one in boxes),
        max(one.top_m for one in boxes),
    )
