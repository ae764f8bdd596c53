"""Where everything is kept: SQLite or PostgreSQL, and files in the data folder.

`columns`, `people_tables`, `case_tables` are the tables, `migrations` their history, run by
`migrating`. `people`, `cases`, `journeys`, `libraries`, `audit`, `api_tokens` are the repositories,
gathered by `units_of_work`; `snapshots` writes core values as JSON; `versions` keeps two writers
apart. `uploads`, `key_files`, `password_hashes` keep files, keys, passwords; `backups` all of it.
"""
