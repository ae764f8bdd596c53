"""The demonstration: invented firms, people and cases.

`organisations` and `sign_ins` say who there is, `loads` what is carried, `days` counts the days of
the history back from today, `papers` makes the files, `answers` asks law and network. The `cast`
takes `firm_steps`, `office_steps`, `engineer_steps` and `trip_steps` through the real services;
`telling` plays `stories` and `questions`, the cases and enquiries, in the order of time;
`structures` invents bridges and surveys; `seeding` loads everything into an empty installation.
"""
