"""What is in use in a network folder: its manifest, and what the manifest names.

The manifest names one version, the records laid over it and the restrictions. Faults become errors
with a remedy.
"""

from __future__ import annotations

import json
from pathlib import Path

from road_data.manifest import SCHEMA_VERSION, Manifest
from transport.errors import NotFoundError, TransportError

MANIFEST = "manifest.json"
# Records brought back from a backup, waiting for the network to be built.
RESTORED = "restored-records.json"


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest; raises NotFoundError or TransportError naming the file."""
    path = folder / MANIFEST
    try:
        manifest = Manifest.from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as fault:
        raise no_network(folder) from fault
    except (OSError, KeyError, TypeError, ValueError) as fault:
        raise damaged(path, f"not a manifest of a network: {fault}", folder) from fault
    if manifest.schema_version != SCHEMA_VERSION:
        raise damaged(
            path,
            f"written with schema {manifest.schema_version}, this version reads {SCHEMA_VERSION}",
            folder,
        )
    return manifest


def token_in_use(folder: Path) -> str:
    """Name what is in use in a folder (version, records, restrictions); empty where nothing is.

    Manifests of other schemas are read too.
    """
    try:
        return "/".join(filter(None, names_in_use(folder)))
    except NotFoundError:
        return ""


def names_in_use(folder: Path) -> tuple[str, str, str]:
    """Return the names of version, records and restrictions in use; raises NotFoundError.

    Records and restrictions are empty where there are none.
    """
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        version, records, restrictions = (
            str(found.get(name, "")) for name in ("version", "records", "restrictions")
        )
    except FileNotFoundError as fault:
        raise no_network(folder) from fault
    except (OSError, ValueError, AttributeError) as fault:
        raise damaged(path, f"not a manifest of a network: {fault}", folder) from fault
    return version, records, restrictions


def read_document(folder: Path, name: str) -> str:
    """Return a document of the records in use, whatever the schema; empty where none are."""
    _, records, _ = names_in_use(folder)
    if not records:
        return ""
    path = folder / records / name
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise damaged(path, str(fault), folder) from fault


def read_restrictions_text(folder: Path) -> str:
    """Return the restrictions in use as they are stored; empty where none are."""
    _, _, restrictions = names_in_use(folder)
    if not restrictions:
        return ""
    path = folder / restrictions
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise damaged(path, str(fault), folder) from fault


def no_network(folder: Path) -> NotFoundError:
    """Return the error for a folder without a network."""
    return NotFoundError(
        f"{folder} holds no network; build one: 'dajian network build SOURCE --out {folder}'"
    )


def damaged(path: Path, why: str, folder: Path) -> TransportError:
    """Return the error for a file of a network that cannot be used."""
    return TransportError(
        f"{path}: {why}; build the network again with 'dajian network build SOURCE --out {folder}'"
    )
