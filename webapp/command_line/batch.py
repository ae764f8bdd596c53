"""`dajian batch`: judge a file of transports, in several processes, one short answer each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from math import inf, isnan
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from transport.network.graph import RoadNetwork
from transport.services.judging_many import class_of, judge_many
from webapp.access import Services, current_services, provide, provider
from webapp.command_line.batch_files import Rows, check_out, read_rows, write_answers
from webapp.command_line.main import print_json
from webapp.command_line.networks import BUILT_IN, chosen_network, network_option
from webapp.command_line.passage_records import chosen_records

# Parts for each worker: few enough that neighbours stay together, enough that nobody waits long.
_PARTS_EACH = 6
_SORTED_BY = ("height_m", "width_m", "length_m", "mass_t")

Answers = list[tuple[int, dict[str, Any]]]


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--workers", type=click.IntRange(1, 64), default=1, help="Processes; 1 by default.")
@click.option(
    "--scheduler", metavar="ADDRESS", help="A Dask scheduler, tcp://HOST:PORT; workers are its own."
)
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
    everything else JSON lines, in the order of FILE: the same bytes from one process, many, or a
    cluster. What a process that dies had not answered is answered by another one. The processes of
    a cluster need this program, its settings, and the network at the same place.

    Example: dajian batch transports.csv --out answers.jsonl --workers 2 --network built-in
    """
    check_out(out, file)
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


def _judged(
    rows: Rows, place: str | None, workers: int, scheduler: str | None
) -> Iterator[tuple[int, dict[str, Any]]]:
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("judging", total=len(rows))
        for part in judge_parts(_parts(rows, workers), place, workers, scheduler):
            yield from part
            progress.advance(task, len(part))


def judge_parts(
    parts: list[Rows], place: str | None, workers: int, scheduler: str | None = None
) -> Iterator[Answers]:
    """Judge parts of the rows, here or in other processes, as they are done."""
    services = current_services()
    here, now = _absolute(place), services.clock.now()
    calls = [(provider(), here, now, one) for one in parts]
    for _, answers in services.workforce(workers, scheduler).run(_work, calls):
        yield answers


def _absolute(place: str | None) -> str | None:
    """Return a place that other processes find as well, wherever they were started."""
    return place if place in {None, BUILT_IN} else str(Path(str(place)).absolute())


def _parts(rows: Rows, workers: int) -> list[Rows]:
    """Divide the rows into some parts for each worker, vehicles of like sizes together.

    A worker gets whole classes where it can: what was made for one serves its neighbours too.
    """
    by_class: dict[str, Rows] = defaultdict(list)
    for number, row in rows:
        by_class[class_of(row)].append((number, row))
    largest = max(1, -(-len(rows) // workers))
    enough = max(1, len(rows) // (workers * _PARTS_EACH))
    parts: list[Rows] = []
    for _, one in sorted(by_class.items(), key=lambda pair: _sizes(pair[1][0][1])):
        for start in range(0, len(one), largest):
            piece = one[start : start + largest]
            if parts and len(parts[-1]) + len(piece) <= enough:
                parts[-1] += piece
            else:
                parts.append(piece)
    return parts


def _sizes(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what rows are sorted by: the day, then numbers as numbers, whatever stands there."""
    given = [str(row.get(name) or "") for name in _SORTED_BY]
    return str(row.get("travel_at") or ""), *((_number(text), text) for text in given)


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        return inf
    return inf if isnan(number) else number


def _work(given: Callable[[], Services], place: str | None, now: datetime, rows: Rows) -> Answers:
    """Judge rows in whatever process this is called; the day is that of the one who asked."""
    provide(given)
    services = current_services()
    tables, records = services.evaluation_tables, chosen_records(place)
    network = _built_in() if place == BUILT_IN else chosen_network(place)
    judged = judge_many(rows, network, services.law, now, tables=tables, records=records)
    return [(one.number, one.as_json()) for one in judged]


@cache
def _built_in() -> RoadNetwork:
    """Build the built-in network once a process."""
    return chosen_network(BUILT_IN)
