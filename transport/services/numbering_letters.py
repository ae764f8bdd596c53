"""Give the letters of an act their numbers (文号): by office, year and kind, none twice, no gap.

A number is taken in the transaction that writes the letter: where that is rolled back, the number
is free again, and nobody else can have taken a later one meanwhile.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from transport.permits.act_letters import letters_of
from transport.permits.acts import Act, Authority
from transport.permits.letters import LetterKind, LetterNumber, series_of
from transport.services.ports import UnitOfWork


def give_number(
    work: UnitOfWork, act: Act, letter: LetterKind, office: Authority, day: date
) -> Act:
    """Give a letter of an act the next number of the office that writes it."""
    if not office.organisation_id:
        return act
    word = work.organisations.get(office.organisation_id).letter_word
    number = LetterNumber(
        letter=letter,
        office_id=office.organisation_id,
        role=office.role.value,
        admin_code=office.admin_code,
        word=word,
        year=day.year,
        serial=work.next_serial(series_of(office.organisation_id, day.year, letter)),
    )
    return replace(act, letter_numbers=(*act.letter_numbers, number))


def number_new_letters(work: UnitOfWork, before: Act, after: Act, day: date) -> Act:
    """Give a number to every letter that a step has brought about."""
    known = letters_of(before)
    for letter in letters_of(after):
        if letter not in known:
            after = give_number(work, after, letter, after.authority, day)
    return after
