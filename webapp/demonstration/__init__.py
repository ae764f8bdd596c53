"""The demonstration: invented firms, people and cases.

`organisations` and `sign_ins` say who there is, `loads` what is carried, `days` counts the days of
the history back from today, `papers` makes the files; `answers` asks law and network; `telling`
takes the steps through the real services, `stories` and `questions` are the cases and enquiries,
and `seeding` loads everything into an empty installation.
"""
