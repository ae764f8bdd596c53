"""Arranges pieces for the deck: stacked, abreast, in a row, on an A-frame or in a slot rack.

Distances run from the middle of the load back and from the middle line to the right, in metres.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import cos, radians, sin

from transport.errors import FieldFault, InvalidInputError
from transport.vehicles.component import Component, Orientation
from transport.vehicles.frames import Frame, FrameKind

_GAP_M = 0.05  # between pieces side by side or behind one another


class Pattern(StrEnum):
    """How several pieces lie to each other."""

    STACKED = "stacked"
    ABREAST = "abreast"
    IN_A_ROW = "in_a_row"
    ON_A_FRAME = "on_a_frame"


@dataclass(frozen=True, slots=True)
class Stow:
    """One piece of an arrangement: its middle, layer and lean.

    `leans_left` turns the top of an upright piece to the left; `reversed` turns it end for end.
    """

    component: Component
    orientation: Orientation = Orientation.AS_MADE
    back_m: float = 0.0
    right_m: float = 0.0
    layer: int = 0
    lean_deg: float = 80.0
    leans_left: bool = False
    reversed: bool = False

    @property
    def size_m(self) -> tuple[float, float]:
        """Width and height as it lies."""
        return self.component.size_m(self.orientation, self.lean_deg)

    @property
    def supports_m(self) -> tuple[float, ...]:
        """Where the piece must be supported, behind the middle of the load."""
        length_m = self.component.length_m
        places = self.component.supports_m
        return tuple(
            self.back_m + (length_m / 2 - at if self.reversed else at - length_m / 2)
            for at in places
        )

    @property
    def centre_m(self) -> tuple[float, float, float]:
        """Centre of gravity: back and right of the middle of the load, above its underside."""
        along, across, up = self.component.centre_m(self.orientation, self.lean_deg)
        back = along - self.component.length_m / 2
        if self.reversed:
            back, across = -back, -across
        if self.leans_left:
            across = -across
        return self.back_m + back, self.right_m + across, up


@dataclass(frozen=True, slots=True)
class StowedFrame:
    """A frame of an arrangement: its middle."""

    frame: Frame
    back_m: float = 0.0
    right_m: float = 0.0


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Pieces and frames as they go on the deck together.

    What follows from them is kept beside them: masses of everything and of the pieces alone,
    `span_m` where the load begins and ends behind its middle, `sides_m` its leftmost and rightmost,
    `base_m` the top of the frames that the lowest layer stands on, `undersides_m` how high above
    the deck every piece lies, and `centre_m` the centre of gravity back and right of its middle,
    above the deck (frames at mid-height). A piece lies on those of its own stack: beside a tall
    stack a low one stays low.
    `supports_m` are the first and last place that must rest on the deck, None where it may rest
    anywhere or stands on frames.
    """

    stows: tuple[Stow, ...]
    frames: tuple[StowedFrame, ...] = ()
    pattern: Pattern = Pattern.STACKED
    mass_t: float = field(init=False, compare=False, repr=False, default=0.0)
    pieces_t: float = field(init=False, compare=False, repr=False, default=0.0)
    span_m: tuple[float, float] = field(init=False, compare=False, repr=False, default=(0.0, 0.0))
    sides_m: tuple[float, float] = field(init=False, compare=False, repr=False, default=(0.0, 0.0))
    base_m: float = field(init=False, compare=False, repr=False, default=0.0)
    undersides_m: tuple[float, ...] = field(init=False, compare=False, repr=False, default=())
    height_m: float = field(init=False, compare=False, repr=False, default=0.0)
    centre_m: tuple[float, float, float] = field(
        init=False, compare=False, repr=False, default=(0.0, 0.0, 0.0)
    )
    tolerance_m: float = field(init=False, compare=False, repr=False, default=0.0)
    supports_m: tuple[float, float] | None = field(
        init=False, compare=False, repr=False, default=None
    )

    def __post_init__(self) -> None:
        pieces_t = sum(one.component.mass_t for one in self.stows)
        base_m = max((one.frame.bearing_m for one in self.frames), default=0.0)
        undersides = self._undersides(base_m)
        tall = max((one.frame.height_m for one in self.frames), default=0.0)
        top = max(
            (under + one.size_m[1] for one, under in zip(self.stows, undersides, strict=True)),
            default=base_m,
        )
        for name, value in (
            ("pieces_t", pieces_t),
            ("mass_t", pieces_t + sum(one.frame.mass_t for one in self.frames)),
            ("span_m", _extent([(one.back_m, length) for one, length in self._lengths()])),
            ("sides_m", _extent([(one.right_m, width) for one, width in self._widths()])),
            ("base_m", base_m),
            ("undersides_m", undersides),
            ("height_m", max(top, tall)),
            ("centre_m", self._centre(undersides)),
            ("supports_m", self._supports()),
            (
                "tolerance_m",
                max((s.component.measured.tolerance_m for s in self.stows), default=0.0),
            ),
        ):
            object.__setattr__(self, name, value)

    @property
    def length_m(self) -> float:
        """Length of the load."""
        begin, end = self.span_m
        return end - begin

    def _lengths(self) -> Iterator[tuple[Stow | StowedFrame, float]]:
        yield from ((one, one.component.length_m) for one in self.stows)
        yield from ((one, one.frame.length_m) for one in self.frames)

    def _widths(self) -> Iterator[tuple[Stow | StowedFrame, float]]:
        yield from ((one, one.size_m[0]) for one in self.stows)
        yield from ((one, one.frame.width_m) for one in self.frames)

    def _undersides(self, base_m: float) -> tuple[float, ...]:
        """Return how high every piece lies: on what is below it at the same place.

        A piece of an upper layer with nothing right below it lies on the tallest stack.
        """
        tops: dict[tuple[float, float], float] = {}
        found: dict[int, float] = {}
        for place in sorted(range(len(self.stows)), key=lambda one: self.stows[one].layer):
            stow = self.stows[place]
            at = stow.back_m, stow.right_m
            tallest = max(tops.values(), default=base_m) if stow.layer else base_m
            found[place] = tops.get(at, tallest)
            tops[at] = found[place] + stow.size_m[1]
        return tuple(found[place] for place in range(len(self.stows)))

    def _centre(self, undersides: tuple[float, ...]) -> tuple[float, float, float]:
        total = back = right = up = 0.0
        for one, under in zip(self.stows, undersides, strict=True):
            mass_t, (at_back, at_right, at_up) = one.component.mass_t, one.centre_m
            total += mass_t
            back += mass_t * at_back
            right += mass_t * at_right
            up += mass_t * (under + at_up)
        for held in self.frames:
            total += held.frame.mass_t
            back += held.frame.mass_t * held.back_m
            right += held.frame.mass_t * held.right_m
            up += held.frame.mass_t * held.frame.height_m / 2
        return (back / total, right / total, up / total) if total else (0.0, 0.0, 0.0)

    def _supports(self) -> tuple[float, float] | None:
        if self.frames:
            return None
        places = [at for one in self.stows if one.layer == 0 for at in one.supports_m]
        return (min(places), max(places)) if len(places) > 1 else None

    def with_frames(self, *frames: StowedFrame) -> Arrangement:
        """Return the same pieces with more frames or packaging."""
        return Arrangement(self.stows, (*self.frames, *frames), self.pattern)


def _extent(middles_and_sizes: list[tuple[float, float]]) -> tuple[float, float]:
    if not middles_and_sizes:
        return 0.0, 0.0
    return (
        min(middle - size / 2 for middle, size in middles_and_sizes),
        max(middle + size / 2 for middle, size in middles_and_sizes),
    )


def stack(
    component: Component, pieces: int = 1, orientation: Orientation = Orientation.AS_MADE
) -> Arrangement:
    """Put pieces one on top of the other; raise InvalidInputError where too many lie on one."""
    most = component.most_layers
    if most is not None and pieces > most:
        message = f"{component.code} may be stacked {most} high, not {pieces}: load fewer"
        raise InvalidInputError([FieldFault("pieces", message, "layers")])
    return Arrangement(tuple(Stow(component, orientation, layer=n) for n in range(pieces)))


def put_abreast(
    component: Component, pieces: int, orientation: Orientation = Orientation.AS_MADE
) -> Arrangement:
    """Put pieces side by side."""
    wide_m = component.size_m(orientation)[0] + _GAP_M
    first = -(pieces - 1) / 2 * wide_m
    stows = tuple(Stow(component, orientation, right_m=first + n * wide_m) for n in range(pieces))
    return Arrangement(stows, pattern=Pattern.ABREAST)


def put_in_a_row(
    component: Component, pieces: int, orientation: Orientation = Orientation.AS_MADE
) -> Arrangement:
    """Put pieces one behind the other."""
    long_m = component.length_m + _GAP_M
    first = -(pieces - 1) / 2 * long_m
    stows = tuple(Stow(component, orientation, back_m=first + n * long_m) for n in range(pieces))
    return Arrangement(stows, pattern=Pattern.IN_A_ROW)


def line_up(
    components: Sequence[Component], orientation: Orientation = Orientation.AS_MADE
) -> Arrangement:
    """Put different pieces one behind the other, in the order given, front to rear."""
    total_m = sum(one.length_m for one in components) + _GAP_M * (len(components) - 1)
    at_m, stows = -total_m / 2, []
    for one in components:
        stows.append(Stow(one, orientation, back_m=at_m + one.length_m / 2))
        at_m += one.length_m + _GAP_M
    return Arrangement(tuple(stows), pattern=Pattern.IN_A_ROW)


def lean_on_frame(component: Component, frame: Frame, pieces: int) -> Arrangement:
    """Stand pieces on both sides of an A-frame, or between the posts of a slot rack.

    The load is moved sideways until its mass is on the middle line. Raise InvalidInputError where
    the piece may not stand, or the frame bears no more.
    """
    faults = _frame_faults(component, frame, pieces)
    if faults:
        raise InvalidInputError(faults)
    if frame.kind is FrameKind.SLOT_RACK:
        thick_m = min(component.width_m, component.height_m) + _GAP_M
        first = -(pieces - 1) / 2 * thick_m
        stows = [
            Stow(component, Orientation.UPRIGHT, right_m=first + n * thick_m, lean_deg=90.0)
            for n in range(pieces)
        ]
    else:
        stows = _both_sides(component, frame, pieces)
    arrangement = Arrangement(tuple(stows), (StowedFrame(frame),), Pattern.ON_A_FRAME)
    aside = arrangement.centre_m[1]
    moved = tuple(replace(one, right_m=one.right_m - aside) for one in arrangement.stows)
    return Arrangement(moved, (StowedFrame(frame, right_m=-aside),), Pattern.ON_A_FRAME)


def _both_sides(component: Component, frame: Frame, pieces: int) -> list[Stow]:
    thick_m, tall_m = sorted((component.width_m, component.height_m))
    lean = radians(frame.lean_deg)
    wide_m = tall_m * cos(lean) + thick_m * sin(lean)
    step_m = thick_m / sin(lean) + _GAP_M
    stows = []
    for number in range(pieces):
        left = number % 2 == 1
        out_m = frame.middle_m / 2 + wide_m / 2 + number // 2 * step_m
        stows.append(
            Stow(
                component,
                Orientation.UPRIGHT,
                right_m=-out_m if left else out_m,
                lean_deg=frame.lean_deg,
                leans_left=not left,
            )
        )
    return stows


def _frame_faults(component: Component, frame: Frame, pieces: int) -> list[FieldFault]:
    faults = []
    if not component.may_stand:
        message = "this piece may not travel upright"
        faults.append(FieldFault("orientation", message, "may_not_stand"))
    if frame.most_pieces is not None and pieces > frame.most_pieces:
        message = f"{frame.code} takes {frame.most_pieces} pieces, not {pieces}: load fewer"
        faults.append(FieldFault("pieces", message, "frame_pieces"))
    if frame.carries_t is not None and component.mass_t * pieces > frame.carries_t:
        message = f"{frame.code} bears {frame.carries_t:g} t: load fewer pieces"
        faults.append(FieldFault("pieces", message, "frame_mass"))
    return faults
