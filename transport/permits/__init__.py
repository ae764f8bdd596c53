"""The case (案件): one transport, and the separate acts of the departments on it.

`application` is what the carrier asks; `acts` and `clocks` the acts with their working days;
`states` the table (act, state, step, role) -> state from which buttons, API and audit derive;
`consultation` and `decision` how departments speak; `case` joins the acts, `readiness` says whether
the truck may leave, `permit` is the pass, `manifest` the load of one trip, `precheck` what is
missing before submission, `form_checks` the checks of the official form. `endings` says how an act
in force ends and what follows, `entry_check` compares what was measured with what was granted,
`component_history` follows one component over its trips, `involved` names the bodies without a
desk here, `roadside` is a check on the road, `recall` finds what a closure or limit touches.
"""
