"""Words, fault texts and refusals of trips and of what phones recorded of them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

HISTORY_STEPS: dict[str, LazyString] = {
    "cast": _l("Cast in the factory"),
    "certified": _l("Factory certificate"),
    "loaded": _l("Loaded"),
    "weighed": _l("Weighed"),
    "handed_over": _l("Handed over to the driver"),
    "departed": _l("Departed"),
    "arrived": _l("Arrived at the site"),
    "accepted": _l("Accepted on site"),
    "damaged": _l("Damage noted"),
}

FIELD_STEPS: dict[str, LazyString] = {
    "loading": _l("Loading"),
    "weighing": _l("Weighing"),
    "departure": _l("Departure"),
    "damage": _l("Damage"),
    "arrival": _l("Arrival"),
    "acceptance": _l("Acceptance on site"),
}

TRIP_FAULTS: dict[str, LazyString] = {
    "certificate_missing": _l(
        "The factory certificate is needed before loading: its number and the file."
    ),
    "loaded_elsewhere": _l("%(component)s stands on another loaded trip, of case %(case)s."),
    "not_on_trip": _l("Not on this trip: %(components)s."),
    "wrong_site": _l("Wrong site: the load belongs to %(destination)s, this is %(site)s."),
    "clock_ahead": _l(
        "The phone's clock runs %(minutes)s minutes ahead. Set it, then correct this."
    ),
    "before_departure": _l("This time lies before the departure. Check the phone's clock."),
    "before_loading": _l("This time lies before the loading. Check the phone's clock."),
    "no_damage": _l("Say what is damaged."),
    "not_weighed": _l("Give what was weighed, in tonnes."),
    "nobody_accepted": _l("Name who accepted the load."),
    "cast_ahead": _l("This day has not come yet. Give the day of casting."),
}

TRIP_REFUSALS: dict[str, LazyString] = {
    "trip_elsewhere": _l(
        "The trip is now in the state “%(trip_state)s”; this needs the state “%(needed_state)s”."
    ),
    "not_ready": _l(
        "Case %(case)s is not ready to depart: an act that this route needs is not in force on "
        "that day."
    ),
}
