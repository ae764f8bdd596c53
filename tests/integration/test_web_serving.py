"""`dajian serve` and `dajian demo` as processes: ready, loopback only, careful with folders."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.enable_socket
DAJIAN = Path(sys.executable).parent / "dajian"
LONGEST_START_S = 60


def _environment(**more: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DAJIAN_")}
    return {**clean, **more}


def _refused(*arguments: str, **environment: str) -> str:
    ended = subprocess.run(
        [DAJIAN, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=_environment(**environment),
    )
    assert ended.returncode == 2, ended.stderr
    return ended.stderr


def _ready(address: str, process: subprocess.Popen[str]) -> dict[str, str]:
    for _ in range(LONGEST_START_S * 10):
        assert process.poll() is None, "the demonstration ended before it was ready"
        try:
            with urlopen(f"{address}healthz", timeout=5) as answer:  # noqa: S310 - loopback
                document: dict[str, str] = json.loads(answer.read())
                return document
        except URLError:
            time.sleep(0.1)
    raise AssertionError("not ready in time")


def test_the_demonstration_starts_serves_and_stops_cleanly(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [DAJIAN, "demo", "--port", "0", "--data", str(tmp_path / "var")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=_environment(),
    )
    try:
        assert process.stdout is not None
        # Read to the last line here: `communicate` would miss what this stream has buffered.
        said = ""
        while "Stop with" not in said:
            line = process.stdout.readline()
            assert line, "the demonstration ended before it was ready"
            said += line
        address = said.splitlines()[0].split(" at ")[1].strip()
        health = _ready(address, process)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
    assert health == {"status": "ok", "database": "ok", "network": "ok"}
    assert "administrator" in said
    assert process.returncode == 0
    assert (tmp_path / "var" / "session_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "example.org"])  # noqa: S104 - refused
def test_the_demonstration_refuses_every_address_but_loopback(tmp_path: Path, host: str) -> None:
    said = _refused("demo", "--host", host, "--data", str(tmp_path / "var"))
    assert "--host" in said
    assert "127.0.0.1" in said
    assert not (tmp_path / "var").exists()


def test_the_demonstration_leaves_a_real_installation_alone(tmp_path: Path) -> None:
    database = tmp_path / "dajian.sqlite3"
    database.write_text("precious")
    assert "--data" in _refused("demo", "--data", str(tmp_path), "--reset")
    assert database.read_text() == "precious"


def test_serving_asks_for_the_migrations_first(tmp_path: Path) -> None:
    assert "dajian migrate" in _refused("serve", "--port", "0", DAJIAN_DATA=str(tmp_path))


def test_a_wrong_setting_stops_the_start_with_its_name(tmp_path: Path) -> None:
    said = _refused("serve", DAJIAN_DATA=str(tmp_path), DAJIAN_HTTPS="perhaps")
    assert "DAJIAN_HTTPS" in said
