"""Rows of the tables of JTG/T 2213-2023 and its neighbours, a class for each table.

Each field is one column under its own name, or the one its metadata gives; columns that only inform
a reader are left in the file. An empty cell is None. `suspect` points to `suspects.csv`: the cell
may be a misprint, and an answer that used it says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from transport.evaluation.words import Grade, RoadClass, Train


def _column(name: str) -> Any:
    return field(metadata={"column": name})


@dataclass(frozen=True, slots=True)
class SizeGrade:
    """Upper bounds of a size grade, closed; None has no bound (table 3.2.4)."""

    grade: Grade
    width_le_m: float | None
    length_low_bed_le_m: float | None
    length_hydraulic_le_m: float | None
    height_le_m: float | None


@dataclass(frozen=True, slots=True)
class MassGrade:
    """Largest axle load of a mass grade (table 3.2.5)."""

    grade: Grade
    max_axle_load_le_t: float


@dataclass(frozen=True, slots=True)
class Clearance:
    """A gap that should be kept, and one that must (4.2.1, 4.4.2, 6.3.2, 6.4.1, 9.2.1)."""

    item: str
    location: str
    recommended_min_m: float | None
    mandatory_min_m: float | None
    clause: str


@dataclass(frozen=True, slots=True)
class LateralSpace:
    """Usable width for a load below a height (tables 4-2 to 4-8)."""

    table: str
    design_speed_kmh: float
    shoulder_case: str
    right_hard_shoulder_m: float | None
    height_lt_m: float
    radius_from_m: float | None
    radius_to_m: float | None
    widening_class: str
    lateral_space_m: float
    suspect: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Radius and width that a curve must exceed (table 4.3.1); None for grade E."""

    grade: Grade
    radius_must_exceed_m: float | None
    space_width_must_exceed_m: float | None


@dataclass(frozen=True, slots=True)
class RoutePass:
    """Whether the main line of a road needs no calculation (table 4.6.1)."""

    grade: Grade
    road_class: RoadClass
    design_speed_kmh: float
    lookup_passes: bool


@dataclass(frozen=True, slots=True)
class LongestTrain:
    """Longest train by road, speed, height and width (tables 4-12, 4-13, 4-16, 4-17)."""

    table: str
    train: Train
    road_class: RoadClass
    design_speed_kmh: float
    height_lt_m: float
    vehicle_width_m: float
    max_total_length_m: float
    suspect: str


@dataclass(frozen=True, slots=True)
class Turning:
    """Swept width and tail-out of a turn at a junction (table 5.2.1)."""

    grade: Grade
    train: Train
    r_in_m: float
    tail_out_m: float
    junction_angle_deg: float
    swept_width_m: float
    swept_width_envelope_m: float
    suspect: str


@dataclass(frozen=True, slots=True)
class TurnSpacing:
    """Spacing from which two turns are judged apart (table 5.2.3)."""

    grade: Grade
    spacing_at_least_m: float | None


@dataclass(frozen=True, slots=True)
class JunctionTurn:
    """One alternative that lets a turn pass by look-up (tables 5.4.1-1 and 5.4.1-2)."""

    turn: str
    grade: Grade
    entry_classes: frozenset[str]
    entry_lanes_min: int | None
    exit_classes: frozenset[str]
    exit_lanes_min: int | None
    design_speed_min_kmh: float | None
    clause: str


@dataclass(frozen=True, slots=True)
class Roundabout:
    """Least island radius by number of circulating lanes (table 5.4.1-3)."""

    grade: Grade
    circulating_lanes_min: int
    island_radius_at_least_m: float | None
    suspect: str


@dataclass(frozen=True, slots=True)
class RampGrade:
    """Least radius of a ramp (table 6.5.1-1)."""

    grade: Grade
    ramp_lanes: str
    train: Train
    radius_at_least_m: float


@dataclass(frozen=True, slots=True)
class RampMatrix:
    """Longest and widest train on a ramp (table 6.5.1-2)."""

    radius_m: float
    ramp_lanes: str
    pavement_width_m: float
    train: Train
    max_length_m: float
    max_width_m: float
    swept_width_m: float
    tail_out_m: float
    suspect: str


@dataclass(frozen=True, slots=True)
class DeckPosition:
    """Where the train runs on a deck (7.2.3)."""

    deck: str
    lanes: str
    edge_min_m: float | None = _column("outer_wheel_centre_to_edge_min_m")
    band_max_m: float | None = _column("lateral_band_max_m")


@dataclass(frozen=True, slots=True)
class Uplift:
    """Increase of effects by the train's share of the total (7.3.6)."""

    share_gt: float
    factor: float = _column("factor_on_SG_and_Sq")


@dataclass(frozen=True, slots=True)
class LaneFactor:
    """Lateral lane factor (JTG D60-2015)."""

    loaded_lanes: int
    factor: float


@dataclass(frozen=True, slots=True)
class LongitudinalFactor:
    """Longitudinal factor of long spans (JTG D60-2015)."""

    span_from_m: float
    from_inclusive: bool
    factor: float


@dataclass(frozen=True, slots=True)
class LaneLoad:
    """Lane load of JTG D60-2015 in kN and metres."""

    load_class: str = _column("class")
    q_kn_m: float = _column("q_k_kN_per_m")
    p_short_kn: float = _column("P_k_L_le_5_kN")
    p_slope_kn_m: float = _column("P_k_slope_kN_per_m")
    p_offset_m: float = _column("P_k_offset_m")
    p_long_kn: float = _column("P_k_L_ge_50_kN")
    shear_factor: float = _column("P_k_shear_factor")


@dataclass(frozen=True, slots=True)
class DeckLanes:
    """Design lanes by width of the carriageway (JTG D60-2015)."""

    carriageway: str
    width_ge_m: float
    width_lt_m: float | None
    lanes: int


@dataclass(frozen=True, slots=True)
class Asphalt:
    """Highest mass grade on asphalt (table 8.4.1-1)."""

    road_classes: frozenset[str]
    files: int
    lines: int
    max_mass_grade: Grade


@dataclass(frozen=True, slots=True)
class Concrete:
    """Highest mass grade on concrete slabs (table 8.4.1-2)."""

    road_classes: frozenset[str]
    files_on_slab: int
    lines_on_slab: int
    natural_zones: frozenset[str]
    max_mass_grade: Grade
    suspect: str


@dataclass(frozen=True, slots=True)
class PlanItem:
    """An item of the traffic organisation or emergency plan (chapter 11)."""

    group: str
    key: str
    chinese: str


@dataclass(frozen=True, slots=True)
class LimitRadius:
    """What a road that meets JTG B01 has at least: radius, lane, hard shoulder (table 4-10)."""

    road_class: RoadClass
    design_speed_kmh: float
    min_radius_m: float
    lane_width_m: float
    right_hard_shoulder_m: float
    suspect: str


@dataclass(frozen=True, slots=True)
class VerticalRadius:
    """Least radii of crests and sags of JTG B01 by design speed (table 4-11)."""

    design_speed_kmh: float
    crest_radius_m: float
    sag_radius_m: float


@dataclass(frozen=True, slots=True)
class TruckSight:
    """Stopping sight distance of trucks on the level, JTG B01, by design speed."""

    design_speed_kmh: float
    sight_m: float


@dataclass(frozen=True, slots=True)
class PavementConstant:
    """A constant of appendix E; None where every project has its own."""

    symbol: str
    value: str
    case: str = _column("road_class_or_case")


@dataclass(frozen=True, slots=True)
class SlabLines:
    """How many axle lines stand on one slab, by their spacing (E.2.3)."""

    spacing_from_m: float = _column("line_spacing_ge_m")
    spacing_to_m: float = _column("line_spacing_le_m")
    lines: int = _column("max_lines_on_one_slab")


@dataclass(frozen=True, slots=True)
class Factor:
    """A named factor of appendix D."""

    symbol: str
    value: float


@dataclass(frozen=True, slots=True)
class Constant:
    """A named constant of appendix B as a range."""

    symbol: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Suspect:
    """A printed cell or formula that may be wrong, and what was done about it."""

    id: str
    where: str
    printed: str
    recommended: str
    reason: str
    confidence: str
    action: str


@dataclass(frozen=True, slots=True)
class ReportField:
    """A field of the report: where it stands and what it is called (appendix A)."""

    section: str
    field: str
    chinese: str
    clause: str
