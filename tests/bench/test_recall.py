"""The recall over 100,000 live cases: what a closure touches, and how fast it is judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest
from sqlalchemy import insert

from tests.factories import World, route_contract
from transport.network.closures import Restriction, RestrictionKind
from transport.permits.recall_runs import RunState
from transport.services.recalling import judge_slice, open_run
from webapp.storage.case_tables import ActRow, CaseRow
from webapp.storage.cases import act_values, case_values
from webapp.storage.database import open_database
from webapp.storage.migrating import Migrations
from webapp.storage.recall_tables import CaseRoadsRow
from webapp.storage.units_of_work import StoredUnitsOfWork

pytestmark = pytest.mark.bench

_CASES, _EDGES, _OF_A_ROUTE, _CHUNK = 100_000, 50_000, 80, 5_000


def test_a_closure_among_a_hundred_thousand_cases(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'recall.sqlite3'}")
    Migrations(engine).upgrade()
    world = World(unit_of_work=StoredUnitsOfWork(engine))
    case = world.accepted(route=route_contract(cities=(), edges=[1, 2]), cities=())
    act = case.of_kind(case.acts[0].kind)[0]
    about, of_act, travel = case_values(case), act_values(act), case.application.travel
    changed = {"version": 1, "changed_by": "", "changed_at": world.now}
    random = np.random.default_rng(7)
    with engine.begin() as link:
        for start in range(0, _CASES, _CHUNK):
            names = [f"b{place}" for place in range(start, start + _CHUNK)]
            link.execute(
                insert(CaseRow), [{**about, **changed, "id": n, "number": n} for n in names]
            )
            link.execute(
                insert(ActRow),
                [{**of_act, **changed, "id": n, "case_id": n, "position": 0} for n in names],
            )
            first = random.integers(0, _EDGES - _OF_A_ROUTE, _CHUNK)
            link.execute(
                insert(CaseRoadsRow),
                [
                    {
                        "case_id": name,
                        "network_id": "test",
                        "first_day": travel.starts_on,
                        "last_day": travel.ends_on,
                        "edges": np.arange(at, at + _OF_A_ROUTE, dtype=np.int32).tobytes(),
                    }
                    for name, at in zip(names, first.tolist(), strict=True)
                ],
            )
    closed = Restriction(
        id="c",
        kind=RestrictionKind.CLOSURE,
        edges=tuple(range(25_000, 25_400)),
        reason="封闭",
        issued_by="养护中心",
        closed=True,
        from_at=world.now + timedelta(days=1),
    )
    office = world.handler.organisation_id
    began = perf_counter()
    with world.unit_of_work(read_only=True) as work:
        days = (travel.starts_on, travel.ends_on)
        found = work.recalls.touched(closed.edges, "test", days, office)
    touched_s = perf_counter() - began
    run = open_run(
        world.unit_of_work, office_id=office, restriction=closed, network_id="test", now=world.now
    )
    began = perf_counter()
    while run.state is RunState.RUNNING:
        run = judge_slice(world.unit_of_work, run.id, network=None, now=world.now)
    rate = run.done / (perf_counter() - began)
    print(f"touched {len(found)} in {touched_s:.2f} s; judged {run.done} at {rate:.0f}/s")  # noqa: T201 - a benchmark tells
    assert 500 < len(found) == run.done
    assert touched_s < 2
    assert rate >= 500
    assert replace(run, version=0).finished_at is not None
