"""Which level of authority decides a trip (R62 art. 8), what its office is called, and areas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from transport.regulations.dated import Dated

_CODE = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class NameOfArea:
    """What an area is called, as a file gives it."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class OfficeName:
    """What an office is called: after its area's name in Chinese, before `of` it in English."""

    zh: str
    en: str

    def of(self, areas: AreaNames, code: str) -> tuple[str, str]:
        """Return the whole name of the office of an area, in Chinese and in English."""
        return areas.name_of(code) + self.zh, f"{self.en} of {areas.english_of(code)}"


@dataclass(frozen=True, slots=True)
class Authorities:
    """Deciding level for each reach of a trip, and what the office of an area is called."""

    within_county: Dated[str]
    within_league: Dated[str]
    across_leagues: Dated[str]
    across_provinces: Dated[str]
    province_office: Dated[OfficeName]
    region_office: Dated[OfficeName]
    league_office: Dated[OfficeName]
    county_office: Dated[OfficeName]


@dataclass(frozen=True, slots=True)
class AreaNames:
    """Names of administrative areas by GB/T 2260 code, in Chinese and in English."""

    names: Mapping[str, str]
    english: Mapping[str, str]

    def name_of(self, code: str) -> str:
        """Return the area's Chinese name, or the code where no name is on file."""
        return self.names.get(code, code)

    def english_of(self, code: str) -> str:
        """Return the area's English name, or the code where no name is on file."""
        return self.english.get(code, code)

    def is_known(self, code: str) -> bool:
        """Whether the code is on file; of provinces other than ours only the province is."""
        if code in self.names:
            return True
        province = province_of(code)
        if not _CODE.fullmatch(code) or province not in self.names:
            return False
        return not any(other[:2] == code[:2] and other != province for other in self.names)


def province_of(code: str) -> str:
    """Return the province-level code of an area: 150203 -> 150000."""
    return code[:2] + "0000"


def league_of(code: str) -> str:
    """Return the league- or city-level code of an area: 150203 -> 150200."""
    return code[:4] + "00"


def is_county(code: str) -> bool:
    """Whether the code names a banner or county, not a league or province."""
    return not code.endswith("00")
