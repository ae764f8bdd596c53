"""The server is killed in the middle of work: what was answered is kept, and work goes on."""

from __future__ import annotations

import http.cookiejar
import os
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.pages import DEMONSTRATION_PASSWORD

pytestmark = pytest.mark.enable_socket
_MORE_THAN_FIT = 1000
_DRAFT = {
    "name": "墙板",
    "component_numbers": "K-1",
    "material": "precast",
    "length_m": "9",
    "width_m": "3.5",
    "height_m": "3.2",
    "mass_t": "20",
}


class Firm:
    """Somebody of a logistics firm with a plain HTTP client."""

    def __init__(self, address: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.client = urllib.request.build_opener(cookies)
        self.send("/sign-in", {"login": "carrier", "password": DEMONSTRATION_PASSWORD})

    def send(self, path: str, fields: dict[str, str]) -> str:
        """Fill the form of a page and return the address that it led to."""
        page = self.client.open(self.address + path, timeout=20).read().decode()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert token is not None
        body = urllib.parse.urlencode({**fields, "csrf_token": token[1]}).encode()
        return str(self.client.open(self.address + path, body, timeout=20).geturl())

    def draft(self) -> str:
        """Start an application and return its number."""
        return self.send("/carrier/cases/new", _DRAFT).split("/")[-2]


@contextmanager
def _serving(port: int, data: Path) -> Iterator[subprocess.Popen[str]]:
    command = [str(Path(sys.executable).parent / "dajian"), "demo"]
    with subprocess.Popen(
        [*command, "--port", str(port), "--data", str(data)],
        env={**os.environ, "DAJIAN_PUBLIC_SITE": f"http://127.0.0.1:{port}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("Stop with"):
                break
        assert process.poll() is None, "".join(said)
        try:
            yield process
        finally:
            process.kill()


def test_nothing_that_was_answered_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    data, address = tmp_path / "var", f"http://127.0.0.1:{port}"
    answered: list[str] = []
    with _serving(port, data) as process:
        firm = Firm(address)
        answered.append(firm.draft())  # how long the first takes says nothing about the middle
        threading.Timer(1.5, process.kill).start()
        with suppress(urllib.error.URLError, OSError):
            while len(answered) < _MORE_THAN_FIT:
                answered.append(firm.draft())
    assert len(answered) < _MORE_THAN_FIT
    with _serving(port, data):
        later = Firm(address)
        for number in answered:
            case = later.client.open(f"{address}/cases/{number}", timeout=20)
            assert number in case.read().decode()
        assert later.draft() not in answered
    database = sqlite3.connect(data / "dajian.sqlite3")
    assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
    database.close()
