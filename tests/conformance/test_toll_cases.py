"""Runs the toll cases of `tolls/*.yaml` on the schedule that is shipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.maps import draw, edge
from transport.errors import NoLawInForceError
from transport.network.attributes import Tolled
from transport.regulations.reading import read_yaml
from transport.tariffs.quote import quote_edges
from transport.tariffs.schedule import schedule_from_mapping

HERE = Path(__file__).parent
TARIFF = schedule_from_mapping(
    read_yaml(HERE.parent.parent / "config" / "tolls" / "cn-15" / "trucks.yaml")
)
ROAD = draw("A---B", "AB", facts={"AB": {"ref": "G6", "tolled": Tolled.YES}})


def _cases() -> list[Any]:
    documents = [
        yaml.safe_load(file.read_text(encoding="utf-8"))
        for file in sorted((HERE / "tolls").glob("*.yaml"))
    ]
    return [
        pytest.param(case, id=f"{document['article']}: {case['case']}")
        for document in documents
        for case in document["cases"]
    ]


@pytest.mark.parametrize("case", _cases())
def test_the_toll_is_as_the_case_says(case: dict[str, Any]) -> None:
    if case["toll_yuan"] is None:
        with pytest.raises(NoLawInForceError):
            TARIFF.on(case["day"])
        return
    pieces = [(edge(ROAD, "AB"), case["length_m"])]
    quote = quote_edges(ROAD, pieces, case["axles"], TARIFF.on(case["day"]))
    assert f"{quote.toll_yuan:.2f}" == case["toll_yuan"]
