"""`dajian parts`: read a parts list or building model, and say every fault of it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from transport.delivery.families import families_of
from transport.delivery.parts import Part
from transport.delivery.reading_models import ModelWay
from transport.delivery.reading_parts import ReadParts
from transport.services.keeping_projects import PartsFile, read_file
from webapp.access import current_services
from webapp.command_line.main import print_json


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--origin", default="", metavar="NAME", help="Factory of a model's pieces.")
@click.option("--destination", default="", metavar="NAME", help="Site of a model's pieces.")
@click.option("--deliver-by", default="", metavar="YYYY-MM-DD", help="Day a model's are needed.")
@click.option("--skip-bad-rows", is_flag=True, help="Leave out rows with faults.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def parts(
    file: Path,
    origin: str,
    destination: str,
    deliver_by: str,
    *,
    skip_bad_rows: bool,
    as_json: bool,
) -> None:
    """Read a parts list: CSV, Excel, or a building model (IFC, extra 'bim').

    Every value says where it comes from; one worked out from volume and material is assumed.

    Example: dajian parts tower.ifc --origin 包头 --destination 呼和浩特 --json
    """
    catalogue = current_services().catalogue.components
    way = ModelWay(origin, destination, deliver_by)
    brought = PartsFile(file.name, file.read_bytes(), skip_bad_rows, way)
    read = read_file(brought, catalogue)
    if as_json:
        print_json(_document(read))
        return
    families = families_of(read.parts, catalogue)
    click.echo(f"{sum(one.pieces for one in families)} pieces of {len(families)} families")
    for family in families:
        piece = family.piece
        assumed = " (mass assumed)" if family.mass_is_assumed else ""
        click.echo(
            f"  {family.code} {piece.name_zh}: {piece.length_m:g} x {piece.width_m:g} x "
            f"{piece.height_m:g} m, {piece.mass_t:g} t{assumed}, {family.pieces} pieces"
        )
    if read.cast_on_site:
        click.echo(f"{read.cast_on_site} elements that are cast on site stay out.")
    for fault in read.faults:
        click.echo(f"Left out: {fault.message}", err=True)


def _document(read: ReadParts) -> dict[str, Any]:
    return {
        "parts": [_row(one) for one in read.parts],
        "pieces": sum(one.quantity for one in read.parts),
        "skipped": list(read.bad_lines),
        "faults": [{"field": one.field, "message": one.message} for one in read.faults],
        "cast_on_site": read.cast_on_site,
    }


def _row(part: Part) -> dict[str, Any]:
    """Return a part with the names of the columns, and the origin of sizes and mass."""
    row = asdict(part)
    row = {"component_id": row.pop("number"), **row}
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()
    }
