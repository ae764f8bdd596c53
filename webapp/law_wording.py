"""Words of the law: bodies, papers and duties that its lists name, and when conditions hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from transport.regulations.conditions import ConditionRow, SizeTrigger
from transport.regulations.law import Law

LAW_WORDS: dict[str, LazyString] = {
    "same_vehicle": _l("Same vehicle"),
    "fixed_route": _l("Fixed route"),
    "same_goods_and_loading": _l("Same goods and loading"),
    "no_reinforcement": _l("No reinforcement"),
    "traffic_police": _l("Traffic police"),
    "province_en_route": _l("Province en route"),
    "league_en_route": _l("League en route"),
    "municipal_department": _l("Municipal department"),
    "railway": _l("Railway"),
    "power_company": _l("Power company"),
    "road_maintainer": _l("Maintainer of the road"),
    "road_owner": _l("Owner of the road"),
    "toll_operator": _l("Operator of the toll road"),
    "decides": _l("decides"),
    "consents": _l("consents"),
    "designates": _l("designates"),
    "consulted": _l("is consulted"),
    "informed": _l("is told"),
    "safety_affected": _l("Safety is affected"),
    "across_leagues": _l("Across leagues"),
    "across_provinces": _l("Across provinces"),
    "bridges": _l("Bridges"),
    "city_streets": _l("City streets"),
    "level_crossing": _l("Level crossing"),
    "opposing_lane": _l("Opposing lane"),
    "overhead_lines": _l("Overhead lines"),
    "reinforced_structure": _l("Reinforced structure"),
    "toll_road": _l("Toll road"),
    "upright_load": _l("Upright load"),
    "forestry_or_village_road": _l("Forestry or village road"),
    "cargo_name": _l("Name of the cargo"),
    "cargo_sizes": _l("Sizes of the cargo"),
    "cargo_mass": _l("Mass of the cargo"),
    "vehicle_make_and_model": _l("Make and model"),
    "kerb_mass": _l("Kerb mass"),
    "axle_count": _l("Number of axles"),
    "axle_spacing": _l("Axle spacings"),
    "tyre_count": _l("Number of tyres"),
    "loaded_sizes": _l("Sizes with load"),
    "gross_mass": _l("Gross mass"),
    "each_axle_load": _l("Each axle load"),
    "origin_and_destination": _l("Origin and destination"),
    "route": _l("Route"),
    "travel_time": _l("Time of travel"),
    "escort_vehicles": _l("Escort vehicles"),
    "escort_staff": _l("Escort staff"),
    "operating_rules": _l("Operating rules"),
    "abnormal_situations": _l("Abnormal situations"),
    "speed": _l("Speed"),
    "pass_number": _l("Number of the pass"),
    "carrier": _l("Carrier"),
    "licence_number": _l("Licence number"),
    "plates": _l("Plates"),
    "provinces_en_route": _l("Provinces en route"),
    "toll_stations": _l("Toll stations"),
    "passages": _l("Number of passages"),
    "validity": _l("Validity"),
    "issuing_authority": _l("Issuing authority"),
    "uniform_speed": _l("Uniform speed"),
    "centred": _l("Centred"),
    "no_braking": _l("No braking"),
    "no_speed_change": _l("No change of speed"),
    "no_stopping": _l("No stopping"),
    "warning_signs_around": _l("Warning signs around the vehicle"),
    "long_stop_off_the_road": _l("Long stops off the road"),
    "bad_weather_off_the_road": _l("In bad weather off the road"),
    "obey_site_control": _l("Obey site control"),
    "inform_permitting_authority": _l("Tell the permitting authority"),
    "no_pass": _l("No pass"),
    "differs_from_pass": _l("Vehicle or cargo differs from the pass"),
    "off_time_route_or_speed": _l("Off permitted time, route or speed"),
    "escort_not_done": _l("Escort not done"),
    "correct": _l("Ordered to correct"),
    "impound_on_refusal": _l("Impounded on refusal"),
    "impound_until_shown": _l("Impounded until shown"),
    "refrigerated": _l("Refrigerated vehicle"),
    "centre_axle_train": _l("Train with centre-axle trailer"),
    "full_trailer_train": _l("Full-trailer train"),
    "car_carrier": _l("Car carrier"),
    "air_suspension": _l("Vehicle with air suspension"),
    "special_operation": _l("Special-operation vehicle"),
}
# Fields of records, such as a band of fines.
LAW_FIELDS: dict[str, LazyString] = {
    "body": _l("Who"),
    "manner": _l("Does"),
    "when": _l("When"),
    "above_height_m": _l("Above a height of (m)"),
    "kind": _l("Kind"),
    "height_m": _l("Height (m)"),
    "width_m": _l("Width (m)"),
    "length_m": _l("Length (m)"),
    "mass_t": _l("Mass (t)"),
    "below_m": _l("Visibility below (m)"),
    "top_speed_km_h": _l("Top speed (km/h)"),
    "least_gap_m": _l("Least gap (m)"),
    "leave_at_next_exit": _l("Leave at the next exit"),
    "least_yuan": _l("From (yuan)"),
    "most_yuan": _l("Up to (yuan)"),
    "up_to_height_m": _l("Up to a height of (m)"),
    "up_to_width_m": _l("Up to a width of (m)"),
    "up_to_length_m": _l("Up to a length of (m)"),
}
LAW_UNITS: dict[str, LazyString] = {
    "year": _l("years"),
    "hour": _l("hours"),
    "minute": _l("minutes"),
    "yuan": _l("yuan"),
    "axle": _l("axles"),
    "point": _l("points"),
}
LAW_SUBJECTS: dict[str, LazyString] = {
    "consultations": _l("Who else is asked or told"),
    "document_contents": _l("What papers state"),
    "driving_rules": _l("Driving and escort"),
    "rail_crossings": _l("Level crossings"),
    "conditions": _l("Conditions of a pass"),
    "penalties": _l("Penalties"),
    "relief_checks": _l("Examination of relief"),
}


def condition_lines(law: Law, code: str, rows: Sequence[ConditionRow], language: str) -> list[str]:
    """Say each row of a condition: when it holds, then its text."""
    lines = []
    for row in rows:
        text = law.condition_texts.say(
            code, row.parameters, language=language, road_classes=row.road_classes
        )
        when = "; ".join(_when(row, language, law))
        lines.append(f"{when}{gettext(': ')}{text}" if when else text)
    return lines or [str(gettext("none"))]


def _when(row: ConditionRow, language: str, law: Law) -> Iterable[str]:
    if row.above is not None:
        yield str(gettext(" or ")).join(_above(row.above))
    if row.road_classes:
        words = (law.condition_texts.road_classes[one] for one in row.road_classes)
        yield str(gettext(", ")).join(zh if language == "zh" else en for zh, en in words)
    if row.months:
        yield str(gettext("months %(months)s", months=", ".join(map(str, row.months))))
    if row.occasions:
        yield str(gettext(", ")).join(str(LAW_WORDS[one]) for one in row.occasions)


def _above(trigger: SizeTrigger) -> Iterable[str]:
    for field in fields(trigger):
        limit = getattr(trigger, field.name)
        if limit is not None:
            yield f"{LAW_FIELDS[field.name]} > {limit:g}"
