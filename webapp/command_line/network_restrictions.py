"""`dajian network restrictions`: roadworks, closures, temporary and seasonal limits."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import click

from road_data.restrictions import RestrictionRecord
from road_data.surveys.carrying import read_restrictions, restrictions_to_text
from road_data.surveys.keeping import change_restrictions
from road_data.surveys.restricting import placed
from road_data.surveys.restriction_files import place_all, read_restriction_file
from road_data.surveys.rows import Bundle
from transport.errors import FieldFault, InvalidInputError, NotFoundError
from transport.network.attributes import LimitKind
from transport.network.closures import CHINA_TIME, RestrictionKind, read_weekly, read_yearly
from transport.network.graph import RoadNetwork
from transport.network.lane_closures import read_lanes
from webapp.access import current_services
from webapp.command_line.main import print_json

_LIMITS = {
    "max_height_m": LimitKind.SIGNED_HEIGHT,
    "max_width_m": LimitKind.SIGNED_WIDTH,
    "max_length_m": LimitKind.SIGNED_LENGTH,
    "max_mass_t": LimitKind.SIGNED_MASS,
    "max_axle_t": LimitKind.SIGNED_AXLE,
}
# Restrictions of other years are slips of the pen; far ones do not fit into a date.
_YEARS = range(1990, 2201)
_folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group()
def restrictions() -> None:
    """Restrict roads for a time; routes honour it at once, the network is not built again.

    Example: dajian network restrictions list var/network
    """


@restrictions.command()
@_folder
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in RestrictionKind]))
@click.option("--road", help="Number of the road, e.g. G6.")
@click.option("--from-km", type=float, help="First kilometre on the road.")
@click.option("--to-km", type=float, help="Last kilometre on the road.")
@click.option("--at", metavar="LON,LAT", help="A point on the road instead.")
@click.option("--to-at", "end_at", metavar="LON,LAT", help="The point where it ends.")
@click.option("--structure", help="Id of a structure instead.")
@click.option("--county", help="Code of a county instead: all its roads.")
@click.option("--class", "classes", multiple=True, help="Only roads of this class; repeatable.")
@click.option("--direction", type=click.Choice(["both", "up", "down"]), default="both",
              help="up: the way the kilometres grow, or from --at to --to-at.")  # fmt: skip
@click.option("--lanes", default="", metavar="WORDS",
              help="Lanes closed or open: '1 closed', 'lanes 1,2 closed'.")  # fmt: skip
@click.option("--closed", is_flag=True, help="Nobody passes.")
@click.option("--max-height-m", type=float)
@click.option("--max-width-m", type=float)
@click.option("--max-length-m", type=float)
@click.option("--max-mass-t", type=float)
@click.option("--max-axle-t", type=float)
@click.option("--from", "from_at", default="", metavar="TIME", help="A day, or a time with offset.")
@click.option("--to", "to_at", default="", metavar="TIME", help="A day (included), or a time.")
@click.option("--yearly", default="", metavar="MM-DD/MM-DD", help="Every year, e.g. 03-15/05-31.")
@click.option("--weekly", default="", metavar="HOURS", help="E.g. 'Mo-Fr 22:00-06:00'.")
@click.option("--reason", required=True, help="Why.")
@click.option("--issued-by", required=True, help="Who ordered it.")
@click.option("--soft", is_flag=True, help="The issuing body may consent to an exception.")
@click.option("--id", "name", default="", help="Your number for it; else one is given.")
@_json
def add(folder: Path, *, as_json: bool, **given: Any) -> None:
    """Add a restriction to the network in DIR.

    Example: dajian network restrictions add var/network --kind closure --road G6 --from-km 12
    --to-km 15 --closed --from 2026-05-11 --to 2026-05-20 --reason roadworks --issued-by 'G6 office'
    """
    record = _Given(given).record(current_services().clock.now().isoformat(timespec="seconds"))
    added: list[RestrictionRecord] = []

    def change(
        network: RoadNetwork, bundle: Bundle, before: tuple[RestrictionRecord, ...]
    ) -> Iterator[RestrictionRecord]:
        names = {one.id for one in before}
        name = record.id or next(n for i in range(1, len(names) + 2) if (n := f"R{i}") not in names)
        if name in names:
            message = f"'{name}' is already there; remove it first or choose another number"
            raise InvalidInputError([FieldFault("id", message, "restriction_id")])
        named = replace(record, id=name)
        added.append(placed(network, bundle, named))
        yield from (*before, *added)

    change_restrictions(folder, change)
    if as_json:
        print_json({"restriction": added[0].to_json()})
    else:
        click.echo(_line(added[0]))


@restrictions.command("list")
@_folder
@_json
def list_command(folder: Path, *, as_json: bool) -> None:
    """List the restrictions of the network in DIR, those of the past too.

    Example: dajian network restrictions list var/network --json
    """
    found = read_restrictions(folder)
    if as_json:
        print_json({"restrictions": [one.to_json() for one in found]})
        return
    for one in found:
        click.echo(_line(one))
    if not found:
        click.echo("没有限制 / no restrictions")


@restrictions.command("export")
@_folder
@click.option("--out", type=click.Path(path_type=Path), help="File to write; else printed.")
def export_command(folder: Path, out: Path | None) -> None:
    """Write all restrictions of the network in DIR as JSON, for another network or an archive.

    Example: dajian network restrictions export var/network --out restrictions.json
    """
    text = restrictions_to_text(read_restrictions(folder))
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as fault:
        message = f"{out} cannot be written ({fault.strerror})"
        raise InvalidInputError([FieldFault("out", message, "out")]) from fault


@restrictions.command("import")
@_folder
@click.argument("file", type=click.Path(path_type=Path))
@_json
def import_command(folder: Path, file: Path, *, as_json: bool) -> None:
    """Add the restrictions of FILE, as 'export' or 'list --json' wrote it, to the network in DIR.

    One with an id that is there takes its place. If any has a fault nothing is imported.

    Example: dajian network restrictions import var/network restrictions.json
    """
    given = read_restriction_file(file)

    def change(
        network: RoadNetwork, bundle: Bundle, before: tuple[RestrictionRecord, ...]
    ) -> list[RestrictionRecord]:
        placed = {one.id: one for one in place_all(network, bundle, given, file.name)}
        return [*({one.id: one for one in before} | placed).values()]

    change_restrictions(folder, change)
    if as_json:
        print_json({"imported": len(given)})
    else:
        click.echo(
            f"{file.name} 导入 {len(given)} 条限制 / "
            f"{len(given)} restrictions of {file.name} imported"
        )


@restrictions.command()
@_folder
@click.argument("name", metavar="ID")
def remove(folder: Path, name: str) -> None:
    """Remove the restriction ID.

    Example: dajian network restrictions remove var/network R1
    """

    def change(
        _network: RoadNetwork, _bundle: Bundle, before: tuple[RestrictionRecord, ...]
    ) -> list[RestrictionRecord]:
        left = [one for one in before if one.id != name]
        if len(left) == len(before):
            text = f"no restriction '{name}'; see 'dajian network restrictions list {folder}'"
            raise NotFoundError(text)
        return left

    change_restrictions(folder, change)
    click.echo(f"{name} 已删除 / removed")


@dataclass(frozen=True, slots=True)
class _Given:
    """The options as given; every fault among them is reported at once."""

    options: Mapping[str, Any]

    def record(self, recorded_at: str) -> RestrictionRecord:
        """Return the restriction that is meant; raises InvalidInputError."""
        faults: list[FieldFault] = []
        limits = self._limits(faults)
        record = RestrictionRecord(
            id=self.options["name"],
            kind=self.options["kind"],
            where=self._where(faults),
            reason=self.options["reason"].strip(),
            issued_by=self.options["issued_by"].strip(),
            direction=self.options["direction"],
            lanes=self.options["lanes"].strip(),
            closed=self.options["closed"],
            limits=limits,
            hard=not self.options["soft"],
            from_at=_moment(self.options["from_at"], "from", faults, end=False),
            to_at=_moment(self.options["to_at"], "to", faults, end=True),
            yearly=self.options["yearly"],
            weekly=self.options["weekly"],
            recorded_at=recorded_at,
        )
        faults += _time_faults(record)
        faults += [FieldFault(name, "may not be empty", "empty")
                   for name in ("reason", "issued_by") if not getattr(record, name)]  # fmt: skip
        if faults:
            raise InvalidInputError(faults)
        return record

    def _limits(self, faults: list[FieldFault]) -> dict[str, float]:
        given = {name: self.options[name] for name in _LIMITS if self.options[name] is not None}
        faults += [FieldFault(name, "must be a number above 0", "limit")
                   for name, value in given.items() if not 0 < value < math.inf]  # fmt: skip
        lanes = self.options["lanes"].strip()
        if not given and not self.options["closed"]:
            if not lanes:
                text = "give --closed, --lanes or a limit, e.g. --max-mass-t 20"
                faults.append(FieldFault("closed", text, "restriction_empty"))
            elif read_lanes(lanes) is None:
                text = f"'{lanes}' cannot be read; write e.g. '1 closed', 'lanes 1,2 closed'"
                faults.append(FieldFault("lanes", text, "lanes_unread"))
        return {_LIMITS[name].value: float(value) for name, value in given.items()}

    def _where(self, faults: list[FieldFault]) -> dict[str, Any]:
        options = self.options
        ways = [name for name in ("road", "at", "structure", "county") if options[name]]
        if len(ways) != 1:
            text = "name the place in exactly one way: --road, --at, --structure or --county"
            faults.append(FieldFault("road", text, "where"))
            return {}
        where: dict[str, Any] = {ways[0]: options[ways[0]]}
        if ways[0] == "at":
            points = {"at": options["at"], "to_at": options["end_at"]}
            where = {name: _point(text, name, faults) for name, text in points.items() if text}
        if ways[0] == "county" and options["classes"]:
            where["classes"] = list(options["classes"])
        kilometres = options["from_km"], options["to_km"]
        if ways[0] == "road" and any(km is not None for km in kilometres):
            if None in kilometres or not 0 <= kilometres[0] < kilometres[1]:
                faults.append(FieldFault("to_km", "give --from-km and a larger --to-km"))
            where |= {"from_km": kilometres[0], "to_km": kilometres[1]}
        return where


def _moment(text: str, field: str, faults: list[FieldFault], *, end: bool) -> str:
    """Read a day (for an end: the midnight after it) or a time with offset."""
    if not text:
        return ""
    try:
        day = date.fromisoformat(text)
        moment: datetime | None = datetime.combine(day, time(), CHINA_TIME)
        after = timedelta(days=1 if end else 0)
    except ValueError:
        moment, after = _instant(text), timedelta()
    if moment is None or moment.tzinfo is None:
        message = f"'{text}' is no day and no time with offset; write 2026-05-11T08:00+08:00"
        faults.append(FieldFault(field, message, "travel_at"))
        return ""
    if moment.year not in _YEARS:
        message = f"the year must be {_YEARS.start} to {_YEARS.stop - 1}"
        faults.append(FieldFault(field, message, "travel_at"))
        return ""
    return (moment + after).isoformat()


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _time_faults(record: RestrictionRecord) -> Iterator[FieldFault]:
    for field, text, read in (
        ("yearly", record.yearly, read_yearly),
        ("weekly", record.weekly, read_weekly),
    ):
        try:
            if text:
                read(text)
        except ValueError as fault:
            yield FieldFault(field, str(fault), "hours")
    if record.from_at and record.to_at:
        ends = datetime.fromisoformat(record.from_at), datetime.fromisoformat(record.to_at)
        if ends[0] >= ends[1]:
            yield FieldFault("to", "is not after the start", "hours")


def _point(text: str, field: str, faults: list[FieldFault]) -> list[float]:
    try:
        lon, lat = (float(part) for part in text.replace("，", ",").split(","))
    except ValueError:
        faults.append(FieldFault(field, f"'{text}' is no coordinate; write LON,LAT", "coordinate"))
        return [0.0, 0.0]
    return [lon, lat]


def _line(one: RestrictionRecord) -> str:
    where = " ".join(f"{name} {value}" for name, value in one.where.items())
    limits = [f"{kind} {value:g}" for kind, value in one.limits.items()]
    lanes = [f"lanes: {one.lanes}"] if one.lanes else []
    what = ", ".join([*(["closed"] if one.closed else limits), *lanes])
    when = " ".join(
        filter(None, (f"{one.from_at or '…'} – {one.to_at or '…'}", one.yearly, one.weekly))
    )
    hard = "" if one.hard else ", can be lifted by consent"
    return (
        f"{one.id}: {one.kind}, {where} ({one.direction}), {what}, {when}: {one.reason} "
        f"({one.issued_by}){hard}; {len(one.edges)} directed edges"
    )
