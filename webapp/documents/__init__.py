"""Papers and office files made for people, in Chinese, the same bytes for the same content.

`contents` holds what each paper says, as plain values; `pass_annex`, `application_form` and
`letters` make PDF files through `typesetting` (Typst, fonts from `fonts/`, layout in `templates/`);
`route_map` draws the map of a route, `outline_svg` the outline of a loaded vehicle
(`outline_drawing` its parts, `outline_sheet` the PDF); `spreadsheets` and
`relief_list` write Excel files. `evaluation_report` prints the passage evaluation
(`saying_passages`, `passage_tables`, `passage_plans`, `passage_words`, `junction_drawing`).
"""
