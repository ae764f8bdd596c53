"""Write into a network folder: one writer at a time, fresh files put in place in one step.

Whatever happens before the manifest is replaced leaves what is in use as it was.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path

import numpy as np

from road_data.arrays import Array
from road_data.in_use import MANIFEST, RESTORED
from road_data.manifest import Manifest
from transport.errors import FieldFault, InvalidInputError, TransportError

_REMEDIES = {
    errno.ENOSPC: "free some space or choose another folder",
    errno.EDQUOT: "free some space or choose another folder",
    errno.EFBIG: "free some space or choose another folder",
    errno.EROFS: "the disk is mounted read-only: choose a folder that can be written",
    errno.EACCES: "you may not write there: choose another folder or ask for the right",
    errno.EPERM: "you may not write there: choose another folder or ask for the right",
    errno.ENOTDIR: "a part of the path is a file: choose another folder",
    errno.EEXIST: "a part of the path is a file: choose another folder",
}
_BUILDING = ".building-"
_KEPT_VERSIONS = 2
_OURS = (_BUILDING, "v-", "r-", "t-", RESTORED)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the folder for one writer, sweep up afterwards, and say what the disk refused.

    Raises TransportError where it is read-only, full or out of order.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
        try:
            flock(handle, LOCK_EX)
            _sweep(folder)
            yield
        finally:
            _sweep(folder)
            os.close(handle)
    except OSError as fault:
        raise _refused(folder, fault) from fault


def check_writable(folder: Path) -> None:
    """Raise before a long build where the folder is read-only or holds something else."""
    try:
        refuse_foreign(folder)
        there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
        if not there.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(there))
        if not os.access(there, os.W_OK | os.X_OK):
            code = errno.EROFS if os.statvfs(there).f_flag & os.ST_RDONLY else errno.EACCES
            raise PermissionError(code, os.strerror(code), str(there))
    except OSError as fault:
        raise _refused(folder, fault) from fault


def _refused(folder: Path, fault: OSError) -> TransportError:
    """Say what to do: space, rights, or another place."""
    remedy = _REMEDIES.get(fault.errno or 0, "choose another folder")
    return TransportError(
        f"{folder}: the network could not be written ({fault.strerror}); {remedy}; the network "
        "there before is unchanged"
    )


def fresh(folder: Path) -> Path:
    """Make an empty folder to build in."""
    building = folder / f"{_BUILDING}{os.getpid()}"
    building.mkdir()
    return building


def write_array(path: Path, array: Array) -> str:
    """Write an array; return the hash of the file."""
    # Not straight into the file: numpy's own writing passes over a disk that is full.
    content = io.BytesIO()
    np.save(content, array, allow_pickle=False)
    return write_bytes(path, content.getbuffer())


def write_bytes(path: Path, content: bytes | memoryview) -> str:
    """Write a file to the disk itself; return its hash."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return hashlib.sha256(content).hexdigest()


def digest(files: Mapping[str, str]) -> str:
    """Name a set of files by its content."""
    text = "\n".join(f"{name} {files[name]}" for name in sorted(files))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def refuse_foreign(folder: Path) -> None:
    """Raise InvalidInputError for a folder that holds something else than a network."""
    if not folder.exists():
        return
    reason = None
    if not folder.is_dir():
        reason = "is a file"
    elif not (folder / MANIFEST).exists():
        others = [entry for entry in folder.iterdir() if not entry.name.startswith(_OURS)]
        reason = f"holds other files ({others[0].name})" if others else None
    if reason:
        text = f"{folder} {reason}; choose an empty folder, a new one, or one with a network"
        raise InvalidInputError([FieldFault("out", text, "foreign_folder")])


def _sweep(folder: Path) -> None:
    """Remove what builds left behind whose process has ended."""
    for left in folder.glob(f"{_BUILDING}*"):
        process = left.name.removeprefix(_BUILDING).split(".")[0]
        if process != str(os.getpid()) and process.isdigit() and _runs(int(process)):
            continue
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def put_in_place(building: Path, version: Path) -> None:
    """Give what was built its name."""
    if not version.exists():
        building.rename(version)
        return
    # Same name, same content, unless it was damaged since: each fresh file takes the place of its
    # own, so that there is no moment without a whole version.
    for made in building.iterdir():
        made.replace(version / made.name)
    building.rmdir()


def write_named(folder: Path, name: str, content: bytes) -> None:
    """Write one file of the folder under its name, in one step."""
    written = folder / f"{_BUILDING}{os.getpid()}.{name}"
    write_bytes(written, content)
    written.replace(folder / name)


def replace_manifest(folder: Path, manifest: Manifest) -> None:
    """Put a manifest to use, in one step; nothing before it changed what is in use."""
    text = json.dumps(manifest.to_json(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_named(folder, MANIFEST, text.encode())


def drop_old_versions(folder: Path, manifest: Manifest) -> None:
    """Keep the version before: a process may be opening it just now."""
    in_use = {manifest.version, manifest.records, manifest.restrictions}
    for pattern in ("v-*", "r-*", "t-*.json"):
        others = [entry for entry in folder.glob(pattern) if entry.name not in in_use]
        others.sort(key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
        for old in others[_KEPT_VERSIONS - 1 :]:
            if old.is_dir():
                shutil.rmtree(old, ignore_errors=True)
            else:
                old.unlink(missing_ok=True)
