"""A factory's components: listed, entered, changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import ConflictError, FieldFault, InvalidInputError, NotFoundError
from transport.services.enquiring import list_components, save_component
from transport.services.library import Component
from transport.vehicles.reading_fields import FieldReader
from transport.vehicles.transport import Material
from webapp.access import Role, current_actor, current_services, for_role
from webapp.extensions import language
from webapp.fields import Fields

blueprint = Blueprint("components", __name__)

LABELS = {
    "number": _l("Component number"),
    "name": _l("Name"),
    "kind": _l("Kind"),
    "material": _l("Material"),
    "length_m": _l("Length"),
    "width_m": _l("Width"),
    "height_m": _l("Height"),
    "mass_t": _l("Mass"),
    "project": _l("Project"),
}
_SIZES = ("length_m", "width_m", "height_m")


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
    return _page(_values(_own(component_id)), component_id=component_id)


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
            component=_read(before),
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
    return redirect(url_for("factory.index"))


def _read(before: Component) -> Component:
    fields = Fields(request.form)
    sizes = FieldReader(request.form, request.form)
    length_m, width_m, height_m = (
        sizes.number(name, 0.05, 60.0, unit="m") or 0.0 for name in _SIZES
    )
    read = replace(
        before,
        number=fields.text("number", longest=60),
        name=fields.text("name", longest=80),
        kind=fields.text("kind", required=False, longest=60),
        material=fields.choice("material", Material),
        length_m=length_m,
        width_m=width_m,
        height_m=height_m,
        mass_t=sizes.number("mass_t", 0.01, 500.0, unit="t") or 0.0,
        project=fields.text("project", required=False, longest=80),
    )
    fields.faults += sizes.faults
    fields.check()
    return read


def _own(component_id: str) -> Component:
    components = list_components(current_services().unit_of_work, actor=current_actor())
    for one in components:
        if one.id == component_id:
            return one
    raise NotFoundError(f"there is no component {component_id!r}")


def _values(component: Component) -> dict[str, Any]:
    values = {name: getattr(component, name) for name in LABELS}
    return {**values, "expected_version": component.version}


def _from_catalogue(code: str) -> dict[str, Any]:
    piece = current_services().catalogue.components.get(code)
    if piece is None:
        return {}
    return {
        "kind": piece.code,
        "name": piece.name_en if language() == "en" else piece.name_zh,
        "material": piece.material,
        "mass_t": piece.mass_t,
        **{name: getattr(piece, name) for name in _SIZES},
    }


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
        pieces=[
            (piece.code, piece.name_en if language() == "en" else piece.name_zh)
            for piece in current_services().catalogue.components.values()
        ],
    )


def _current_version(component_id: str, values: Mapping[str, Any], conflict: str) -> object:
    """After a conflict the form is sent again over the version that is there now."""
    return _own(component_id).version if conflict else values.get("expected_version", "")
