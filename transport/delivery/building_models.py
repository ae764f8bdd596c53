"""Building models (IFC) as rows of a parts list: which elements travel, how large, how heavy.

Needs the extra `bim`. Sizes are those of the smallest box around the body, whatever way it stands;
the mass is that of the model's quantities, else volume times density, and each says which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from transport.delivery.boxes import Box, smallest_box, volume_of
from transport.delivery.model_words import DENSITY_T_M3, is_cast_on_site, material_of, quantity
from transport.delivery.parts import ValueOrigin
from transport.errors import FieldFault, InvalidInputError, NotAvailableError
from transport.vehicles.transport import Material

_CARRIED = (
    *("IfcBeam", "IfcColumn", "IfcSlab", "IfcWall", "IfcStairFlight", "IfcRampFlight"),
    *("IfcStair", "IfcRamp", "IfcRoof", "IfcPlate", "IfcMember", "IfcFooting", "IfcPile"),
    *("IfcBuildingElementProxy", "IfcElementAssembly"),
)
# Put together on site: their pieces travel one by one.
_CONTAINERS = ("IfcStair", "IfcRamp", "IfcRoof")
_STANDS = 0.7
_KG, _GRAMS = 1000.0, 1_000_000.0
# Lighter or heavier than any building material in bulk: the unit of the mass is wrong.
_DENSITY_T_M3 = (0.15, 9.0)
_WEIGHTS = ("GrossWeight", "Weight", "NetWeight", "重量", "质量")
_VOLUMES = ("GrossVolume", "NetVolume", "Volume", "体积")


@dataclass(frozen=True, slots=True)
class Element:
    """An element that travels, as far as the model tells; None where it does not.

    `upset` says in words what about it cannot be right, with the code of the fault.
    """

    step_id: int
    guid: str
    tag: str
    name: str
    material: Material | None
    sizes_m: tuple[float, float, float] | None
    mass_t: float | None
    size_from: ValueOrigin
    mass_from: ValueOrigin
    handling: dict[str, str]
    upset: tuple[str, str] | None = None


def read_elements(content: bytes) -> tuple[list[Element], int]:
    """Return the elements that travel, and how many stay out because they are cast on site.

    Raise InvalidInputError where the file is no whole model, NotAvailableError without `bim`.
    """
    reader = _Model(content)
    pieces = list(reader.pieces())
    cast = [one for one in pieces if is_cast_on_site(one)]
    return [reader.element(one) for one in pieces if not is_cast_on_site(one)], len(cast)


def number_of(elements: Sequence[Element]) -> dict[int, str]:
    """Return each element's number: its own mark where no other bears it, else the model's."""
    marks = Counter(one.tag for one in elements)
    return {
        one.step_id: one.tag if one.tag and marks[one.tag] == 1 else one.guid for one in elements
    }


def refused(message: str, code: str) -> InvalidInputError:
    """Return the refusal of a whole file."""
    return InvalidInputError([FieldFault("file", message, code)])


class _Model:
    """An open model with its units."""

    def __init__(self, content: bytes) -> None:
        try:
            import ifcopenshell  # noqa: PLC0415 - an extra
            import ifcopenshell.geom  # noqa: PLC0415
            import ifcopenshell.util.unit as units  # noqa: PLC0415
        except ImportError as missing:
            message = "building models (IFC) need the extra 'bim': pip install 'dajian[bim]'"
            raise NotAvailableError(message) from missing
        text = content.decode("utf-8", errors="replace").strip("\ufeff\0 \r\n\t")
        if not text.startswith("ISO-10303-21") or not text.endswith("END-ISO-10303-21;"):
            raise refused("is no whole IFC file: export it again", "model_broken")
        try:
            self._file: Any = ifcopenshell.file.from_string(text)
            projects = self._file.by_type("IfcProject")
        except Exception as wrong:  # the library raises what its C++ parts throw
            raise refused(
                f"cannot be read as IFC ({wrong}): export it again", "model_broken"
            ) from wrong
        if not projects or not projects[0].UnitsInContext:
            raise refused("names no project with its units: export it again", "model_no_units")
        # The library's own types cover half of it.
        self._geom: Any = ifcopenshell.geom
        self._units = units
        self._settings = self._geom.settings()
        self._settings.set("use-world-coords", True)
        declared = {getattr(one, "UnitType", "") for one in projects[0].UnitsInContext.Units}
        if "LENGTHUNIT" not in declared:
            raise refused("does not say its unit of length: export it again", "model_no_units")
        self._metre = units.calculate_unit_scale(self._file)
        volume = units.calculate_unit_scale(self._file, "VOLUMEUNIT")
        self._cubic = volume if "VOLUMEUNIT" in declared else self._metre**3
        # The library counts SI masses in grams; a model that names no unit means kilograms.
        grams = units.calculate_unit_scale(self._file, "MASSUNIT")
        self._tonne = grams / _GRAMS if "MASSUNIT" in declared else 1 / _KG

    def pieces(self) -> Iterator[Any]:
        """Yield what travels as one piece, in the order of the file."""
        for element in sorted(self._file.by_type("IfcElement"), key=lambda one: one.id()):
            travels = any(element.is_a(one) for one in _CARRIED)
            if travels and _is_a_piece(element):
                yield element

    def element(self, piece: Any) -> Element:
        """Return what the model tells about a piece."""
        bodies = [body for one in _with_children(piece) if (body := self._body(one)) is not None]
        box = smallest_box(np.concatenate([points for points, _ in bodies])) if bodies else None
        volume_m3 = sum(volume_of(*one) for one in bodies)
        material = material_of(_with_children(piece))
        sizes_m = as_made(box, is_wall=piece.is_a("IfcWall")) if box else self._sizes(piece)
        mass_t, mass_from = self._mass(piece, material, volume_m3)
        return Element(
            piece.id(),
            piece.GlobalId,
            (piece.Tag or "").strip(),
            (piece.Name or piece.is_a().removeprefix("Ifc")).strip()[:80],
            material,
            sizes_m,
            mass_t,
            ValueOrigin.GEOMETRY if box else ValueOrigin.QUANTITIES,
            mass_from,
            _handling(piece),
            _upset(mass_t, volume_m3) if mass_from is ValueOrigin.QUANTITIES else None,
        )

    def _body(self, element: Any) -> tuple[Any, Any] | None:
        if element.Representation is None:
            return None
        try:
            shape: Any = self._geom.create_shape(self._settings, element)
        except RuntimeError:  # a body that cannot be built is as none
            return None
        points = np.asarray(shape.geometry.verts, dtype=np.float64).reshape(-1, 3)
        faces = np.asarray(shape.geometry.faces, dtype=np.int64).reshape(-1, 3)
        return points, faces

    def _sizes(self, piece: Any) -> tuple[float, float, float] | None:
        found = [quantity(piece, names) for names in (("Length",), ("Width",), ("Height", "Depth"))]
        if any(one is None for one in found):
            return None
        length, width, height = (round(one[0] * self._metre, 3) for one in found if one)
        return length, width, height

    def _mass(
        self, piece: Any, material: Material | None, volume_m3: float
    ) -> tuple[float | None, ValueOrigin]:
        """Return the mass in tonnes: stated for the piece, for all its parts, or by volume."""
        for group in ([piece], _children(piece)):
            stated = [self._in_units(one, _WEIGHTS, self._tonne) for one in group]
            if group and all(one is not None for one in stated):
                total = sum(one for one in stated if one is not None)
                return round(total, 3), ValueOrigin.QUANTITIES
        stated_m3 = self._in_units(piece, _VOLUMES, self._cubic)
        volume = stated_m3 or volume_m3
        if material is None or not volume:
            return None, ValueOrigin.VOLUME
        return round(volume * DENSITY_T_M3[material], 3), ValueOrigin.VOLUME

    def _in_units(self, element: Any, names: tuple[str, ...], scale: float) -> float | None:
        found = quantity(element, names)
        if found is None:
            return None
        value, unit = found
        if unit is not None:
            own = self._units.get_unit_scale(unit)
            scale = own / _GRAMS if unit.UnitType == "MASSUNIT" else own
        return float(value * scale) or None


def as_made(box: Box, *, is_wall: bool) -> tuple[float, float, float]:
    """Return length, width and height of a box as the piece travels when nobody turns it.

    A wall stays upright; what stands upright and is longest upright, as a column, is laid down.
    """
    first, second, third = (round(one, 3) for one in box.edges_m)
    if is_wall:
        return max(first, second), min(first, second), third
    if third > max(first, second) and box.upright[2] > _STANDS:
        return third, max(first, second), min(first, second)
    rest = [(box.upright[place], edge) for place, edge in enumerate((first, second, third))]
    longest = max(rest, key=lambda one: one[1])
    rest.remove(longest)
    (_, width), (_, height) = sorted(rest)
    return longest[1], width, height


def _upset(mass_t: float | None, volume_m3: float) -> tuple[str, str] | None:
    """Say where mass and volume cannot both be right."""
    if not mass_t or not volume_m3:
        return None
    density = mass_t / volume_m3
    least, most = _DENSITY_T_M3
    if least <= density <= most:
        return None
    return f"{mass_t:g} t for {volume_m3:.3g} m³ is no building material", "model_mass_unlikely"


def _parent(element: Any) -> Any | None:
    for relation in element.Decomposes:
        whole = relation.RelatingObject
        if whole.is_a("IfcElement"):
            return whole
    return None


def _is_a_piece(element: Any) -> bool:
    """Whether it travels by itself: no part of a larger piece, and not put together on site."""
    parent = _parent(element)
    if parent is not None and not _comes_apart(parent):
        return False
    return not (_comes_apart(element) and _children(element))


def _children(element: Any) -> list[Any]:
    return [one for relation in element.IsDecomposedBy for one in relation.RelatedObjects]


def _with_children(element: Any) -> list[Any]:
    below = [one for child in _children(element) for one in _with_children(child)]
    return [element, *below]


def _comes_apart(element: Any) -> bool:
    """Whether it is put together on site, so that its pieces travel one by one."""
    if element.is_a("IfcElementAssembly"):
        return bool(element.AssemblyPlace == "SITE")
    return any(element.is_a(one) for one in _CONTAINERS)


def _handling(piece: Any) -> dict[str, str]:
    """Return the columns of the list that the property set `Dajian` gives."""
    names = ("kind", "sequence", "deliver_by", "may_turn", "may_stand", "most_layers")
    given: dict[str, str] = {}
    for relation in piece.IsDefinedBy:
        if not relation.is_a("IfcRelDefinesByProperties"):
            continue
        properties = relation.RelatingPropertyDefinition
        if not properties.is_a("IfcPropertySet") or properties.Name != "Dajian":
            continue
        for one in properties.HasProperties:
            if one.is_a("IfcPropertySingleValue") and one.NominalValue and one.Name in names:
                value = one.NominalValue.wrappedValue
                said = ("no", "yes")[value] if isinstance(value, bool) else str(value)
                given[one.Name] = said
    return given
