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
}
PROJECT_TONES = {
    "without_pass": "good",
    "with_pass": "care",
    "after_change": "open",
    "not_known": "open",
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
    "cells": _l("Line %(line)s, cell %(column)s: the row is not as long as the header."),
    "cell_empty": _l("Line %(line)s, %(column)s: the cell is empty."),
    "cell_long": _l("Line %(line)s, %(column)s: the text is too long."),
    "cell_range": _l(
        "Line %(line)s, %(column)s: “%(given)s” is not between %(least)s and %(most)s. "
        "Sizes are in metres, masses in tonnes."
    ),
    "cell_unread": _l("Line %(line)s, %(column)s: “%(given)s” cannot be read."),
    "cell_word": _l("Line %(line)s, %(column)s: “%(given)s” is none of %(words)s."),
    "cell_kind": _l("Line %(line)s, %(column)s: the catalogue has no piece “%(given)s”."),
    "twice": _l("Line %(line)s, %(column)s: the same number stands in line %(first)s."),
    "too_many_pieces": _l("The list has too many pieces. Divide the project."),
    "no_parts_list": _l("Upload a parts list first."),
    "ends_before_start": _l("The last day is before the first."),
}
