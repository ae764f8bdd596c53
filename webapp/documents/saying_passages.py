"""What the passage evaluation report says, chapter by chapter (JTG/T 2213-2023, appendix A)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from transport.evaluation.passage.findings import Passage, PassageCheck
from transport.evaluation.plans import Conclusion
from transport.evaluation.tables import Tables
from transport.evaluation.words import Result
from transport.permits.report_sheet import ReportSheet
from transport.services.days import CHINA_TIME
from transport.vehicles.form_strings import axle_load_string, axle_spacing_string
from webapp.documents import passage_words as words
from webapp.documents.passage_plans import (
    advice,
    completeness,
    conditions_table,
    doubts_table,
    emergency,
    monitoring,
    organisation,
    surveys_table,
)
from webapp.documents.passage_tables import (
    Rows,
    Sources,
    bridge_result,
    bridge_state,
    check_row,
    general_row,
    input_of,
)
from webapp.documents.passage_words import UNFILLED, said
from webapp.documents.road_state import (
    change_nodes,
    facilities,
    pavements,
    tightest,
    tunnels,
    unrecorded_table,
)
from webapp.documents.typesetting import in_chinese

# Judgements on the whole transport; `conclude` is the conclusion itself.
_GENERAL = {
    "classify_size", "classify_mass", "scope", "method_select", "survey_mode", "plan_complete",
}  # fmt: skip
_STRUCTURAL = {"asphalt", "concrete", "embankment", "bridge_screening"}
# The source of a measurement: who, and the day.
_MEASURED = re.compile(r" \d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class ReportDetails:
    """What people add to a report: fields of appendix A under their names; a draft unsigned."""

    texts: Mapping[str, str] = field(default_factory=dict)
    sheet: ReportSheet | None = None

    def number(self, name: str) -> float:
        """Return a field as a number, nan where nobody gave one."""
        try:
            return float(self.texts.get(name, "nan"))
        except ValueError:
            return float("nan")

    def text(self, name: str) -> str:
        """Return a field, or the mark that somebody has to fill it in."""
        return self.texts.get(name) or UNFILLED


def describe_passage(
    passage: Passage, tables: Tables, details: ReportDetails, legs: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return everything the report prints, as plain texts."""
    sources = Sources()
    bridges = [one for one in passage.checks if one.check == "bridge_screening"]
    general = [one for one in passage.checks if one.check in _GENERAL]
    left = _STRUCTURAL | _GENERAL | {"conclude"}
    space = [one for one in passage.checks if one.check not in left]
    ground = [one for one in passage.checks if one.check in _STRUCTURAL and one not in bridges]
    plans = (organisation(passage, details.text("plan_contacts")), emergency())
    content = {
        "draft": details.sheet is None,
        "signature": _signature(details.sheet),
        "cover": _cover(passage, details),
        "overview": _overview(passage, details, bridges),
        "tractor": _fields(_with_known(details, passage), tables, "tractor"),
        "trailer": _fields(_with_known(details, passage), tables, "trailer"),
        "vehicle": _vehicle(passage, details),
        "axles": _axles(passage),
        "legs": _legs(legs, passage),
        "changes": change_nodes(passage, sources),
        "tightest": tightest(passage, sources),
        "pavements": pavements(passage, sources),
        "tunnels": tunnels(passage, sources),
        "facilities": facilities(passage, sources),
        "unrecorded": unrecorded_table(passage),
        "bridges": [bridge_state(one, n, sources) for n, one in enumerate(bridges, 1)],
        "bridge_results": [bridge_result(one, n) for n, one in enumerate(bridges, 1)],
        "general": [
            _with_answer(general_row(one), one, completeness(tables, *plans)) for one in general
        ],
        "space": [check_row(one, tables, sources) for one in space],
        "ground": [check_row(one, tables, sources) for one in ground],
        "counts": _counts(passage),
        "organisation": plans[0],
        "emergency": plans[1],
        "conditions": conditions_table(passage),
        "monitoring": monitoring(bridges),
        "conclusion": _conclusion(passage, bridges),
        "advice": advice(passage, bridges, legs),
        "surveys": surveys_table(passage),
        "doubts": doubts_table(passage, tables),
        "decisions": [
            [one.name, words.CHECKS.get(one.check, one.check), words.RESULTS[str(one.result)],
             one.decided_by + _until(one), str(one.values.get("decision", ""))]
            for one in passage.checks
            if one.decided_by
        ],
        "sources": [],
    }  # fmt: skip
    content["sources"] = sources.rows()
    return content


def _with_answer(row: list[str], one: PassageCheck, plans: str) -> list[str]:
    """Return a general row; of the plans it says what is printed, not what was to be printed."""
    return [row[0], plans, *row[2:]] if one.check == "plan_complete" else row


def _until(one: PassageCheck) -> str:
    until = one.values.get("decision_until")
    return f"，有效期至{until}" if until else ""


def _cover(passage: Passage, details: ReportDetails) -> dict[str, str]:
    return {
        "project": details.text("project_name"),
        "organisation": details.text("organisation"),
        "date": in_chinese(passage.day),
        "head": details.text("responsible_head"),
        "technical": details.text("technical_head"),
        "leader": details.text("project_head"),
        "staff": details.text("main_staff"),
        "certificate": details.text("certificate"),
    }


def _signature(sheet: ReportSheet | None) -> dict[str, str]:
    """Return who signed, for whom, when, and which evaluation."""
    if sheet is None:
        return {}
    at = sheet.signed_at.astimezone(CHINA_TIME)
    return {
        "name": sheet.signed_by,
        "organisation": sheet.organisation,
        "at": f"{in_chinese(at.date())}{at:%H:%M}",
        "evaluation": sheet.evaluation[:16],
    }


def _overview(
    passage: Passage, details: ReportDetails, bridges: Sequence[PassageCheck]
) -> dict[str, str]:
    train = passage.train
    transport = train.transport
    exceeds = [
        word for word, over in (("外廓尺寸", train.size_over), ("质量", train.mass_over)) if over
    ]
    scope = [word for word, over in (("空间", train.size_over), ("结构", train.mass_over)) if over]
    survey = (
        "本次评价所需资料齐全，采用电子勘验" + _surveyed(passage)
        if not passage.surveys
        else f"有{len(passage.surveys)}处资料缺失或过期，须现场勘验，清单见附录A；"
        "勘验前该处不得视为满足。"
    )
    return {
        "purpose": (
            f"拟运输车货总质量{said(transport.mass_t)} t、车货外廓长{said(transport.length_m)} m、"
            f"宽{said(transport.width_m)} m、高{said(transport.height_m)} m的大件货物，"
            f"{'、'.join(exceeds) or '未'}超过公路通行限值。"
            f"对拟行驶路线（{passage.length_km:.1f} km）作"
            f"{'、'.join(scope) or '一般'}可通行性评价，为许可和通行组织提供依据。"
            + (details.texts.get("background_purpose") or "")
        ),
        "survey": survey,
        "process": (
            "按查表法、验算法、仿真法的顺序评价（3.1.2），查表不满足不作为不可通行的结论；"
            "资料缺失的转现场勘验（3.4.4）。共评价"
            f"{len(passage.checks)}项，其中桥梁{len(bridges)}座。行驶里程自起点起算。"
        ),
        "grades": (
            f"车辆尺寸等级{train.size_grade or '不分级（特殊组合）'}，"
            f"轴荷等级{train.mass_grade or '未知'}（3.2.4、3.2.5）。"
        ),
    }


def _surveyed(passage: Passage) -> str:
    """Say how much was measured on site; such a value names who and when."""
    found = {
        (one.element, name)
        for one in passage.checks
        for name, given in one.inputs.items()
        if _MEASURED.search(given.source)
    }
    places = len({element for element, _ in found})
    return f"，并采用{places}处现场实测数据{len(found)}项（见附录C）。" if found else "。"


def _fields(details: ReportDetails, tables: Tables, part: str) -> list[list[str]]:
    """Return the fields of the tractor or trailer that appendix A asks for."""
    return [
        [row.chinese.partition(" (")[0], details.text(row.field)]
        for row in tables.report_fields
        if row.section == f"vehicle.{part}"
    ]


def _with_known(details: ReportDetails, passage: Passage) -> ReportDetails:
    """Return the details with what the transport itself tells, where nobody wrote it."""
    train, transport = passage.train, passage.train.transport
    tractor = transport.axle_count - train.lines
    known = {"trailer_type": words.TRAINS[str(train.train)]}
    if train.lines:
        files = f"，每线{train.files}轴" if train.files > 1 else ""
        known["trailer_axles"] = f"{train.lines}线{files}"
        known["tractor_axle_loads"] = "、".join(map(said, transport.axle_loads_t[:tractor])) + " t"
        spacings = transport.axle_spacings_m
        known["suspension_centres"] = "、".join(map(said, spacings[tractor:])) + " m"
        known["tractor_wheelbase"] = "、".join(map(said, spacings[: tractor - 1])) + " m"
    return ReportDetails({**known, **details.texts}, details.sheet)


def _vehicle(passage: Passage, details: ReportDetails) -> list[list[str]]:
    transport, train = passage.train.transport, passage.train
    loads, spacings = axle_load_string(transport), axle_spacing_string(transport)
    return [
        ["车组类型", words.TRAINS[str(train.train)]],
        ["车货总质量", f"{said(transport.mass_t)} t"],
        ["车货总体外廓（长×宽×高）", "×".join(
            said(v) for v in (transport.length_m, transport.width_m, transport.height_m)) + " m"],
        ["轴荷（申报格式）", f"{loads or '未知'} t"],
        ["轴间距", f"{spacings or '未知'} m"],
        ["最大轴（线）荷载", f"{said(transport.largest_axle_load_t)} t"],
        ["整车组最小转弯半径", details.text("min_turning_radius")],
        ["货物长宽高", details.text("cargo_lwh")],
        ["重心位置", details.text("centre_of_gravity")],
        ["支座位置", details.text("supports")],
        ["绑扎索具", details.text("lashing")],
    ]  # fmt: skip


def _axles(passage: Passage) -> Rows:
    transport = passage.train.transport
    tractor = transport.axle_count - passage.train.lines
    rows, place = [], 0.0
    for number, load in enumerate(transport.axle_loads_t):
        if number and number <= len(transport.axle_spacings_m):
            place += transport.axle_spacings_m[number - 1]
        trailing = number >= tractor
        files = transport.axles_per_line if trailing else 1
        rows.append([
            str(number + 1),
            "挂车轴线" if trailing else "牵引车轴",
            f"{place:.2f}" if transport.axle_spacings_m else "—",
            f"{load:.2f}",
            str(files),
            f"{load / files:.2f}",
        ])  # fmt: skip
    return rows


def _legs(legs: Sequence[Mapping[str, Any]], passage: Passage) -> Rows:
    if legs:
        return [
            [f"{leg['from_km']:.1f}–{leg['to_km']:.1f}",
             str(leg.get("ref") or leg.get("name") or "—"), _class(leg.get("class")),
             str(leg.get("instruction", ""))]
            for leg in legs
        ]  # fmt: skip
    found = []
    for one in passage.checks:
        if one.kind == "stretch" and one.to_km is not None:
            row = [f"{one.chainage_km:.1f}–{one.to_km:.1f}", one.name,
                   _class(input_of(one, "road_class")), ""]  # fmt: skip
            if row not in found:
                found.append(row)
    merged: dict[str, list[str]] = {}
    for row in found:
        if row[0] not in merged or row[2] != "—":
            merged[row[0]] = row
    return list(merged.values())


def _class(word: Any) -> str:
    plain = str(word or "").replace("_", "")
    urban = {"urbanexpressway": "城市快速路", "urbanarterial": "城市主干路",
             "urbansecondary": "城市次干路", "urbanbranch": "城市支路"}  # fmt: skip
    return words.ROADS.get(plain) or urban.get(plain) or "—"


def _counts(passage: Passage) -> Rows:
    found = []
    for kind, name in words.KINDS.items():
        checks = [one for one in passage.checks if one.kind == kind]
        if not checks:
            continue
        numbers = [sum(1 for one in checks if str(one.result) == code) for code in (
            "PASS", "PASS_WITH_MEASURES", "NEEDS_CALCULATION", "NEEDS_SIMULATION",
            "NEEDS_SURVEY", "NOT_PASSABLE")]  # fmt: skip
        found.append([name, str(len(checks)), *map(str, numbers)])
    return found


def _conclusion(passage: Passage, bridges: Sequence[PassageCheck]) -> dict[str, str]:
    open_ones = [one for one in passage.checks if str(one.result).startswith("NEEDS")]
    refused = [one for one in passage.checks if one.result is Result.NOT_PASSABLE]
    if passage.conclusion is None:
        word = "尚不能作出结论"
        why = f"有{len(open_ones)}项评价未完成（{_kinds(open_ones)}），完成后重新评价。"
    else:
        word = str(passage.conclusion)
        why = {
            Conclusion.PASSABLE: "各项评价均满足要求。",
            Conclusion.AFTER_MEASURES: "各项强制要求均满足，须落实第5章所列措施和通行要求。",
            Conclusion.NOT_PASSABLE: "下列位置不满足要求：" + "、".join(
                f"{one.name}（{words.CHECKS.get(one.check, one.check)}）"
                for one in refused) + "。",
        }[passage.conclusion]  # fmt: skip
    return {"word": word, "why": why, "bridges": str(len(bridges))}


def _kinds(checks: Iterable[PassageCheck]) -> str:
    found: dict[str, int] = {}
    for one in checks:
        word = words.RESULTS[str(one.result)]
        found[word] = found.get(word, 0) + 1
    return "、".join(f"{word}{number}项" for word, number in found.items())
