"""The tables of JTG/T 2213-2023 as typed rows, read from `config/evaluation`.

The rows are classes of `table_rows`, a class for each table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, get_args, get_type_hints

from transport.errors import RegulationFileError
from transport.evaluation.table_rows import (
    Asphalt,
    Clearance,
    Concrete,
    Constant,
    Curve,
    DeckLanes,
    DeckPosition,
    Factor,
    JunctionTurn,
    LaneFactor,
    LaneLoad,
    LateralSpace,
    LimitRadius,
    LongestTrain,
    LongitudinalFactor,
    MassGrade,
    PavementConstant,
    PlanItem,
    RampGrade,
    RampMatrix,
    ReportField,
    Roundabout,
    RoutePass,
    SizeGrade,
    SlabLines,
    Suspect,
    TruckSight,
    Turning,
    TurnSpacing,
    Uplift,
    VerticalRadius,
)
from transport.structures.design_loads import DesignLoad

Row = TypeVar("Row")
Rows = Iterable[Mapping[str, str]]


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
    limit_radii: tuple[LimitRadius, ...] = field(metadata={"file": "t4_10_limit_radius_space"})
    vertical_radii: tuple[VerticalRadius, ...] = field(metadata={"file": "t4_11_vertical_radii"})
    truck_sights: tuple[TruckSight, ...] = field(metadata={"file": "b01_truck_sight"})
    pavement_constants: tuple[PavementConstant, ...] = field(metadata={"file": "tE_constants"})
    slab_lines: tuple[SlabLines, ...] = field(metadata={"file": "tE_slab_lines"})
    design_loads: Mapping[str, DesignLoad]

    def constant(self, symbol: str) -> float:
        """Return a constant of appendix B that is one value."""
        return next(row.low for row in self.constants if row.symbol == symbol)

    def bridge_factor(self, symbol: str) -> float:
        """Return a factor of appendix D."""
        return next(row.value for row in self.bridge_factors if row.symbol == symbol)

    def pavement_constant(self, symbol: str, case: str) -> float:
        """Return a constant of appendix E for a road class or a material."""
        return next(
            float(row.value)
            for row in self.pavement_constants
            if row.symbol == symbol and row.case == case
        )

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
