"""Read the scope of a scheme or list as people write it: kinds, leagues and producers by name."""

from __future__ import annotations

from collections.abc import Mapping

from webapp.access import current_services
from webapp.fields import Fields, listed_words

_LEAGUE_DIGITS = 4


def component_kinds(fields: Fields, field: str = "component_kinds") -> frozenset[str]:
    """Read kinds of components by code or by Chinese or English name; refuses unknown ones."""
    known: dict[str, str] = {}
    for code, one in current_services().catalogue.components.items():
        known |= {code: code, one.name_zh.lower(): code, one.name_en.lower(): code}
    return _known(fields, field, known)


def leagues(fields: Fields, field: str = "leagues") -> frozenset[str]:
    """Read leagues by their four digits, their code or their name; refuses unknown ones."""
    law = current_services().law
    known: dict[str, str] = {}
    for code in law.areas.names:
        if (
            code.startswith(law.region.removeprefix("cn-"))
            and code.endswith("00")
            and not code.endswith("0000")
        ):
            short = code[:_LEAGUE_DIGITS]
            names = (short, code, law.areas.name_of(code), law.areas.english_of(code).lower())
            known |= dict.fromkeys(names, short)
    return _known(fields, field, known)


def producers(fields: Fields, field: str = "producers") -> frozenset[str]:
    """Read producers by name; those registered here are kept by their number, others as written."""
    with current_services().unit_of_work(read_only=True) as work:
        numbers = {one.name: one.id for one in work.organisations.listed()}
    return frozenset(numbers.get(one, one) for one in listed_words(fields, field))


def _known(fields: Fields, field: str, known: Mapping[str, str]) -> frozenset[str]:
    words = listed_words(fields, field)
    for one in sorted(words):
        if one.lower() not in known:
            fields.refuse(field, f"'{one}' is not on file", "not_on_file", given=one)
    return frozenset(known[one.lower()] for one in words if one.lower() in known)
