"""Official records over a network on disk, by the commands people use."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from road_data.in_use import read_manifest
from road_data.manifest import Provenance
from road_data.opening import open_base, open_network, verify_network
from road_data.store import Overlay, save_overlay
from road_data.surveys import keeping
from road_data.surveys.carrying import Laid, read_laid
from road_data.surveys.cells import Kind
from road_data.surveys.keeping import import_records
from tests.commands import Dajian
from transport.errors import ConflictError
from transport.network.attributes import LimitKind, StructureKind
from transport.network.graph import RoadNetwork
from webapp import access

TOWN = Path(__file__).parent / "extracts" / "town.osm"
HEADER = "structure_id,kind,name,lon,lat,clear_height_m,clear_width_m,source,measured_on\n"


@pytest.fixture
def folder(tmp_path: Path, dajian: Dajian) -> Path:
    dajian("network", "build", TOWN, "--out", tmp_path / "town", "--json").answer()
    return tmp_path / "town"


def bridge_row(network: RoadNetwork) -> int:
    return int(np.flatnonzero(network.structures.kind == StructureKind.BRIDGE)[0])


def bridge_id(folder: Path) -> str:
    base = open_base(folder)
    return str(base.structures.ids[bridge_row(base)])


def bridge_width_m(network: RoadNetwork) -> float:
    return float(network.structures.limits[LimitKind.CLEAR_WIDTH].value[bridge_row(network)])


def rows(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "structures.csv"
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_what_is_imported_is_used_and_exported_again(
    tmp_path: Path, folder: Path, dajian: Dajian
) -> None:
    name = bridge_id(folder)
    file = rows(tmp_path, f"{name},bridge,桥,,,,3.3,台账,2026-03-01")
    done = dajian("network", "import", "structures", folder, file, "--json").answer()
    assert done["placed"] == {"id": 1}
    network = open_network(folder)
    assert bridge_width_m(network) == pytest.approx(3.3)
    assert network.id != open_base(folder).id
    assert network.surveys.structure(bridge_row(network))["source"] == "台账 (2026-03-01)"
    ran = dajian("network", "export", "structures", folder, "--out", tmp_path / "back.csv")
    assert ran.status == 0
    assert (tmp_path / "back.csv").read_bytes() == file.read_bytes()
    info = dajian("network", "info", folder, "--json").answer()
    assert info["id"] == network.id
    verify_network(folder)


def test_the_base_is_not_written_again_and_opens_as_fast(
    tmp_path: Path, folder: Path, dajian: Dajian
) -> None:
    version = read_manifest(folder).version
    before = {k: v for k, v in contents(folder).items() if k.startswith(version)}
    dajian("network", "import", "structures", folder, rows(tmp_path, "N,bridge,,11.0,49.0,,3,s,"))
    assert {k: v for k, v in contents(folder).items() if k.startswith(version)} == before
    start = time.process_time()  # what others do on the machine is not ours
    open_network(folder)
    assert time.process_time() - start < 0.1


def test_a_file_with_one_bad_row_is_refused_whole_with_line_and_column(
    tmp_path: Path, folder: Path, dajian: Dajian
) -> None:
    before = contents(folder)
    file = rows(tmp_path, f"{bridge_id(folder)},bridge,,,,,3.3,s,", "B2,bridge,,,,tall,,s,")
    ran = dajian("network", "import", "structures", folder, file)
    assert ran.status == 2
    assert "structures.csv:3:clear_height_m: “tall”不是数字 / 'tall' is not a number" in ran.stderr
    assert contents(folder) == before
    done = dajian("network", "import", "structures", folder, file, "--skip-bad-rows", "--json")
    assert done.answer()["rows"] == 1
    assert done.answer()["skipped"][0]["field"] == "structures.csv:3:clear_height_m"


def test_a_conflict_is_listed_and_decided(tmp_path: Path, folder: Path, dajian: Dajian) -> None:
    name = bridge_id(folder)
    dajian("network", "import", "structures", folder, rows(tmp_path, f"{name},bridge,,,,,3.3,a,"))
    second = tmp_path / "more.csv"
    network = open_network(folder)
    place, row = network.structures, bridge_row(network)
    lon, lat = float(place.lon[row]), float(place.lat[row])
    second.write_text(HEADER + f"OTHER,bridge,,{lon},{lat},,3.9,b,\n")
    dajian("network", "import", "structures", folder, second)
    (conflict,) = dajian("network", "conflicts", folder, "--json").answer()["conflicts"]
    assert (conflict["network_value"], conflict["record_value"], conflict["used"]) == (
        3.3,
        3.9,
        3.3,
    )
    words = ("--use", "record", "--by", "office", "--reason", "measured again", "--json")
    decided = dajian("network", "decide", folder, conflict["id"], *words).answer()["conflicts"]
    assert decided[0]["used"] == 3.9
    assert bridge_width_m(open_network(folder)) == 3.9
    ran = dajian("network", "decide", folder, "nothing", *words)
    assert ran.status == 2
    assert "no conflict 'nothing'" in ran.stderr


def test_records_and_restrictions_outlive_a_new_build(
    tmp_path: Path, folder: Path, dajian: Dajian
) -> None:
    name = bridge_id(folder)
    dajian("network", "import", "structures", folder, rows(tmp_path, f"{name},bridge,,,,,3.3,a,"))
    add = (
        "--kind",
        "closure",
        "--structure",
        name,
        "--closed",
        "--reason",
        "r",
        "--issued-by",
        "o",
    )
    dajian("network", "restrictions", "add", folder, *add)
    before = open_network(folder)
    dajian("network", "build", TOWN, "--out", folder, "--json").answer()
    after = open_network(folder)
    assert bridge_width_m(after) == pytest.approx(3.3)
    assert after.restrictions == before.restrictions
    assert after.id == before.id


def test_the_same_records_give_the_same_bytes(tmp_path: Path, dajian: Dajian) -> None:
    file = rows(tmp_path, "N,bridge,,11.0,49.0,,3,s,")
    stored = []
    for number in range(2):
        folder = tmp_path / str(number)
        dajian("network", "build", TOWN, "--out", folder, "--json").answer()
        dajian("network", "import", "structures", folder, file)
        stored.append(contents(folder))
        stored[-1].pop("manifest.json")
    assert stored[0] == stored[1]


def test_removing_the_records_gives_the_network_back(
    tmp_path: Path, folder: Path, dajian: Dajian
) -> None:
    before = open_network(folder)
    dajian("network", "import", "structures", folder, rows(tmp_path, "N,bridge,,11.0,49.0,,3,s,"))
    assert dajian("network", "remove-records", "structures", folder).status == 0
    after = open_network(folder)
    assert after.id == before.id
    np.testing.assert_array_equal(after.structures.edge, before.structures.edge)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("import", "bridges", "DIR", "FILE"), "bridges"),
        (("import", "structures", "DIR", "missing.csv"), "no such file"),
        (("import", "structures", "nowhere", "FILE"), "dajian network build"),
        (("export", "stations", "DIR"), "no stations"),
        (("remove-records", "stations", "DIR"), "no stations"),
        (("restrictions", "remove", "DIR", "R9"), "no restriction 'R9'"),
        (("restrictions", "add", "DIR", "--kind", "closure", "--closed", "--road", "G99",
          "--reason", "r", "--issued-by", "o"), "road: this network has no road 'G99'"),
        (("restrictions", "add", "DIR", "--kind", "closure", "--at", "11,49", "--reason", "r",
          "--issued-by", "o"), "closed: give --closed, --lanes or a limit"),
        (("restrictions", "add", "DIR", "--kind", "closure", "--closed", "--reason", "r",
          "--issued-by", "o"), "road: name the place in exactly one way"),
        (("restrictions", "add", "DIR", "--kind", "closure", "--closed", "--county", "150100",
          "--from", "2026-05-11T08:00", "--reason", "r", "--issued-by", "o"), "offset"),
        (("restrictions", "add", "DIR", "--kind", "closure", "--closed", "--county", "150100",
          "--to", "9999-12-31", "--reason", "r", "--issued-by", "o"), "to: the year must be"),
        (("restrictions", "add", "DIR", "--kind", "closure", "--max-mass-t", "inf", "--at", "11,49",
          "--reason", "r", "--issued-by", "o"), "max_mass_t: must be a number above 0"),
    ],
)  # fmt: skip
def test_a_wrong_request_names_what_is_wrong(
    tmp_path: Path, folder: Path, dajian: Dajian, words: tuple[str, ...], says: str
) -> None:
    file = rows(tmp_path, "N,bridge,,11.0,49.0,,3,s,")
    given = {"DIR": folder, "FILE": file}
    before = contents(folder)
    ran = dajian("network", *[given.get(word, word) for word in words])
    assert ran.status == 2
    field, colon, text = says.rpartition(": ")
    assert ran.stderr.startswith(field + colon)
    assert text in ran.stderr
    assert contents(folder) == before


def test_a_restriction_is_added_listed_and_removed_without_a_build(
    folder: Path, dajian: Dajian
) -> None:
    version = read_manifest(folder).version
    add = ("--kind", "seasonal_limit", "--structure", bridge_id(folder), "--max-mass-t", "20",
           "--yearly", "03-15/05-31", "--reason", "thaw", "--issued-by", "o", "--soft")  # fmt: skip
    added = dajian("network", "restrictions", "add", folder, *add, "--json").answer()
    assert added["restriction"]["id"] == "R1"
    listed = dajian("network", "restrictions", "list", folder, "--json").answer()["restrictions"]
    assert listed == [added["restriction"]]
    assert listed[0]["edges"]
    (found,) = open_network(folder).restrictions
    assert (found.hard, found.limits) == (False, ((LimitKind.SIGNED_MASS, 20.0),))
    assert read_manifest(folder).version == version
    services = access.current_services()
    first = services.network(folder)
    assert dajian("network", "restrictions", "remove", folder, "R1").status == 0
    assert open_network(folder).restrictions == ()
    assert services.network(folder) is not first


_FULL = """
import resource, signal, sys
from webapp.command_line.main import run
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
sys.exit(run(sys.argv[1:]))
"""


def test_a_full_disk_leaves_records_and_network_as_they_were(
    tmp_path: Path, folder: Path, dajian: Dajian
) -> None:
    name = bridge_id(folder)
    dajian("network", "import", "structures", folder, rows(tmp_path, f"{name},bridge,,,,,3.3,a,"))
    before = contents(folder)
    file = rows(tmp_path, f"{name},bridge,,,,,3.1,a,")
    ran = subprocess.run(
        [sys.executable, "-c", _FULL, "network", "import", "structures", str(folder), str(file)],
        check=False, env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 2
    assert "free some space" in ran.stderr
    assert contents(folder) == before


_KILLED = """
import os, signal, sys
from pathlib import Path
import road_data.store as store
from road_data.surveys.cells import Kind
from road_data.surveys.keeping import import_records
moment = sys.argv[3]
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
if moment == "writing arrays":
    store.write_bytes = die
elif moment == "before the manifest":
    real = store.put_in_place
    store.put_in_place = lambda *places: (real(*places), die())
import_records(Path(sys.argv[1]), Kind.STRUCTURES, Path(sys.argv[2]))
"""


@pytest.mark.parametrize("moment", ["writing arrays", "before the manifest"])
def test_a_killed_import_leaves_records_and_network_as_they_were(
    tmp_path: Path, folder: Path, dajian: Dajian, moment: str
) -> None:
    name = bridge_id(folder)
    dajian("network", "import", "structures", folder, rows(tmp_path, f"{name},bridge,,,,,3.3,a,"))
    before = open_network(folder)
    file = rows(tmp_path, f"{name},bridge,,,,,3.1,a,")
    ran = subprocess.run(
        [sys.executable, "-c", _KILLED, str(folder), str(file), moment],
        check=False, env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    assert ran.returncode == -signal.SIGKILL
    after = open_network(folder)
    assert after.id == before.id
    assert bridge_width_m(after) == pytest.approx(3.3)
    assert dajian("network", "import", "structures", folder, file).status == 0
    assert bridge_width_m(open_network(folder)) == 3.1


def test_a_damaged_record_file_is_found_and_named(
    tmp_path: Path, folder: Path, dajian: Dajian
) -> None:
    dajian("network", "import", "structures", folder, rows(tmp_path, "N,bridge,,11.0,49.0,,3,s,"))
    path = folder / read_manifest(folder).records / "rows.json"
    path.write_text("{}")
    ran = dajian("network", "info", folder)
    assert ran.status == 2
    assert "rows.json: its checksum" in ran.stderr
    ran = dajian("network", "export", "structures", folder)
    assert ran.status == 2
    assert "import the files again" in ran.stderr


def test_two_writers_do_not_lose_what_the_other_wrote(
    tmp_path: Path, folder: Path, dajian: Dajian
) -> None:
    before, base = read_manifest(folder), open_base(folder)
    dajian("network", "import", "structures", folder, rows(tmp_path, "N,bridge,,11.0,49.0,,3,s,"))
    with pytest.raises(ConflictError, match="somebody else"):
        save_overlay(folder, before, base, Overlay())


def test_a_build_keeps_what_somebody_imports_while_it_is_saved(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = open_base(folder)
    file = rows(tmp_path, f"{bridge_id(folder)},bridge,,,,,3.3,a,")
    real = read_laid
    meanwhile = iter([file])

    def read_and_import(place: Path) -> Laid:
        before = real(place)
        for one in meanwhile:
            import_records(folder, Kind.STRUCTURES, one)
        return before

    monkeypatch.setattr(keeping, "read_laid", read_and_import)
    keeping.save_with_records(replace(built, id="next"), folder, Provenance())
    after = open_network(folder)
    assert after.id.startswith("next+")
    assert bridge_width_m(after) == pytest.approx(3.3)


def test_a_closure_between_two_points_has_its_days(folder: Path, dajian: Dajian) -> None:
    base = open_base(folder)
    edge = int(base.structures.edge[bridge_row(base)])
    ends = [f"{base.node_lon[node]},{base.node_lat[node]}"
            for node in (base.tail[edge], base.head[edge])]  # fmt: skip
    add = ("--kind", "closure", "--at", ends[0], "--to-at", ends[1], "--direction", "up",
           "--closed", "--from", "2026-05-11", "--to", "2026-05-12", "--reason", "r",
           "--issued-by", "o")  # fmt: skip
    added = dajian("network", "restrictions", "add", folder, *add, "--json").answer()["restriction"]
    assert edge in added["edges"]
    assert added["from_at"] == "2026-05-11T00:00:00+08:00"
    assert added["to_at"] == "2026-05-13T00:00:00+08:00"


def test_a_closure_names_a_structure_by_the_id_of_its_record(
    tmp_path: Path, folder: Path, dajian: Dajian
) -> None:
    base = open_base(folder)
    row = bridge_row(base)
    at = f"{base.structures.lon[row]},{base.structures.lat[row]}"
    file = rows(tmp_path, f"K12+300,bridge,,{at},,3.3,a,")
    done = dajian("network", "import", "structures", folder, file, "--json").answer()
    assert done["placed"] == {"distance": 1}
    add = ("--kind", "closure", "--structure", "K12+300", "--closed", "--reason", "r",
           "--issued-by", "o")  # fmt: skip
    added = dajian("network", "restrictions", "add", folder, *add, "--json").answer()["restriction"]
    assert int(base.structures.edge[row]) in added["edges"]


def test_restrictions_go_to_a_file_and_come_back(
    tmp_path: Path, folder: Path, dajian: Dajian
) -> None:
    common = ("--reason", "维修", "--issued-by", "o", "--json")
    bridge = ("--structure", bridge_id(folder))
    for words in (
        ("--kind", "closure", *bridge, "--closed", "--from", "2026-05-11", "--to", "2026-05-12"),
        ("--kind", "seasonal_limit", *bridge, "--max-mass-t", "20", "--yearly", "11-15/03-15",
         "--weekly", "Mo-Fr 22:00-06:00", "--soft", "--lanes", "left lane"),
    ):  # fmt: skip
        dajian("network", "restrictions", "add", folder, *words, *common).answer()
    before = open_network(folder).restrictions
    file = tmp_path / "restrictions.json"
    assert dajian("network", "restrictions", "export", folder, "--out", file).status == 0
    for name in ("R1", "R2"):
        assert dajian("network", "restrictions", "remove", folder, name).status == 0
    for _ in range(2):  # the second time nothing changes
        done = dajian("network", "restrictions", "import", folder, file, "--json").answer()
        assert done == {"imported": 2}
        assert open_network(folder).restrictions == before
    assert dajian("network", "restrictions", "export", folder).stdout == file.read_text()


def test_a_file_of_restrictions_is_refused_whole_with_number_and_field(
    tmp_path: Path, folder: Path, dajian: Dajian
) -> None:
    good = {"id": "A", "kind": "closure", "where": {"structure": bridge_id(folder)}, "closed": True,
            "reason": "r", "issued_by": "o"}  # fmt: skip
    wrong: dict[str, dict[str, Any]] = {
        "kind": {"kind": "holiday"},
        "where": {"where": {"road": "G6", "county": "150100"}},
        "reason": {"reason": ""},
        "closed": {"closed": False},
        "limits": {"limits": {"signed_mass_t": -1}},
        "from_at": {"from_at": "2026-05-11T08:00"},
        "yearly": {"yearly": "13-01/02-01"},
        "weekly": {"weekly": "all day"},
        "direction": {"direction": "north"},
        "hard": {"hard": "yes"},
        "severity": {"severity": 3},
        "id": {"id": "A"},
        "structure": {"where": {"structure": "nowhere"}},
    }
    before = contents(folder)
    for field, change in wrong.items():
        file = tmp_path / "r.json"
        document = {"restrictions": [good, {**good, "id": "B", **change}]}
        file.write_text(json.dumps(document), encoding="utf-8")
        ran = dajian("network", "restrictions", "import", folder, file)
        assert ran.status == 2
        assert f"r.json:2:{field}: " in ran.stderr
    for text in ("", "[]", '{"restrictions": []}', "[1, 2"):
        (tmp_path / "r.json").write_text(text)
        assert dajian("network", "restrictions", "import", folder, tmp_path / "r.json").status == 2
    assert dajian("network", "restrictions", "import", folder, tmp_path / "none").status == 2
    assert contents(folder) == before


def test_the_built_in_network_is_described_without_a_folder(dajian: Dajian) -> None:
    info = dajian("network", "info", "built-in", "--json").answer()
    assert {"id", "built_at", "sources", "nodes", "edges", "length_km", "structures", "coverage",
            "unreadable_tags"} <= set(info)  # fmt: skip
    assert {"attribute", "road_class", "known_km", "assumed_km", "unknown_km"} <= set(
        info["coverage"][0]
    )
    county = info["coverage_by_county"][0]
    assert {"attribute", "admin_code", "name", "known_km", "unknown_km"} <= set(county)
    kinds = {row["kind"] for row in info["coverage_of_structures"]}
    assert {"bridge", "tunnel", "overbridge", "toll_station"} <= kinds


def test_what_to_survey_first_is_ranked(dajian: Dajian) -> None:
    ranking = dajian("network", "surveys", "built-in", "--json").answer()
    counts = [one["journeys"] for one in ranking["priorities"]]
    assert counts == sorted(counts, reverse=True)
    assert ranking["gain_pct"] > 0
    said = dajian("network", "surveys", "built-in")
    assert f"{ranking['gain_pct']:.1f} % more can be decided" in said.stdout


def test_a_file_in_gb18030_is_given_back_in_either_encoding(
    tmp_path: Path, folder: Path, dajian: Dajian
) -> None:
    content = HEADER + f"{bridge_id(folder)},bridge,黄河大桥,,,,3.3,台账,2026-03-01\n"
    (tmp_path / "b.csv").write_bytes(content.encode("gb18030"))
    assert dajian("network", "import", "structures", folder, tmp_path / "b.csv").status == 0
    out = ("--out", tmp_path / "out.csv", "--encoding", "gb18030")
    assert dajian("network", "export", "structures", folder, *out).status == 0
    assert (tmp_path / "out.csv").read_bytes() == content.encode("gb18030")
    assert dajian("network", "export", "structures", folder).stdout == content


def test_areas_come_and_go_as_geojson(tmp_path: Path, folder: Path, dajian: Dajian) -> None:
    base = open_base(folder)
    west, south = float(base.node_lon.min()) - 0.1, float(base.node_lat.min()) - 0.1
    east, north = float(base.node_lon.max()) + 0.1, float(base.node_lat.max()) + 0.1
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    feature = {"type": "Feature", "properties": {"name": "城区", "authority": "市政局"},
               "geometry": {"type": "Polygon", "coordinates": [ring]}}  # fmt: skip
    file = tmp_path / "city.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    done = dajian("network", "import", "urban-areas", folder, file, "--json").answer()
    assert done["placed"] == {"polygon": 1}
    network = open_network(folder)
    assert network.urban.all()
    assert network.surveys.area_of(0)["authority"] == "市政局"
    back = json.loads(dajian("network", "export", "urban-areas", folder).stdout)
    assert back["features"] == [feature]


def test_a_route_honours_a_closure_at_its_time(folder: Path, dajian: Dajian) -> None:
    base = open_base(folder)
    row = bridge_row(base)
    number = int(base.structures.edge[row])
    ends = [f"{base.node_lon[node]},{base.node_lat[node]}"
            for node in (base.tail[number], base.head[number])]  # fmt: skip
    add = ("--kind", "closure", "--structure", bridge_id(folder), "--closed", "--from",
           "2026-05-11", "--reason", "维修", "--issued-by", "局")  # fmt: skip
    assert dajian("network", "restrictions", "add", folder, *add).status == 0
    ask = ("route", "--network", folder, "--from", ends[0], "--to", ends[1], "--height-m", "3",
           "--width-m", "2.5", "--length-m", "10", "--mass-t", "10", "--json")  # fmt: skip
    on_the_day = dajian(*ask, "--travel-at", "2026-05-12T10:00+08:00").answer()
    found = on_the_day["blockers"] + on_the_day["fastest_blockers"]
    assert {("closure", "维修 (R1)", "局")} <= {
        (one["kind"], one["source"], one["issued_by"]) for one in found
    }
    earlier = dajian(*ask, "--travel-at", "2026-05-10").answer()
    kinds = [one["kind"] for one in earlier["blockers"] + earlier["fastest_blockers"]]
    assert "closure" not in kinds
