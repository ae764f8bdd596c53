"""`dajian network import`, `export` and what follows: official records over a network."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from road_data.surveys.cells import Kind
from road_data.surveys.draft import NETWORK, RECORD, Conflict
from road_data.surveys.keeping import (
    Imported,
    decide,
    export_records,
    import_records,
    read_report,
    remove_records,
)
from road_data.surveys.rows import Decision
from transport.errors import FieldFault, InvalidInputError
from webapp.access import current_services
from webapp.command_line.main import print_json
from webapp.command_line.network_words import both

KINDS = [kind.value for kind in Kind]
_LISTED = 20
_HOW = {
    "id": "按编号", "name": "按名称", "chainage": "按桩号", "distance": "按距离",
    "polygon": "按范围", "added": "新增", "unplaced": "未找到位置",
}  # fmt: skip
_kind = click.argument("kind", type=click.Choice(KINDS))
_folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.command("import")
@_kind
@_folder
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--skip-bad-rows", is_flag=True, help="Leave rows with faults out, take the others.")
@click.option("--replace", "replace_all", is_flag=True, help="Remove earlier rows of this kind.")
@_json
def import_command(
    kind: str, folder: Path, file: Path, *, skip_bad_rows: bool, replace_all: bool, as_json: bool
) -> None:
    """Lay official records of one KIND over the network in DIR; the build is not repeated.

    FILE is CSV (UTF-8 or GB18030) or Excel, for areas GeoJSON. A row is matched by id, then by
    road and kilometre, then by distance. If any row has a fault nothing is imported.

    Example: dajian network import structures var/network bridges.csv
    """
    done = import_records(
        folder, Kind(kind), file, skip_bad_rows=skip_bad_rows, replace_all=replace_all
    )
    if as_json:
        print_json(_imported(done))
        return
    for fault in done.skipped[:_LISTED]:
        click.echo(f"略过 / left out: {fault.field}: {both(fault.message)}", err=True)
    click.echo(
        f"{file.name} 导入 {done.rows} 行，略过 {len(done.skipped)} 处错误 / "
        f"{done.rows} rows of {file.name} imported, {len(done.skipped)} faults left out"
    )
    for how, count in sorted(done.report.counts(done.kind).items()):
        click.echo(f"  {_HOW.get(how, how)} / {how:10}{count:8}")
    for one in done.report.placings:
        if one.kind == kind and (one.how == "unplaced" or one.note):
            how = f"{_HOW.get(one.how, one.how)} / {one.how}"
            click.echo(f"  {one.file}:{one.line} {one.key}: {how}. {both(one.note)}")
    open_ones = [one for one in done.report.conflicts if not one.decided]
    if open_ones:
        click.echo(
            f"{len(open_ones)} 处冲突待定 / conflicts wait: 'dajian network conflicts {folder}'"
        )


@click.command("export")
@_kind
@_folder
@click.option("--out", type=click.Path(path_type=Path), help="File to write; else printed.")
@click.option("--encoding", type=click.Choice(["utf-8", "gb18030"]), default="utf-8")
def export_command(kind: str, folder: Path, out: Path | None, encoding: str) -> None:
    """Give back the records of one KIND as they were imported.

    Example: dajian network export structures var/network --out bridges.csv
    """
    content = export_records(folder, Kind(kind)).encode(encoding)
    if out is None:
        sys.stdout.write(content.decode(encoding))
        return
    try:
        out.write_bytes(content)
    except OSError as fault:
        message = f"{out} cannot be written ({fault.strerror})"
        raise InvalidInputError([FieldFault("out", message, "out")]) from fault


@click.command("remove-records")
@_kind
@_folder
def remove_command(kind: str, folder: Path) -> None:
    """Take all records of one KIND off the network again.

    Example: dajian network remove-records stations var/network
    """
    remove_records(folder, Kind(kind))
    click.echo(
        f"{kind} 已撤下，路网恢复自身数值 / {kind} removed; the network shows its own values again"
    )


@click.command("conflicts")
@_folder
@_json
def conflicts_command(folder: Path, *, as_json: bool) -> None:
    """List where official records contradict the network, and what was decided.

    Example: dajian network conflicts var/network
    """
    conflicts = read_report(folder).conflicts
    if as_json:
        print_json({"conflicts": [asdict(one) for one in conflicts]})
        return
    for one in conflicts:
        click.echo(_conflict(one))
    if not conflicts:
        click.echo("没有冲突 / no conflicts")


@click.command("decide")
@_folder
@click.argument("conflict")
@click.option("--use", required=True, type=click.Choice([RECORD, NETWORK]), help="Which value.")
@click.option("--by", required=True, help="Who decides.")
@click.option("--reason", required=True, help="Why.")
@_json
def decide_command(
    folder: Path, conflict: str, *, use: str, by: str, reason: str, as_json: bool
) -> None:
    """Decide a CONFLICT: the value of the record or of the network holds from now on.

    Example: dajian network decide var/network structures/B7/clear_height_m/4.5/4.8 --use record
    --by 'Bridge office' --reason 'measured again on 2026-05-02'
    """
    at = current_services().clock.now().isoformat(timespec="seconds")
    report = decide(folder, Decision(conflict, use, by, reason, at))
    decided = [one for one in report.conflicts if one.id == conflict]
    if as_json:
        print_json({"conflicts": [asdict(one) for one in decided]})
        return
    for one in decided:
        click.echo(_conflict(one))


def _imported(done: Imported) -> dict[str, Any]:
    report = done.report
    return {
        "kind": done.kind.value,
        "rows": done.rows,
        "skipped": [{"field": fault.field, "message": fault.message} for fault in done.skipped],
        "placed": report.counts(done.kind),
        "placings": [asdict(one) for one in report.placings if one.kind == done.kind.value],
        "conflicts": [asdict(one) for one in report.conflicts],
    }


def _conflict(one: Conflict) -> str:
    decided = f"decided by {one.decided_by}: {one.reason}" if one.decided else "not decided"
    return (
        f"{one.id}\n  {one.element} {one.attribute}: network {one.network_value:g} "
        f"[{one.network_source}], record {one.record_value:g} [{one.record_source}, "
        f"{one.file}:{one.line}]; used {one.used:g}, {decided}"
    )
