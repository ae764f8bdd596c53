"""Ways to put pieces of one kind together for the road."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transport.errors import InvalidInputError
from transport.vehicles.arranging import (
    Arrangement,
    lean_on_frame,
    put_abreast,
    put_in_a_row,
    stack,
)
from transport.vehicles.component import Component, Orientation
from transport.vehicles.frames import Frame, FrameKind

_STANDING = {FrameKind.A_FRAME, FrameKind.SLOT_RACK}


def arrangements_of(
    component: Component, pieces: int, frames: Mapping[str, Frame]
) -> Iterator[Arrangement]:
    """Yield every way to load this many pieces: stacked, abreast, in a row, upright on a frame."""
    turns = [turn for turn in component.orientations if turn is not Orientation.UPRIGHT]
    for turn in turns:
        try:
            yield stack(component, pieces, turn)
        except InvalidInputError:
            continue  # too many lie on one
    if pieces > 1:
        for turn in turns:
            yield put_abreast(component, pieces, turn)
            yield put_in_a_row(component, pieces, turn)
    if not component.may_stand:
        return
    for frame in frames.values():
        if frame.kind not in _STANDING or (
            frame.kind is FrameKind.A_FRAME and component.frame not in {"", frame.code}
        ):
            continue
        try:
            yield lean_on_frame(component, frame, pieces)
        except InvalidInputError:
            continue  # the frame bears or takes fewer
