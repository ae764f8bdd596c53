"""Running an installation: schema, backup and restore, the audit trail."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from transport.errors import NotAvailableError
from transport.services.case_history import verify_audit
from webapp.access import Services, current_services
from webapp.command_line.main import print_json

_FILE = click.Path(dir_okay=False, path_type=Path)


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

    The archive holds private keys and personal data: keep it safe. It can be restored into either
    kind of database.

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

    Example: dajian restore /backup/dajian-2026-11-24.tar.gz
    """
    tables = current_services().backups.restore(file.absolute(), replace=replace)
    _say("Restored", tables, file, as_json=as_json)


@click.group()
def audit() -> None:
    """Look after the audit trail.

    Example: dajian audit verify
    """


@audit.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def verify(*, as_json: bool) -> None:
    """Check the chain of hashes over every event; exit with 1 where it is broken.

    Note the last hash elsewhere: comparing it later shows whether events were cut off the end.

    Example: dajian audit verify --json
    """
    services = migrated_services()
    events, last_hash, broken = verify_audit(services.unit_of_work)
    if as_json:
        print_json(
            {
                "intact": broken is None,
                "events": events,
                "last_hash": last_hash,
                "broken_at": broken,
            }
        )
    elif broken is None:
        click.echo(f"The audit trail is intact: {events} events, last hash {last_hash or 'none'}.")
    else:
        click.echo(f"The audit trail is broken at event {broken} of {events}.", err=True)
    if broken is not None:
        sys.exit(1)


def _say(done: str, tables: dict[str, int], file: Path, *, as_json: bool) -> None:
    if as_json:
        print_json({"file": str(file), "rows": tables})
        return
    click.echo(f"{done} {sum(tables.values())} rows of {len(tables)} tables: {file}")
