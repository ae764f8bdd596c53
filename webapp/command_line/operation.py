"""Running an installation: schema, backup and restore, the audit trail."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from road_data.in_use import RESTORED
from transport.errors import FieldFault, InvalidInputError, NotAvailableError
from transport.services.audit_anchors import Anchor, TrailCheck
from transport.services.case_history import check_audit, list_anchors
from webapp.access import Services, current_services
from webapp.command_line.main import print_json

_FILE = click.Path(dir_okay=False, path_type=Path)
_READ = click.Path(exists=True, dir_okay=False, path_type=Path)


def migrated_services() -> Services:
    """Return the services; raises NotAvailableError while the schema is not this version's."""
    services = current_services()
    current, newest = services.migrations.current(), services.migrations.newest()
    if current != newest:
        raise NotAvailableError(
            f"the database is at schema {current or 'none'}, this version needs {newest}: "
            "run 'dajian migrate' first"
        )
    return services


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def migrate(*, as_json: bool) -> None:
    """Bring the database to the schema of this version; safe to repeat.

    Example: dajian migrate
    """
    migrations = current_services().migrations
    before = migrations.current()
    after = migrations.upgrade()
    if as_json:
        print_json({"before": before, "after": after})
    elif before == after:
        click.echo(f"The database is at {after} already.")
    else:
        click.echo(f"The database went from {before or 'empty'} to {after}.")


@click.command()
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def backup(file: Path, *, as_json: bool) -> None:
    """Write database, uploaded files and keys into one archive FILE, while the product runs.

    With them go the records, decisions and restrictions that lie over the road network; the network
    itself is built again from its source. The archive holds private keys and personal data: keep it
    safe. It can be restored into either kind of database.

    Example: dajian backup /backup/dajian-2026-11-24.tar.gz
    """
    services = current_services()
    tables = services.backups.write(file.absolute(), services.clock.now())
    _say("Backed up", tables, file, as_json=as_json)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--replace", is_flag=True, help="Lose everything this installation holds now.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def restore(file: Path, *, replace: bool, as_json: bool) -> None:
    """Read an archive FILE into an empty installation; stop the server first.

    Records over the road network are laid over the one that is there, else over the next one built.

    Example: dajian restore /backup/dajian-2026-11-24.tar.gz
    """
    services = current_services()
    tables = services.backups.restore(file.absolute(), replace=replace)
    _say("Restored", tables, file, as_json=as_json)
    network = services.settings.data / "network"
    if (network / RESTORED).is_file():
        click.echo(
            "Official records and restrictions wait for their road network: "
            f"'dajian network build SOURCE --out {network}' lays them over it.",
            err=True,
        )


@click.group()
def audit() -> None:
    """Look after the audit trail.

    Example: dajian audit verify
    """


@audit.command("verify")
@click.option("--against", type=_READ, help="Anchors noted earlier with 'dajian audit anchors'.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def verify(*, against: Path | None, as_json: bool) -> None:
    """Check every event, the chain of each case and the anchor of each day; 1 where broken.

    Note the anchors elsewhere: with --against they show whether events were cut off or rewritten.

    Example: dajian audit verify --against anchors.json --json
    """
    noted = _read_anchors(against) if against else ()
    found = check_audit(migrated_services().unit_of_work, noted)
    if as_json:
        print_json({"intact": found.is_intact, **_written(found)})
    elif found.is_intact:
        click.echo(
            f"The audit trail is intact: {found.events} events of {found.subjects} cases and "
            f"others, {found.anchors} days anchored, last hash {found.last_hash or 'none'}."
        )
    else:
        click.echo(_what_broke(found), err=True)
    if not found.is_intact:
        sys.exit(1)


@audit.command("anchors")
def anchors() -> None:
    """Print the anchors of the closed days as JSON, to be kept outside this installation.

    Example: dajian audit anchors > /media/safe/anchors.json
    """
    print_json([_written(one) for one in list_anchors(migrated_services().unit_of_work)])


def _written(value: TrailCheck | Anchor) -> dict[str, Any]:
    fields = asdict(value).items()
    return {key: one.isoformat() if isinstance(one, date) else one for key, one in fields}


def _read_anchors(file: Path) -> tuple[Anchor, ...]:
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        return tuple(Anchor(**{**one, "day": date.fromisoformat(one["day"])}) for one in rows)
    except (ValueError, TypeError, KeyError) as wrong:
        message = f"{file} holds no anchors; write it with 'dajian audit anchors'"
        raise InvalidInputError([FieldFault("against", message)]) from wrong


def _what_broke(found: TrailCheck) -> str:
    parts = []
    if found.broken_at is not None:
        parts.append(f"at event {found.broken_at} of {found.events}")
    if found.broken_subject is not None:
        parts.append(f"in the chain of {found.broken_subject}")
    if found.broken_day is not None:
        parts.append(f"at the anchor of {found.broken_day}")
    if found.differs_on is not None:
        parts.append(f"against the anchor noted of {found.differs_on}")
    return f"The audit trail is broken {', '.join(parts)}."


def _say(done: str, tables: dict[str, int], file: Path, *, as_json: bool) -> None:
    if as_json:
        print_json({"file": str(file), "rows": tables})
        return
    click.echo(f"{done} {sum(tables.values())} rows of {len(tables)} tables: {file}")
