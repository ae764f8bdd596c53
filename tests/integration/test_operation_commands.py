"""The commands of an administrator, on a database of their own."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.factories import World
from transport.services import signing_in
from webapp import access
from webapp.command_line.main import run
from webapp.composition import Composition
from webapp.settings import read_settings
from webapp.storage.database import open_database


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Composition:
    """Give the services of an installation in an empty folder to the commands."""
    services = Composition(read_settings({"DAJIAN_DATA": str(tmp_path / "data")}))
    monkeypatch.setattr(access, "_provider", [lambda: services])
    return services


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


OFFICE = ("org", "create", "自治区交通运输厅", "--role", "transport", "--admin-code", "150000")


def test_an_installation_is_migrated_before_anybody_is_added(
    installation: Composition, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*OFFICE]) == 3
    assert "run 'dajian migrate' first" in capsys.readouterr().err
    assert answer(capsys, "migrate")["before"] is None
    again = answer(capsys, "migrate")
    assert again["before"] == again["after"] == installation.migrations.newest()


def test_a_data_folder_that_cannot_be_made_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder")
    composition = Composition(read_settings({"DAJIAN_DATA": str(tmp_path / "file" / "data")}))
    monkeypatch.setattr(access, "_provider", [lambda: composition])
    assert run(["migrate"]) == 2
    assert "DAJIAN_DATA: " in capsys.readouterr().err


def test_a_person_is_created_signs_in_is_reset_and_disabled(
    installation: Composition, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(capsys, "migrate")
    answer(capsys, *OFFICE)
    made = answer(
        capsys, "user", "create", "Zhang.Wei", "--name", "张伟", "--org", "自治区交通运输厅"
    )

    def sign_in(password: str) -> bool:
        try:
            signing_in.sign_in(
                installation.unit_of_work,
                installation.password_hasher,
                login="zhang.wei",
                password=password,
                address="::1",
                now=installation.clock.now(),
            )
        except signing_in.SignInRefusedError:
            return False
        return True

    assert sign_in(made["first_password"])
    reset = answer(capsys, "user", "reset", "zhang.wei")
    assert not sign_in(made["first_password"])
    assert sign_in(reset["first_password"])
    assert answer(capsys, "user", "disable", "zhang.wei")["active"] is False
    assert not sign_in(reset["first_password"])


def test_a_first_password_may_come_from_a_script(
    installation: Composition,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    installation.migrations.upgrade()
    answer(capsys, *OFFICE)
    monkeypatch.setattr("sys.stdin", io.StringIO("too short\n"))
    arguments = ["user", "create", "li", "--name", "李", "--org", "自治区交通运输厅"]
    assert run([*arguments, "--password-stdin"]) == 2
    assert "login" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("too short\n"))
    arguments[2] = "li.na"
    assert run([*arguments, "--password-stdin"]) == 2
    assert "password: needs at least 10 characters" in capsys.readouterr().err


def test_wrong_names_are_answered_with_the_remedy(
    installation: Composition, capsys: pytest.CaptureFixture[str]
) -> None:
    installation.migrations.upgrade()
    assert run(["user", "create", "wang", "--name", "王", "--org", "无此单位"]) == 2
    assert "see 'dajian org create'" in capsys.readouterr().err
    assert run(["user", "disable", "nobody"]) == 2
    assert "there is no user 'nobody'" in capsys.readouterr().err
    assert run(["org", "create", "甲", "--role", "transport", "--admin-code", "15"]) == 2
    assert "six digits" in capsys.readouterr().err


def test_the_audit_trail_is_verified_and_a_broken_one_ends_with_1(
    installation: Composition, capsys: pytest.CaptureFixture[str]
) -> None:
    installation.migrations.upgrade()
    World(unit_of_work=installation.unit_of_work).submitted()
    whole = answer(capsys, "audit", "verify")
    assert whole["intact"]
    assert whole["events"] == 4
    engine = open_database(installation.settings.database_url)
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_events_no_update"))
        connection.execute(text("UPDATE audit_events SET hash = 'x' WHERE sequence = 2"))
    engine.dispose()
    with pytest.raises(SystemExit) as stop:
        run(["audit", "verify", "--json"])
    assert stop.value.code == 1
    assert json.loads(capsys.readouterr().out)["broken_at"] == 2


def test_anchors_noted_elsewhere_show_that_the_trail_was_cut(
    installation: Composition, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    installation.migrations.upgrade()
    world = World(unit_of_work=installation.unit_of_work)
    world.submitted()
    world.later(days=1)
    world.submitted()
    assert run(["audit", "anchors"]) == 0
    noted = tmp_path / "anchors.json"
    noted.write_text(capsys.readouterr().out, encoding="utf-8")
    assert answer(capsys, "audit", "verify", "--against", str(noted))["intact"]
    engine = open_database(installation.settings.database_url)
    with engine.begin() as connection:
        for table in ("audit_links", "audit_anchors", "audit_events"):
            connection.execute(text(f"DROP TRIGGER {table}_no_delete"))
        connection.execute(text("DELETE FROM audit_anchors"))
        connection.execute(text("DELETE FROM audit_links WHERE sequence > 2"))
        connection.execute(text("DELETE FROM audit_events WHERE sequence > 2"))
    engine.dispose()
    assert answer(capsys, "audit", "verify")["intact"]
    with pytest.raises(SystemExit) as stop:
        run(["audit", "verify", "--against", str(noted)])
    assert stop.value.code == 1
    assert "against the anchor noted of 2026-05-11" in capsys.readouterr().err
    assert run(["audit", "verify", "--against", str(tmp_path)]) == 2


def test_a_backup_is_written_and_restored_from_the_command_line(
    installation: Composition, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    installation.migrations.upgrade()
    World(unit_of_work=installation.unit_of_work).submitted()
    archive = str(tmp_path / "b.tar.gz")
    rows = answer(capsys, "backup", archive)["rows"]
    assert rows["cases"] == 1
    assert run(["restore", archive]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert answer(capsys, "restore", archive, "--replace")["rows"] == rows
