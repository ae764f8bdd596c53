"""A regulation file with a fault stops the start, and the message names file and key."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from transport.errors import NoLawInForceError, RegulationFileError
from transport.regulations.citation import Status
from transport.regulations.law import Law
from transport.regulations.reading import read_calendar, read_law, read_yaml
from transport.rules.classification import classify
from transport.rules.conditions import conditions_for
from transport.vehicles.transport import Transport

CONFIG = Path(__file__).parent.parent.parent / "config"
OVER_WIDE = Transport(height_m=3.9, width_m=2.6, length_m=16.5, mass_t=17.0)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    shutil.copytree(CONFIG, tmp_path / "config")
    return tmp_path / "config"


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


FAULTS = {
    "an unknown key of an entry": (
        "unit: m\n",
        "unit: m\n    colour: red\n",
        "entries.height_m.colour: unknown key",
    ),
    "a legal value nobody knows": (
        "  width_m:",
        "  girth_m:",
        "entries.girth_m: unknown key",
    ),
    "a missing citation": (
        "        citation: { title: R62, article: 'art. 3(1)' }\n",
        "",
        "entries.height_m.values[0].citation: is missing",
    ),
    "a citation without an article": (
        "article: 'art. 3(1)'",
        "article: ''",
        "entries.height_m.values[0].citation.article: names no article",
    ),
    "a citation of an unlisted instrument": (
        "title: R62",
        "title: R63",
        "entries.height_m.values[0].citation.title: 'R63' is not in instruments.yaml",
    ),
    "a negative limit": (
        "value: 4.0\n",
        "value: -4.0\n",
        "entries.height_m.values[0].value: '-4.0' must be a number from 0 on",
    ),
    "a limit that is no number": (
        "value: 4.0\n",
        "value: .nan\n",
        "entries.height_m.values[0].value: 'nan' must be a number from 0 on",
    ),
    "an endless limit": (
        "value: 4.0\n",
        "value: .inf\n",
        "entries.height_m.values[0].value: 'inf' must be a number from 0 on",
    ),
    "a missing status": (
        "        status: verified\n",
        "",
        "entries.height_m.values[0].status: is missing",
    ),
    "a status that is no word of ours": (
        "status: verified",
        "status: sure",
        "entries.height_m.values[0].status: 'sure' must be one of",
    ),
    "a missing description": (
        "      en: 'Overall height from the ground; over-limit above this'\n",
        "",
        "entries.height_m.description.en: is missing",
    ),
    "a missing day of checking": (
        "    last_checked: 2026-11-24\n",
        "",
        "entries.height_m.last_checked: is missing",
    ),
    "a text for a number": (
        "value: 4.0",
        "value: four",
        "entries.height_m.values[0].value: 'four' must be of the kind float",
    ),
    "a day that is none": (
        "effective: 2016-09-21",
        "effective: soon",
        "entries.height_m.values[0].effective: 'soon' is no day",
    ),
    "a unit at odds with the key": (
        "unit: m\n",
        "unit: t\n",
        "entries.height_m.unit: is 't', but the key 'height_m' promises 'm'",
    ),
    "a key given twice": ("  width_m:", "  height_m:", "the key 'height_m' stands twice"),
    "a file of another subject": (
        "subject: size_limits",
        "subject: axle_caps",
        "subject: must be 'size_limits'",
    ),
    "broken YAML": ("entries:", "entries: [", "size_limits.yaml"),
}


@pytest.mark.parametrize(("old", "new", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_in_a_file_stops_the_start(config: Path, old: str, new: str, message: str) -> None:
    file = config / "regulations" / "cn" / "size_limits.yaml"
    _change(file, old, new)

    with pytest.raises(RegulationFileError, match=re.escape(message)) as wrong:
        read_law(config)
    assert str(file) in str(wrong.value)


def _second_height(config: Path, effective: str, value: str, *, expected: bool = False) -> Path:
    file = config / "regulations" / "cn" / "size_limits.yaml"
    row = (
        f"      - effective: {effective}\n        value: {value}\n"
        "        citation: { title: R62, article: 'art. 3(1)' }\n        status: assumption\n"
        + ("        expected: true\n" if expected else "")
    )
    _change(file, "        status: verified\n", "        status: verified\n" + row)
    return file


def test_two_values_from_the_same_day_overlap(config: Path) -> None:
    _second_height(config, "2016-09-21", "4.2")

    with pytest.raises(RegulationFileError, match=r"height_m.values\[1\].effective: .* overlap"):
        read_law(config)


def test_values_must_stand_in_the_order_of_their_days(config: Path) -> None:
    _second_height(config, "2010-01-01", "4.2")

    with pytest.raises(RegulationFileError, match=r"height_m.values\[1\].effective: .* sort"):
        read_law(config)


def test_a_missing_file_is_named(config: Path) -> None:
    (config / "regulations" / "cn" / "axle_caps.yaml").unlink()

    with pytest.raises(RegulationFileError, match=r"axle_caps.yaml: is missing"):
        read_law(config)


def test_a_missing_value_is_named(config: Path) -> None:
    file = config / "regulations" / "cn" / "axle_caps.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("  hydraulic_line_maximum_t:")], encoding="utf-8")

    with pytest.raises(RegulationFileError, match=r"entries.hydraulic_line_maximum_t: is missing"):
        read_law(config)


def test_a_file_nobody_reads_is_refused(config: Path) -> None:
    (config / "regulations" / "cn" / "sizes.yaml").write_text("entries: {}\n", encoding="utf-8")

    with pytest.raises(RegulationFileError, match=r"unknown subject"):
        read_law(config)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(RegulationFileError, match=r"cannot be read"):
        read_yaml(file)


def test_a_calendar_day_of_another_year_is_refused(config: Path) -> None:
    _change(config / "calendars" / "cn-2026.yaml", "  - 2026-01-01", "  - 2025-01-01")

    with pytest.raises(RegulationFileError, match=r"holidays: '2025-01-01' is no day of 2026"):
        read_calendar(config)


def test_every_legal_value_has_a_citation_and_a_status() -> None:
    law = read_law(CONFIG)

    values = list(law.values())
    assert len(values) > 90
    for _, _, dated in values:
        assert dated.description_zh
        assert dated.description_en
        for revision in dated.history():
            provision = revision.provision
            assert provision.citation.title in law.instruments
            assert provision.citation.article
            assert provision.citation.url.startswith("https://")
            assert provision.status in Status


def test_an_instrument_that_was_not_read_verifies_nothing() -> None:
    unread = {"GB1589", "ARL", "AProcL"}

    for _, _, dated in read_law(CONFIG).values():
        for revision in dated.history():
            cited = revision.provision.citation
            if cited.title in unread or "GB 1589" in cited.article:
                assert revision.provision.status is not Status.VERIFIED, dated.name


def test_a_case_from_before_a_change_of_law_keeps_its_answer(config: Path) -> None:
    file = config / "regulations" / "cn" / "size_limits.yaml"
    _change(file, "value: 2.55\n", "value: 2.55\n")
    row = (
        "      - effective: 2030-01-01\n        value: 3.0\n"
        "        citation: { title: R62, article: 'art. 3(2)' }\n        status: assumption\n"
    )
    text = file.read_text(encoding="utf-8")
    head, tail = text.split("  length_m:")
    file.write_text(head + row + "  length_m:" + tail, encoding="utf-8")
    law = read_law(config)

    assert classify(OVER_WIDE, law, date(2029, 12, 31)).over_limit
    assert not classify(OVER_WIDE, law, date(2030, 1, 1)).over_limit
    assert classify(OVER_WIDE, law, date(2029, 12, 31)).exceeded[0].limit == 2.55


def test_an_expected_change_has_no_effect(config: Path) -> None:
    _second_height(config, "2020-01-01", "5.0", expected=True)

    assert read_law(config).size_limits.height_m.on(date(2026, 1, 1)).value == 4.0


def test_an_expectation_is_yes_or_no(config: Path) -> None:
    _second_height(config, "2020-01-01", "5.0", expected=True)
    _change(config / "regulations" / "cn" / "size_limits.yaml", "expected: true", "expected: maybe")

    with pytest.raises(RegulationFileError, match=r"values.1..expected: 'maybe' must be true or"):
        read_law(config)


def test_a_repealed_value_is_no_law(config: Path) -> None:
    _second_height(config, "2020-01-01", "null")
    law = read_law(config)

    assert law.size_limits.height_m.on(date(2019, 12, 31)).value == 4.0
    with pytest.raises(NoLawInForceError, match=r"size_limits.height_m is in force on 2020-01-01"):
        law.size_limits.height_m.on(date(2020, 1, 1))


def test_a_day_before_the_law_is_an_error() -> None:
    law = read_law(CONFIG)

    with pytest.raises(NoLawInForceError, match=r"2016-09-20"):
        classify(OVER_WIDE, law, date(2016, 9, 20))
    assert classify(OVER_WIDE, law, date(2016, 9, 21)).over_limit


def test_the_nearer_jurisdiction_wins_from_its_day_on(config: Path) -> None:
    region = config / "regulations" / "cn-15" / "size_limits.yaml"
    region.write_text(
        "subject: size_limits\narea: cn-15\nentries:\n  height_m:\n"
        "    description: { zh: 高度, en: Height }\n    unit: m\n    last_checked: 2026-11-24\n"
        "    values:\n      - effective: 2025-01-01\n        value: 4.1\n"
        "        citation: { title: R62, article: art. 3 }\n        status: assumption\n",
        encoding="utf-8",
    )
    law: Law = read_law(config)

    assert law.size_limits.height_m.on(date(2024, 12, 31)).value == 4.0
    assert law.size_limits.height_m.on(date(2025, 1, 1)).value == 4.1
    assert law.size_limits.height_m.on(date(2025, 1, 1)).area == "cn-15"
    assert law.size_limits.width_m.on(date(2025, 1, 1)).area == "cn"


def test_every_area_has_a_chinese_and_an_english_name() -> None:
    areas = read_law(CONFIG).areas
    assert areas.name_of("152531") == "多伦县"
    assert areas.english_of("152531") == "Duolun County"
    assert areas.names.keys() == areas.english.keys()
    assert not [name for name in areas.english.values() if not name.isascii()]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("{ zh: 多伦县 }", "152531.en: is missing"),
        ("多伦县", "152531: must be"),
        ("{ zh: 多伦县, en: Duolun County, mn: Dolonnuur }", "152531.mn: unknown key"),
    ],
)
def test_an_area_without_both_names_stops_the_start(config: Path, given: str, message: str) -> None:
    file = config / "regulations" / "cn-15" / "area_names.yaml"
    _change(file, "{ zh: 多伦县, en: Duolun County }", given)
    with pytest.raises(RegulationFileError, match=re.escape(message)):
        read_law(config)


def test_a_region_may_not_invent_keys(config: Path) -> None:
    file = config / "regulations" / "cn-15" / "authorities.yaml"
    _change(file, "  league_office:", "  village_office:")

    with pytest.raises(RegulationFileError, match=r"entries.village_office: unknown key"):
        read_law(config)


SHAPES = {
    "a list that is none": (
        "penalties.yaml",
        "value: [correct, impound_on_refusal]",
        "value: correct",
        "entries.off_terms_measures.values[0].value: must be a list",
    ),
    "a word twice in a list": (
        "penalties.yaml",
        "value: [correct, impound_on_refusal]",
        "value: [correct, correct]",
        "entries.off_terms_measures.values[0].value[1]: stands in the list twice",
    ),
    "a number in a list of words": (
        "penalties.yaml",
        "value: [correct, impound_on_refusal]",
        "value: [correct, 5]",
        "entries.off_terms_measures.values[0].value[1]: '5' must be of the kind str",
    ),
    "an unknown field of a record": (
        "penalties.yaml",
        "- { up_to_height_m: 4.2,",
        "- { up_to_girth_m: 4.2,",
        "entries.size_fines.values[0].value[0].up_to_girth_m: unknown key",
    ),
    "a missing field of a record": (
        "penalties.yaml",
        "- { least_yuan: 1000, most_yuan: 3000 }",
        "- { least_yuan: 1000 }",
        "entries.size_fines.values[0].value[2].most_yuan: is missing",
    ),
    "money with a fraction": (
        "penalties.yaml",
        "- { least_yuan: 1000, most_yuan: 3000 }",
        "- { least_yuan: 1000, most_yuan: 3000.5 }",
        "value[2].most_yuan: '3000.5' must be of the kind int",
    ),
    "a body nobody knows": (
        "consultations.yaml",
        "{ body: traffic_police, manner: consulted, when: beyond_category_2 }",
        "{ body: harbour_master, manner: consulted, when: beyond_category_2 }",
        "police_for_large_loads.values[0].value.body: 'harbour_master' must be one of",
    ),
    "an occasion nobody knows": (
        "conditions.yaml",
        "occasions: [opposing_lane]",
        "occasions: [full_moon]",
        "entries.police_escort.values[0].value[0].occasions[0]: 'full_moon' must be one of",
    ),
    "a parameter that the text does not have": (
        "conditions.yaml",
        "parameters: { margin_m: 0.1 }",
        "parameters: { margin_cm: 10 }",
        "entries.height_pole_car.values[0].value[0].parameters: must be margin_m, are margin_cm",
    ),
    "a road class nobody knows": (
        "conditions.yaml",
        "road_classes: [urban], parameters: { speed_km_h: 30 }",
        "road_classes: [lane], parameters: { speed_km_h: 30 }",
        "entries.top_speed.values[0].value[4].road_classes: 'lane' must be one of",
    ),
    "a text without its parameter": (
        "condition_templates.yaml",
        "At most {speed_km_h} km/h on {roads}",
        "Slowly on {roads}",
        "templates.top_speed.en: uses the parameters none, but 'parameters' names speed_km_h",
    ),
    "a condition without a text": (
        "condition_templates.yaml",
        "  rear_steerer:",
        "  rear_steersman:",
        "entries.rear_steerer: condition_templates.yaml has no text 'rear_steerer'",
    ),
    "a thirty-first text": (
        "condition_templates.yaml",
        "templates:\n",
        "templates:\n  one_more: { zh: 多, en: more }\n",
        "templates: 31 texts; keep to 30",
    ),
    "money in the wrong unit": (
        "penalties.yaml",
        "en: 'Cap of all fines together'\n    unit: yuan",
        "en: 'Cap of all fines together'\n    unit: t",
        "entries.fine_cap_yuan.unit: is 't', but the key 'fine_cap_yuan' promises 'yuan'",
    ),
}


@pytest.mark.parametrize(
    ("name", "old", "new", "message"), SHAPES.values(), ids=list(SHAPES.keys())
)
def test_a_value_of_the_wrong_shape_stops_the_start(
    config: Path, name: str, old: str, new: str, message: str
) -> None:
    _change(config / "regulations" / "cn" / name, old, new)

    with pytest.raises(RegulationFileError, match=re.escape(message)) as wrong:
        read_law(config)
    assert name.partition(".")[0].removesuffix("_templates") in str(wrong.value)


def test_a_month_that_is_none_is_refused(config: Path) -> None:
    _change(config / "regulations" / "cn-15" / "conditions.yaml", "[3, 4, 5]", "[3, 4, 13]")

    with pytest.raises(RegulationFileError, match=r"cn-15.conditions.yaml: .*months are 1 to 12"):
        read_law(config)


def test_a_change_in_lists_keeps_the_old_answer_for_old_days(config: Path) -> None:
    row = (
        "      - effective: 2030-01-01\n        value: []\n"
        "        citation: { title: R62, article: 'art. 22' }\n        status: assumption\n"
    )
    file = config / "regulations" / "cn" / "conditions.yaml"
    head, tail = file.read_text(encoding="utf-8").split("  rear_steerer:")
    file.write_text(head + row + "  rear_steerer:" + tail, encoding="utf-8")
    law = read_law(config)
    high = Transport(height_m=4.6, width_m=2.5, length_m=16.5, mass_t=17.0)

    def codes(day: date) -> list[str]:
        return [one.code for one in conditions_for(high, law, day)]

    assert "height_pole_car" in codes(date(2029, 12, 31))
    assert "height_pole_car" not in codes(date(2030, 1, 1))


def test_a_league_may_have_rules_of_its_own(config: Path) -> None:
    folder = config / "regulations" / "cn-1502"
    folder.mkdir()
    (folder / "conditions.yaml").write_text(
        "subject: conditions\narea: cn-1502\nentries:\n  height_pole_car:\n"
        "    description: { zh: 测高杆, en: Height pole }\n    unit: list\n"
        "    last_checked: 2026-11-24\n    values:\n      - effective: 2016-09-21\n"
        "        value: [{ above: { height_m: 4.2 }, parameters: { margin_m: 0.2 } }]\n"
        "        citation: { title: R62, article: art. 22 }\n        status: assumption\n",
        encoding="utf-8",
    )
    law = read_law(config)
    high = Transport(height_m=4.3, width_m=2.5, length_m=16.5, mass_t=17.0)

    def codes(admin_code: str) -> list[str]:
        return [one.code for one in conditions_for(high, law.at(admin_code), date(2026, 5, 11))]

    assert "height_pole_car" in codes("150203")
    assert "height_pole_car" not in codes("150102")
    assert "sandstorm" in codes("150203")
    assert law.at("150203").region == "cn-1502"


def test_a_trip_within_a_league_is_judged_by_the_leagues_own_law(config: Path) -> None:
    folder = config / "regulations" / "cn-1502"
    folder.mkdir()
    (folder / "size_limits.yaml").write_text(
        "subject: size_limits\narea: cn-1502\nentries:\n  width_m:\n"
        "    description: { zh: 总宽度, en: Overall width }\n    unit: m\n"
        "    last_checked: 2026-11-24\n    values:\n      - effective: 2020-01-01\n"
        "        value: 2.7\n        citation: { title: R62, article: art. 3(2) }\n"
        "        status: assumption\n",
        encoding="utf-8",
    )
    law, day = read_law(config), date(2026, 5, 11)

    assert not classify(OVER_WIDE, law, day, "150203", "150203").over_limit
    assert not classify(OVER_WIDE, law, day, "150203", "150204").over_limit
    assert not classify(OVER_WIDE, law, day, "150203").over_limit
    beyond = classify(OVER_WIDE, law, day, "150203", "150102")
    assert beyond.over_limit
    assert classify(OVER_WIDE, law, day).over_limit
    assert classify(OVER_WIDE, law, date(2019, 5, 11), "150203", "150203").over_limit
    wide = replace(OVER_WIDE, width_m=3.2)
    inside = classify(wide, law, day, "150203", "150204")
    assert inside.authority == classify(wide, read_law(CONFIG), day, "150203", "150204").authority


def test_a_folder_that_is_no_area_is_refused(config: Path) -> None:
    (config / "regulations" / "cn-15x").mkdir()

    with pytest.raises(RegulationFileError, match=r"cn-15x: name the folder of an area"):
        read_law(config)


def test_a_day_both_free_and_worked_is_refused(config: Path) -> None:
    _change(
        config / "calendars" / "cn-2026.yaml", "make_up_days:\n", "make_up_days:\n  - 2026-01-01\n"
    )

    with pytest.raises(RegulationFileError, match=r"make_up_days: 2026-01-01 is also a holiday"):
        read_calendar(config)


def test_a_folder_whose_name_is_no_area_stops_the_start(config: Path) -> None:
    folder = config / "regulations" / "cn_1502"
    shutil.copytree(config / "regulations" / "cn-15", folder)

    with pytest.raises(RegulationFileError, match=r"cn_1502: name the folder of an area cn-"):
        read_law(config)
