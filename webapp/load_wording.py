"""The words of loads and roads, and the faults of what firms enter.

`wording` merges these tables into its own; they stand apart so that neither grows too long.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

LOAD_WORDS: dict[str, dict[str, LazyString]] = {
    "criterion": {
        "height_m": _l("Overall height"),
        "width_m": _l("Overall width"),
        "length_m": _l("Overall length"),
        "mass_t": _l("Gross mass"),
        "axle_load_t": _l("Axle load"),
        "gross_mass_t": _l("Gross mass"),
        "axle_sum_t": _l("Sum of permitted axle loads"),
        "escort_plan_height_m": _l("Height from which an escort plan is due"),
        "escort_plan_width_m": _l("Width from which an escort plan is due"),
        "escort_plan_length_m": _l("Length from which an escort plan is due"),
        "escort_plan_mass_t": _l("Mass from which an escort plan is due"),
        "flatbed_average_t": _l("Average axle load of the trailer"),
        "flatbed_maximum_t": _l("Largest axle load of the trailer"),
        "hydraulic_line_average_t": _l("Average load of an axle line"),
        "hydraulic_line_maximum_t": _l("Largest load of an axle line"),
        "special_axle_load": _l("Axle load of a special vehicle"),
        "divisible_load": _l("Load that can be divided"),
        "stacked_pieces": _l("Several pieces in one load"),
        "expressway_design_speed_km_h": _l("Design speed for expressways"),
        "expressway_full_trailer": _l("Full trailer on an expressway"),
        "authority": _l("Deciding authority"),
        "due_on": _l("Last day of the decision"),
        "category_1_height_m": _l("Largest height of category I"),
        "category_1_width_m": _l("Largest width of category I"),
        "category_1_length_m": _l("Largest length of category I"),
        "category_2_height_m": _l("Largest height of category II"),
        "category_2_width_m": _l("Largest width of category II"),
        "category_2_length_m": _l("Largest length of category II"),
        "category_2_mass_t": _l("Largest mass of category II"),
        "category": _l("Category"),
    },
    "authority_level": {
        "county": _l("County"),
        "league": _l("League or city"),
        "region": _l("Autonomous region"),
        "origin-province": _l("Province of origin"),
    },
    "office": {
        "transport": _l("Transport department"),
        "police": _l("Traffic police"),
        "municipal": _l("Municipal department"),
    },
    "divisibility": {
        "cast_in_one": _l("Cast in one piece"),
        "prestressed": _l("Prestressed"),
        "welded": _l("Welded"),
        "glued": _l("Glued"),
        "fitted_out": _l("Fitted out in the factory"),
        "joint_weakens": _l("The design allows no joint"),
        "bolted": _l("It can be taken apart: bolted"),
        "loose_parts": _l("It can be taken apart: loose parts"),
    },
    "measuring_method": {
        "drawing": _l("From the drawing"),
        "tape": _l("Tape"),
        "laser": _l("Laser"),
        "weighbridge": _l("Weighbridge"),
        "load_cell": _l("Load cell"),
        "calculation": _l("Calculated"),
        "estimate": _l("Estimated"),
    },
    "pattern": {
        "stacked": _l("One on top of the other"),
        "abreast": _l("Side by side"),
        "in_a_row": _l("One behind the other"),
        "on_a_frame": _l("On a frame"),
    },
    "unit_state": {
        "retracted": _l("Retracted"),
        "extended": _l("Pulled out"),
    },
    "use": {
        "payload": _l("Payload of the carrier"),
        "towed_mass": _l("Towed mass of the tractor"),
        "fifth_wheel": _l("Load on the fifth wheel"),
        "kingpin": _l("Load on the kingpin"),
        "front_axle": _l("Front axle, as its maker allows"),
        "drive_axle": _l("Driven axle, as its maker allows"),
        "trailer_axle": _l("Trailer axle, as its maker allows"),
        "jeep_coupling": _l("Load on the dolly's fifth wheel"),
        "jeep_axle": _l("Dolly axle, as its maker allows"),
        "flatbed_average_t": _l("Average axle load"),
        "flatbed_maximum_t": _l("Largest axle load"),
        "hydraulic_line_average_t": _l("Average load of an axle line"),
        "hydraulic_line_maximum_t": _l("Largest load of an axle line"),
        "gross_mass_t": _l("Gross mass without a pass"),
        "axle_sum_t": _l("Sum of permitted axle loads"),
        "permitted_group_t": _l("Axle group without a pass"),
        "lifts": _l("The kingpin or an axle would be lifted"),
        "overhang": _l("The load sticks out too far behind"),
        "front_overhang": _l("The load sticks out too far in front"),
        "widest": _l("The load is too wide for it"),
        "inside_width": _l("The piece does not fit between its frames"),
        "not_a_frame": _l("The piece cannot join two bogies"),
        "girder_length": _l("The girder does not fit between its bolsters"),
        "supports": _l("The piece would not rest on its supports"),
        "divisible_load": _l("Over the limits, and it can be taken apart"),
        "stacked_pieces": _l("Several pieces make it too heavy"),
    },
    "beside": {
        "city_consent_height_m": _l("Consent of the city for the height"),
        "city_consent_width_m": _l("Consent of the city for the width"),
        "city_consent_length_m": _l("Consent of the city for the length"),
        "city_consent_gross_mass_t": _l("Consent of the city for the mass"),
        "city_police_designation": _l("The police set time and way in the city"),
        "railway_crossing": _l("The railway sets crossing and time"),
        "electrified_gate_height_m": _l("Gate of an electrified crossing: measure it"),
    },
    "stability": {
        "tipping_angle_deg": _l("Tips over sideways at"),
        "lengthwise_angle_deg": _l("Tips over lengthwise at"),
        "tipping_wind_m_s": _l("Tips over in a wind of"),
        "sail_area_m2_per_t": _l("Area in the wind for each tonne"),
    },
    "limit_source": {
        "maker": _l("the maker's limit"),
        "cap": _l("the law's limit for a pass"),
        "ordinary": _l("the limit without a pass"),
    },
    "library_kind": {
        "combination": _l("Combination"),
        "tractor": _l("Tractor"),
        "trailer": _l("Trailer"),
        "module": _l("Hydraulic module"),
        "truck": _l("Truck"),
    },
    "paper": {
        "vehicle_licence": _l("Vehicle licence"),
        "temporary_plate": _l("Temporary plate"),
        "insurance": _l("Compulsory insurance"),
        "inspection": _l("Inspection"),
        "transport_certificate": _l("Road transport certificate of the vehicle"),
        "transport_licence": _l("Road transport licence"),
        "other_paper": _l("Another paper"),
    },
    "assumed_measure": {
        "nose": _l("From the nose to the first axle"),
        "deck": _l("Height of the deck"),
        "cargo": _l("Where the load begins"),
    },
    "paper_state": {
        "valid": _l("Valid"),
        "expires_soon": _l("Expires soon"),
        "expired": _l("Expired"),
        "undated": _l("No last day given"),
    },
    "orientation": {
        "as_made": _l("As made"),
        "on_edge": _l("Turned on its side"),
        "upright": _l("Upright on a frame"),
    },
    "place": {
        "seat": _l("League or city seat"),
        "county_seat": _l("Banner or county seat"),
        "port": _l("Border port"),
        "base": _l("Production base"),
        "factory": _l("Factory"),
        "site": _l("Building site"),
    },
    "obstacle": {
        "access": _l("No right of way for trucks"),
        "avoided": _l("Avoided as you asked"),
        "expressway_entry": _l("May not enter expressways"),
        "ferry": _l("Ferry"),
        "axle_loads": _l("Axle loads"),
        "corner_radius_m": _l("Room to turn"),
        "closure": _l("Closed for a time"),
        "roadworks": _l("Roadworks"),
        "temporary_limit": _l("Temporary limit"),
        "seasonal_limit": _l("Limit of the season"),
    },
    "road_class": {
        "expressway": _l("Expressway"),
        "class_1": _l("Class I highway"),
        "class_2": _l("Class II highway"),
        "class_3": _l("Class III highway"),
        "class_4": _l("Class IV highway"),
        "below_class": _l("Road below class"),
        "urban_expressway": _l("City expressway"),
        "urban_arterial": _l("City main street"),
        "urban_secondary": _l("City secondary street"),
        "urban_branch": _l("City side street"),
        "service": _l("Service road"),
        "ferry": _l("Ferry"),
    },
}

# Texts of the core's faults by code; parameters in %(name)s.
LOAD_FAULTS: dict[str, LazyString] = {
    "unit_hint": _l(
        "%(given)s %(unit)s is impossible. Did you mean %(meant)s %(unit)s? Write metres and "
        "tonnes."
    ),
    "range": _l(
        "%(given)s %(unit)s is impossible: give a value from %(least)s to %(most)s %(unit)s."
    ),
    "number": _l("“%(given)s” is not a number. Write digits, for example 3.6."),
    "whole": _l("Give a whole number from %(least)s to %(most)s."),
    "choice": _l("“%(given)s” is not one of the choices."),
    "swapped": _l("The length is shorter than width or height: were they swapped?"),
    "unknown_place": _l("No place is called “%(name)s” in this network. Nearest: %(nearest)s."),
    "no_coordinate": _l("Write a place name, or LON,LAT such as 109.84,40.66."),
    "coordinate_range": _l("That is outside the range of longitudes and latitudes."),
    "swapped_coordinate": _l("Longitude comes first. Write %(right)s."),
    "too_far_from_road": _l(
        "The nearest road (%(road)s) is %(distance_km)s km away, and %(reach_km)s km at most are "
        "allowed. Choose a place on the road network."
    ),
    "region_outline": _l(
        "This is no outline. Write its corners LON,LAT joined by spaces, such as "
        "area:109.8,40.6 110.0,40.7."
    ),
    "empty_region": _l("No road of this network lies there: %(given)s."),
    "unknown_jurisdiction": _l(
        "“%(given)s” is no county, league, region or authority of this network. Give a code of six "
        "digits, such as 150203."
    ),
    "unknown_road": _l("There is no road “%(ref)s” in this network."),
    "no_open_road": _l("The network has no open road there."),
    "equal_points": _l("This is the same place as the point before it."),
    "nothing_to_avoid": _l("There is no road junction near this place to avoid."),
    "alternatives_range": _l("Ask for 0 to 5 alternatives."),
    "loading_pieces": _l(
        "The combination was chosen for %(pieces)s pieces in one load: give the numbers of the "
        "%(more)s others."
    ),
    "less_than": _l("Give less than the piece's own %(most)s %(unit)s."),
    "one_support": _l("Name at least two places of support, or none."),
    "centre_outside_supports": _l(
        "The centre of gravity at %(centre)s m lies outside the supports, %(first)s to %(last)s "
        "m: the piece would tip over."
    ),
    "day_ahead": _l("This day has not come yet."),
    "too_few_days_off": _l(
        "These are only %(given)s days off; an announcement lists at least %(least)s. Enter the "
        "whole year."
    ),
    "no_loading": _l("Choose one of the combinations of the list."),
    "loading_refused": _l("This loading is not possible any more. Choose another one."),
    "front_overhang": _l("The load sticks out too far in front. Choose a longer deck."),
    "widest": _l("The piece is too wide for this trailer. Choose a wider one."),
    "not_a_frame": _l("This piece cannot join two bogies. Choose a trailer with a deck."),
    "girder_length": _l("The girder does not fit between the bolsters. Choose another set."),
    "supports": _l("The piece would not rest on its supports. Choose a longer deck."),
    "layers": _l("So many may not lie one on top of the other. Load fewer."),
    "payload": _l("The load is heavier than this trailer carries. Choose a stronger trailer."),
    "towed_mass": _l("The load is heavier than this tractor tows. Choose a stronger tractor."),
    "lifts": _l("The load would lift the kingpin or an axle. Move it towards the middle."),
    "overhang": _l("The load sticks out too far behind. Choose a longer or extendable deck."),
    "inside_width": _l("The piece does not fit between the frames. Choose an open deck."),
    "no_lawful_loading": _l(
        "No combination of the catalogue carries this lawfully. Choose fewer pieces or another "
        "position, or describe your own vehicle in the application."
    ),
    "may_not_stand": _l("This piece may not travel upright."),
    "may_not_turn": _l("This piece must travel as it was made."),
    "one_axle": _l("A vehicle has at least two axles. List all of them."),
    "spacings_count": _l(
        "Give one spacing fewer than there are axles: from each axle to the next, front to rear."
    ),
    "spacings_sum": _l("The spacings together are longer than the vehicle."),
    "axle_loads_sum": _l("The axle loads do not add up to the gross mass. Correct one of them."),
    "axle_notation_tonnes": _l(
        "Character %(place)s, “%(part)s”: write the tonnes of an axle group, such as 10+20+5*18."
    ),
    "axle_notation_line_tonnes": _l(
        "Character %(place)s, “%(part)s”: write the tonnes of one line after *, such as 5*18."
    ),
    "axle_notation_positive": _l(
        "Character %(place)s, “%(part)s”: write more than 0 and at most 2000 tonnes."
    ),
    "axle_notation_whole_lines": _l(
        "Character %(place)s, “%(part)s”: write a whole number of axle lines before *, such as "
        "5*18."
    ),
    "axle_notation_join": _l(
        "Character %(place)s, “%(part)s”: write + between two groups, or * between lines and "
        "tonnes."
    ),
    "axle_notation_groups": _l("Character %(place)s: write at most 40 groups."),
    "axle_spacings_metres": _l(
        "Character %(place)s, “%(part)s”: write the metres between two axles, such as "
        "3.2-1.4-7-1.45*4."
    ),
    "axle_spacings_range": _l("Character %(place)s, “%(part)s”: write 0.5 to 60 metres."),
    "axle_spacings_times": _l(
        "Character %(place)s, “%(part)s”: write the metres before * and how many times after it, "
        "such as 1.45*4."
    ),
    "axle_spacings_join": _l("Character %(place)s, “%(part)s”: write - between two spacings."),
    "axle_spacings_many": _l("Character %(place)s: write fewer than 100 spacings."),
    "axle_notation_lines": _l("“%(part)s” has too many axle lines."),
    "axle_notation_needs_counts": _l(
        "Groups cannot be split into axles without spacings, or counts such as 1,2,3."
    ),
    "axle_notation_differs": _l("Axle loads and notation differ. Give one of them."),
    "axle_counts_number": _l("Give one count for each group."),
    "axle_counts_sum": _l("The counts do not add up to the number of axles."),
    "axle_counts_differ": _l("The counts do not fit the notation."),
    "axle_spacings_groups": _l("The spacings do not fit the groups of the notation."),
    "tyres_count": _l("Give one number of tyres, or one for each axle."),
    "axles_per_line_files": _l("Three or four axles on a line belong to a hydraulic trailer."),
    "axles_per_line_kind": _l("Two axles on a line belong to a hydraulic trailer or a low-bed."),
    "number_taken": _l("You have a component with this number already."),
    "too_many_templates": _l("A firm keeps no more than %(most)s templates."),
    "too_many_spares": _l("No more than %(most)s spare tractors go on one application."),
    "plate_on_application": _l("This plate is on the application already."),
    "vehicle_taken": _l("You have a combination with this name already."),
    "no_component": _l("Choose one of your components."),
    "carrier_unknown": _l("Choose one of the approved logistics firms."),
    "file_empty": _l("The file is empty. Choose it again."),
    "file_too_large": _l("The file is larger than %(limit)s MB. Use a lower resolution."),
    "file_kind": _l("“%(name)s” is no PDF, PNG or JPEG. Scan or export it as one of these."),
    "file_damaged": _l("“%(name)s” is damaged or cut off. Open it and save it again."),
    "file_name_differs": _l("“%(name)s” is not what its name says. It is %(kind)s."),
    "file_missing": _l("Choose a file."),
    "document_missing": _l("The document is missing: %(name)s (%(clause)s)."),
    "field_missing": _l("Fill in this field."),
    "plate_form": _l("“%(plate)s” is no number plate. Write it as 蒙A12345 or 蒙A1234挂."),
    "axle_loads_missing": _l("Give the load of each axle (R62 art. 10)."),
    "axle_spacings_missing": _l("Give one spacing fewer than there are axles."),
    "mass_sum": _l("The gross mass is not tractor, trailer and cargo together."),
    "smaller_than_cargo": _l("The loaded size is smaller than the cargo itself."),
    "window_reversed": _l("The last day is before the first day."),
    "window_long": _l("That is more than a year. Choose an earlier last day."),
    "window_past": _l("The last day is in the past."),
    "vin_form": _l("“%(given)s” is no identification number: 17 signs without I, O and Q."),
    "credit_code_form": _l("“%(given)s” is no unified social credit code of 18 signs."),
    "truck_with_trailer": _l("A truck by itself has no trailer: remove its plate."),
    "axles_sum": _l(
        "%(tractor)s axles of the tractor and %(trailer)s of the trailer are not the %(train)s "
        "axles of the train."
    ),
    "paper_reversed": _l("The last day is before the first day."),
    "temporary_plate_days_missing": _l("A temporary plate needs its first and last day."),
    "temporary_plate_long": _l("A temporary plate lasts at most %(most)s days. Correct its days."),
    "temporary_plate_undated": _l(
        "Give the last day of the temporary plate: the pass ends with it."
    ),
    "deck_swapped": _l("The deck pulled out is shorter than the retracted one."),
    "spacings_few": _l("There are fewer axles than driven ones. Give all spacings."),
    "paper_expired": _l("A document ends before the travel begins. Attach a valid one."),
    "refusal_ground": _l("The law does not allow a pass for this load: %(rule)s."),
    "no_pass_needed": _l("This load is within the ordinary limits and needs no pass."),
    "route_not_passable": _l("No passable route is chosen yet. Choose one."),
    "route_changed": _l("The routes have changed meanwhile. Look at them and choose again."),
    "office_missing": _l(
        "The deciding transport office is not registered here. Ask the administrator to add it."
    ),
    "official_number_form": _l(
        "Write A, six digits of the province, eight of the day and five more, such as "
        "A1500002026112400001."
    ),
    "not_on_pass": _l("Choose components that are on the application."),
    "certificate_missing": _l(
        "Without the factory's certificate nothing is loaded: give its number and the file."
    ),
    "trip_not_delivered": _l("Relief follows the acceptance on site."),
    "scheme_unknown": _l("Choose one of the schemes."),
}
