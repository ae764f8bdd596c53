"""Which level of authority decides a trip (R62 art. 8), what its office is called, and areas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from transport.regulations.dated import Dated

_CODE = re.compile(r"\d{6}")


@dataclass(frozen=True, slots=True)
class Authorities:
    """Deciding level for each reach of a trip, and the office's name after its area's name."""

    within_county: Dated[str]
    within_league: Dated[str]
    across_leagues: Dated[str]
    across_provinces: Dated[str]
    province_office: Dated[str]
    region_office: Dated[str]
    league_office: Dated[str]
    county_office: Dated[str]


@dataclass(frozen=True, slots=True)
class AreaNames:
    """Names of administrative areas by GB/T 2260 code."""

    names: Mapping[str, str]

    def name_of(self, code: str) -> str:
        """Return the area's name, or the code where no name is on file."""
        return self.names.get(code, code)

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
