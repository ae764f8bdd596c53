"""A building model (IFC) as a parts list: read by the same rules as a row of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from transport.delivery.building_models import Element, number_of, read_elements
from transport.delivery.parts import Part
from transport.delivery.reading_parts import (
    OPTIONAL,
    REQUIRED,
    ReadParts,
    RowReader,
    decided,
)
from transport.errors import FieldFault

MODEL_ENDING = ".ifc"
_COLUMNS = (*REQUIRED, *OPTIONAL)


@dataclass(frozen=True, slots=True)
class ModelWay:
    """What a model does not say: the factory, the site and the day of need, as text."""

    origin: str = ""
    destination: str = ""
    deliver_by: str = ""


UNSAID = ModelWay()


def read_model(
    content: bytes, way: ModelWay, kinds: Iterable[str] = (), *, skip_bad_rows: bool = False
) -> ReadParts:
    """Read the elements of a model that travel, one piece each.

    Raise InvalidInputError with every fault unless elements with faults are to be skipped,
    NotAvailableError without the extra `bim`.
    """
    elements, cast = read_elements(content)
    numbers = number_of(elements)
    reader = RowReader({name: place for place, name in enumerate(_COLUMNS)}, frozenset(kinds))
    parts: list[Part] = []
    for element in elements:
        if element.upset is not None:
            reader.refuse_line(element.step_id, "mass_t", *element.upset)
            continue
        read = reader.part(element.step_id, _cells(element, numbers[element.step_id], way))
        if read is not None:
            marked = replace(read, size_from=element.size_from, mass_from=element.mass_from)
            parts.append(marked)
    names = {str(one.step_id): f"#{one.step_id} {numbers[one.step_id]}" for one in elements}
    reader.faults[:] = [_of_element(one, names) for one in reader.faults]
    if not elements:
        message = f"holds no element that travels ({cast} are cast on site)"
        reader.faults.append(FieldFault("file", message, "model_nothing"))
    return replace(decided(parts, reader, skip_bad_rows=skip_bad_rows), cast_on_site=cast)


def _cells(element: Element, number: str, way: ModelWay) -> list[str]:
    sizes = ["" if element.sizes_m is None else f"{one:g}" for one in element.sizes_m or (0,) * 3]
    row = {
        "component_id": number,
        "name": element.name,
        "material": element.material.value if element.material else "",
        **dict(zip(("length_m", "width_m", "height_m"), sizes, strict=True)),
        "mass_t": "" if element.mass_t is None else f"{element.mass_t:g}",
        "quantity": "1",
        "origin": way.origin,
        "destination": way.destination,
        "deliver_by": way.deliver_by,
        **element.handling,
    }
    return [row.get(name, "") for name in _COLUMNS]


def _of_element(fault: FieldFault, names: dict[str, str]) -> FieldFault:
    """Say a fault of a row as one of an element, which has a number in the model, no line."""
    said = dict(fault.params)
    where = names[said["line"]]
    code = fault.code if fault.code.startswith("model_") else f"model_{fault.code}"
    why = said["why"]
    if fault.code == "cell_empty":
        why = "the model does not say it: give body, quantities and material, or leave it out"
    params = {**said, "line": where, "why": why}
    message = f"element {where}, {said['column']}: {why}"
    return FieldFault(fault.field, message, code, tuple(params.items()))
