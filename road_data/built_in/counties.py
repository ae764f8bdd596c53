"""Official names of the counties, leagues and cities of Inner Mongolia."""

from __future__ import annotations

from road_data.built_in.tables import read_tables


def county_names() -> dict[str, str]:
    """Return the Chinese name of every GB/T 2260 code of the region."""
    return {row["admin_code"]: row["name"] for row in read_tables().rows("counties.csv")}


def league_codes() -> dict[str, str]:
    """Return the code of the league or city that each county belongs to."""
    rows = read_tables().rows("counties.csv")
    return {row["admin_code"]: row["league_code"] for row in rows if row["league_code"]}
