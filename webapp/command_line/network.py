"""`dajian network`: build a road network, look at what it knows, check the built-in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from road_data.building import BuiltNetwork, build_network
from road_data.built_in.checking import check_rows, format_rows
from road_data.built_in.counties import county_names
from road_data.built_in.loading import build_built_in, built_in_sources
from road_data.manifest import SCHEMA_VERSION, Manifest, Provenance, software_version
from road_data.opening import open_network, verify_network
from road_data.quality import (
    CountyCoverage,
    Coverage,
    StructureCoverage,
    county_coverage,
    coverage,
    structure_counts,
    structure_coverage,
)
from road_data.ranking import survey_ranking
from road_data.surveys.keeping import save_with_records
from road_data.writing import check_writable
from transport.network.graph import RoadNetwork
from transport.routing.ground import SMALL_NETWORK_EDGES
from webapp.access import current_services
from webapp.command_line.main import print_json
from webapp.command_line.network_records import (
    conflicts_command,
    decide_command,
    export_command,
    import_command,
    remove_command,
)
from webapp.command_line.network_restrictions import restrictions
from webapp.command_line.network_words import TwoLanguages, both, stage

BUILT_IN = "built-in"
_ROUNDED = 3
_STAGES = (
    "fetching",
    "reading",
    "describing",
    "joining",
    "placing names",
    "finding counties",
    "writing",
)


@click.group(cls=TwoLanguages)
def network() -> None:
    """Build and examine road networks.

    Example: dajian network build region.osm.pbf --out var/region
    """


@network.command()
@click.argument("source")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def build(source: str, out: Path, *, as_json: bool) -> None:
    """Build a network from SOURCE and put it to use in a folder.

    SOURCE is an OpenStreetMap extract (.osm.pbf, .osm, .osm.gz), an osmnx graph (.graphml),
    'place:NAME' to fetch a named place where a connection exists, or 'built-in' for the network of
    Inner Mongolia that comes with the product. If anything fails, the network in the folder stays
    as it was.

    Example: dajian network build region.osm.pbf --out var/region
    """
    check_writable(out)
    with _progress() as progress:
        made = _build(source, progress)
        progress("writing", made.network.edge_count)
        manifest = save_with_records(made.network, out, made.provenance)
        if made.network.edge_count >= SMALL_NETWORK_EDGES:
            from road_data.hierarchies import prepare_version  # noqa: PLC0415 - compiled code

            progress("preparing routes", made.network.edge_count)
            try:
                prepare_version(out)
            except OSError as fault:  # the network stands; routes prepare themselves, only later
                text = f"首次使用时再准备选线 / routes will be prepared at the first use ({fault})"
                click.echo(text, err=True)
    document = _summary(made.network, manifest)
    if as_json:
        print_json(document)
        return
    _print_summary(document)
    for note in made.network.notes:
        click.echo(both(note))
    click.echo(f"已写入 / Written to {out}")


@network.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def info(folder: Path, *, as_json: bool) -> None:
    """Tell what a network holds and how much of it is known.

    DIR is a folder, or 'built-in' for the network that comes with the product.

    Example: dajian network info var/network --json
    """
    opened, manifest = _described(folder)
    rows = coverage(opened)
    document = _summary(opened, manifest) | {
        "coverage": [_coverage_row(row) for row in rows],
        "coverage_by_county": [
            _coverage_row(row) for row in county_coverage(opened, county_names())
        ],
        "coverage_of_structures": [_coverage_row(row) for row in structure_coverage(opened)],
    }
    if as_json:
        print_json(document)
        return
    _print_summary(document)
    click.echo(
        f"{'attribute':18}{'class':18}{'known':>10}{'assumed':>10}{'demo':>10}{'unknown':>10}"
    )
    for row in rows:
        click.echo(
            f"{row.attribute:18}{row.road_class:18}{row.known_km:10.1f}{row.assumed_km:10.1f}"
            f"{row.demonstration_km:10.1f}{row.unknown_km:10.1f}"
        )


@network.command("surveys")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def surveys(folder: Path, *, as_json: bool) -> None:
    """Rank the unknown structures by how many plausible journeys cross them.

    Journeys are fastest ways between the network's places, drawn with a fixed seed. DIR may be
    'built-in'.

    Example: dajian network surveys var/network
    """
    ranking = survey_ranking(_described(folder)[0])
    if as_json:
        print_json(asdict(ranking))
        return
    click.echo(
        f"{ranking.journeys} plausible journeys, {ranking.decided_now_pct:.1f} % without a question"
    )
    for number, one in enumerate(ranking.priorities, start=1):
        click.echo(
            f"{number:4} {one.journeys:5} journeys  {one.kind:15}{one.name or one.structure}: "
            f"{', '.join(one.missing)} ({one.decided_pct:.1f} % decided with it)"
        )
    click.echo(
        f"survey the first {ranking.headline} and {ranking.gain_pct:.1f} % more can be decided"
    )


@network.command("check-built-in")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def check_built_in(*, as_json: bool) -> None:
    """Compare the built-in network with independent facts and print the table.

    Example: dajian network check-built-in
    """
    rows = check_rows()
    if as_json:
        print_json({"checks": [asdict(row) for row in rows]})
    else:
        click.echo(format_rows(rows))


for _command in (
    import_command,
    export_command,
    remove_command,
    conflicts_command,
    decide_command,
    restrictions,
):
    network.add_command(_command)


def _build(source: str, progress: Callable[[str, int], None]) -> BuiltNetwork:
    services = current_services()
    built_at = services.clock.now().isoformat(timespec="seconds")
    if source == BUILT_IN:
        progress("building", 0)
        return BuiltNetwork(build_built_in(built_at=built_at), Provenance(built_in_sources()))
    return build_network(
        Path(source),
        roads_folder=services.settings.config / "roads",
        built_at=built_at,
        progress=progress,
    )


@contextmanager
def _progress() -> Iterator[Callable[[str, int], None]]:
    """Show a bar with the stage on a terminal; say nothing elsewhere."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _stage, _done: None
        return
    columns = (
        SpinnerColumn(),
        BarColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(stage("starting"), total=len(_STAGES))

        def show(name: str, done: int) -> None:
            begun = _STAGES.index(name) if name in _STAGES else 0
            bar.update(task, completed=begun, description=f"{stage(name)} ({done:,})")

        yield show


def _summary(opened: RoadNetwork, manifest: Manifest) -> dict[str, Any]:
    return {
        "id": opened.id,
        "built_at": manifest.built_at,
        "sources": [asdict(source) for source in manifest.sources],
        "nodes": opened.node_count,
        "edges": opened.edge_count,
        "length_km": round(float(opened.length_m.sum()) / 1000, _ROUNDED),
        "structures": structure_counts(opened),
        "places": len(opened.places),
        "restrictions": len(opened.restrictions),
        "official_records": len(opened.surveys.records),
        "forbidden_turns": len(opened.forbidden_turns),
        "unreadable_tags": [asdict(tag) for tag in manifest.unreadable_tags],
        "notes": list(opened.notes),
        "schema_version": manifest.schema_version,
        "software_version": manifest.software_version,
    }


def _described(folder: Path) -> tuple[RoadNetwork, Manifest]:
    """Open a folder with its manifest, every checksum compared, or the built-in network."""
    if str(folder) != BUILT_IN:
        manifest = verify_network(folder)
        return open_network(folder), manifest
    made = build_built_in(built_at=current_services().clock.now().isoformat(timespec="seconds"))
    counts = {"nodes": made.node_count, "edges": made.edge_count}
    software = software_version()
    manifest = Manifest(
        made.id, made.built_at, "", SCHEMA_VERSION, software, built_in_sources(), counts, ()
    )
    return made, manifest


def _coverage_row(row: Coverage | CountyCoverage | StructureCoverage) -> dict[str, Any]:
    return {
        key: round(value, _ROUNDED) if isinstance(value, float) else value
        for key, value in asdict(row).items()
    }


def _print_summary(document: dict[str, Any]) -> None:
    click.echo(f"{document['id']}, 构建于 / built {document['built_at']}")
    for source in document["sources"]:
        as_of = f", 数据日期 / data of {source['as_of']}" if source["as_of"] else ""
        click.echo(f"来源 / from {source['name']}{as_of}")
    click.echo(
        f"{document['nodes']:,} 节点 / nodes, {document['edges']:,} 有向路段 / directed edges, "
        f"{document['length_km']:,.0f} km"
    )
    kinds = ", ".join(f"{kind} {count}" for kind, count in document["structures"].items() if count)
    click.echo(f"构造物 / structures: {kinds or '无 / none'}")
