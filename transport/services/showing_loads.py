"""Show a planned load as it stands on its vehicle, with the number of every piece in the stack."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from transport.delivery.families import families_of
from transport.delivery.load_plan import LoadPlan, PlannedLoad
from transport.delivery.parts import Part
from transport.delivery.ways import LoadBook
from transport.errors import ConflictError, NotFoundError
from transport.regulations.law import Law
from transport.vehicles.catalogue import Catalogue
from transport.vehicles.placed_load import PlacedLoad, PlacedPiece


@dataclass(frozen=True, slots=True)
class Stacked:
    """A piece in its place: number, layer (1 lies lowest), and where it begins from the nose."""

    number: str
    name: str
    layer: int
    from_nose_m: float
    right_m: float
    supports_m: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ShownLoad:
    """A planned load, how it is placed, and its pieces, the ones unloaded first in front."""

    load: PlannedLoad
    placed: PlacedLoad
    stack: tuple[Stacked, ...]


def show_load(
    plan: LoadPlan, number: int, parts: Iterable[Part], catalogue: Catalogue, law: Law
) -> ShownLoad:
    """Return a load of a plan as it is placed by the law of the plan's day.

    Raise NotFoundError where the plan has no such load, ConflictError where vehicles, rules or law
    changed so that it is placed so no more: then the plan has to be made anew.
    """
    load = next((one for one in plan.loads if one.number == number), None)
    if load is None:
        raise NotFoundError(f"the plan has no load {number}")
    own = tuple(parts)
    placed = _placed(load, own, catalogue, law, plan.law_day)
    return ShownLoad(load, placed, tuple(_stack(load, placed, own, catalogue)))


def _placed(
    load: PlannedLoad, parts: tuple[Part, ...], catalogue: Catalogue, law: Law, day: date
) -> PlacedLoad:
    pieces = {one.code: one.piece for one in families_of(parts, catalogue.components)}
    book = LoadBook(catalogue, law, day, pieces)
    if load.pass_number:
        code, count = load.families[0]
        ways = book.with_pass(code)
        way = ways[count - 1] if count <= len(ways) else None
    else:
        way = book.load_of(load.families)
    if way is None or way.choice.combination.codes != load.units:
        raise ConflictError("vehicles or law changed since the plan was made; make it anew")
    return way.choice.placed()


def _stack(
    load: PlannedLoad, placed: PlacedLoad, parts: tuple[Part, ...], catalogue: Catalogue
) -> list[Stacked]:
    """Give every place a piece: what is erected first lies on top, so that it comes off first."""
    family_of = {
        part.number: one.code
        for one in families_of(parts, catalogue.components)
        for part in one.parts
    }
    waiting: dict[str, deque[str]] = defaultdict(deque)
    for number, count in load.parts:
        waiting[family_of[number]].extend([number] * count)
    order = sorted(placed.pieces, key=lambda one: (-one.layer, one.box.front_m, one.box.left_m))
    return [_stacked(one, waiting[one.component.code].popleft()) for one in order]


def _stacked(piece: PlacedPiece, number: str) -> Stacked:
    return Stacked(
        number,
        piece.component.name_zh,
        piece.layer + 1,
        round(piece.box.front_m, 3),
        round((piece.box.left_m + piece.box.right_m) / 2, 3),
        tuple(round(place, 3) for place in piece.supports_m),
    )
