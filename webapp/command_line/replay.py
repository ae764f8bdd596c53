"""`dajian replay`: the rules over past decisions, and where they disagree with people."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from transport.errors import FieldFault, InvalidInputError
from transport.services.replaying import replay as run_replay
from webapp.access import current_services
from webapp.command_line.main import print_json


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def replay(file: Path, *, as_json: bool) -> None:
    """Compare past decisions in FILE with the rules of their day.

    FILE is CSV (UTF-8 or GB18030) with the columns number, decided_on (2026-03-01), outcome (grant
    or refuse), height_m, width_m, length_m, mass_t, axle_loads_t (joined by ';'); axle_spacings_m,
    category (I, II, III), origin_admin and destination_admin may be given. Rows that cannot be read
    are told by line and field. The route is not judged again: it is not in the file.

    Example: dajian replay decisions-2025.csv --json
    """
    found = run_replay(_text(file), current_services().law)
    if as_json:
        print_json({**asdict(found), "by_kind": dict(found.by_kind)})
        return
    click.echo(f"{found.rows} decisions: {found.agreed} agree, {len(found.bad)} faults in rows")
    for kind, count in found.by_kind.items():
        click.echo(f"  {kind}: {count}")
    for one in found.differs:
        click.echo(
            f"line {one.line} {one.number}: {one.kind}, people {one.people}, rules {one.rules}"
        )
    for fault in found.bad:
        click.echo(f"line {fault.line} {fault.field}: {fault.message}", err=True)


def _text(file: Path) -> str:
    content = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInputError([FieldFault("file", "is neither UTF-8 nor GB18030", "not_text")])
