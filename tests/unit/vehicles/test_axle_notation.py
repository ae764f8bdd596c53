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
    parse_axle_spacings,
    split_by_counts,
    write_axle_notation,
    write_axle_spacings,
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


@pytest.mark.parametrize(
    ("text", "place", "part", "write"),
    [
        ("10+20+5*", 9, "…", "tonnes of one line"),
        ("10++20", 4, "+20", "tonnes of an axle group"),
        ("10+2 0", 6, "0", "'+' between two groups"),
        ("10吨+20", 3, "吨+20", "'+' between two groups"),
        (" 10 + 5.5*18", 7, "5.5", "a whole number of axle lines"),
        ("10+0*18", 4, "0", "a whole number of axle lines"),
        ("10+5*0", 6, "0", "more than 0"),
        ("10+9999", 4, "9999", "at most 2000 tonnes"),
        ("10+" + "9" * 5000, 4, "999999999", "tonnes"),
    ],
)
def test_points_to_the_character_and_says_what_to_write(
    text: str, place: int, part: str, write: str
) -> None:
    with pytest.raises(InvalidInputError) as wrong:
        parse_axle_notation(text)
    fault = wrong.value.faults[0]
    assert dict(fault.params) == {"part": part, "place": str(place)}
    assert write in fault.message


def test_reads_groups_of_a_hundred_tonnes_and_signs_of_word_processors() -> None:
    assert parse_axle_notation("１００＋９．５＋12✕18") == (
        AxleGroup(100.0),
        AxleGroup(9.5),
        AxleGroup(18.0, 12),
    )


def test_reads_spacings_one_by_one_and_repeated() -> None:
    assert parse_axle_spacings("3.2-1.4-7-1.2-1.2") == (3.2, 1.4, 7.0, 1.2, 1.2)
    assert parse_axle_spacings("3.3-1.4-7-1.45×4") == (3.3, 1.4, 7.0, 1.45, 1.45, 1.45, 1.45)
    assert parse_axle_spacings("３.２ － 1.4—7") == (3.2, 1.4, 7.0)


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ("", 1, "axle_spacings_metres"),
        ("3.2-", 5, "axle_spacings_metres"),
        ("3.2--1.4", 5, "axle_spacings_metres"),
        ("3.2-1400", 5, "axle_spacings_range"),
        ("3.2+1.4", 4, "axle_spacings_join"),
        ("4*1.45", 3, "axle_spacings_times"),
        ("1.45*0", 6, "axle_spacings_times"),
        ("1.45*100", 9, "axle_spacings_many"),
    ],
)
def test_spacings_that_cannot_be_read_are_pointed_to(text: str, place: int, code: str) -> None:
    with pytest.raises(InvalidInputError) as wrong:
        parse_axle_spacings(text)
    fault = wrong.value.faults[0]
    assert (fault.field, fault.code) == ("axle_spacings_m", code)
    assert dict(fault.params)["place"] == str(place)


def test_spacings_are_written_one_by_one_or_repeated() -> None:
    spacings = (3.3, 1.4, 7.0, 1.45, 1.45, 1.45, 1.45)
    assert write_axle_spacings(spacings) == "3.3-1.4-7-1.45-1.45-1.45-1.45"
    assert write_axle_spacings(spacings, repeated=True) == "3.3-1.4-7-1.45*4"


def test_a_train_of_a_hundred_axles_is_grouped_at_once() -> None:
    groups = parse_axle_notation("+".join(["10"] * 30))
    spacings = tuple(4.0 if n % 3 == 2 else 1.3 for n in range(89))

    assert counts_from_spacings(groups, spacings) == (3,) * 30


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


@given(
    st.lists(st.integers(500, 60_000).map(lambda mm: mm / 1000), min_size=1, max_size=60),
    st.booleans(),
)
def test_spacings_that_are_written_read_back_the_same(
    spacings: list[float],
    repeated: bool,  # noqa: FBT001 - hypothesis gives it
) -> None:
    text = write_axle_spacings(spacings, repeated=repeated)

    assert parse_axle_spacings(text) == tuple(spacings)


@given(
    st.lists(
        st.tuples(st.integers(1, 30), st.integers(1, 80_000)),
        min_size=1,
        max_size=8,
    )
)
def test_lines_that_are_written_read_back_the_same(lines: list[tuple[int, int]]) -> None:
    loads = tuple(hundredth / 100 for count, hundredth in lines for _ in range(count))
    text = write_axle_notation(loads, (len(loads),), line_groups=1)
    groups = parse_axle_notation(text)

    assert split_by_counts(groups, [one.lines or 1 for one in groups]) == pytest.approx(loads)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_place_in_it(text: str) -> None:
    for read in (parse_axle_notation, parse_axle_spacings):
        try:
            assert read(text)
        except InvalidInputError as wrong:
            given = dict(wrong.faults[0].params)
            assert "place" not in given or 1 <= int(given["place"]) <= len(text) + 1
