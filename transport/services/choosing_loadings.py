"""Choose how a component is loaded: the ranked lawful combinations, one of them by its key.

A key names units, orientation, pattern, frame and pieces; the place of the load follows from them,
so that a page's address or a form leads to the same loading again under the same law.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from transport.errors import FieldFault, InvalidInputError
from transport.regulations.law import Law
from transport.rules.classification import Classification, classify
from transport.rules.divisible_load import DIVISIBLE, STACKED
from transport.selection.arrangements import arrangements_of
from transport.selection.choice import Choice, Refusal, Selection
from transport.selection.choosing import select
from transport.selection.combinations import combinations_of
from transport.vehicles.arranging import Arrangement, Pattern
from transport.vehicles.catalogue import Catalogue
from transport.vehicles.combination import Combination
from transport.vehicles.component import Component, Orientation
from transport.vehicles.placed_load import PlacedLoad, UnitState
from transport.vehicles.placing import place_empty
from transport.vehicles.transport import Transport

FIELD = "loading"
_MOST_PIECES = 40


@dataclass(frozen=True, slots=True)
class LoadingKey:
    """What names a loading: codes of the units front to rear, and how the pieces lie."""

    units: tuple[str, ...]
    orientation: Orientation
    pattern: Pattern
    frame: str
    pieces: int

    def __str__(self) -> str:
        units = "+".join(self.units)
        return f"{units}/{self.orientation}/{self.pattern}/{self.frame or '-'}/{self.pieces}"


@dataclass(frozen=True, slots=True)
class EmptyReturn:
    """The empty combination on its way home, and what the law says of it."""

    state: UnitState
    transport: Transport
    classification: Classification


def read_key(text: str) -> LoadingKey:
    """Read a key as it is written; raise InvalidInputError for anything else."""
    parts = text.split("/")
    try:
        units, orientation, pattern, frame, pieces = parts
        return LoadingKey(
            tuple(units.split("+")),
            Orientation(orientation),
            Pattern(pattern),
            "" if frame == "-" else frame,
            min(max(int(pieces), 1), _MOST_PIECES),
        )
    except ValueError as wrong:
        message = f"'{text}' names no loading: choose one of the list"
        raise InvalidInputError([FieldFault(FIELD, message, "no_loading")]) from wrong


def key_of(choice: Choice) -> LoadingKey:
    """Return the key of a choice."""
    arrangement = choice.arrangement
    frames = arrangement.frames
    return LoadingKey(
        choice.combination.codes,
        arrangement.stows[0].orientation,
        arrangement.pattern,
        frames[0].frame.code if frames else "",
        len(arrangement.stows),
    )


def choose_loadings(
    piece: Component,
    pieces: int,
    catalogue: Catalogue,
    law: Law,
    day: date,
    *,
    orientation: Orientation | None = None,
) -> Selection:
    """Return the lawful loadings, best first, the best tractor of each carrier and way only.

    The refusals hold every carrier that has no lawful loading at all, once.
    """
    wanted = _wanted(arrangements_of(piece, pieces, catalogue.frames), orientation)
    found = select(wanted, tuple(combinations_of(catalogue)), law, day)
    first: dict[tuple[object, ...], Choice] = {}
    for choice in found.choices:
        key = key_of(choice)
        carrier = _carrier(choice.combination)
        first.setdefault((carrier, key.orientation, key.pattern, key.frame), choice)
    lawful = {_carrier(one.combination) for one in found.choices}
    refused: dict[str, Refusal] = {}
    for refusal in found.refusals:
        carrier = _carrier(refusal.combination)
        if carrier not in lawful and _is_nearer(refusal, refused.get(carrier)):
            refused[carrier] = refusal
    return Selection(tuple(first.values()), tuple(refused.values()))


def most_pieces(
    piece: Component,
    pieces: int,
    catalogue: Catalogue,
    law: Law,
    day: date,
    *,
    orientation: Orientation | None = None,
) -> int | None:
    """Return the most pieces below `pieces` that some combination carries lawfully, else None."""
    combinations = tuple(combinations_of(catalogue))
    for fewer in range(pieces - 1, 0, -1):
        wanted = _wanted(arrangements_of(piece, fewer, catalogue.frames), orientation)
        if select(wanted, combinations, law, day).choices:
            return fewer
    return None


def load_by_key(
    piece: Component, key: LoadingKey, catalogue: Catalogue, law: Law, day: date
) -> PlacedLoad:
    """Return the loading that a key names; raise InvalidInputError where it is not lawful."""
    combinations = [one for one in combinations_of(catalogue) if one.codes == key.units]
    arrangements = [
        one
        for one in arrangements_of(piece, key.pieces, catalogue.frames)
        if one.pattern is key.pattern
        and one.stows[0].orientation is key.orientation
        and (one.frames[0].frame.code if one.frames else "") == key.frame
    ]
    found = select(arrangements, combinations, law, day)
    if found.choices:
        return found.choices[0].placed()
    why = found.refusals[0].message if found.refusals else "it is not in the catalogue"
    message = f"this loading is not possible: {why}; choose another one"
    raise InvalidInputError([FieldFault(FIELD, message, "loading_refused")])


def empty_returns(combination: Combination, law: Law, day: date) -> tuple[EmptyReturn, ...]:
    """Return the empty way home, retracted, and pulled out where the deck can be."""
    trailer = combination.trailer
    out_m = trailer.longest_deck_m - trailer.deck_length_m if trailer else 0.0
    found = []
    for pulled_out_m in (0.0, out_m) if out_m > 0 else (0.0,):
        try:
            empty = place_empty(combination, pulled_out_m)
        except InvalidInputError:
            continue
        judged = classify(empty.transport, law, day)
        found.append(EmptyReturn(empty.state, empty.transport, judged))
    return tuple(found)


def combination_of(units: Iterable[str], catalogue: Catalogue) -> Combination | None:
    """Return the combination of these codes; None where the catalogue has it no more."""
    codes = tuple(units)
    return next((one for one in combinations_of(catalogue) if one.codes == codes), None)


def _wanted(
    arrangements: Iterable[Arrangement], orientation: Orientation | None
) -> list[Arrangement]:
    return [
        one
        for one in arrangements
        if orientation is None or one.stows[0].orientation is orientation
    ]


def _carrier(combination: Combination) -> str:
    return (combination.trailer or combination.tractor).code


def _is_nearer(refusal: Refusal, known: Refusal | None) -> bool:
    """Whether a refusal says more: what a stronger tractor mends says least."""
    return known is None or nearness(refusal) < nearness(known)


def nearness(refusal: Refusal) -> tuple[int, float]:
    """Sort key of refusals: a load that only art. 11 forbids first, then the least excess."""
    if refusal.reason in {DIVISIBLE, STACKED}:
        return 0, 0.0
    if refusal.value is None or not refusal.limit:
        return 2, 0.0
    share = refusal.value / refusal.limit
    return (2 if refusal.reason == "towed_mass" else 1), max(share, 1 / share)
