"""`dajian batch`: judge a file of transports, in several processes, one short answer each."""

from __future__ import annotations

import multiprocessing
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from transport.errors import NotAvailableError
from transport.services.judging_many import class_of, judge_many
from webapp.access import current_services, provide, provider
from webapp.command_line.batch_files import Rows, check_out, read_rows, write_answers
from webapp.command_line.main import print_json
from webapp.command_line.networks import chosen_network, network_option
from webapp.command_line.passage_records import chosen_records

Answers = list[tuple[int, dict[str, Any]]]


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

    FILE is CSV, JSON lines or Parquet (with the extra 'batch') with the columns id, from, to, and
    those of a transport (height_m, width_m, length_m, mass_t, axle_loads_t, ...; lists are joined
    by ';'); via, avoid and travel_at may be given. --out ending in .csv or .parquet writes that,
    everything else JSON lines, in the order of FILE.

    Example: dajian batch transports.csv --out answers.jsonl --workers 2 --network built-in
    """
    check_out(out)
    rows = read_rows(file)
    answers = sorted(_judged(rows, network_place, workers, scheduler), key=lambda one: one[0])
    write_answers(out, [answer for _, answer in answers])
    counts: dict[str, int] = defaultdict(int)
    for _, answer in answers:
        counts[answer.get("status", "error")] += 1
    if as_json:
        print_json({"rows": len(rows), "by_status": dict(counts), "out": str(out)})
    else:
        said = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
        click.echo(f"{len(rows)} rows: {said or 'none'}; written to {out}")


def executor_for(workers: int, scheduler: str | None) -> Executor | None:
    """Return where the classes of a batch are judged, None for this very process.

    The one place that chooses it: whatever keeps the promises of `concurrent.futures.Executor`
    serves, since the work and its answers are plain values.
    """
    if scheduler is not None:
        raise NotAvailableError("a scheduler is not part of this version; give --workers N")
    if workers == 1:
        return None
    # Started afresh: compiled code and threads of this process are not to be copied.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        workers, mp_context=context, initializer=provide, initargs=(provider(),)
    )


def _judged(
    rows: Rows, place: str | None, workers: int, scheduler: str | None
) -> Iterator[tuple[int, dict[str, Any]]]:
    executor = executor_for(workers, scheduler)
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("judging", total=len(rows))
        for part in judge_classes(_classes(rows, workers), place, executor):
            yield from part
            progress.advance(task, len(part))


def judge_classes(
    classes: list[Rows], place: str | None, executor: Executor | None
) -> Iterator[Answers]:
    """Judge classes of rows, in an executor as they are done, or one after the other here."""
    if executor is None:
        yield from (_work(place, one) for one in classes)
        return
    with executor:
        jobs = [executor.submit(_work, place, one) for one in classes]
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
    records = chosen_records(place)
    judged = judge_many(rows, network, services.law, now, tables=tables, records=records)
    return [(one.number, one.as_json()) for one in judged]
