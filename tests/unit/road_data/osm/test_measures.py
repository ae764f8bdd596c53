"""How people write lengths and masses, and what we read."""

from __future__ import annotations

import pytest

from road_data.osm.tags.measures import read_length_m, read_mass_t

LENGTHS = [
    ("4.5", 4.5, "metres without a unit"),
    ("4,5", 4.5, "decimal comma"),
    (" 4.5 ", 4.5, "spaces around"),
    ("4", 4.0, "whole metres"),
    ("4.5 m", 4.5, "unit after a space"),
    ("4.5m", 4.5, "unit at once"),
    ("4.5 M", 4.5, "capital unit"),
    ("4.5 metres", 4.5, "word"),
    (".9", 0.9, "no leading zero"),
    ("420 cm", 4.2, "centimetres"),
    ("4200 mm", 4.2, "millimetres"),
    ("4.5米", 4.5, "Chinese unit"),
    ("４．５ｍ", 4.5, "full-width characters"),
    ("4米5", 4.5, "spoken Chinese form"),
    ("4m50", 4.5, "spoken form"),
    ("420厘米", 4.2, "Chinese centimetres"),
    ("13'6\"", 4.1148, "feet and inches"),
    ("13' 6\"", 4.1148, "feet and inches with a space"),
    ("13'-6\"", 4.1148, "feet and inches with a dash"),
    ("13′6″", 4.1148, "typographic primes"),
    ("13’6”", 4.1148, "typographic quotes"),
    ("13 ft 6 in", 4.1148, "spelled units"),
    ("13ft6in", 4.1148, "spelled units at once"),
    ("14 ft", 4.2672, "feet only"),
    ("40'", 12.192, "feet by prime"),
    ("14'9\"", 4.4958, "never rounded up to 4.50"),
    ("162 in", 4.1148, "inches only"),
    ('162"', 4.1148, "inches by double prime"),
    ("4.5;4.2", 4.2, "a list gives the smallest"),
    ("4.5|4.2|4.8", 4.2, "lanes give the smallest"),
    ("4.2-4.5", 4.2, "a range gives its lower end"),
    ("4.5 - 4.2 m", 4.2, "a range backwards, unit at the end"),
    ("420-450 cm", 4.2, "a range of centimetres"),
]
UNREADABLE_LENGTHS = [
    "", "low", "4.5.2", "~4.5", "ca. 4", "4.5 yd", "m", "4.5;low", "four", "-4.5", "4/5", "13'6\"x",
    "Narrow", "4.5 t",
]  # fmt: skip
MASSES = [
    ("40", 40.0, "tonnes without a unit"),
    ("40 t", 40.0, "tonnes"),
    ("7,5", 7.5, "decimal comma"),
    ("7.5t", 7.5, "unit at once"),
    ("40吨", 40.0, "Chinese unit"),
    ("40000 kg", 40.0, "kilograms"),
    ("40,000 kg", 40.0, "thousands separator before a small unit"),
    ("3.500 kg", 3.5, "German thousands separator"),
    ("3500公斤", 3.5, "Chinese kilograms"),
    ("80000 lbs", 36.2873896, "pounds"),
    ("80,000 lbs", 36.2873896, "pounds with separator"),
    ("10 st", 9.0718474, "short tons"),
    ("10 tons", 9.0718474, "the smaller of two meanings"),
    ("10 lt", 10.160469088, "long tons"),
    ("40;30", 30.0, "a list gives the smallest"),
    ("3.5-7.5", 3.5, "a range gives its lower end"),
    ("12.0 tonnes", 12.0, "word"),
]
UNREADABLE_MASSES = ["", "heavy", "40 kN", "4 axles", "40 m", "40;?", "3,5,0", "no lorries"]


@pytest.mark.parametrize(("text", "metres", "why"), LENGTHS, ids=[case[2] for case in LENGTHS])
def test_a_length_is_read_as_it_was_meant(text: str, metres: float, why: str) -> None:
    assert read_length_m(text) == pytest.approx(metres, abs=1e-12), why


@pytest.mark.parametrize("text", UNREADABLE_LENGTHS)
def test_a_length_that_means_nothing_is_not_guessed(text: str) -> None:
    assert read_length_m(text) is None


@pytest.mark.parametrize(("text", "tonnes", "why"), MASSES, ids=[case[2] for case in MASSES])
def test_a_mass_is_read_as_it_was_meant(text: str, tonnes: float, why: str) -> None:
    assert read_mass_t(text) == pytest.approx(tonnes, abs=1e-12), why


@pytest.mark.parametrize("text", UNREADABLE_MASSES)
def test_a_mass_that_means_nothing_is_not_guessed(text: str) -> None:
    assert read_mass_t(text) is None


@pytest.mark.parametrize("inches", range(100, 240))
def test_feet_and_inches_are_never_rounded_up(inches: int) -> None:
    read = read_length_m(f"{inches // 12}'{inches % 12}\"")
    assert read is not None
    assert read <= inches * 0.0254 + 1e-12
