"""Plans and lists of the evaluation report: organisation, emergency, conditions, advice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from transport.evaluation.catalogue import CHECKS
from transport.evaluation.passage.findings import Passage, PassageCheck
from transport.evaluation.tables import Tables
from transport.evaluation.words import Result
from webapp.documents import passage_words as words
from webapp.documents.passage_tables import Rows, demands, input_of
from webapp.documents.passage_words import UNFILLED, fact_text

_ESCORT = (
    "编队次序：前导车—大件车组—后护车。前导车距车组100～200 m，警示灯常亮；"
    "护送人员与驾驶员保持通信，过桥、转弯前停车确认。"
)
_BRIDGES = (
    "一桥一车，居中、匀速，桥上不制动、不变速、不停车；两端100 m处截停其他车辆，记录过桥车速。"
)
# Heading of a plan -> the item of chapter 11 that stands under it.
_ITEMS = {
    "路线选择": "route",
    "护送方案": "escort",
    "监控": "monitoring",
    "封闭与借道": "traffic_measures",
    "天气影响": "weather",
    "临时停车": "temporary_stop",
    "货物松动": "loose_cargo",
    "交通事故": "accident",
    "施工作业": "roadworks",
    "恶劣天气": "bad_weather",
}
_CLOSE_CALL = 1.2  # of the ratio: below it a bridge is watched
_PASSING = {Result.PASS, Result.PASS_WITH_MEASURES}


def organisation(passage: Passage, contacts: str = UNFILLED) -> list[list[str]]:
    """Draft the traffic organisation (11.0.1)."""
    closed = sorted({c.name for c in passage.conditions if c.code == "close_other_lanes"})
    turns = sorted({c.name for c in passage.conditions if c.code == "junction_closed"})
    tolls = sorted({c.name for c in passage.conditions if c.code == "dismantle_equipment"})
    lanes = "无" if not closed else f"共{len(closed)}座桥，逐座名称见5.2通行要求表"
    equipment = "无" if not tolls else "、".join(tolls) + "；提前3个工作日告知运营单位"
    return [
        ["路线选择", "按许可路线行驶，不得擅自变更；以安全、可通行、经济为原则选定（11.0.3）。"],
        ["护送方案", _ESCORT],
        ["行驶速度", "一般路段不大于60 km/h且不大于车辆设计车速；按表列位置降速。"],
        ["封闭与借道", f"封闭其他车道过桥：{lanes}。封闭交叉口转弯：{'、'.join(turns) or '无'}。"],
        ["收费站与设施", f"须拆除或移开设施：{equipment}。"],
        ["过桥规则", _BRIDGES],
        ["监控", "全程定位记录；重点桥梁按第6章检查。"],
        ["天气影响", "能见度小于200 m、6级及以上大风、雨雪冰冻时停止行驶，就近停放。"],
        ["联系方式", contacts],
    ]  # fmt: skip


def completeness(tables: Tables, organised: Rows, emergencies: Rows) -> str:
    """Say whether the plans as they are printed hold every item of chapter 11."""
    items, cases = (
        [_ITEMS[head] for head, text in rows if head in _ITEMS and text not in ("", UNFILLED)]
        for rows in (organised, emergencies)
    )
    missing = CHECKS["plan_complete"].run(tables, items=items, emergency=cases).values["missing"]
    names = [row.chinese.partition(" (")[0] for row in tables.plan_items if row.key in missing]
    return "缺：" + "、".join(names) if names else "各项齐全"


def emergency() -> list[list[str]]:
    """Draft the emergency plan (11.0.2)."""
    return [
        [
            "临时停车",
            "停在服务区、停车区或宽阔硬路肩，车后150 m外设警示标志，护送车值守；桥上不得停放。",
        ],
        ["货物松动", "立即低速驶离车道停车，重新绑扎、检查重心并记录，确认后方可继续。"],
        [
            "交通事故",
            "停车、警示、救护、报警，保护现场；车组受损时由技术负责人检查后决定是否继续。",
        ],
        ["施工作业", "出发前一日核对沿线施工信息；净空、净宽受限时改期或重新评价该路段（3.1.3）。"],
        ["恶劣天气", "收到预警或达到停驶条件时停止行驶，通知公路管理机构，天气转好后再出发。"],
    ]


def conditions_table(passage: Passage) -> Rows:
    """Group what has to be done by what it is, with the places."""
    rows: dict[str, list[str]] = {}
    for one in passage.conditions:
        row = rows.setdefault(
            one.element,
            [
                f"{one.chainage_km:.2f}",
                one.name,
                words.KINDS.get(one.kind, one.kind),
                "",
                words.clause_text(one.clause),
            ],
        )
        text = words.CONDITIONS.get(one.code, one.code)
        row[3] = f"{row[3]}；{text}" if row[3] else text
    grouped: dict[tuple[str, str, str], list[list[str]]] = {}
    for row in rows.values():
        grouped.setdefault((row[2], row[3], row[4]), []).append(row)
    return [
        [kind, "、".join(f"{row[1]}（{row[0]}）" for row in same), text, clause]
        for (kind, text, clause), same in grouped.items()
    ]


def monitoring(bridges: Iterable[PassageCheck]) -> Rows:
    """List the bridges to be watched, and why (7.4)."""
    rows = []
    for one in bridges:
        ratios = one.values.get("capacity_ratio", {})
        least = min(ratios.values(), default=None)
        pier = input_of(one, "single_column_pier")
        why = []
        if pier:
            why.append("独柱墩，须验算抗倾覆")
        if one.decided_by:
            why.append("经专项验算通行")
        if least is not None and least < _CLOSE_CALL and one.result in _PASSING:
            why.append(f"效应比{least:.2f}，富余较小")
        if why:
            rows.append([f"{one.chainage_km:.2f}", one.name, "；".join(why),
                         "过桥前后检查控制截面裂缝、支座位移；过桥时测跨中挠度、应变"])  # fmt: skip
    return rows


def advice(
    passage: Passage, bridges: Sequence[PassageCheck], legs: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the table of passage advice (A.2.6(2))."""
    roads = [
        str(leg.get("ref") or leg.get("name")) for leg in legs if leg.get("ref") or leg.get("name")
    ]
    if not roads:
        roads = [one.name for one in passage.checks if one.kind == "stretch"]
    groups: dict[str, list[str]] = {}
    for one in bridges:
        text = demands(one)
        if one.result not in _PASSING:
            text = f"{words.RESULTS[str(one.result)]}：{text}"
        groups.setdefault(text, []).append(one.name)
    piers = [one.name for one in bridges if input_of(one, "single_column_pier")]
    key = [f"{one.name}：{words.CHECKS.get(one.check, one.check)}，{words.RESULTS[str(one.result)]}"
           for one in passage.checks
           if one.kind != "bridge" and one.result is not Result.PASS]  # fmt: skip
    return {
        "route": " → ".join(dict.fromkeys(roads)),
        "bridges": [[text, str(len(names)), "、".join(names)] for text, names in groups.items()],
        "piers": "、".join(piers) or "无独柱墩桥梁",
        "key": list(dict.fromkeys(key)),
    }


def surveys_table(passage: Passage) -> Rows:
    """List what has to be surveyed."""
    return [
        [f"{one.chainage_km:.2f}", one.name or "车辆", words.KINDS.get(one.kind, one.kind),
         "、".join(fact_text(name) + ("（已过期）" if name in one.expired else "")
                  for name in one.missing),
         "、".join(words.CHECKS.get(name, name) for name in one.checks)]
        for one in passage.surveys
    ]  # fmt: skip


def doubts_table(passage: Passage, tables: Tables) -> Rows:
    """List the doubtful cells and formulas that the evaluation used."""
    used = {doubt for one in passage.checks for doubt in one.doubts}
    return [
        [row.id, row.printed, row.recommended, row.action]
        for row in tables.suspects
        if row.id in used
    ]
