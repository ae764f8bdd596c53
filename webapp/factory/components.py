"""A factory's components: listed, entered, changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from transport.errors import ConflictError, FieldFault, InvalidInputError, NotFoundError
from transport.services.enquiring import list_components, save_component
from transport.services.library import Component
from transport.vehicles.component import Divisibility
from transport.vehicles.measurement import MeasuringMethod
from transport.vehicles.transport import Material
from webapp.access import Role, current_actor, current_services, for_role
from webapp.extensions import language
from webapp.factory.component_fields import (
    LABELS,
    component_values,
    read_component,
    values_of_piece,
)
from webapp.fields import Fields
from webapp.wording import say

blueprint = Blueprint("components", __name__)


@blueprint.get("/factory/components/new")
@for_role(Role.FACTORY)
def new() -> str:
    """Show the form for a new component, filled from a piece of the catalogue if one is named."""
    return _page(_from_catalogue(request.args.get("piece", "")))


@blueprint.post("/factory/components/new")
@for_role(Role.FACTORY)
def create() -> Response | tuple[str, int]:
    """Keep a new component."""
    return _save(Component("", "", "", "", "", Material.PRECAST, 0, 0, 0, 0))


@blueprint.get("/factory/components/<component_id>")
@for_role(Role.FACTORY)
def edit(component_id: str) -> str:
    """Show a component to change."""
    return _page(component_values(_own(component_id)), component_id=component_id)


@blueprint.post("/factory/components/<component_id>")
@for_role(Role.FACTORY)
def change(component_id: str) -> Response | tuple[str, int]:
    """Change a component, if nobody else did since the form was opened."""
    version = Fields(request.form).whole_number("expected_version", least=1, most=10**9)
    return _save(replace(_own(component_id), version=version))


def _save(before: Component) -> Response | tuple[str, int]:
    services = current_services()
    try:
        saved = save_component(
            services.unit_of_work,
            actor=current_actor(),
            component=read_component(request.form, before),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(request.form, wrong.faults, before.id), 422
    except ConflictError as conflict:
        if before.id:
            return _page(request.form, (), before.id, str(conflict)), 409
        taken = FieldFault("number", "is used already", "number_taken")
        return _page(request.form, (taken,)), 409
    flash(gettext("Component %(number)s is kept.", number=saved.number))
    if request.form.get("action") == "load":
        return redirect(url_for("loadings.shown", component=saved.id))
    return redirect(url_for("factory.index"))


def _own(component_id: str) -> Component:
    components = list_components(current_services().unit_of_work, actor=current_actor())
    for one in components:
        if one.id == component_id:
            return one
    raise NotFoundError(f"there is no component {component_id!r}")


def _from_catalogue(code: str) -> dict[str, Any]:
    piece = current_services().catalogue.components.get(code)
    return {} if piece is None else values_of_piece(piece)


def _page(
    values: Mapping[str, Any],
    faults: tuple[FieldFault, ...] = (),
    component_id: str = "",
    conflict: str = "",
) -> str:
    return render_template(
        "factory/component.html",
        values={**values, "expected_version": _current_version(component_id, values, conflict)},
        faults=faults,
        conflict=conflict,
        component_id=component_id,
        labels=LABELS,
        divisibilities=[(one, say("divisibility", one)) for one in Divisibility],
        methods=[(one, say("measuring_method", one)) for one in MeasuringMethod],
        pieces=[
            (piece.code, piece.name_en if language() == "en" else piece.name_zh)
            for piece in current_services().catalogue.components.values()
        ],
    )


def _current_version(component_id: str, values: Mapping[str, Any], conflict: str) -> object:
    """After a conflict the form is sent again over the version that is there now."""
    return _own(component_id).version if conflict else values.get("expected_version", "")
