"""`dajian batch`: judge a file of transports, in several processes, one short answer each."""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from transport.errors import FieldFault, InvalidInputError, NotAvailableError
from transport.services.judging_many import class_of, judge_many
from webapp.access import current_services, provide, provider
from webapp.command_line.main import print_json
from webapp.command_line.networks import chosen_network, network_option

Rows = list[tuple[int, dict[str, Any]]]
Answers = list[tuple[int, dict[str, Any]]]
_COLUMNS = ("id", "status", "duration_s", "length_m", "first_blocker", "error")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--workers", type=click.IntRange(1, 64), default=1, help="Processes; 1 by default.")
@click.option("--scheduler", metavar="ADDRESS", help="A cluster's scheduler; not in this version.")
@network_option
@click.option("--json", "as_json", is_flag=True, help="Print a summary as one JSON document.")
def batch(
    *,
    file: Path,
    out: Path,
    workers: int,
    scheduler: str | None,
    network_place: str | None,
    as_json: bool,
) -> None:
    """Judge every row of FILE: status, time, length and what blocks first.

    FILE is CSV or JSON lines with the columns id, from, to, and those of a transport (height_m,
    width_m, length_m, mass_t, axle_loads_t, ...; lists are joined by ';'); via, avoid and travel_at
    may be given. --out ending in .csv writes CSV, everything else JSON lines, in the order of FILE.

    Example: dajian batch transports.csv --out answers.jsonl --workers 2 --network built-in
    """
    if scheduler is not None:
        raise NotAvailableError("a scheduler is not part of this version; give --workers N")
    rows = _read(file)
    answers = sorted(_judged(rows, network_place, workers))
    _write(out, [answer for _, answer in answers])
    counts: dict[str, int] = defaultdict(int)
    for _, answer in answers:
        counts[answer.get("status", "error")] += 1
    if as_json:
        print_json({"rows": len(rows), "by_status": dict(counts), "out": str(out)})
    else:
        said = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
        click.echo(f"{len(rows)} rows: {said or 'none'}; written to {out}")


def _judged(rows: Rows, place: str | None, workers: int) -> Iterator[tuple[int, dict[str, Any]]]:
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("judging", total=len(rows))
        for part in _parts(rows, place, workers):
            yield from part
            progress.advance(task, len(part))


def _parts(rows: Rows, place: str | None, workers: int) -> Iterator[Answers]:
    classes = _classes(rows, workers)
    if workers == 1:
        for one in classes:
            yield _work(place, one)
        return
    # Started afresh: compiled code and threads of this process are not to be copied.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=provide, initargs=(provider(),)
    ) as pool:
        jobs = [pool.submit(_work, place, one) for one in classes]
        for job in as_completed(jobs):
            yield job.result()


def _classes(rows: Rows, workers: int) -> list[Rows]:
    """Divide the rows by vehicle, the largest classes first; a single one among all workers."""
    by_class: dict[str, Rows] = defaultdict(list)
    for number, row in rows:
        by_class[class_of(row)].append((number, row))
    largest = max(1, -(-len(rows) // workers))
    parts = [
        one[start : start + largest]
        for one in by_class.values()
        for start in range(0, len(one), largest)
    ]
    return sorted(parts, key=len, reverse=True)


def _work(place: str | None, rows: Rows) -> Answers:
    services = current_services()
    network, now, tables = chosen_network(place), services.clock.now(), services.evaluation_tables
    judged = judge_many(rows, network, services.law, now, tables=tables)
    return [(one.number, one.as_json()) for one in judged]


def _read(file: Path) -> Rows:
    if file.suffix == ".parquet":
        raise NotAvailableError("Parquet files need the extra 'batch'; give CSV or JSON lines")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = file.read_text(encoding="gb18030")
        except UnicodeDecodeError as wrong:
            raise _unreadable(f"{file} is neither UTF-8 nor GB18030 text") from wrong
    if text.lstrip().startswith("{"):
        return list(_json_lines(text))
    found = csv.DictReader(io.StringIO(text))
    missing = [name for name in ("from", "to") if name not in (found.fieldnames or ())]
    if missing:
        raise _unreadable(f"the file lacks the columns {', '.join(missing)}")
    return [
        (number, {key: value for key, value in row.items() if key})
        for number, row in enumerate(found, start=1)
    ]


def _json_lines(text: str) -> Iterator[tuple[int, dict[str, Any]]]:
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


def _unreadable(message: str) -> InvalidInputError:
    return InvalidInputError([FieldFault("file", message, "batch_file")])


def _write(out: Path, answers: list[dict[str, Any]]) -> None:
    writing = out.with_name(f".{out.name}.{os.getpid()}")
    with writing.open("w", encoding="utf-8", newline="") as lines:
        if out.suffix == ".csv":
            table = csv.DictWriter(lines, _COLUMNS)
            table.writeheader()
            table.writerows(_cells(answer) for answer in answers)
        else:
            for answer in answers:
                lines.write(json.dumps(answer, ensure_ascii=False, allow_nan=False) + "\n")
    writing.replace(out)


def _cells(answer: Mapping[str, Any]) -> dict[str, Any]:
    blocker = answer.get("first_blocker")
    errors = answer.get("error", ())
    return {
        **{name: answer.get(name) for name in _COLUMNS},
        "first_blocker": blocker
        and f"{blocker['kind']} {blocker['limit']:g} {blocker['unit']} "
        f"{blocker['name'] or blocker.get('structure') or blocker.get('edge')}",
        "error": "; ".join(f"{one['field']}: {one['message']}" for one in errors),
    }
