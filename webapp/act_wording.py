"""Words of the later life of an act: entry check, use, amendment, endings, consents of others."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

ACT_KINDS: dict[str, LazyString] = {
    "league_opinion": _l("Internal opinion of a league or city"),
    "railway_consent": _l("Passage of the level crossing (railway)"),
    "owner_consent": _l("Consent of the road's owner (forestry, village, private)"),
    "province_permit": _l("Permit of another province on the route (forwarded)"),
    "power_notice": _l("Notice to the power companies"),
    "operator_notice": _l("Notice to the toll road operators"),
}
ACT_STATES: dict[str, LazyString] = {
    "awaiting_entry_check": _l("Granted, issued after the entry check"),
    "in_use": _l("In use, a truck is on the road"),
    "completed": _l("Completed"),
    "amended": _l("Amended, replaced by a newer one"),
    "expired": _l("Expired"),
    "revoked": _l("Taken back by the authority"),
    "annulled": _l("Annulled"),
    "cancelled": _l("Cancelled"),
    "awaiting_answer": _l("Asked, waiting for the answer"),
    "consented": _l("Consented"),
    "told": _l("Told"),
}
ACT_STEPS: dict[str, LazyString] = {
    "consult_leagues": _l("Ask the leagues on the route"),
    "require_entry_check": _l("Issue only after an entry check"),
    "pass_entry_check": _l("Record the entry check"),
    "fail_entry_check": _l("Entry check not passed"),
    "start_use": _l("A truck left on this pass"),
    "end_use": _l("No truck is on the road any more"),
    "complete": _l("End the use of the pass"),
    "amend": _l("Replaced by the amended one"),
    "swap_tractor": _l("Let a spare tractor take over"),
    "expire": _l("Expired by law"),
    "revoke": _l("Take back"),
    "annul": _l("Annul"),
    "cancel": _l("Cancel for the record"),
    "ask_consent": _l("Note that they were asked"),
    "record_consent": _l("File the answer"),
    "record_objection": _l("Objection filed"),
    "tell": _l("Told by the office"),
    "serve": _l("Record the service of a letter"),
    "supervised_crossing": _l("Bridge crossed under supervision"),
    "entry_check": _l("Checked at the entry"),
    "exit_check": _l("Checked at the exit"),
    "set_deputy": _l("Deputy named"),
    "send_message": _l("Wrote a message"),
    "recall_notice": _l("Told of a change of the roads"),
    "recall_amendment": _l("Amendment prepared after a change of the roads"),
    "claim_act": _l("Taken over by an officer"),
    "release_act": _l("Given back to the queue"),
    "recuse": _l("Recused"),
    "roadside_check": _l("Checked at the roadside"),
}
MISSING: dict[str, LazyString] = {
    "revoked": _l("Taken back by the authority"),
    "annulled": _l("Annulled"),
    "cancelled": _l("Cancelled"),
    "amended": _l("Amended, replaced by a newer one"),
    "completed": _l("Completed"),
}
ENDING_GROUNDS: dict[str, LazyString] = {
    "law_changed": _l("The law it rested on was changed or repealed (ALL art. 8)"),
    "circumstances_changed": _l("Circumstances changed gravely, the public good asks it (ALL 8)"),
    "officer_abuse": _l("An officer abused power or neglected duty (ALL art. 69(1))"),
    "beyond_powers": _l("Decided beyond the office's powers (ALL art. 69(2))"),
    "procedure_violated": _l("The procedure was violated (ALL art. 69(3))"),
    "not_qualified": _l("The applicant did not meet the conditions (ALL art. 69(4))"),
    "obtained_by_deceit": _l("Obtained by deceit, bribery or false papers (ALL art. 69(2))"),
    "not_renewed": _l("Its term is over and was not renewed (ALL art. 70(1))"),
    "holder_ended": _l("The holder does not exist any more (ALL art. 70(2), (3))"),
    "holder_asked": _l("The holder gave it back (ALL art. 70(6))"),
    "cannot_be_used": _l("It cannot be used for force majeure (ALL art. 70(5))"),
}
CONSEQUENCES: dict[str, LazyString] = {
    "pass_falls": _l("The pass does not count from this moment and stands on the revocation list."),
    "compensation": _l("The holder's loss of property is compensated by law (ALL art. 8)."),
    "damages": _l("Damage to the holder's lawful interests is made good by law (ALL art. 69)."),
    "no_compensation": _l("What was gained by deceit is not protected (ALL art. 69)."),
    "application_ban": _l("No application for the years set in the law (R62 art. 48)."),
    "new_application_open": _l("A new application is possible at any time."),
}
VIEWS: dict[str, LazyString] = {
    "left_front": _l("Left front"),
    "front": _l("Front"),
    "right_front": _l("Right front"),
    "left_rear": _l("Left rear"),
    "rear": _l("Rear"),
    "right_rear": _l("Right rear"),
    "panorama": _l("Whole vehicle"),
}
MEASURED: dict[str, LazyString] = {
    "height_m": _l("Height"),
    "width_m": _l("Width"),
    "length_m": _l("Length"),
    "mass_t": _l("Gross mass"),
    "largest_axle_load_t": _l("Largest axle load"),
    "axle_count": _l("Axles"),
}
RECALL_EFFECTS: dict[str, LazyString] = {
    "unaffected": _l("Not affected"),
    "new_condition": _l("New condition"),
    "must_reroute": _l("Must take another route"),
    "decision_needed": _l("A person must decide"),
}
RECALL_REASONS: dict[str, LazyString] = {
    "other_days": _l("Not on the days and hours of the pass"),
    "within_limits": _l("Within the new limits"),
    "limit_cannot_be_told": _l("Its axle loads are not known"),
    "truck_on_the_road": _l("A truck drives on this pass now"),
    "consent_may_lift_it": _l("Whoever set it may consent"),
    "drive_at_other_times": _l("Days or hours are left to drive"),
    "closed_for_the_whole_term": _l("No time is left in the term of the pass"),
}
SPARE_FINDINGS: dict[str, LazyString] = {
    "axles": _l("Another number of axles"),
    "spacings": _l("Other axle spacings than in the application"),
    "axle_loads": _l("An axle carries more than in the application"),
    "mass": _l("Heavier than in the application"),
    "size": _l("Higher or wider than the transport"),
    "papers": _l("A paper ends before the first day of travel"),
    "unknown_tractor": _l("The application does not say which axles are the tractor's"),
    "unknown_spare": _l("Measures or axle loads of the spare are missing"),
}
TONES: dict[str, str] = {
    "awaiting_entry_check": "care",
    "in_use": "good",
    "completed": "plain",
    "amended": "plain",
    "annulled": "bad",
    "cancelled": "bad",
    "awaiting_answer": "care",
    "consented": "good",
    "told": "good",
    "unaffected": "good",
    "new_condition": "care",
    "must_reroute": "bad",
    "decision_needed": "bad",
}
