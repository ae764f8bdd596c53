"""What building models call things: materials, quantities, and what is cast on site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from transport.vehicles.transport import Material

# GB 50009-2012, table A: reinforced concrete 24 to 25 kN/m³, steel 78.5, timber up to 7 (larch).
DENSITY_T_M3 = {Material.PRECAST: 2.5, Material.STEEL: 7.85, Material.TIMBER: 0.7}

# Concrete first: "reinforced concrete" has steel in its name, in Chinese too.
_WORDS = (
    (Material.PRECAST, ("concrete", "混凝土", "砼", "precast", "beton")),
    (Material.STEEL, ("steel", "钢", "q235", "q345", "q355", "s235", "s355")),
    (Material.TIMBER, ("wood", "timber", "glulam", "木")),
)
_CONCRETE_SETS = ("Pset_PrecastConcrete", "Pset_ConcreteElement")
_CAST_ON_SITE = {"insitu", "castinplace", "castinsitu", "cip", "现浇"}


def material_of(elements: Sequence[Any]) -> Material | None:
    """Return the material that carries a piece and its parts, None where the model is silent."""
    import ifcopenshell.util.element as reading  # noqa: PLC0415 - an extra

    said = [
        f"{getattr(one, 'Category', None) or ''} {one.Name or ''}".lower()
        for element in elements
        for one in reading.get_materials(element)
    ]
    for material, words in _WORDS:
        if any(word in name for name in said for word in words):
            return material
    names = (one.Name or "" for element in elements for one in _definitions(element))
    return Material.PRECAST if any(one.startswith(_CONCRETE_SETS) for one in names) else None


def quantity(element: Any, names: tuple[str, ...]) -> tuple[float, Any | None] | None:
    """Return the first of these quantities that is given, with its own unit where it has one.

    The mass of some programs is a property instead.
    """
    found: dict[str, tuple[float, Any | None]] = {}
    for definition in _definitions(element):
        if definition.is_a("IfcElementQuantity"):
            for one in definition.Quantities:
                if one.is_a("IfcPhysicalSimpleQuantity"):
                    found.setdefault(one.Name, (float(one[3]), one.Unit))
        elif definition.is_a("IfcPropertySet"):
            for one in definition.HasProperties:
                value = getattr(one, "NominalValue", None)
                if value is not None and value.is_a("IfcMassMeasure"):
                    found.setdefault(one.Name, (float(value.wrappedValue), one.Unit))
    given = (found[name] for name in names if name in found)
    return next((one for one in given if one[0] > 0), None)


def is_cast_on_site(element: Any) -> bool:
    """Whether the model says that the element never travels."""
    for definition in _definitions(element):
        if not definition.is_a("IfcPropertySet"):
            continue
        for one in definition.HasProperties:
            if one.Name in {"CastingMethod", "ConstructionMethod"}:
                values = getattr(one, "EnumerationValues", None) or [
                    getattr(one, "NominalValue", None)
                ]
                said = {str(v.wrappedValue).lower() for v in values if v is not None}
                if {w.replace("-", "").replace(" ", "") for w in said} & _CAST_ON_SITE:
                    return True
    return False


def _definitions(element: Any) -> Iterator[Any]:
    for relation in getattr(element, "IsDefinedBy", ()):
        if relation.is_a("IfcRelDefinesByProperties"):
            yield relation.RelatingPropertyDefinition
    for relation in getattr(element, "IsTypedBy", ()):
        yield from relation.RelatingType.HasPropertySets or ()
