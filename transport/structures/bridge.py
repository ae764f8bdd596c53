"""A bridge as its record tells it; what the record does not tell is None."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class StructuralForm(StrEnum):
    """Forms of superstructures."""

    SLAB = "slab"
    HOLLOW_SLAB = "hollow_slab"
    GIRDER = "girder"
    BOX = "box"
    ARCH = "arch"
    TRUSS = "truss"
    RIGID_FRAME = "rigid_frame"
    CABLE = "cable"
    CULVERT = "culvert"


ORDINARY_FORMS = frozenset(
    {
        StructuralForm.SLAB,
        StructuralForm.HOLLOW_SLAB,
        StructuralForm.GIRDER,
        StructuralForm.BOX,
    }
)


@dataclass(frozen=True, slots=True)
class Bridge:
    """One deck of a bridge: lengths in metres, masses in tonnes, the rating's age in years.

    `spans_m` are the spans of one continuous unit, or the simple spans one after another.
    `posted_mass_t` and `posted_axle_t` are signs; `rated_vehicle` and `rated_mass_t` say what the
    last rating allowed (`transport.structures.rated_vehicles`). A value that nobody knows is None;
    it never counts in the load's favour.
    """

    spans_m: tuple[float, ...] = ()
    continuous: bool | None = None
    structural_form: StructuralForm | None = None
    design_load: str | None = None
    design_code_year: int | None = None
    deck_width_m: float | None = None
    lanes: int | None = None
    one_way: bool = False
    girders: int | None = None
    girder_spacing_m: float | None = None
    skew_deg: float | None = None
    curve_radius_m: float | None = None
    natural_frequency_hz: float | None = None
    condition_class: int | None = None
    rating_age_years: float | None = None
    posted_mass_t: float | None = None
    posted_axle_t: float | None = None
    single_column_pier: bool | None = None
    rated_vehicle: str | None = None
    rated_mass_t: float | None = None
