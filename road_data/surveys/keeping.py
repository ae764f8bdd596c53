"""Keep records, decisions and restrictions over a network: read them, lay them, put them to use."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from road_data.in_use import RESTORED, read_document, read_manifest, token_in_use
from road_data.manifest import Manifest, Provenance
from road_data.opening import open_base, open_network
from road_data.restrictions import RestrictionRecord, records_to_text
from road_data.store import Overlay, save_network, save_overlay, save_restrictions
from road_data.surveys.carrying import (
    Laid,
    damaged,
    leave_waiting,
    read_bundle,
    read_laid,
    read_restrictions,
)
from road_data.surveys.cells import Kind
from road_data.surveys.draft import NETWORK, RECORD, REPORT, ROWS
from road_data.surveys.laying import Report, lay_records
from road_data.surveys.reading import read_file, refusal
from road_data.surveys.restricting import placed
from road_data.surveys.rows import Bundle, Decision, as_text
from transport.errors import (
    ConflictError,
    FieldFault,
    InvalidInputError,
    NotFoundError,
    TransportError,
)
from transport.network.graph import RoadNetwork

# Somebody who imports while a network is saved makes the saving start again.
_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows taken and left out, where all rows of the kind went."""

    kind: Kind
    rows: int
    skipped: tuple[FieldFault, ...]
    report: Report


def read_report(folder: Path) -> Report:
    """Return what became of the records of a network folder."""
    text = read_document(folder, REPORT)
    if not text:
        return Report()
    try:
        return Report.from_json(json.loads(text))
    except (KeyError, TypeError, ValueError) as fault:
        raise damaged(folder, REPORT, fault) from fault


def import_records(
    folder: Path, kind: Kind, path: Path, *, skip_bad_rows: bool = False, replace_all: bool = False
) -> Imported:
    """Lay the rows of a file over a network; nothing of it where a row has a fault.

    Rows with the key of an earlier row take its place; with `replace_all` all earlier rows of the
    kind go. Raises InvalidInputError with every fault by line and column, NotFoundError without
    network or file.
    """
    before = read_manifest(folder)
    read = read_file(kind, path)
    if read.faults and not skip_bad_rows:
        raise refusal(read, path)
    if not read.rows:
        text = f"{path.name} holds no row that can be used; nothing was imported"
        raise InvalidInputError([*read.faults, FieldFault(path.name, text, "no_rows")])
    bundle = read_bundle(folder).with_rows(kind, read.header, read.rows, replace=replace_all)
    report = _put_to_use(folder, before, bundle)
    return Imported(kind, len(read.rows), read.faults, report)


def export_records(folder: Path, kind: Kind) -> str:
    """Return the rows of a kind as the CSV or GeoJSON text that was imported.

    Raises NotFoundError where there are none.
    """
    bundle = read_bundle(folder)
    rows = bundle.of(kind)
    if not rows:
        text = f"{folder} has no {kind.value}; import some: 'dajian network import {kind.value}'"
        raise NotFoundError(text)
    if kind.is_geojson:
        features = [
            {"type": "Feature", "properties": dict(row.cells), "geometry": row.geometry}
            for row in rows
        ]
        document = {"type": "FeatureCollection", "features": features}
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(bundle.headers[kind])
    writer.writerows([row.cells.get(name, "") for name in bundle.headers[kind]] for row in rows)
    return out.getvalue()


def remove_records(folder: Path, kind: Kind) -> None:
    """Take all rows of a kind off the network; raises NotFoundError where there are none."""
    before, bundle = read_manifest(folder), read_bundle(folder)
    if not bundle.of(kind):
        raise NotFoundError(f"{folder} has no {kind.value}")
    rows = {other: rows for other, rows in bundle.rows.items() if other is not kind}
    _put_to_use(folder, before, Bundle(rows, bundle.headers, bundle.decisions))


def decide(folder: Path, decision: Decision) -> Report:
    """Record what somebody decided on a conflict, and use that value from now on.

    Raises NotFoundError for a conflict that does not exist, InvalidInputError for another word
    than record or network, or without a name or reason.
    """
    before, report = read_manifest(folder), read_report(folder)
    if decision.use not in (RECORD, NETWORK):
        message = f"'{decision.use}' is neither '{RECORD}' nor '{NETWORK}'"
        raise InvalidInputError([FieldFault("use", message, "decision")])
    empty = [name for name in ("by", "reason") if not getattr(decision, name).strip()]
    if empty:
        faults = [FieldFault(name, "say who decides and why", "decision") for name in empty]
        raise InvalidInputError(faults)
    if decision.conflict not in {one.id for one in report.conflicts}:
        text = f"no conflict '{decision.conflict}'; see 'dajian network conflicts {folder}'"
        raise NotFoundError(text)
    return _put_to_use(folder, before, read_bundle(folder).with_decision(decision))


def change_restrictions(
    folder: Path,
    change: Callable[
        [RoadNetwork, Bundle, tuple[RestrictionRecord, ...]], Iterable[RestrictionRecord]
    ],
) -> tuple[RestrictionRecord, ...]:
    """Replace the restrictions by what `change` makes of network, records and those before."""
    before = read_manifest(folder)
    network, bundle = open_network(folder), read_bundle(folder)
    records = tuple(change(network, bundle, read_restrictions(folder)))
    save_restrictions(folder, before, records_to_text(records) if records else "")
    return records


def save_with_records(network: RoadNetwork, folder: Path, provenance: Provenance) -> Manifest:
    """Save a new build; the records and restrictions of the folder are laid over it anew."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return _save_with_records(network, folder, provenance)
        except ConflictError:  # somebody imported meanwhile: lay that too
            continue
    return _save_with_records(network, folder, provenance)


def _save_with_records(network: RoadNetwork, folder: Path, provenance: Provenance) -> Manifest:
    before = token_in_use(folder)
    laid = read_laid(folder)
    overlay, _ = _overlay(network, laid.bundle, laid.restrictions)
    return save_network(network, folder, provenance=provenance, overlay=overlay, made_from=before)


def restore_laid(folder: Path, laid: Laid) -> bool:
    """Put records and restrictions of a backup in the place of those of a folder.

    Returns False where the folder has no network that can be read: the next build lays them.
    """
    try:
        before = read_manifest(folder)
        base = open_base(folder)
    except TransportError:
        if laid.is_empty:
            (folder / RESTORED).unlink(missing_ok=True)
            return False
        leave_waiting(folder, laid)
        return False
    overlay, _ = _overlay(base, laid.bundle, laid.restrictions)
    save_overlay(folder, before, base, overlay)
    (folder / RESTORED).unlink(missing_ok=True)
    return True


def _put_to_use(folder: Path, before: Manifest, bundle: Bundle) -> Report:
    base = open_base(folder)
    overlay, report = _overlay(base, bundle, read_restrictions(folder))
    save_overlay(folder, before, base, overlay)
    return report


def _overlay(
    base: RoadNetwork, bundle: Bundle, restrictions: Iterable[RestrictionRecord] = ()
) -> tuple[Overlay, Report]:
    """Lay everything over a base; a restriction whose place is gone stays without edges."""
    laid, report, documents = None, Report(), dict[str, str]()
    if not bundle.is_empty:
        laid, report = lay_records(base, bundle)
        documents = {ROWS: as_text(bundle.to_json()), REPORT: as_text(report.to_json())}
    records = tuple(
        placed(laid or base, bundle, record, or_nowhere=True) for record in restrictions
    )
    text = records_to_text(records) if records else ""
    return Overlay(laid, documents, text), report
