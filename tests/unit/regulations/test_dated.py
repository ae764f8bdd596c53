"""A legal value answers for a day, or says that there is none."""

from __future__ import annotations

from datetime import date

import pytest

from transport.errors import NoLawInForceError
from transport.regulations.citation import Citation, Status
from transport.regulations.dated import Dated, Provision, Revision


def _dated(*rows: tuple[date, float | None], wider: Dated[float] | None = None) -> Dated[float]:
    citation = Citation("R62", "art. 3", "https://example.org/")
    revisions = tuple(
        Revision(Provision(value, day, citation, Status.VERIFIED)) for day, value in rows
    )
    return Dated("cn/x.height_m", "m", "高", "Height", date(2026, 1, 1), revisions, wider)


def test_the_latest_value_not_after_the_day_is_in_force() -> None:
    height = _dated((date(2016, 9, 21), 4.0), (date(2020, 1, 1), 4.1))

    assert height.on(date(2019, 12, 31)).value == 4.0
    assert height.on(date(2020, 1, 1)).value == 4.1


def test_a_day_before_the_first_value_has_no_law() -> None:
    height = _dated((date(2016, 9, 21), 4.0))

    assert height.find(date(2016, 9, 20)) is None
    with pytest.raises(NoLawInForceError, match=r"no value of cn/x.height_m is in force on 2016"):
        height.on(date(2016, 9, 20))


def test_a_repealed_regional_value_gives_way_to_the_national_one() -> None:
    national = _dated((date(2016, 9, 21), 4.0))
    region = _dated((date(2020, 1, 1), 4.2), (date(2022, 1, 1), None), wider=national)

    assert region.on(date(2019, 1, 1)).value == 4.0
    assert region.on(date(2021, 1, 1)).value == 4.2
    assert region.on(date(2022, 1, 1)).value == 4.0


def test_the_history_shows_every_row() -> None:
    national = _dated((date(2016, 9, 21), 4.0))
    region = _dated((date(2020, 1, 1), 4.2), wider=national)

    assert [row.provision.value for row in region.history()] == [4.2, 4.0]
