"""What users can ask for, one verb per module; one call is one transaction.

`ports` says what they need from outside, `repositories` what is kept, `stepping` what every step on
an act shares, `handling` what the desks that propose a decision share.
People: `signing_in`, `registering`. Firms: `enquiring`, `choosing_loadings`, `keeping_vehicles`,
`applying`, `recording_trips`, `claiming_relief`. Offices: `accepting`, `consulting`, `reviewing`,
`consenting`, `designating`, `deciding`, `issuing`. Engineers: `evaluating_routes`,
`engineering_desk`, `examining_passages` (for the router), `running_checks`.
Projects: `keeping_projects`, `checking_parts`, `planning_loads`
(`project_repositories`: what is kept of them).
Looking: `viewing_cases`, `case_history`, `audit_trail`.
"""
