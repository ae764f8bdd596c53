"""From a component to a combination: the ranked lawful loadings, drawn, with what governs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l

from transport.errors import FieldFault, InvalidInputError
from transport.rules.classification import Classification, classify
from transport.rules.findings import Finding
from transport.selection.choice import Choice, Refusal
from transport.selection.limits import LimitUse, uses_of
from transport.selection.standing_firm import stability_findings
from transport.services.choosing_loadings import (
    EmptyReturn,
    LoadingKey,
    choose_loadings,
    empty_returns,
    key_of,
    most_pieces,
    nearness,
)
from transport.services.enquiring import list_components
from transport.services.library import Component
from transport.services.stepping import day_of
from transport.vehicles.component import Orientation
from transport.vehicles.outline import outline_of_load
from transport.vehicles.placed_load import PlacedLoad
from webapp.access import Role, current_actor, current_services, for_role
from webapp.drawings import Drawing, drawing_of
from webapp.factory.component_fields import piece_of
from webapp.factory.outline_titles import title_of_load
from webapp.fields import Fields
from webapp.plan_view import plan_words
from webapp.wording import say

blueprint = Blueprint("loadings", __name__)

LABELS = {
    "component": _l("Component"),
    "pieces": _l("Pieces in one load"),
    "orientation": _l("Position on the deck"),
}
_SHOWN = 8
_MOST_PIECES = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A loading of the list: its key, and how much it uses of every limit, most first."""

    key: LoadingKey
    choice: Choice
    placed: PlacedLoad
    uses: Sequence[LimitUse]
    classification: Classification


@dataclass(frozen=True, slots=True)
class Shown:
    """The loading that is drawn."""

    row: Row
    drawing: Drawing
    empty: tuple[EmptyReturn, ...]
    stability: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would make a load possible that nothing carries: fewer pieces, the nearest limit."""

    fewer: int | None
    nearest: Refusal | None


@blueprint.get("/factory/loadings")
@for_role(Role.FACTORY)
def shown() -> str | tuple[str, int]:
    """Show how a component can be carried; the address says which, how many and which is drawn."""
    components = list_components(current_services().unit_of_work, actor=current_actor())
    chosen = next((one for one in components if one.id == request.args.get("component")), None)
    fields = Fields(request.args)
    if chosen is None:
        if request.args.get("component"):
            fields.refuse("component", "is none of your components", "no_component")
        return _page(components, None, (), (), None, fields.faults)
    try:
        pieces, orientation = _wish(fields)
        found = _found(chosen, pieces, orientation)
    except InvalidInputError as wrong:
        return _page(components, chosen, (), (), None, wrong.faults), 422
    rows, refusals = found
    wanted = request.args.get("show", "")
    drawn = next((one for one in rows if str(one.key) == wanted), rows[0] if rows else None)
    drawing = _drawn(chosen, drawn) if drawn else None
    remedy = None if rows else _remedy(chosen, pieces, orientation, refusals)
    return _page(components, chosen, rows, refusals, drawing, (), remedy)


def _wish(fields: Fields) -> tuple[int, Orientation | None]:
    given = fields.optional_number("pieces", least=1, most=_MOST_PIECES)
    orientation = None
    if fields.form.get("orientation"):
        orientation = fields.choice("orientation", Orientation)
    fields.check()
    return round(given or 1), orientation


def _found(
    component: Component, pieces: int, orientation: Orientation | None
) -> tuple[list[Row], Sequence[Refusal]]:
    services = current_services()
    day = day_of(services.clock.now())
    piece = piece_of(component, services.catalogue.components.get(component.kind))
    found = choose_loadings(
        piece, pieces, services.catalogue, services.law, day, orientation=orientation
    )
    return [_row(one, day) for one in found.choices[:_SHOWN]], found.refusals


def _remedy(
    component: Component,
    pieces: int,
    orientation: Orientation | None,
    refusals: Sequence[Refusal],
) -> Remedy:
    services = current_services()
    fewer = most_pieces(
        piece_of(component, services.catalogue.components.get(component.kind)),
        pieces,
        services.catalogue,
        services.law,
        day_of(services.clock.now()),
        orientation=orientation,
    )
    return Remedy(fewer, min(refusals, key=nearness, default=None))


def _row(choice: Choice, day: date) -> Row:
    law = current_services().law
    placed = choice.placed()
    uses = sorted(uses_of(placed, law, day), key=lambda one: -one.share)
    return Row(key_of(choice), choice, placed, uses, classify(placed.transport, law, day))


def _drawn(component: Component, row: Row) -> Shown:
    services, actor = current_services(), current_actor()
    day = day_of(services.clock.now())
    title = title_of_load(
        row.placed,
        number=component.number,
        goods=f"{component.name} × {row.key.pieces}",
        firm=actor.organisation_name,
        drawn_on=day,
    )
    drawing = drawing_of(outline_of_load(row.placed), title)
    empty = empty_returns(row.choice.combination, services.law, day)
    return Shown(row, drawing, empty, stability_findings(row.placed))


def _page(
    components: Sequence[Component],
    component: Component | None,
    rows: Sequence[Row],
    refusals: Sequence[Refusal],
    drawn: Shown | None,
    faults: Sequence[FieldFault],
    remedy: Remedy | None = None,
) -> str:
    values: Mapping[str, Any] = {"pieces": 1, **request.args}
    return render_template(
        "factory/loadings.html",
        component=component,
        rows=rows,
        refusals=refusals,
        drawn=drawn,
        remedy=remedy,
        faults=tuple(faults),
        values=values,
        labels=LABELS,
        components=[(one.id, f"{one.number} {one.name}") for one in components],
        orientations=[(one, say("orientation", one)) for one in Orientation],
        **plan_words(),
    )
