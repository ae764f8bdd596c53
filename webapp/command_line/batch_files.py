"""Files of a batch: rows from CSV, JSON lines or Parquet, answers to the same kinds."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from transport.errors import FieldFault, InvalidInputError, NotAvailableError
from transport.services.judging_many import MORE_CELLS

Row = dict[str, Any]
Rows = list[tuple[int, Row]]
PARQUET = ".parquet"
_COLUMNS = ("id", "status", "duration_s", "length_m", "first_blocker", "error")


def check_out(out: Path, file: Path) -> None:
    """Raise before the work begins where the answers could not be written.

    InvalidInputError on `out` for a missing folder and for the `file` that is read,
    NotAvailableError without the Parquet reader.
    """
    if out.exists() and out.samefile(file):
        message = f"{out} is the file that is read: give the answers a name of their own"
        raise InvalidInputError([FieldFault("out", message, "batch_out")])
    if not out.parent.is_dir():
        message = f"the folder {out.parent} does not exist"
        raise InvalidInputError([FieldFault("out", message, "batch_out")])
    if out.suffix == PARQUET:
        _arrow()


def read_rows(file: Path) -> Rows:
    """Return numbered rows; raises InvalidInputError on `file` for what is no such table."""
    if file.suffix == PARQUET:
        return list(_parquet_rows(file))
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = file.read_text(encoding="gb18030")
        except UnicodeDecodeError as wrong:
            raise _unreadable(f"{file} is neither UTF-8 nor GB18030 text") from wrong
    if text.lstrip().startswith("{"):
        return list(_json_lines(text))
    found = csv.DictReader(io.StringIO(text), restkey=MORE_CELLS)
    try:
        _check_columns(found.fieldnames or ())
        return [
            (number, {key: value for key, value in row.items() if key})
            for number, row in enumerate(found, start=1)
        ]
    except csv.Error as wrong:
        raise _unreadable(f"line {found.line_num} of {file} is no CSV: {wrong}") from wrong


def write_answers(out: Path, answers: Sequence[Mapping[str, Any]]) -> None:
    """Write the answers in their order, all or nothing; the ending says which kind of file."""
    writing = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        if out.suffix == PARQUET:
            _write_parquet(writing, answers)
        else:
            with writing.open("w", encoding="utf-8", newline="") as lines:
                _write_text(lines, answers, as_csv=out.suffix == ".csv")
        writing.replace(out)
    finally:
        writing.unlink(missing_ok=True)


def _write_text(lines: Any, answers: Sequence[Mapping[str, Any]], *, as_csv: bool) -> None:
    if as_csv:
        table = csv.DictWriter(lines, _COLUMNS)
        table.writeheader()
        table.writerows(_cells(answer) for answer in answers)
        return
    for answer in answers:
        lines.write(json.dumps(answer, ensure_ascii=False, allow_nan=False) + "\n")


def _json_lines(text: str) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as wrong:
            raise _unreadable(f"line {number} is not valid JSON: {wrong.msg}") from wrong
        if not isinstance(row, dict):
            raise _unreadable(f"line {number} must be one JSON object")
        yield number, row


def _parquet_rows(file: Path) -> Iterator[tuple[int, Row]]:
    arrow = _arrow()
    try:
        table = arrow.read_table(file)
    except (OSError, ValueError) as wrong:  # what pyarrow raises is derived from these
        raise _unreadable(f"{file} is no readable Parquet file ({wrong})") from wrong
    _check_columns(table.column_names)
    for number, row in enumerate(table.to_pylist(), start=1):
        yield number, {key: _plain(value) for key, value in row.items() if value is not None}


def _plain(value: Any) -> Any:
    """Say days and instants of a Parquet file as text, as they stand in the other kinds."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _write_parquet(file: Path, answers: Sequence[Mapping[str, Any]]) -> None:
    arrow = _arrow()
    import pyarrow as pa  # noqa: PLC0415 - an extra

    kinds = {"duration_s": pa.float64(), "length_m": pa.float64()}
    fields = [(name, kinds.get(name, pa.string())) for name in _COLUMNS]
    rows = [{**_cells(answer), "first_blocker": _json(answer)} for answer in answers]
    arrow.write_table(pa.Table.from_pylist(rows, schema=pa.schema(fields)), file)


def _json(answer: Mapping[str, Any]) -> str | None:
    """Return the first blocker whole, as JSON, so that programs can read its fields."""
    blocker = answer.get("first_blocker")
    return None if blocker is None else json.dumps(blocker, ensure_ascii=False)


def _arrow() -> Any:
    try:
        import pyarrow.parquet  # noqa: PLC0415 - an extra
    except ImportError as missing:
        message = "Parquet files need the extra 'batch': pip install 'dajian[batch]'"
        raise NotAvailableError(message) from missing
    return pyarrow.parquet


def _check_columns(names: Sequence[str]) -> None:
    missing = [name for name in ("from", "to") if name not in names]
    if missing:
        raise _unreadable(f"the file lacks the columns {', '.join(missing)}")


def _unreadable(message: str) -> InvalidInputError:
    return InvalidInputError([FieldFault("file", message, "batch_file")])


def _cells(answer: Mapping[str, Any]) -> Row:
    blocker = answer.get("first_blocker")
    errors = answer.get("error", ())
    return {
        **{name: answer.get(name) for name in _COLUMNS},
        "first_blocker": blocker
        and f"{blocker['kind']} {blocker['limit']:g} {blocker['unit']} "
        f"{blocker['name'] or blocker.get('structure') or blocker.get('edge')}",
        "error": "; ".join(f"{one['field']}: {one['message']}" for one in errors) or None,
    }
