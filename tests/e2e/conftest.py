"""The real application as its users start it: `dajian demo` in a process of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser import chromium

SCREENSHOTS = Path(__file__).parent / "screenshots"


@dataclass(frozen=True)
class Demonstration:
    """A running demonstration: its address and its data folder."""

    address: str
    data: Path


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """Start `dajian demo` on a free port over an empty folder."""
    data = tmp_path_factory.mktemp("demo") / "var"
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [
        str(Path(sys.executable).parent / "dajian"),
        *("demo", "--port", str(port), "--data", str(data)),
    ]
    environment = {**os.environ, "DAJIAN_PUBLIC_SITE": address}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if line.startswith("Stop with"):
                break
        assert process.poll() is None, "".join(said)
        yield Demonstration(address, data)
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """Start what drives the browsers; there can be one in a process."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    """Start one Chromium for all tests with WebGL."""
    with chromium(driver) as started:
        yield started


@pytest.fixture(scope="session")
def old_browser(driver: Playwright) -> Iterator[Browser]:
    """Start a Chromium without WebGL, as old office computers have it."""
    with chromium(driver, "--disable-3d-apis") as started:
        yield started


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Return an empty folder for pictures, left for people to look at."""
    shutil.rmtree(SCREENSHOTS, ignore_errors=True)
    SCREENSHOTS.mkdir()
    return SCREENSHOTS
