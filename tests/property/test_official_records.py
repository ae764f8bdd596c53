"""Official records never loosen what is known, and come back as they were brought."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from road_data.store import save_network
from road_data.surveys.cells import Kind
from road_data.surveys.keeping import export_records, import_records
from road_data.surveys.laying import lay_records
from road_data.surveys.rows import Bundle, Row
from tests.maps import Standing, draw
from transport.network.attributes import Certainty, LimitKind, StructureKind

HEIGHTS = st.one_of(st.none(), st.integers(300, 600).map(lambda cm: cm / 100))
CERTAINTIES = st.sampled_from(list(Certainty))
WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\x85"),
    max_size=12,
).map(str.strip)


@given(before=st.integers(300, 600), certainty=CERTAINTIES, recorded=st.lists(HEIGHTS, max_size=4))
def test_a_known_height_is_never_raised_by_records_that_nobody_decided(
    before: int, certainty: Certainty, recorded: list[float | None]
) -> None:
    height = math.nan if certainty is Certainty.UNKNOWN else before / 100
    low = Standing("AB", StructureKind.OVERBRIDGE, {LimitKind.CLEAR_HEIGHT: (height, certainty)},
                   id="X")  # fmt: skip
    rows = [
        Row({"structure_id": "X", "kind": "overbridge",
             "clear_height_m": "" if value is None else f"{value:g}"}, line, "h.csv")
        for line, value in enumerate(recorded, start=2)
    ]  # fmt: skip
    network, _ = lay_records(
        draw("A--B", "AB", structures=[low]), Bundle({Kind.STRUCTURES: tuple(rows)})
    )
    column = network.structures.limits[LimitKind.CLEAR_HEIGHT]
    said = [value for value in recorded if value is not None]
    known = [height] if certainty is Certainty.KNOWN else []
    for row in range(len(network.structures.kind)):
        if said:
            assert column.value[row] == min(said + known)
            assert column.certainty[row] == Certainty.KNOWN
        else:
            assert column.certainty[row] == certainty


@settings(deadline=None, max_examples=20)
@given(names=st.lists(WORDS, min_size=1, max_size=5))
def test_what_is_brought_is_given_back(names: list[str], tmp_path_factory: object) -> None:
    folder = Path(tmp_path_factory.mktemp("records"))  # type: ignore[attr-defined]
    save_network(draw("A--B", "AB"), folder / "net")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["structure_id", "kind", "name"])
    writer.writerows([f"S{number}", "bridge", name] for number, name in enumerate(names))
    (folder / "s.csv").write_text(out.getvalue(), encoding="utf-8", newline="")
    import_records(folder / "net", Kind.STRUCTURES, folder / "s.csv")
    assert export_records(folder / "net", Kind.STRUCTURES) == out.getvalue()
