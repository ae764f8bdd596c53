"""The tables of JTG/T 2213-2023 as typed rows, read from `config/evaluation`.

Each class is one table, each field one column under its own name (or the one its metadata gives);
columns that only inform a reader are left in the file. An empty cell is None. `suspect` points to
`suspects.csv`: the cell may be a misprint, and an answer that used it says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, get_args, get_type_hints

from transport.errors import RegulationFileError
from transport.evaluation.words import Grade, RoadClass, Train
from transport.structures.design_loads import DesignLoad

Row = TypeVar("Row")
Rows = Iterable[Mapping[str, str]]


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


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of the evaluation; a field's metadata names its file."""

    size_grades: tuple[SizeGrade, ...] = field(metadata={"file": "t3_2_4_size_grades"})
    mass_grades: tuple[MassGrade, ...] = field(metadata={"file": "t3_2_5_mass_grades"})
    clearances: tuple[Clearance, ...] = field(metadata={"file": "t_clearances"})
    lateral_spaces: tuple[LateralSpace, ...] = field(metadata={"file": "t4_2_to_4_8_lateral_space"})
    curves: tuple[Curve, ...] = field(metadata={"file": "t4_3_1_curve"})
    routes: tuple[RoutePass, ...] = field(metadata={"file": "t4_6_1_route"})
    longest_trains: tuple[LongestTrain, ...] = field(metadata={"file": "t4_12_13_16_17_max_length"})
    turnings: tuple[Turning, ...] = field(metadata={"file": "t5_2_1_turning"})
    turn_spacings: tuple[TurnSpacing, ...] = field(metadata={"file": "t5_2_3_turn_spacing"})
    junction_turns: tuple[JunctionTurn, ...] = field(metadata={"file": "t5_4_1_junction_turn"})
    roundabouts: tuple[Roundabout, ...] = field(metadata={"file": "t5_4_1_3_roundabout"})
    ramp_grades: tuple[RampGrade, ...] = field(metadata={"file": "t6_5_1_1_ramp_grade"})
    ramp_matrix: tuple[RampMatrix, ...] = field(metadata={"file": "t6_5_1_2_ramp_matrix"})
    deck_positions: tuple[DeckPosition, ...] = field(metadata={"file": "t7_2_3_position"})
    uplifts: tuple[Uplift, ...] = field(metadata={"file": "t7_3_6_uplift"})
    lane_factors: tuple[LaneFactor, ...] = field(metadata={"file": "d60_lateral_lane_factor"})
    longitudinal_factors: tuple[LongitudinalFactor, ...] = field(
        metadata={"file": "d60_longitudinal_factor"}
    )
    lane_loads: tuple[LaneLoad, ...] = field(metadata={"file": "d60_lane_load"})
    asphalt: tuple[Asphalt, ...] = field(metadata={"file": "t8_4_1_1_asphalt"})
    concrete: tuple[Concrete, ...] = field(metadata={"file": "t8_4_1_2_concrete"})
    plan_items: tuple[PlanItem, ...] = field(metadata={"file": "t11_plan_items"})
    bridge_factors: tuple[Factor, ...] = field(metadata={"file": "tD_factors"})
    constants: tuple[Constant, ...] = field(metadata={"file": "tB_constants"})
    suspects: tuple[Suspect, ...] = field(metadata={"file": "suspects"})
    deck_lanes: tuple[DeckLanes, ...] = field(metadata={"file": "d60_design_lanes"})
    report_fields: tuple[ReportField, ...] = field(metadata={"file": "tA_report_fields"})
    design_loads: Mapping[str, DesignLoad]

    def constant(self, symbol: str) -> float:
        """Return a constant of appendix B that is one value."""
        return next(row.low for row in self.constants if row.symbol == symbol)

    def bridge_factor(self, symbol: str) -> float:
        """Return a factor of appendix D."""
        return next(row.value for row in self.bridge_factors if row.symbol == symbol)

    def clearance(self, location: str) -> Clearance:
        """Return the clearance whose place starts with the words given."""
        return next(row for row in self.clearances if row.location.startswith(location))


def describe_tables(read: Callable[[str], Rows], design_loads: Mapping[str, DesignLoad]) -> Tables:
    """Build the tables; `read` returns the rows of a file named without its ending.

    Raise RegulationFileError naming table, line and column.
    """
    hints = get_type_hints(Tables)
    found = {}
    for table in fields(Tables):
        if not table.metadata:
            continue
        kind = get_args(hints[table.name])[0]
        file = table.metadata["file"]
        found[table.name] = _rows(kind, file, read(file))
    return Tables(**found, design_loads=design_loads)


def _rows(kind: type[Row], file: str, rows: Rows) -> tuple[Row, ...]:
    hints = get_type_hints(kind)
    columns = {
        one.name: (one.metadata.get("column", one.name), hints[one.name])
        for one in fields(kind)  # type: ignore[arg-type]  # every kind is a dataclass
    }
    return tuple(
        kind(**{name: _cell(file, line, row, *column) for name, column in columns.items()})
        for line, row in enumerate(rows, start=2)
    )


def _cell(file: str, line: int, row: Mapping[str, str], column: str, hint: Any) -> Any:
    if column not in row:
        raise RegulationFileError(f"{file}.csv: the column '{column}' is missing")
    text = (row[column] or "").strip()
    optional = type(None) in get_args(hint)
    if not text and optional:
        return None
    kind = get_args(hint)[0] if optional else hint
    try:
        if kind == frozenset[str]:
            return frozenset(text.split("|")) if text else frozenset()
        return bool(int(text)) if kind is bool else kind(text)
    except ValueError as wrong:
        raise RegulationFileError(
            f"{file}.csv: line {line}, column '{column}': '{text}' cannot be read here"
        ) from wrong
