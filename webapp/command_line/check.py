"""`dajian check`: one engineering check by itself, the list of checks, many checks of a file."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from transport.errors import FieldFault, InvalidInputError
from transport.services.running_checks import (
    CheckNeeds,
    NamedCheck,
    find_check,
    offered_checks,
    run_many,
)
from transport.vehicles.travel_time import read_travel_at
from webapp.access import current_services
from webapp.command_line.main import print_json

_COLUMNS = ("id", "check", "inputs_json")


class CheckGroup(click.Group):
    """`list`, `batch`, and every check under its own name."""

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return a named check as a command."""
        return super().get_command(ctx, name) or _command(name)


@click.group(cls=CheckGroup)
def check() -> None:
    """Run one engineering check by itself.

    Example: dajian check axle_distribution --input '{"tractor": "tractor_6x4",
    "trailer": "low_bed_3", "load": {"mass_t": 20, "length_m": 9}}'
    """


@check.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_checks(*, as_json: bool) -> None:
    """List the checks that this version runs.

    Example: dajian check list --json
    """
    checks = [
        {"check": one.name, "clause": one.clause, "method": one.method, "purpose": one.purpose}
        for one in _offered().values()
    ]
    if as_json:
        print_json({"checks": checks})
    else:
        click.echo("\n".join(f"{one['check']}: {one['purpose']}" for one in checks))


@check.command("batch")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
def batch(file: Path, out: Path) -> None:
    """Run a file with the columns id, check, inputs_json; write one JSON object a line.

    Example: dajian check batch checks.csv --out answers.jsonl
    """
    answers = run_many(_rows(file), _offered())
    with out.open("w", encoding="utf-8") as lines:
        for one in answers:
            lines.write(json.dumps(one, ensure_ascii=False, allow_nan=False) + "\n")


def _command(name: str) -> click.Command:
    """Make the command of one check; the check itself is looked up when it runs."""

    @click.command(name, help="Run this check; see 'dajian check --help' for an example.")
    @click.option("--input", "text", metavar="JSON", help="The input as one JSON object.")
    @click.option("--schema", "wants_schema", is_flag=True, help="Print the schema of the input.")
    @click.option("--json", "as_json", is_flag=True, help="Accepted; the answer is JSON anyway.")
    def command(text: str | None, *, wants_schema: bool, as_json: bool) -> None:  # noqa: ARG001
        found = find_check(name, _offered())
        if wants_schema:
            print_json(found.schema())
            return
        if text is None:
            message = "give the input as one JSON object, or ask for --schema"
            raise InvalidInputError([FieldFault("input", message, "required")])
        print_json(found.answer(_object(text, "input")))

    return command


def _offered() -> dict[str, NamedCheck]:
    services = current_services()
    day = read_travel_at(None, services.clock.now()).day
    return offered_checks(
        CheckNeeds(services.catalogue, services.law, day, services.evaluation_tables)
    )


def _object(text: str, field: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as wrong:
        message = f"is not valid JSON: {wrong.msg} at character {wrong.pos}"
        raise InvalidInputError([FieldFault(field, message, "json")]) from wrong
    if not isinstance(found, dict):
        raise InvalidInputError([FieldFault(field, "must be one JSON object", "object")])
    return found


def _rows(file: Path) -> Iterator[tuple[str, str, Any]]:
    """Yield id, check and input of every row; unreadable JSON stays text, and is refused later."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            message = f"the file lacks the columns {', '.join(missing)}"
            raise InvalidInputError([FieldFault("file", message, "columns")])
        for row in reader:
            try:
                given = json.loads(row["inputs_json"] or "")
            except json.JSONDecodeError:
                given = row["inputs_json"]
            yield row["id"], row["check"], given
