"""The fields of a component: sizes, how it may lie, its centre of gravity, who measured it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l

from transport.services.library import Component
from transport.vehicles.component import Component as Piece
from transport.vehicles.component import Divisibility
from transport.vehicles.measurement import Measurement, MeasuringMethod
from transport.vehicles.reading_fields import FieldReader
from transport.vehicles.transport import Material
from webapp.extensions import language
from webapp.fields import Fields

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
    "cast_on": _l("Cast on"),
    "may_turn": _l("May be laid on its side"),
    "may_stand": _l("May stand upright on a frame"),
    "carries_itself": _l("May join two bogies as their frame"),
    "divisibility": _l("Why it cannot be taken apart"),
    "most_layers": _l("Most layers in a stack"),
    "supports_m": _l("Supports, from the front end"),
    "centre_along_m": _l("Centre of gravity from the front end"),
    "centre_across_m": _l("Centre of gravity right of the middle"),
    "centre_up_m": _l("Centre of gravity above the underside"),
    "measured_by": _l("Measured by"),
    "method": _l("How it was measured"),
    "measured_on": _l("Measured on"),
    "tolerance_m": _l("Sizes may differ by"),
    "tolerance_t": _l("Mass may differ by"),
}
SIZES = ("length_m", "width_m", "height_m")
_TICKED = ("may_turn", "may_stand", "carries_itself")


def read_component(form: Mapping[str, str], before: Component) -> Component:
    """Read the form over a component; raises InvalidInputError with every fault found."""
    fields = Fields(form)
    sizes = FieldReader(form, form)
    length_m, width_m, height_m = (
        sizes.number(name, 0.05, 60.0, unit="m") or 0.0 for name in SIZES
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
        cast_on=fields.day("cast_on", required=False) if "cast_on" in form else before.cast_on,
    )
    if form.get("handling"):
        read = _with_handling(fields, read)
    fields.faults += sizes.faults
    fields.check()
    return read


def component_values(component: Component) -> dict[str, Any]:
    """Return a component as the values of its fields."""
    plain = {name: getattr(component, name) for name in LABELS if hasattr(component, name)}
    return {
        **plain,
        **_measured_values(component.measured),
        "cast_on": component.cast_on.isoformat() if component.cast_on else "",
        "supports_m": _joined(component.supports_m),
        "divisibility": component.divisibility or "",
        "expected_version": component.version,
    }


def values_of_piece(piece: Piece) -> dict[str, Any]:
    """Return a piece of the catalogue as the values of the fields of a new component."""
    names = (*SIZES, "mass_t", "material", *_TICKED, "most_layers", "centre_along_m")
    return {
        **{name: getattr(piece, name) for name in (*names, "centre_across_m", "centre_up_m")},
        **_measured_values(piece.measured),
        "kind": piece.code,
        "name": piece.name_en if language() == "en" else piece.name_zh,
        "supports_m": _joined(piece.supports_m),
        "divisibility": piece.divisibility,
    }


def piece_of(component: Component, known: Piece | None) -> Piece:
    """Return a kept component as a piece to load; `known` is the catalogue's of its kind."""
    start = known or Piece(
        component.number, "", "", component.material, 1.0, 1.0, 1.0, 1.0, may_turn=True
    )

    def stated(name: str) -> Any:
        own = getattr(component, name)
        return getattr(start, name) if own is None else own

    return replace(
        start,
        code=component.kind or component.number,
        name_zh=component.name,
        name_en=component.name,
        material=component.material,
        length_m=component.length_m,
        width_m=component.width_m,
        height_m=component.height_m,
        mass_t=component.mass_t,
        may_turn=stated("may_turn"),
        may_stand=stated("may_stand"),
        carries_itself=stated("carries_itself"),
        divisibility=stated("divisibility"),
        supports_m=_within(component.supports_m or start.supports_m, component.length_m),
        centre_along_m=component.centre_along_m,
        centre_across_m=component.centre_across_m,
        centre_up_m=component.centre_up_m,
        most_layers=stated("most_layers"),
        frame=component.frame or start.frame,
        measured=component.measured,
    )


def _with_handling(fields: Fields, read: Component) -> Component:
    """Read how the piece may lie and who measured it; without these fields nothing changes."""
    most = _layers(fields)
    measured_by = fields.text("measured_by", required=False, longest=60)
    method = fields.choice("method", MeasuringMethod, otherwise=MeasuringMethod.DRAWING)
    divisible = fields.choice("divisibility", Divisibility, otherwise=Divisibility.CAST_IN_ONE)
    half = read.width_m / 2
    supports = fields.numbers("supports_m", least=0.0, most=max(read.length_m, 0.1))
    return replace(
        read,
        may_turn=fields.ticked("may_turn"),
        may_stand=fields.ticked("may_stand"),
        carries_itself=fields.ticked("carries_itself"),
        divisibility=divisible,
        most_layers=most,
        supports_m=tuple(sorted(supports)),
        centre_along_m=_optional(fields, "centre_along_m", 0.0, read.length_m),
        centre_across_m=_optional(fields, "centre_across_m", -half, half) or 0.0,
        centre_up_m=_optional(fields, "centre_up_m", 0.0, read.height_m),
        measured=Measurement(
            measured_by=measured_by,
            method=method,
            measured_on=fields.day("measured_on", required=False),
            tolerance_m=_optional(fields, "tolerance_m", 0.0, 0.5) or 0.0,
            tolerance_t=_optional(fields, "tolerance_t", 0.0, 20.0) or 0.0,
        ),
    )


def _layers(fields: Fields) -> int | None:
    if not fields.form.get("most_layers", "").strip():
        return None
    return fields.whole_number("most_layers", least=1, most=20)


def _optional(fields: Fields, name: str, least: float, most: float) -> float | None:
    return fields.optional_number(name, least=least, most=round(max(most, least), 3))


def _measured_values(measured: Measurement) -> dict[str, Any]:
    return {
        "measured_by": measured.measured_by,
        "method": measured.method,
        "measured_on": measured.measured_on.isoformat() if measured.measured_on else "",
        "tolerance_m": measured.tolerance_m or "",
        "tolerance_t": measured.tolerance_t or "",
    }


def _joined(values: tuple[float, ...]) -> str:
    return ", ".join(f"{value:g}" for value in values)


def _within(places: tuple[float, ...], length_m: float) -> tuple[float, ...]:
    """Keep supports only while they lie under the piece, whose length may have been changed."""
    return places if all(place <= length_m for place in places) else ()
