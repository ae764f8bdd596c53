from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from road_data.store import save_network
from tests.maps import draw
from tests.passes import DURING, KEY, PUBLIC, SITE, claims
from transport.verification.key_file import write_key_file
from transport.verification.pass_token import RoadStretch
from transport.verification.revocations import RevocationList, RevokedPass, sign_revocations
from transport.verification.signing import sign
from webapp import access
from webapp.command_line.main import run
from webapp.composition import Composition
from webapp.settings import read_settings

_TOKEN = sign(claims(), KEY, SITE)
_AT = "2026-11-05T09:00:00+08:00"


@pytest.fixture
def keys(tmp_path: Path) -> str:
    path = tmp_path / "keys.json"
    path.write_text(write_key_file([PUBLIC]), "utf-8")
    return str(path)


def _verify(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run(["pass", "verify", *arguments, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def _refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["pass", "verify", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err


def test_a_token_is_verified(keys: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = _verify(capsys, _TOKEN, "--keys", keys, "--at", _AT)
    assert answer["outcome"] == "valid"
    assert answer["claims"]["tractor_plate"] == "蒙B12345"
    assert answer["revocations_as_of"] is None
    assert answer["on_route"] is None


def test_a_text_file_with_the_token_is_verified(
    keys: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scan.txt"
    path.write_text(f"{_TOKEN}\n", "utf-8")
    assert _verify(capsys, str(path), "--keys", keys, "--at", _AT)["outcome"] == "valid"


@pytest.mark.parametrize(
    ("at", "outcome"),
    [
        ("2026-10-31T23:59:59+08:00", "not_yet"),
        ("2026-10-31T16:00:00Z", "valid"),
        ("2026-11-20T23:59:59+08:00", "valid"),
        ("2026-11-20T16:00:00+00:00", "expired"),
    ],
)
def test_the_instant_decides(
    at: str, outcome: str, keys: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _verify(capsys, _TOKEN, "--keys", keys, "--at", at)["outcome"] == outcome


def test_forged_and_unreadable_are_answers_not_errors(
    keys: str, capsys: pytest.CaptureFixture[str]
) -> None:
    forged = _TOKEN[:200] + ("A" if _TOKEN[200] != "A" else "B") + _TOKEN[201:]
    answer = _verify(capsys, forged, "--keys", keys, "--at", _AT)
    assert (answer["outcome"], answer["claims"]) == ("forged", None)
    assert _verify(capsys, "HELLO", "--keys", keys, "--at", _AT)["outcome"] == "unreadable"


def test_a_revoked_pass_is_told_with_the_age_of_the_list(
    keys: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "revocations.cose"
    listed = RevocationList(DURING - timedelta(hours=3), (RevokedPass(claims().number, 2),))
    path.write_bytes(sign_revocations(listed, KEY))
    answer = _verify(capsys, _TOKEN, "--keys", keys, "--revocations", str(path), "--at", _AT)
    assert answer["outcome"] == "revoked"
    assert datetime.fromisoformat(answer["revocations_as_of"]) == listed.as_of


def test_an_unknown_key_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "none.json"
    path.write_text('{"keys": []}', "utf-8")
    answer = _verify(capsys, _TOKEN, "--keys", str(path), "--at", _AT)
    assert answer["outcome"] == "unknown_key"


@pytest.mark.parametrize(
    ("place", "on_route"),
    [(("G6", "--km", "630"), True), (("G6", "--km", "700"), False), (("G6",), None)],
)
def test_a_road_number_and_post_tell_whether_on_the_route(
    place: tuple[str, ...],
    on_route: bool | None,  # noqa: FBT001
    keys: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = _verify(capsys, _TOKEN, "--keys", keys, "--at", _AT, "--road", *place)
    assert answer["on_route"] is on_route


@pytest.fixture
def services(tmp_path: Path) -> Iterator[None]:
    composition = Composition(
        read_settings({"DAJIAN_DATA": str(tmp_path), "DAJIAN_KEY_PASSPHRASE": "only for tests"})
    )
    before = list(access._provider)
    access.provide(lambda: composition)
    yield
    access._provider[:] = before


@pytest.mark.usefixtures("services")
def test_a_coordinate_and_a_network_tell_whether_on_the_route(
    keys: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = draw("A---B---C", "AB BC", facts={"AB": {"ref": "G6"}, "BC": {"ref": "G7"}})
    save_network(town, tmp_path / "town")
    west, middle, east = (
        (float(town.node_lon[node]), float(town.node_lat[node])) for node in range(3)
    )
    token = sign(claims(roads=(RoadStretch("G6"),), joints=(west, middle)), KEY, SITE)
    usual = (token, "--keys", keys, "--at", _AT, "--network", str(tmp_path / "town"))
    on = f"{(west[0] + middle[0]) / 2},{west[1]}"
    off = f"{(east[0] + middle[0]) / 2},{west[1]}"
    assert _verify(capsys, *usual, "--place", on)["on_route"] is True
    assert _verify(capsys, *usual, "--place", off)["on_route"] is False
    assert _verify(capsys, *usual, "--place", "113,44")["on_route"] is None
    assert "place: 'Baotou'" in _refused(capsys, *usual, "--place", "Baotou")


@pytest.mark.usefixtures("services")
def test_without_a_time_the_present_moment_counts(
    keys: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = _verify(capsys, _TOKEN, "--keys", keys)
    assert datetime.fromisoformat(answer["at"]).utcoffset() == timedelta(hours=8)


@pytest.mark.usefixtures("services")
def test_keys_are_made_rotated_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["keys", "list"]) == 0
    assert "dajian keys new" in capsys.readouterr().err
    assert run(["keys", "new", "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert run(["keys", "rotate"]) == 0
    capsys.readouterr()
    assert run(["keys", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["keys"]
    assert [key["retired_on"] is None for key in listed] == [False, True]
    assert listed[0]["kid"] == first["kid"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--at", "2026-11-05"), "at: '2026-11-05' has no offset"),
        (("--at", "tomorrow"), "at: 'tomorrow' is no time"),
        (("--place", "109.8,40.6"), "network: --place needs --network"),
        (("--km", "5"), "road: --km needs --road"),
    ],
)
def test_wrong_arguments_name_the_field(
    arguments: tuple[str, ...], message: str, keys: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert message in _refused(capsys, _TOKEN, "--keys", keys, *arguments)


def test_files_that_are_not_what_they_should_be_are_refused(
    keys: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "scan.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xff")
    broken = tmp_path / "broken.json"
    broken.write_text("{", "utf-8")
    assert "pictures and PDF" in _refused(capsys, str(picture), "--keys", keys, "--at", _AT)
    assert "no file" in _refused(capsys, "missing.txt", "--keys", keys, "--at", _AT)
    assert "not JSON" in _refused(capsys, _TOKEN, "--keys", str(broken), "--at", _AT)
    assert "not a signed" in _refused(
        capsys, _TOKEN, "--keys", keys, "--revocations", str(broken), "--at", _AT
    )


def test_people_read_the_answer_line_by_line(keys: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pass", "verify", _TOKEN, "--keys", keys, "--at", _AT]) == 0
    printed = capsys.readouterr().out
    assert "outcome: valid" in printed
    assert "number: DJ15-2026-000123" in printed


# Wraps the command where the system gives no network of its own: a socket then ends the process.
_NO_SOCKETS = """
import os, sys
def watch(event, arguments):
    if event.startswith("socket."):
        os.write(2, f"network used: {event} {arguments}".encode())
        os._exit(99)
sys.addaudithook(watch)
from webapp.app import main
main()
"""


@pytest.fixture(scope="module", params=["namespace", "audit hook"])
def offline(request: pytest.FixtureRequest) -> list[str]:
    """Give how the real command starts in a process that cannot reach any network."""
    if request.param == "audit hook":
        return [sys.executable, "-c", _NO_SOCKETS]
    cut_off = ["unshare", "--map-root-user", "--net"]
    try:
        allowed = subprocess.run([*cut_off, "true"], capture_output=True, check=False)
    except OSError as missing:
        pytest.skip(f"needs unshare (util-linux): {missing}")
    if allowed.returncode:
        pytest.skip(f"may not make a network namespace: {allowed.stderr.decode().strip()}")
    return [*cut_off, str(Path(sys.executable).parent / "dajian")]


def test_the_cut_off_is_real(offline: list[str]) -> None:
    reach = "import socket; socket.create_connection(('127.0.0.1', 9), timeout=2)"
    if offline[0] == "unshare":
        command = [*offline[:-1], sys.executable, "-c", reach]
        said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
        assert "Network is unreachable" in said
    else:
        watched = _NO_SOCKETS.partition("from webapp")[0] + reach
        done = subprocess.run([sys.executable, "-c", watched], capture_output=True, check=False)
        assert done.returncode == 99


def test_a_pass_is_verified_without_any_network(
    offline: list[str], keys: str, tmp_path: Path
) -> None:
    town = draw("A---B", "AB", facts={"AB": {"ref": "G6"}})
    save_network(town, tmp_path / "town")
    ends = [(float(town.node_lon[node]), float(town.node_lat[node])) for node in range(2)]
    token = sign(claims(roads=(RoadStretch("G6"),), joints=tuple(ends)), KEY, SITE)
    changed = "A" if token[200] != "A" else "B"
    middle = f"{(ends[0][0] + ends[1][0]) / 2},{ends[0][1]}"
    revoked = tmp_path / "revocations.cose"
    listed = RevocationList(DURING - timedelta(hours=3), (RevokedPass(claims().number, 2),))
    revoked.write_bytes(sign_revocations(listed, KEY))
    none_revoked = tmp_path / "none.cose"
    none_revoked.write_bytes(sign_revocations(replace(listed, revoked=()), KEY))

    def verified(text: str, revocations: Path) -> dict[str, Any]:
        done = subprocess.run(
            [
                *(*offline, "pass", "verify", text, "--keys", keys, "--at", _AT, "--json"),
                *("--revocations", str(revocations)),
                *("--place", middle, "--network", str(tmp_path / "town")),
            ],
            env={**os.environ, "DAJIAN_DATA": str(tmp_path / "data")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer

    valid = verified(token, none_revoked)
    assert (valid["outcome"], valid["on_route"]) == ("valid", True)
    assert verified(token, revoked)["outcome"] == "revoked"
    assert verified(token[:200] + changed + token[201:], none_revoked)["outcome"] == "forged"
