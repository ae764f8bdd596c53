"""Tables as CSV files: read what people hand in, write what spreadsheets open without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from transport.errors import FieldFault, InvalidInputError
from transport.relief.ledger import AccountKind, LedgerRow
from transport.tariffs.money import yuan_text
from webapp.wording import say

_SETTLEMENT = (
    *("account", "booking", "kind", "day", "record", "scheme", "road"),
    *("amount_yuan", "tariff_line", "scheme_rule"),
)
_MISMATCH = ("line", "record_id", "kind", "meaning", "found", "expected")


def decoded(content: bytes) -> str:
    """Return a file's text, UTF-8 or GB18030; raises InvalidInputError on `file`."""
    if not content:
        raise InvalidInputError([FieldFault("file", "is required", "required")])
    if b"\0" in content:
        raise InvalidInputError([FieldFault("file", "is no text", "not_text")])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInputError([FieldFault("file", "is neither UTF-8 nor GB18030", "not_text")])


def harmless(text: str) -> str:
    """Put a quote before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def csv_answer(heads: Sequence[str], rows: Iterable[Sequence[object]], filename: str) -> Response:
    """Give out a table as a CSV file."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(heads)
    writer.writerows(rows)
    return Response(
        made.getvalue().encode("utf-8-sig"),
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename={filename}"},
    )


def settlement_answer(rows: Iterable[tuple[AccountKind, LedgerRow]], filename: str) -> Response:
    """Give out the settlement file of an operator: every booking with its rules."""
    told = (
        (
            *(kind.value, one.booking_id, one.kind.value, one.day, one.claim_number),
            *(one.scheme_id, one.entry.road, yuan_text(one.entry.amount_fen)),
            *(harmless(one.entry.tariff_line), harmless(one.entry.scheme_rule)),
        )
        for kind, one in rows
    )
    return csv_answer(_SETTLEMENT, told, filename)


def mismatch_answer(unmatched: Iterable[dict[str, str]]) -> Response:
    """Give out what in an operator's file does not match, and why."""
    told = (
        (
            *(one["line"], harmless(one["record_id"]), one["kind"]),
            *(say("mismatch", one["kind"]), harmless(one["found"]), harmless(one["expected"])),
        )
        for one in unmatched
    )
    return csv_answer(_MISMATCH, told, "mismatches.csv")
