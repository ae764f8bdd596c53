"""The words of the passage evaluation on pages: checks, results, conditions, effects, facts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

PASSAGE_WORDS: dict[str, dict[str, LazyString]] = {
    "passage_result": {
        "PASS": _l("Meets the requirement"),
        "PASS_WITH_MEASURES": _l("Meets it with measures"),
        "NOT_PASSABLE": _l("Does not meet it"),
        "NEEDS_CALCULATION": _l("Needs a full check"),
        "NEEDS_SIMULATION": _l("Needs a simulation"),
        "NEEDS_SURVEY": _l("Needs a survey on site"),
    },
    "passage_check": {
        "route_lookup": _l("Road class and design speed"),
        "lateral_space_rule": _l("Usable width"),
        "gap_check": _l("Gap beside or above"),
        "posted_limit": _l("Posted limit"),
        "curve_lookup": _l("Curve radius and width"),
        "curve_calc": _l("Swept width in the curve"),
        "vcurve_hydraulic": _l("Crest and sag"),
        "crest_lowbed": _l("Crest under a low-bed"),
        "gantry": _l("Height under a gantry"),
        "overbridge": _l("Height under a bridge"),
        "sag_loss": _l("Height in a sag"),
        "climb_needed": _l("Grade"),
        "dyn_factor": _l("Climbing"),
        "toll": _l("Toll station"),
        "tunnel": _l("Tunnel section"),
        "junction": _l("Turn by the table"),
        "swept_path": _l("Swept path of a turn"),
        "consecutive": _l("Turns in a row"),
        "roundabout": _l("Roundabout"),
        "asphalt": _l("Asphalt pavement"),
        "concrete": _l("Concrete pavement"),
        "embankment": _l("Embankment"),
        "bridge_screening": _l("Bridge"),
    },
    "passage_condition": {
        "speed_20": _l("at most 20 km/h"),
        "speed_5": _l("at most 5 km/h"),
        "constant_speed": _l("constant speed, no braking, no stop"),
        "centre_line": _l("on the centre line"),
        "close_other_lanes": _l("alone, the other lanes closed"),
        "avoid_13_15": _l("not between 13 and 15 h"),
        "low_speed": _l("slowly"),
        "guide": _l("guided"),
        "junction_closed": _l("junction closed during the turn, off peak"),
        "consent": _l("consent of the road's manager"),
        "dismantle_equipment": _l("equipment removed, three working days' notice"),
    },
    "passage_effect": {
        "sagging_moment": _l("Sagging moment"),
        "hogging_moment": _l("Hogging moment"),
        "shear": _l("Shear"),
        "reaction": _l("Reaction of a support"),
    },
    "passage_method": {
        "lookup": _l("by table"),
        "calculation": _l("by calculation"),
        "simulation": _l("by simulation"),
    },
    "passage_reason": {
        "condition_class": _l("technical condition"),
        "structural_form": _l("unusual structure"),
        "curve_radius_m": _l("curved bridge"),
        "skew_deg": _l("skew above 30 degrees"),
        "single_column_pier": _l("single-column pier"),
        "axle_on_slab": _l("axle above 14 t on a slab"),
        "rating_age_years": _l("rating older than a year"),
        "capacity_ratio": _l("ratio of effects too small"),
        "posted_mass_t": _l("posted mass"),
        "posted_axle_t": _l("posted axle load"),
    },
}
