"""Names of areas and of their offices in the reader's language, from the law on file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from transport.regulations.authorities import is_county, province_of
from webapp.access import current_services
from webapp.extensions import language


def area_name(code: str) -> str:
    """Name the area of an administrative code; a dash where there is none."""
    areas = current_services().law.areas
    if not code:
        return "–"
    return areas.english_of(code) if language() == "en" else areas.name_of(code)


def authority_name(level: str, code: str, name: str) -> str:
    """Name a deciding authority; the names that cases keep are Chinese."""
    if language() == "en" and level:
        return str(gettext("Transport department of %(area)s", area=area_name(code)))
    return name or "–"


def authority_text(authority: Mapping[str, Any]) -> str:
    """Name the authority of a classification."""
    if language() == "en" and authority.get("name_en"):
        return str(authority["name_en"])
    return authority_name(authority["level"], authority["admin_code"], authority["name"])


def area_choices(*, counties: bool = False) -> list[tuple[str, str]]:
    """Offer our leagues and cities, with their counties if asked, then the provinces."""
    law = current_services().law
    ours = law.region.removeprefix("cn-")
    codes = [
        code
        for code in law.areas.names
        if code == province_of(code)
        or (code.startswith(ours) and (counties or not is_county(code)))
    ]
    codes.sort(key=lambda code: (not code.startswith(ours), code))
    return [(code, area_name(code)) for code in codes]
