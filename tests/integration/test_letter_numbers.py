"""Numbers of letters in a real database: many officers at once, and some who change their mind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from transport.permits.letters import LetterKind, series_of
from webapp.storage.units_of_work import StoredUnitsOfWork

_ASKED, _AT_ONCE = 60, 6


def test_numbers_taken_at_once_have_no_gap_and_none_twice(
    unit_of_work: StoredUnitsOfWork,
) -> None:
    series = series_of("office", 2026, LetterKind.GRANT)

    def take(attempt: int) -> int | None:
        with unit_of_work() as work:
            number = work.next_serial(series)
            if attempt % 5 == 0:
                return None  # left without a commit: the number is free again
            work.commit()
            return number

    with ThreadPoolExecutor(_AT_ONCE) as officers:
        taken = [one for one in officers.map(take, range(_ASKED)) if one is not None]
    assert sorted(taken) == list(range(1, len(taken) + 1))
