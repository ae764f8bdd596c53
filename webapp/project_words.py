"""Words and fault texts of projects, parts lists, answers and load plans."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

PROJECT_WORDS: dict[str, dict[str, LazyString]] = {
    "structure_kind": {
        "precast": _l("Precast concrete structure"),
        "steel": _l("Steel structure"),
        "timber": _l("Timber structure"),
        "mixed": _l("Mixed structure"),
    },
    "reach": {
        "without_pass": _l("Without a pass"),
        "with_pass": _l("With a pass"),
        "after_change": _l("Only after a change"),
        "not_known": _l("Not known"),
    },
    "load_change": {
        "turn": _l("Turn the piece"),
        "other_trailer": _l("Take another trailer"),
        "other_route": _l("Take a longer way"),
        "split": _l("Make it in two parts"),
    },
    "job_kind": {
        "load_plan": _l("Answers and load plan"),
        "delivery_plan": _l("Delivery plan"),
    },
    "job_state": {
        "queued": _l("Waits for a worker"),
        "running": _l("Under way"),
        "done": _l("Done"),
        "failed": _l("Failed"),
        "cancelled": _l("Stopped"),
    },
    "truck_doing": {
        "loading": _l("Loading"),
        "driving": _l("Driving with the load"),
        "standing": _l("Waiting or resting"),
        "unloading": _l("Unloading"),
        "home": _l("Way home"),
    },
    "happening": {
        "closure": _l("A way is closed"),
        "truck_away": _l("A truck cannot be used"),
        "late": _l("A trip runs late"),
    },
    "plan_obstacle": {
        "no_truck": _l("No truck of this kind in the fleet"),
        "no_route": _l("The way is not open for this load, or not known to be"),
        "way_closed": _l("The way is closed on all its days"),
        "no_pass_in_time": _l("The pass cannot be in force in time"),
        "no_hours": _l("Hours of travel, of the factory and of the site do not meet"),
        "crew_hours": _l("Longer than a crew may work"),
        "pass_term": _l("Farther from the other loads of its pass than the pass lasts"),
        "trucks_busy": _l("All trucks of this kind are on the road"),
        "crews_busy": _l("All crews are on the road or rest"),
        "escorts_busy": _l("Not enough escort cars"),
        "bays_busy": _l("All loading bays are taken"),
        "cranes_busy": _l("All crane slots are taken"),
        "waiting_full": _l("No room to wait at the site"),
        "holding_full": _l("No room at the holding places"),
        "past": _l("Its days are over"),
    },
    "value_origin": {
        "stated": _l("stated in the list"),
        "geometry": _l("measured on the body in the model"),
        "quantities": _l("stated in the model"),
        "volume": _l("assumed from volume and material"),
    },
    "annex_obstacle": {
        "refused": _l("Pass refused"),
        "overdue": _l("Decided later than the law allows"),
        "damaged": _l("Arrived damaged"),
        "no_vehicle": _l("Pieces that no vehicle of the catalogue carries lawfully"),
        "way_closed": _l("Planned loads whose way is closed, or not known to be open"),
        "held": _l("Planned loads held up at a place"),
    },
    "plan_caution": {
        "ice_snow": _l("no travel on snow and ice"),
        "sandstorm": _l("no travel in sandstorms"),
        "wind": _l("no travel in strong wind"),
    },
}
PROJECT_TONES = {
    "without_pass": "good",
    "with_pass": "care",
    "after_change": "open",
    "not_known": "open",
    "queued": "open",
    "running": "care",
    "done": "good",
    "failed": "bad",
}
PROJECT_FAULTS: dict[str, LazyString] = {
    "file_empty": _l("The file is empty. Choose one with a parts list."),
    "other_workbook": _l("Save the workbook as .xlsx or as CSV."),
    "not_csv": _l("Line %(line)s is no CSV. Look for a quotation mark that is not closed."),
    "zero_byte": _l("Line %(line)s holds a zero byte. Save the file anew."),
    "not_workbook": _l("The file is no Excel workbook, or it is damaged."),
    "no_rows": _l("There is no row under the header."),
    "column_missing": _l("Line %(line)s: the column “%(column)s” is missing."),
    "column_unknown": _l("Line %(line)s: there is no column “%(column)s”."),
    "column_twice": _l("Line %(line)s: the column “%(column)s” stands twice."),
    "cells": _l(
        "Line %(line)s, cell %(column)s: the row is not as long as the header. Put one value "
        "under each head."
    ),
    "sum_row": _l("Line %(line)s is a row of sums. Remove it."),
    "cell_empty": _l(
        "Line %(line)s, %(column)s: the cell is empty. Fill it in; of merged cells only the first "
        "has a value."
    ),
    "cell_formula": _l(
        "Line %(line)s, %(column)s: the formula has no result. Open the file, let it reckon, and "
        "save it."
    ),
    "cell_error": _l(
        "Line %(line)s, %(column)s: “%(given)s” is an error of Excel. Mend the formula."
    ),
    "cell_long": _l(
        "Line %(line)s, %(column)s: the text is too long. Use at most %(most)s characters."
    ),
    "cell_range": _l(
        "Line %(line)s, %(column)s: “%(given)s” is not between %(least)s and %(most)s. "
        "Sizes are in metres, masses in tonnes."
    ),
    "cell_unread": _l(
        "Line %(line)s, %(column)s: “%(given)s” is no number. Write digits, for example 3.6."
    ),
    "cell_unit": _l(
        "Line %(line)s, %(column)s: write “%(given)s” as a number alone, in metres or tonnes."
    ),
    "cell_comma": _l(
        "Line %(line)s, %(column)s: write “%(given)s” without commas, with a point before decimals."
    ),
    "cell_day": _l("Line %(line)s, %(column)s: “%(given)s” is no day. Write it as 2026-05-01."),
    "cell_serial": _l(
        "Line %(line)s, %(column)s: “%(given)s” is a bare number. Format the cell as a day."
    ),
    "cell_word": _l("Line %(line)s, %(column)s: “%(given)s” is none of %(words)s."),
    "cell_kind": _l(
        "Line %(line)s, %(column)s: the catalogue has no piece “%(given)s”. Leave it empty or "
        "choose another."
    ),
    "twice": _l(
        "Line %(line)s, %(column)s: the same number stands in line %(first)s. Give each part its "
        "own, or raise the quantity."
    ),
    "model_broken": _l("The file is no whole building model (IFC). Export it again."),
    "model_no_units": _l("The building model does not say its units. Export it again."),
    "model_nothing": _l("The building model holds no element that travels."),
    "model_way_missing": _l("A building model does not say it. Give it here."),
    "model_mass_unlikely": _l(
        "Element %(line)s: mass and volume do not fit each other. Look at the unit of the mass."
    ),
    "model_cell_empty": _l(
        "Element %(line)s, %(column)s: the model does not say it. Give body, quantities and "
        "material, or leave the element out."
    ),
    "model_cell_long": _l("Element %(line)s, %(column)s: the text is too long."),
    "model_cell_range": _l(
        "Element %(line)s, %(column)s: “%(given)s” is not between %(least)s and %(most)s."
    ),
    "model_cell_word": _l("Element %(line)s, %(column)s: “%(given)s” is none of %(words)s."),
    "model_cell_kind": _l("Element %(line)s: the catalogue has no piece “%(given)s”."),
    "model_cell_unread": _l("Element %(line)s, %(column)s: “%(given)s” cannot be read."),
    "model_cell_day": _l(
        "Element %(line)s, %(column)s: “%(given)s” is no day. Write it as 2026-05-01."
    ),
    "annex_year": _l("Give a year from 2017 to this one."),
    "annex_cut_off": _l("Give a day of %(year)s, not after %(last)s."),
    "annex_reason": _l("Say what this version corrects: the one before it is signed."),
    "too_many_pieces": _l("The list has too many pieces. Divide the project."),
    "no_parts_list": _l("Upload a parts list first."),
    "no_load_plan": _l("Make the load plan first."),
    "not_a_clock": _l("“%(given)s” is no time like 07:30."),
    "ends_before_start": _l("The last day is before the first."),
}
