"""The words of tariffs, schemes, ledger, reconciliation and signals."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

TOLL_WORDS: dict[str, dict[str, LazyString]] = {
    "scheme_state": {
        "draft": _l("Draft"),
        "in_force": _l("In force"),
        "ended": _l("Ended"),
    },
    "scheme_step": {
        "in_force": _l("Put in force"),
        "ended": _l("End the scheme"),
    },
    "calculator": {
        "percentage": _l("Percentage off"),
        "capped_class": _l("Charged as a lower class"),
        "waived_add_on": _l("No add-on above six axles"),
        "refund": _l("Paid first, percentage refunded"),
        "fixed": _l("Fixed amount a trip"),
        "zero": _l("No toll"),
    },
    "line_kind": {
        "distance": _l("A kilometre of road"),
        "bridge": _l("Passage of a bridge"),
        "tunnel": _l("Passage of a tunnel"),
    },
    "line_class": {
        "1": _l("Class 1"),
        "2": _l("Class 2"),
        "3": _l("Class 3"),
        "4": _l("Class 4"),
        "5": _l("Class 5"),
        "6": _l("Class 6"),
        "17": _l("Each axle above six"),
    },
    "line_days": {
        "any": _l("Every day"),
        "workday": _l("Monday to Friday"),
        "weekend": _l("Saturday and Sunday"),
    },
    "line_bound": {
        "any": _l("Both directions"),
        "east": _l("Eastwards"),
        "west": _l("Westwards"),
        "north": _l("Northwards"),
        "south": _l("Southwards"),
    },
    "line_fault": {
        "overlap": _l("Two lines at once"),
        "gap": _l("Days without a line"),
        "class_missing": _l("Class without a line"),
        "falling": _l("A larger class pays less"),
    },
    "account": {
        "carrier": _l("Carrier owes"),
        "operator": _l("Due to operator"),
        "bearer": _l("Bearer of the loss owes"),
        "settled": _l("Settled with operator"),
    },
    "booking": {
        "toll_due": _l("Toll due"),
        "relief": _l("Relief"),
        "payment": _l("Payment"),
        "refund": _l("Refund"),
        "settlement": _l("Settlement"),
        "reversal": _l("Reversal"),
    },
    "grouping": {
        "league": _l("League"),
        "road": _l("Road"),
        "scheme": _l("Scheme"),
        "component_kind": _l("Kind of component"),
        "operator": _l("Operator"),
        "carrier": _l("Carrier"),
        "bearer": _l("Bearer of the loss"),
        "month": _l("Month"),
    },
    "signal": {
        "two_trucks": _l("One pass, two trucks"),
        "impossible_speed": _l("Impossible speed"),
        "size_differs": _l("Size differs from the measured one"),
        "same_weights": _l("The same weight again and again"),
        "output_exceeded": _l("More pieces than the factory has on file"),
    },
    "mismatch": {
        "row_too_short": _l("The row lacks cells"),
        "number_unreadable": _l("A number cannot be read"),
        "time_unreadable": _l("A time cannot be read"),
        "amount_negative": _l("An amount is negative"),
        "record_twice": _l("The record stands in the file twice"),
        "pass_unknown": _l("The pass is not known here"),
        "no_pass_not_listed": _l("No pass, and not on the project list"),
        "pass_not_yet_valid": _l("The pass was not yet valid"),
        "pass_expired": _l("The pass had expired"),
        "pass_revoked": _l("The pass had been revoked"),
        "validity_differs": _l("Days of validity differ"),
        "tractor_differs": _l("The tractor is another one"),
        "trailer_differs": _l("The trailer is another one"),
        "carrier_differs": _l("The carrier is another one"),
        "issuer_differs": _l("The issuing authority is another one"),
        "entry_unknown": _l("The station of entry is not known"),
        "exit_unknown": _l("The station of exit is not known"),
        "station_name_differs": _l("The name of the station differs"),
        "entry_off_route": _l("The entry is not on the permitted route"),
        "exit_off_route": _l("The exit is not on the permitted route"),
        "mass_above_pass": _l("Heavier than permitted"),
        "length_above_pass": _l("Longer than permitted"),
        "width_above_pass": _l("Wider than permitted"),
        "height_above_pass": _l("Higher than permitted"),
        "axle_count_differs": _l("Number of axles differs"),
        "axle_loads_incomplete": _l("Not a load for every axle"),
        "axle_loads_do_not_sum": _l("Axle loads do not sum to the mass"),
        "left_before_entry": _l("Left before it entered"),
        "impossible_speed": _l("Impossible speed"),
        "too_long_under_way": _l("Under way for too long"),
        "trips_overlap": _l("The truck was on another trip at the time"),
        "more_passages_than_allowed": _l("More passages than the pass allows"),
        "toll_differs": _l("The toll differs from our schedule"),
        "relief_above_toll": _l("The relief is above the toll"),
        "paid_differs": _l("Paid is not toll less relief"),
        "relief_without_claim": _l("Relief without a granted record"),
        "relief_differs": _l("The relief differs from the record"),
        "scheme_differs": _l("The scheme differs from the record"),
        "claim_of_other_pass": _l("The record belongs to another pass"),
        "claim_without_record": _l("A granted record without a passage"),
    },
}

TOLL_FAULTS: dict[str, LazyString] = {
    "cell_wrong": _l("Line %(line)s, column %(column)s: %(why)s"),
    "field_wrong": _l("This value does not fit: %(why)s"),
    "columns_missing": _l("The first line lacks the columns %(columns)s."),
    "id_taken": _l("This name is taken. Choose another."),
    "ends_before_start": _l("The last day is before the first day."),
    "not_text": _l("The file is neither UTF-8 nor GB18030."),
    "file_read_before": _l("The same file was read before."),
    "month_not_over": _l("This month is not over yet."),
    "month_closed_before": _l("This month is closed, or one after it."),
    "month_order": _l("The last month is before the first one."),
    "calculator_wrong": _l(
        "The number does not fit the step: a percentage 0 to 100, a class 1 to 6."
    ),
    "scheme_wrong": _l("The numbers of the scheme contradict each other."),
}
TOLL_REFUSALS: dict[str, LazyString] = {
    "same_person_refused": _l("%(name)s refused this record. A different person answers."),
    "budget_used_up": _l("Of the scheme's budget only ¥ %(left)s are left."),
    "month_closed": _l("%(month)s is closed. Book a correction in an open month."),
    "reversal_reversed": _l("This booking takes another one back already."),
    "scheme_without_basis": _l(
        "Issuing body, document number and legal basis are needed before a scheme is in force."
    ),
    "scheme_not_from_this_state": _l("The scheme cannot go from its state to this one."),
    "toll_office_only": _l("Only the toll office may do this."),
}
