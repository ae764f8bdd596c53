"""Building models that the tests write themselves: one element after the other, in any unit."""

from __future__ import annotations

from math import cos, radians, sin
from typing import Any

import ifcopenshell
import ifcopenshell.guid

_FOOT_M, _POUND_KG = 0.3048, 0.45359237


class ModelWriter:
    """Writes a model; lengths are in its unit, `turned_deg` turns about the vertical."""

    def __init__(self, unit: str = "metre", schema: Any = "IFC4") -> None:
        self.file: Any = ifcopenshell.file(schema=schema)
        self._unit = unit
        origin = self._point(0, 0, 0)
        frame = self.file.createIfcAxis2Placement3D(origin)
        self._context = self.file.createIfcGeometricRepresentationContext(
            None, "Model", 3, 1e-5, frame, None
        )
        self.file.createIfcProject(
            *(ifcopenshell.guid.new(), None, "Project", None, None, None, None),
            *([self._context], self.file.createIfcUnitAssignment(self._units())),
        )

    def element(
        self,
        kind: str,
        tag: str,
        size: tuple[float, float, float] | None,
        *,
        turned_deg: float = 0.0,
        tilted_deg: float = 0.0,
        material: str = "C40 混凝土",
        weight: float | None = None,
        more: dict[str, float] | None = None,
        **attributes: Any,
    ) -> Any:
        """Add an element with a block as its body: x, y and z of the block in its own frame."""
        made = self.file.create_entity(
            kind, GlobalId=ifcopenshell.guid.new(), Name=f"{kind} {tag}", Tag=tag, **attributes
        )
        if size is not None:
            made.ObjectPlacement = self._placement(turned_deg, tilted_deg)
            made.Representation = self._block(size)
        if material:
            self.file.createIfcRelAssociatesMaterial(
                *(ifcopenshell.guid.new(), None, None, None, [made]),
                self.file.createIfcMaterial(material),
            )
        quantities = dict(more or {})
        named = [self.file.createIfcQuantityLength(k, None, None, v) for k, v in quantities.items()]
        if weight is not None:
            named.append(self.file.createIfcQuantityWeight("GrossWeight", None, None, weight))
        if named:
            self._define(
                made,
                self.file.createIfcElementQuantity(
                    ifcopenshell.guid.new(), None, "Qto_BeamBaseQuantities", None, None, named
                ),
            )
        return made

    def properties(self, element: Any, name: str, **values: Any) -> None:
        """Give an element a property set."""
        made = [
            self.file.createIfcPropertySingleValue(key, None, self._value(value), None)
            for key, value in values.items()
        ]
        self._define(
            element,
            self.file.createIfcPropertySet(ifcopenshell.guid.new(), None, name, None, made),
        )

    def whole(self, whole: Any, parts: list[Any]) -> None:
        """Make elements parts of another."""
        self.file.createIfcRelAggregates(ifcopenshell.guid.new(), None, None, None, whole, parts)

    def content(self) -> bytes:
        """Return the file."""
        text: str = self.file.to_string()
        return text.encode()

    def _define(self, element: Any, definition: Any) -> None:
        self.file.createIfcRelDefinesByProperties(
            ifcopenshell.guid.new(), None, None, None, [element], definition
        )

    def _value(self, value: Any) -> Any:
        kind = {bool: "IfcBoolean", int: "IfcInteger", str: "IfcLabel"}[type(value)]
        return self.file.create_entity(kind, value)

    def _point(self, *places: float) -> Any:
        return self.file.createIfcCartesianPoint([float(one) for one in places])

    def _placement(self, turned_deg: float, tilted_deg: float) -> Any:
        turned, tilted = radians(turned_deg), radians(tilted_deg)
        along = cos(turned) * cos(tilted), sin(turned) * cos(tilted), sin(tilted)
        up = -cos(turned) * sin(tilted), -sin(turned) * sin(tilted), cos(tilted)
        return self.file.createIfcLocalPlacement(
            None,
            self.file.createIfcAxis2Placement3D(
                self._point(120.0, -40.0, 6.0),
                self.file.createIfcDirection(up),
                self.file.createIfcDirection(along),
            ),
        )

    def _block(self, size: tuple[float, float, float]) -> Any:
        along, across, tall = size
        middle = self.file.createIfcAxis2Placement2D(self._point(0, 0))
        profile = self.file.createIfcRectangleProfileDef("AREA", None, middle, along, across)
        body = self.file.createIfcExtrudedAreaSolid(
            profile,
            self.file.createIfcAxis2Placement3D(self._point(0, 0, 0)),
            self.file.createIfcDirection((0.0, 0.0, 1.0)),
            tall,
        )
        return self.file.createIfcProductDefinitionShape(
            *(None, None),
            [self.file.createIfcShapeRepresentation(self._context, "Body", "SweptSolid", [body])],
        )

    def _units(self) -> list[Any]:
        metre = self.file.createIfcSIUnit(None, "LENGTHUNIT", None, "METRE")
        kilogram = self.file.createIfcSIUnit(None, "MASSUNIT", "KILO", "GRAM")
        if self._unit == "metre":
            return [metre, kilogram]
        if self._unit == "millimetre":
            return [self.file.createIfcSIUnit(None, "LENGTHUNIT", "MILLI", "METRE"), kilogram]
        if self._unit == "none":
            return [kilogram]
        return [
            self._converted("LENGTHUNIT", "FOOT", _FOOT_M, metre),
            self._converted("MASSUNIT", "POUND", _POUND_KG, kilogram),
        ]

    def _converted(self, kind: str, name: str, factor: float, base: Any) -> Any:
        exponents = (1, 0, 0, 0, 0, 0, 0) if kind == "LENGTHUNIT" else (0, 1, 0, 0, 0, 0, 0)
        return self.file.createIfcConversionBasedUnit(
            *(self.file.createIfcDimensionalExponents(*exponents), kind, name),
            self.file.createIfcMeasureWithUnit(self.file.create_entity("IfcReal", factor), base),
        )
