"""Chapter 8: pavement by axle lines and files, the limits of appendix E, embankments."""

from __future__ import annotations

from math import log10, pi, sqrt
from typing import Literal

from transport.evaluation.answer import Answer, say
from transport.evaluation.checks import Check, Count, NotNegative, Positive
from transport.evaluation.comparing import above, at_least, at_most
from transport.evaluation.tables import Tables
from transport.evaluation.words import GRADES, Grade, Method, Result, RoadClass

MassGradeName = Literal["A", "B", "C", "D", "E", "over_E"]
Zone = Literal["I", "II", "III", "IV", "V", "VI", "VII"]
_MOST_FILES, _MOST_LINES, _MOST_LINES_ON_SLAB = 2, 6, 3
_LEAST_LINES = 2
_STRAIN = 1.25  # E.1.1-1: 1.25 * 10^(4 - 0.1 beta) microstrain
_STRAIN_POWER, _STRAIN_BETA, _STRAIN_LINES = 4.0, -0.1, -0.21
_FATIGUE_BETA = -0.57
_MEAN_AXLE_T, _FILL_M, _SLOPE = 14.0, 20.0, 2.5  # 8.3.1 and its commentary
_MEASURES = ("more_lines", "lower_axle_load", "wide_tyres")


def asphalt(
    tables: Tables,
    *,
    road_class: RoadClass,
    files: Count,
    lines: Count,
    mass_grade: MassGradeName,
    single_tyre: bool = False,
    wide_tyre: bool = False,
    meets_b01: bool | None = True,
    special_soil: bool | None = False,
) -> Answer:
    """Compare the mass grade with what the pavement takes without calculation (8.4.1-1)."""
    if files > _MOST_FILES or lines > _MOST_LINES:
        files, lines = _MOST_FILES, _MOST_LINES
    lines = max(lines, _LEAST_LINES)
    row = next(
        row
        for row in tables.asphalt
        if road_class in row.road_classes and row.files == files and row.lines == lines
    )
    granted = _tyres(row.max_mass_grade, single=single_tyre and not wide_tyre)
    return _granted(granted, mass_grade, {"meets_b01": meets_b01, "special_soil": special_soil})


def concrete(
    tables: Tables,
    *,
    road_class: RoadClass,
    files: Count,
    lines: Count,
    zone: Zone,
    mass_grade: MassGradeName,
    single_tyre: bool = False,
    wide_tyre: bool = False,
    meets_b01: bool | None = True,
    special_soil: bool | None = False,
) -> Answer:
    """Compare the mass grade with what a concrete slab takes; lines and files on one slab."""
    if files > _MOST_FILES:
        files, lines = _MOST_FILES, _MOST_LINES_ON_SLAB
    lines = min(lines, _MOST_LINES_ON_SLAB)
    row = next(
        (
            row
            for row in tables.concrete
            if road_class in row.road_classes
            and row.files_on_slab == files
            and row.lines_on_slab == lines
            and zone in row.natural_zones
        ),
        None,
    )
    if row is None:
        return say(Result.NEEDS_CALCULATION)  # zone I is in no column
    granted = _tyres(row.max_mass_grade, single=single_tyre and not wide_tyre)
    doubts = (row.suspect,) if row.suspect else ()
    return _granted(
        granted, mass_grade, {"meets_b01": meets_b01, "special_soil": special_soil}, doubts
    )


def kp(_tables: Tables, *, allow: Positive, actual: Positive) -> Answer:
    """Compare what the pavement takes with what it gets; the factor must exceed one (8.2.2)."""
    factor = allow / actual
    if above(factor, 1.0):
        return say(Result.PASS, K_p=factor)
    return say(Result.NOT_PASSABLE, *_MEASURES, K_p=factor)


def eps_allow(_tables: Tables, *, beta: float, kT3: Positive, N: Positive) -> Answer:
    """Compute the vertical strain allowed on the subgrade, for N axle lines (E.1.1-1)."""
    power = _STRAIN_POWER + _STRAIN_BETA * beta
    return Answer({"eps_z_microstrain": _STRAIN * 10**power * (kT3 * N) ** _STRAIN_LINES})


def sigma_allow(
    _tables: Tables,
    *,
    R_s: Positive,
    a: float,
    b: Positive,
    k_c: float,
    beta: float,
    N: Positive,
    kT2: Positive,
    k_a: Positive,
) -> Answer:
    """Compute the tensile stress allowed in a stabilised layer (E.1.1-2, E.1.1-3)."""
    fatigue = a + k_c + _FATIGUE_BETA * beta - log10(N * kT2 / k_a)
    stress = R_s / b * fatigue
    return Answer({"sigma_1_MPa": stress, "sigma_allow_MPa": min(stress, R_s)}, doubts=("S17d",))


def slab_allow(_tables: Tables, *, f_r: Positive, gamma_r: Positive, sig_t: float) -> Answer:
    """Compute the load stress allowed in a slab beside its thermal stress (E.2.1-1)."""
    return Answer({"sigma_p_allow_MPa": f_r / gamma_r - sig_t})


def wheel_radius_m(_tables: Tables, *, wheel_kN: Positive, p_MPa: Positive) -> Answer:
    """Compute the radius of the circle on which a tyre presses (8.1.3)."""
    kilopascals = p_MPa * 1000.0
    return Answer({"r_m": sqrt(wheel_kN / (pi * kilopascals))})


def embankment(
    _tables: Tables,
    *,
    undamaged: bool | None,
    gross_t: Positive,
    axles: Count,
    fill_height_m: NotNegative | None,
    ground_slope_h_per_v: Positive | None,
) -> Answer:
    """Let an undamaged, ordinary embankment pass under ordinary axles (8.3.1)."""
    given = {
        "undamaged": undamaged,
        "fill_height_m": fill_height_m,
        "ground_slope_h_per_v": ground_slope_h_per_v,
    }
    mean_t = gross_t / axles
    ordinary = (
        undamaged is not False
        and at_most(mean_t, _MEAN_AXLE_T)
        and (fill_height_m is None or at_most(fill_height_m, _FILL_M))
        and (ground_slope_h_per_v is None or at_least(ground_slope_h_per_v, _SLOPE))
    )
    if not ordinary:
        return say(Result.NEEDS_CALCULATION, mean_axle_t=mean_t)
    missing = tuple(name for name, value in given.items() if value is None)
    found = Result.NEEDS_SURVEY if missing else Result.PASS
    return Answer({"mean_axle_t": mean_t, "result": found}, missing=missing)


def _tyres(grade: Grade, *, single: bool) -> Grade | None:
    """Lower a grade by one for single tyres; below A nothing is granted (note 5)."""
    if not single:
        return grade
    place = GRADES.index(grade)
    return GRADES[place - 1] if place else None


def _granted(
    granted: Grade | None,
    mass_grade: str,
    road: dict[str, bool | None],
    doubts: tuple[str, ...] = (),
) -> Answer:
    values = {"allowed": granted}
    beyond = (
        granted is None
        or mass_grade not in GRADES
        or GRADES.index(Grade(mass_grade)) > GRADES.index(granted)
    )
    if beyond or road["meets_b01"] is False or road["special_soil"] is True:
        return Answer(
            {**values, "result": Result.NEEDS_CALCULATION}, doubts=doubts, measures=_MEASURES
        )
    missing = tuple(name for name, known in road.items() if known is None)
    found = Result.NEEDS_SURVEY if missing else Result.PASS
    return Answer({**values, "result": found}, doubts=doubts, missing=missing)


CHECKS = (
    Check(asphalt, "8.4.1-1", Method.LOOKUP),
    Check(concrete, "8.4.1-2", Method.LOOKUP),
    Check(kp, "8.2.2", Method.CALCULATION),
    Check(eps_allow, "E.1.1-1", Method.CALCULATION),
    Check(sigma_allow, "E.1.1-2, E.1.1-3", Method.CALCULATION),
    Check(slab_allow, "E.2.1-1", Method.CALCULATION),
    Check(wheel_radius_m, "8.1.3", Method.CALCULATION),
    Check(embankment, "8.3.1", Method.LOOKUP),
)
