"""How long the pages of the demonstration take, beside an empty page in the same run."""

from __future__ import annotations

import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.pages import DEMONSTRATION_PASSWORD

TIMES = 40
COLD_LIMIT_S = 30.0
WARM_LIMIT_S = 5.0
# Sign-in name and address; `{case}` and `{enquiry}` are the first of each that the home page links.
PAGES = (
    ("factory", "/factory"),
    ("factory", "{enquiry}"),
    ("carrier", "/carrier"),
    ("carrier", "{case}"),
    ("handler", "/transport"),
    ("toll", "/toll-office"),
    ("administrator", "/law"),
)
pytestmark = [pytest.mark.bench, pytest.mark.enable_socket]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _start(data: Path, port: int) -> tuple[subprocess.Popen[bytes], float]:
    """Start the demonstration; return the process and the seconds until it answers."""
    command = Path(sys.executable).parent / "dajian"
    started = time.perf_counter()
    process = subprocess.Popen(
        [command, "demo", "--port", str(port), "--data", data],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while time.perf_counter() - started < 2 * COLD_LIMIT_S:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return process, time.perf_counter() - started
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    process.kill()
    raise AssertionError("the demonstration never answered")


class _Reader:
    """A signed-in reader who times pages."""

    def __init__(self, address: str, login: str) -> None:
        self.address = address
        handler = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(handler)
        form = self.text("/sign-in")
        token = form.split('name="csrf_token" value="')[1].split('"')[0]
        fields = {"csrf_token": token, "login": login, "password": DEMONSTRATION_PASSWORD}
        self.opener.open(f"{address}/sign-in", urlencode(fields).encode()).read()

    def text(self, path: str) -> str:
        with self.opener.open(f"{self.address}{path}") as answer:
            return str(answer.read().decode())

    def first_link(self, home: str, start: str) -> str:
        return start + self.text(home).split(f'href="{start}')[1].split('"')[0]

    def times_ms(self, path: str) -> list[float]:
        self.text(path)
        found = []
        for _ in range(TIMES):
            started = time.perf_counter()
            self.text(path)
            found.append((time.perf_counter() - started) * 1000)
        return found


def _quantiles(times_ms: list[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(times_ms, n=20)
    return cuts[9], cuts[18]


def test_pages_and_cold_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, port = tmp_path / "demo", _free_port()
    process, cold_s = _start(data, port)
    address = f"http://127.0.0.1:{port}"
    lines = []
    try:
        empty_ms, _ = _quantiles(_Reader(address, "factory").times_ms("/healthz"))
        for login, path in PAGES:
            reader = _Reader(address, login)
            real = path
            if path == "{enquiry}":
                real = reader.first_link("/factory", "/enquiries/")
            if path == "{case}":
                real = "/" + reader.first_link("/carrier", "/carrier/cases/DJ")[len("/carrier/") :]
            p50, p95 = _quantiles(reader.times_ms(real))
            ratio = p50 / empty_ms
            lines.append(
                f"{login:14} {path:12} p50 {p50:7.1f} ms  p95 {p95:7.1f} ms  {ratio:5.1f} x health"
            )
    finally:
        process.terminate()
        process.wait(10)
    process, warm_s = _start(data, port)
    process.terminate()
    process.wait(10)
    shutil.rmtree(data)
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines))
        sys.stdout.write(
            f"\nfirst start {cold_s:.1f} s (bound {COLD_LIMIT_S:.0f}), "
            f"later start {warm_s:.1f} s (bound {WARM_LIMIT_S:.0f})\n"
        )
    assert cold_s < COLD_LIMIT_S
    assert warm_s < WARM_LIMIT_S
