"""The fields of the cargo: read and written back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from transport.permits.application import Cargo
from transport.vehicles.reading_fields import FieldReader
from transport.vehicles.transport import Material
from webapp.fields import Fields

CARGO_LABELS = {
    "name": _l("Name of the cargo"),
    "component_numbers": _l("Component numbers"),
    "material": _l("Material"),
    "kind": _l("Kind"),
    "length_m": _l("Length"),
    "width_m": _l("Width"),
    "height_m": _l("Height"),
    "mass_t": _l("Mass"),
    "producer": _l("Producer"),
    "project": _l("Project"),
}


def read_cargo(form: Mapping[str, str]) -> Cargo:
    """Read the cargo; raises InvalidInputError with every fault found."""
    fields = Fields(form)
    sizes = FieldReader(form, form)
    length_m, width_m, height_m = (
        sizes.number(name, 0.05, 60.0, unit="m") or 0.0
        for name in ("length_m", "width_m", "height_m")
    )
    mass_t = sizes.number("mass_t", 0.01, 1000.0, unit="t") or 0.0
    cargo = Cargo(
        name=fields.text("name", longest=80),
        material=fields.choice("material", Material),
        component_numbers=_numbers(fields.text("component_numbers", longest=2000)),
        length_m=length_m,
        width_m=width_m,
        height_m=height_m,
        mass_t=mass_t,
        kind=fields.text("kind", required=False, longest=60),
        producer=fields.text("producer", required=False, longest=80),
        project=fields.text("project", required=False, longest=80),
    )
    fields.faults += sizes.faults
    fields.check()
    return cargo


def cargo_values(cargo: Cargo) -> dict[str, Any]:
    """Return a cargo as the values of its fields."""
    values = {name: getattr(cargo, name) for name in CARGO_LABELS}
    return values | {
        "material": cargo.material.value,
        "component_numbers": "，".join(cargo.component_numbers),
    }


def _numbers(text: str) -> tuple[str, ...]:
    for mark in "，、；;\n":
        text = text.replace(mark, ",")
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
