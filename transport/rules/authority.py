"""Who decides a trip: county, league, region or the origin province (R62 art. 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transport.errors import FieldFault, InvalidInputError
from transport.regulations.authorities import is_county, league_of, province_of
from transport.regulations.citation import Status
from transport.regulations.law import Law


@dataclass(frozen=True, slots=True)
class Authority:
    """The deciding authority: its level, the area it stands for, its names and the clause."""

    level: str
    admin_code: str
    name: str
    name_en: str
    clause: str
    status: Status
    crosses_provinces: bool


def find_authority(
    law: Law, day: date, from_admin: str, to_admin: str, through: Sequence[str] = ()
) -> Authority:
    """Return who decides a trip between two areas, by way of others.

    Codes are GB/T 2260. Raise InvalidInputError naming each code that is not one.
    """
    refuse_wrong_codes(law, from_admin, to_admin, through)
    codes = (from_admin, to_admin, *through)
    rows = law.authorities
    province = province_of(from_admin)
    if len({province_of(code) for code in codes}) > 1:
        level, area, office = rows.across_provinces, province, rows.region_office
    elif len({league_of(code) for code in codes}) > 1:
        level, area, office = rows.across_leagues, province, rows.region_office
    elif len(set(codes)) > 1 or not is_county(from_admin):
        level, area, office = rows.within_league, league_of(from_admin), rows.league_office
    else:
        level, area, office = rows.within_county, from_admin, rows.county_office
    if not law.region.startswith(f"cn-{province[:2]}"):
        office = rows.province_office
    provision = level.on(day)
    name, name_en = office.on(day).value.of(law.areas, area)
    return Authority(
        level=provision.value,
        admin_code=area,
        name=name,
        name_en=name_en,
        clause=provision.clause,
        status=provision.status,
        crosses_provinces=level is rows.across_provinces,
    )


def law_of_trip(
    law: Law, from_admin: str | None, to_admin: str | None, through: Sequence[str] = ()
) -> Law:
    """Return the law of the area that a trip stays within: league and county may have their own.

    With no destination it is that of the origin; beyond a league the region's law holds.
    """
    if not from_admin:
        return law
    codes = (from_admin, to_admin or from_admin, *through)
    if len(set(codes)) == 1:
        return law.at(from_admin)
    if len({league_of(code) for code in codes}) == 1:
        return law.at(league_of(from_admin))
    return law


def refuse_wrong_codes(
    law: Law, from_admin: str | None, to_admin: str | None, through: Sequence[str] = ()
) -> None:
    """Raise InvalidInputError naming each given code that is no area code on file."""
    given = [("from_admin", from_admin), ("to_admin", to_admin)]
    given += [("through", code) for code in through]
    faults = [
        FieldFault(
            field,
            f"'{code}' is no area code on file: give six digits of GB/T 2260, "
            "for example 150203, or a province such as 130000",
            "admin_code",
            (("given", code),),
        )
        for field, code in given
        if code and not law.areas.is_known(code)
    ]
    if faults:
        raise InvalidInputError(faults)
