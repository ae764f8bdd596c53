"""Areas and authorities are named in the reader's language."""

from __future__ import annotations

import pytest
from flask import Flask

from webapp.area_names import area_choices, area_name, authority_name, authority_text

AUTHORITY = {
    "level": "region",
    "admin_code": "150000",
    "name": "内蒙古自治区交通运输厅",
    "name_en": "Transport Department of Inner Mongolia",
}


@pytest.mark.parametrize(
    ("language", "county", "authority"),
    [
        ("zh", "昆都仑区", "内蒙古自治区交通运输厅"),
        ("en", "Kundulun District", "Transport Department of Inner Mongolia"),
    ],
)
def test_an_area_and_its_authority_have_a_name_in_each_language(
    app: Flask, language: str, county: str, authority: str
) -> None:
    with app.test_request_context("/", headers={"Cookie": f"language={language}"}):
        assert area_name("150203") == county
        assert authority_text(AUTHORITY) == authority
        assert area_name("") == "–"


def test_an_authority_kept_without_an_english_name_is_named_by_its_area(app: Flask) -> None:
    with app.test_request_context("/", headers={"Cookie": "language=en"}):
        named = authority_name("league", "150200", "包头市交通运输局")
        assert named == "Transport department of Baotou"


def test_firms_choose_among_leagues_and_provinces_and_offices_also_among_counties(
    app: Flask,
) -> None:
    with app.test_request_context("/"):
        firms, offices = dict(area_choices()), dict(area_choices(counties=True))
    assert next(iter(firms.values())) == "内蒙古自治区"
    assert {"150200", "130000"} <= firms.keys()
    assert "150203" not in firms
    assert offices["150203"] == "昆都仑区"
