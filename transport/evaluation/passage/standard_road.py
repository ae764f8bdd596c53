"""What a road that meets JTG B01 has at least, where nobody recorded more (4.6.1, 4.4.2).

Only a confirmed compliance counts: then a radius, a vertical radius or a sight that no record holds
is taken as the least of the standard for its design speed.
"""

from __future__ import annotations

from dataclasses import replace

from transport.evaluation.passage.facts import Fact, Site
from transport.evaluation.tables import Tables
from transport.evaluation.words import RoadClass

# Tables 4-2 to 4-8: the usable width of a road by class and design speed, the unfavourable one.
_WIDTH_TABLES = {
    (RoadClass.EXPRESSWAY, 120): "4-2",
    (RoadClass.EXPRESSWAY, 100): "4-2",
    (RoadClass.EXPRESSWAY, 80): "4-2",
    (RoadClass.CLASS1, 100): "4-2",
    (RoadClass.CLASS1, 80): "4-3",
    (RoadClass.CLASS1, 60): "4-3",
    (RoadClass.CLASS2, 80): "4-4",
    (RoadClass.CLASS2, 60): "4-5",
    (RoadClass.CLASS3, 40): "4-6",
    (RoadClass.CLASS3, 30): "4-6",
    (RoadClass.CLASS4, 30): "4-8",
    (RoadClass.CLASS4, 20): "4-8",
}
_STEEPEST_CROSSFALL_PCT = 8.0  # superelevation of a road with frost at most


def with_standard(tables: Tables, site: Site) -> Site:
    """Return the place with the least values of the standard beside what is known of it."""
    speed, road = site.value("design_speed_km_h"), site.value("road_class")
    if site.value("meets_b01") is not True or speed is None:
        return site
    least: dict[str, float] = {}
    for plan in tables.limit_radii:
        if plan.road_class is road and plan.design_speed_kmh == speed:
            least["min_curve_radius_m"] = plan.min_radius_m
    for curve in tables.vertical_radii:
        if curve.design_speed_kmh == speed:
            least["min_crest_radius_m"] = curve.crest_radius_m
            least["min_sag_radius_m"] = curve.sag_radius_m
    for sight in tables.truck_sights:
        if sight.design_speed_kmh == speed:
            least["sight_distance_m"] = sight.sight_m
    least["superelevation_bound_pct"] = _STEEPEST_CROSSFALL_PCT
    least["grade_break_pct"] = 0.0  # vertical curves join its grades
    certainty = site.facts["meets_b01"].certainty
    added = {
        name: Fact(value, certainty, "JTG B01-2014")
        for name, value in least.items()
        if site.value(name) is None
    }
    return replace(site, facts={**site.facts, **added})


def width_table(site: Site) -> str | None:
    """Return the table of usable widths for a road that is known to meet the standard."""
    speed, road = site.value("design_speed_km_h"), site.value("road_class")
    if site.value("meets_b01") is not True or speed is None or road is None:
        return None
    return _WIDTH_TABLES.get((road, int(speed)))
