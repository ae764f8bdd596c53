"""How quickly turns are driven, junctions searched, and a route of 500 km evaluated and printed."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.evaluation_tables import shipped_tables
from tests.maps import Standing, draw
from tests.passages import ROAD_RECORD, bridge_record, issue_transport, route_over, with_records
from transport.evaluation.passage.findings import Passage
from transport.manoeuvres.junction import Junction, search_junction
from transport.manoeuvres.outlines import Arm
from transport.manoeuvres.paths import turn_left
from transport.manoeuvres.sweeping import Unit, drive
from transport.network.attributes import LimitKind, RoadClass, StructureKind
from transport.network.graph import RoadNetwork
from transport.regulations.reading import read_law
from transport.services.evaluating_routes import evaluate_route
from transport.vehicles.transport import Transport
from webapp.documents.evaluation_report import evaluation_report_pdf

LAW = read_law(Path(__file__).parents[2] / "config")
DAY = date(2026, 9, 1)
MANOEUVRE_MS, SEARCH_MS = 1.5, 300.0
FEW_SIMULATED_S, ALL_SIMULATED_S, REPORT_S = 2.0, 10.0, 5.0
TURNS, SIMULATED, STRUCTURES, LENGTH_M = 40, 5, 300, 500_000.0
GIRDER = (Unit(5.0, 0.4, 1.5, 1.0, 2.5, 2.5), Unit(32.0, 0.0, 4.0, 4.0, 2.6, 2.5))


def _cpu_s(work: Callable[[], object], repeats: int = 5) -> float:
    """Return the processor time of the median run: the machine may be busy with other work."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


def _say(capsys: pytest.CaptureFixture[str], text: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{text}\n")


@pytest.mark.bench
def test_one_manoeuvre_is_quick(capsys: pytest.CaptureFixture[str]) -> None:
    path = turn_left(20.0, 90.0, 50.0, 48.0)  # 130 m
    drive(GIRDER, path)
    took_ms = 1000.0 * _cpu_s(lambda: [drive(GIRDER, path) for _ in range(100)]) / 100.0
    _say(capsys, f"one manoeuvre of 130 m at 0.1 m: {took_ms:.2f} ms")
    assert took_ms <= MANOEUVRE_MS


@pytest.mark.bench
def test_a_junction_is_searched_quickly_in_three_scenarios(
    capsys: pytest.CaptureFixture[str],
) -> None:
    arms = (Arm(180, 7.0), Arm(0, 7.0), Arm(90, 7.0), Arm(270, 7.0))
    junction, steering = Junction(arms, 0, 2), (0.0, 0.5, 1.0)
    assert len(search_junction(junction, GIRDER, steering).ways) == 3
    took_ms = 1000.0 * _cpu_s(lambda: search_junction(junction, GIRDER, steering))
    _say(capsys, f"junction search, all 3 scenarios, 3 ways of steering: {took_ms:.0f} ms")
    assert took_ms <= SEARCH_MS


def _zigzag(simulated: int) -> tuple[RoadNetwork, list[int]]:
    """Draw 41 roads with a turn and a side road between them; some turns no table grants."""
    letters = [chr(0x4E00 + number) for number in range(2 * TURNS + 4)]
    main, side = letters[: TURNS + 2], letters[TURNS + 2 :]
    lines: list[dict[int, str]] = [{} for _ in range(2 * TURNS + 6)]
    row, column = 0, 0
    lines[0][0] = main[0]
    roads = []
    for number in range(1, TURNS + 2):
        if number % 2:
            column += 2
        else:
            row += 2
        lines[row][column] = main[number]
        roads.append(f"{main[number - 1]}>{main[number]}")
        if number <= TURNS:
            # The side road goes on in the direction of the road that arrives.
            at = (row, column + 1) if number % 2 else (row + 1, column)
            lines[at[0]][at[1]] = side[number]
            roads.append(f"{main[number]}{side[number]}")
    width = max(max(line, default=0) for line in lines) + 1
    picture = "\n".join("".join(line.get(x, " ") for x in range(width)) for line in lines)
    driven = [road for road in roads if ">" in road]
    narrow = set(driven[1 : 1 + 2 * simulated])  # the table grants every left turn
    facts: dict[str, Mapping[str, Any]] = {
        road: {
            "ref": f"G{number}",
            "speed_km_h": 80.0,
            "road_class": RoadClass.CLASS_3 if road in narrow else RoadClass.CLASS_1,
        }
        for number, road in enumerate(roads)
    }
    each = -(-STRUCTURES // len(driven))
    standing = [
        Standing(road, StructureKind.BRIDGE, share=(n + 1) / (each + 1), id=f"b{road}{n}")
        for road in driven
        for n in range(each)
    ]
    network = draw(
        picture,
        " ".join(roads),
        facts=facts,
        lengths_m={road: LENGTH_M / len(driven) for road in driven},
        limits={road: {LimitKind.CLEAR_WIDTH: 11.0} for road in driven},
        structures=standing,
        network_id="zigzag",
    )
    tails = {
        (int(t), int(h)): e for e, (t, h) in enumerate(zip(network.tail, network.head, strict=True))
    }
    order = sorted(letters[: TURNS + 2] + side[1 : TURNS + 1])
    edges = [tails[order.index(road[0]), order.index(road[2])] for road in driven]
    records = {one.id: bridge_record(n) for n, one in enumerate(standing)}
    sections = {
        edge: {
            **ROAD_RECORD,
            "class": "class_3" if road in narrow else "class_1",
            "design_speed_km_h": 40 if road in narrow else 80,
        }
        for edge, road in zip(edges, driven, strict=True)
    }
    return with_records(network, records, sections), edges


def _high() -> Transport:
    """Return a train of grade E: no table grants any of its turns."""
    return replace(issue_transport(), height_m=5.05)


def _evaluate(network: RoadNetwork, edges: list[int], transport: Transport) -> Passage:
    return evaluate_route(
        network, shipped_tables(), LAW, transport, DAY, route_over(network, edges)
    )


@pytest.mark.bench
@pytest.mark.parametrize(("simulated", "most_s"), [(5, FEW_SIMULATED_S), (40, ALL_SIMULATED_S)])
def test_a_route_of_500_km_is_evaluated_quickly(
    simulated: int, most_s: float, capsys: pytest.CaptureFixture[str]
) -> None:
    network, edges = _zigzag(simulated)
    transport = _high() if simulated == TURNS else issue_transport()
    passage = _evaluate(network, edges, transport)
    took_s = _cpu_s(lambda: _evaluate(network, edges, transport), 3)
    swept = [one for one in passage.checks if one.check == "swept_path"]
    junctions = [one for one in passage.checks if one.kind == "junction"]
    structures = [one for one in passage.checks if one.kind == "bridge"]
    _say(
        capsys,
        f"{passage.length_km:.0f} km, {len(structures)} bridges, {len(junctions)} checks of turns, "
        f"{len(swept)} simulated: {took_s:.2f} s",
    )
    assert len(structures) >= STRUCTURES
    assert len(swept) == simulated
    assert took_s <= most_s


@pytest.mark.bench
def test_the_report_of_a_long_route_is_printed_quickly(
    capsys: pytest.CaptureFixture[str],
) -> None:
    network, edges = _zigzag(SIMULATED)
    route = route_over(network, edges)
    passage = _evaluate(network, edges, issue_transport())
    took_s = _cpu_s(lambda: evaluation_report_pdf(passage, shipped_tables(), network, route), 3)
    _say(capsys, f"report of 500 km: {took_s:.2f} s, {len(json.dumps(route))} bytes of route")
    assert took_s <= REPORT_S
