"""The official form's axle string, read and written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transport.errors import InvalidInputError
from transport.vehicles.axle_notation import (
    AxleGroup,
    counts_from_spacings,
    parse_axle_notation,
    split_by_counts,
    write_axle_notation,
)


def test_reads_groups_and_lines() -> None:
    assert parse_axle_notation("10+20+5*18") == (
        AxleGroup(10.0),
        AxleGroup(20.0),
        AxleGroup(18.0, 5),
    )


def test_reads_more_than_nine_lines_and_decimals() -> None:
    assert parse_axle_notation("9.5+19+12*17.75") == (
        AxleGroup(9.5),
        AxleGroup(19.0),
        AxleGroup(17.75, 12),
    )


def test_reads_full_width_signs_and_blanks() -> None:
    assert parse_axle_notation("10＋20 ＋ 5×18") == parse_axle_notation("10+20+5*18")


@pytest.mark.parametrize("text", ["", "10+", "10++20", "5*", "*18", "ten", "10-20", "0+10", "0*18"])
def test_names_what_it_cannot_read(text: str) -> None:
    with pytest.raises(InvalidInputError) as wrong:
        parse_axle_notation(text)
    assert wrong.value.faults[0].field == "axle_notation"
    assert "10+20+5*18" in wrong.value.faults[0].message


def test_refuses_swapped_lines_and_tonnes_of_absurd_size() -> None:
    with pytest.raises(InvalidInputError, match="180 axle lines"):
        parse_axle_notation("10+20+180*5")


def test_splits_groups_by_counts() -> None:
    groups = parse_axle_notation("10+20+30")

    assert split_by_counts(groups, (1, 2, 3)) == (10, 10, 10, 10, 10, 10)


def test_the_count_of_lines_must_agree() -> None:
    with pytest.raises(InvalidInputError, match="axle_counts: the group '5\\*18' has 5"):
        split_by_counts(parse_axle_notation("10+20+5*18"), (1, 2, 6))


def test_every_group_needs_its_count() -> None:
    with pytest.raises(InvalidInputError, match="3 groups but 2 axle counts"):
        split_by_counts(parse_axle_notation("10+20+5*18"), (1, 2))


def test_spacings_tell_where_groups_part() -> None:
    groups = parse_axle_notation("10+20+30")

    assert counts_from_spacings(groups, (3.2, 1.4, 7.0, 1.3, 1.3)) == (1, 2, 3)
    assert counts_from_spacings(groups, (1.8, 3.2, 1.4, 7.0, 1.3)) == (2, 2, 2)


def test_too_few_spacings_are_named() -> None:
    with pytest.raises(InvalidInputError, match="axle_spacings_m: 2 spacings mean 3 axles"):
        counts_from_spacings(parse_axle_notation("10+20+5*18"), (3.2, 1.4))


def test_writes_what_the_form_wants() -> None:
    assert write_axle_notation((10, 10, 10, 10, 10, 10), (1, 2, 3)) == "10+20+30"
    assert (
        write_axle_notation((10, 10, 10, 18, 18, 18, 17.5), (1, 2, 4), line_groups=1)
        == "10+20+3*18+1*17.5"
    )


def test_does_not_write_groups_that_miss_axles() -> None:
    with pytest.raises(InvalidInputError, match="add up to 3, but there are 4 axles"):
        write_axle_notation((10, 10, 10, 10), (1, 2))


@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.integers(1, 200)),
        min_size=1,
        max_size=6,
    )
)
def test_what_is_written_reads_back_the_same(groups: list[tuple[int, int]]) -> None:
    loads = tuple(quarter / 4 for size, quarter in groups for _ in range(size))
    sizes = tuple(size for size, _ in groups)
    text = write_axle_notation(loads, sizes)

    assert split_by_counts(parse_axle_notation(text), sizes) == pytest.approx(loads)
