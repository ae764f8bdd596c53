"""The transport annex of a league's year: for the report as PDF, for counting as Excel; Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date

from transport.delivery.league_annex import (
    Annex,
    Carried,
    Obstacle,
    ObstacleKind,
    SignedAnnex,
)
from transport.services.days import day_of
from transport.tariffs.money import yuan_text
from webapp.documents.saying_letters import REFUSAL_GROUNDS
from webapp.documents.saying_passes import CATEGORY_NAMES
from webapp.documents.spreadsheets import Sheet, Value, write_workbook
from webapp.documents.typesetting import in_chinese, plain_number, typeset

_STRUCTURES = {
    "precast": "装配式混凝土结构",
    "steel": "钢结构",
    "timber": "木结构",
    "mixed": "混合结构",
}
_OBSTACLES = {
    ObstacleKind.REFUSED: "不予许可（件）",
    ObstacleKind.OVERDUE: "超过法定期限作出决定（件）",
    ObstacleKind.DAMAGED: "运输中货损（趟）",
    ObstacleKind.NO_VEHICLE: "无车型可合法承运的构件（件）",
    ObstacleKind.WAY_CLOSED: "线路未通或情况不明的计划装载（车）",
    ObstacleKind.HELD: "受阻于一处的计划装载（车）",
}
_CARRIED_HEADS = ("趟次", "构件（件）", "货物质量（吨）")


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: heads, relative widths, which columns are numbers, and cells as text."""

    title: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the paper: facts by name, and tables."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    tables: tuple[Grid, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnexPaper:
    """What the paper says."""

    title: str
    status: str
    made_on: date
    parts: tuple[Part, ...]
    words: tuple[tuple[str, str], ...]
    signature: tuple[tuple[str, str], ...]
    demonstration: bool


def describe_annex(
    annex: Annex,
    signed: SignedAnnex | None,
    area_name: Callable[[str], str],
    *,
    demonstration: bool = False,
) -> AnnexPaper:
    """Return the paper of an annex; `area_name` names administrative codes."""
    area = area_name(annex.admin_code)
    status = f"统计截止：{in_chinese(annex.cut_off)}　编制：{in_chinese(annex.drawn_up_on)}"
    status += f"　第 {signed.revision} 版" if signed else "　草稿"
    return AnnexPaper(
        title=f"{area}{annex.year}年装配式建筑构件运输情况附表",
        status=status,
        made_on=day_of(signed.signed_at) if signed else annex.drawn_up_on,
        parts=(
            _transport(annex),
            _projects(annex),
            _acts(annex),
            _relief(annex),
            Part("五、运输障碍", tables=(_obstacles(annex.obstacles),)),
        ),
        words=(
            ("障碍说明", signed.remarks if signed else ""),
            ("措施与建议", signed.proposals if signed else ""),
        ),
        signature=_signature(signed) if signed else (),
        demonstration=demonstration,
    )


def league_annex_pdf(content: AnnexPaper) -> bytes:
    """Set the annex as PDF."""
    said = {**asdict(content), "made_on": in_chinese(content.made_on)}
    return typeset("league_annex.typ", said, content.made_on)


def league_annex_xlsx(content: AnnexPaper) -> bytes:
    """Write the annex as Excel: the figures on one sheet, every table on one of its own."""
    warning = ("演示数据，不得用于上报",) if content.demonstration else ()
    notes = (content.title, content.status, *warning)
    figures: list[list[Value]] = [
        [part.title, name, _number(value)] for part in content.parts for name, value in part.facts
    ]
    words = [*content.words, *content.signature]
    figures += [["说明与签署", name, text] for name, text in words]
    sheets = [Sheet("汇总", ("部分", "项目", "数值"), figures, (20, 34, 40), notes)]
    sheets += [
        Sheet(
            grid.title,
            grid.heads,
            [
                [
                    _number(cell) if is_number else cell
                    for cell, is_number in zip(row, grid.numbers, strict=True)
                ]
                for row in grid.rows
            ],
            tuple(width * 7 for width in grid.widths),
            notes,
        )
        for part in content.parts
        for grid in part.tables
    ]
    return write_workbook(sheets, content.made_on)


def _transport(annex: Annex) -> Part:
    whole = annex.whole
    facts = (
        ("运输趟次", str(whole.trips)),
        ("构件（件）", str(whole.pieces)),
        ("货物质量（吨）", plain_number(whole.tonnes, 1)),
        ("无需通行证的趟次", str(annex.passes.trips_without)),
    )
    tables = (
        _carried("按构件类型", "构件类型", annex.kinds),
        _carried("按月份", "月份", annex.months),
        _carried("按起讫点", "起讫点", annex.ways),
    )
    return Part("一、运输总量", facts, tables)


def _projects(annex: Annex) -> Part:
    projects = annex.projects
    area = sum(one.floor_area_m2 or 0.0 for one in projects)
    facts = (
        ("在册项目", str(len(projects))),
        ("建筑面积合计（平方米）", plain_number(area, 0)),
        ("政府投资项目", str(sum(one.government_invested for one in projects))),
        ("示范项目", str(sum(one.demonstration for one in projects))),
        ("本地构件生产企业", str(len(annex.producers))),
    )
    lines = tuple(
        (
            one.name,
            one.keeper,
            _STRUCTURES.get(one.structure, one.structure),
            "、".join(
                word
                for word, holds in (
                    ("政府投资", one.government_invested),
                    ("示范", one.demonstration),
                )
                if holds
            )
            or "—",
            "—" if one.floor_area_m2 is None else plain_number(one.floor_area_m2, 0),
            "—" if one.prefabricated_pct is None else plain_number(one.prefabricated_pct, 1),
            f"{_day(one.starts_on)} 至 {_day(one.ends_on)}" if one.starts_on else "—",
            str(one.pieces),
            str(one.trips),
        )
        for one in projects
    )
    heads = (
        *("项目", "填报单位", "结构类型", "性质", "面积（平方米）", "装配率（%）", "安装期"),
        *("构件（件）", "趟次"),
    )
    numbers = (False, False, False, False, True, True, False, True, True)
    makers = tuple(
        (one.name, "、".join(one.makes) or "—", str(one.trips)) for one in annex.producers
    )
    return Part(
        "二、项目与生产企业",
        facts,
        (
            Grid("项目", heads, (5, 5, 4, 4, 3, 3, 4, 3, 2), numbers, lines),
            Grid(
                "生产企业",
                ("企业", "生产的构件", "本年趟次"),
                (5, 9, 3),
                (False, False, True),
                makers,
            ),
        ),
    )


def _acts(annex: Annex) -> Part:
    passes, decided = annex.passes, annex.decisions
    facts = (
        ("新发通行证（件）", str(passes.issued)),
        *(
            (f"其中{CATEGORY_NAMES.get(category, '未分类')}", str(count))
            for category, count in passes.by_category
        ),
        ("其中多次通行计划许可", str(passes.plan)),
        ("变更后重发（件）", str(passes.revisions)),
        ("撤销、注销等（件）", str(passes.revoked)),
        ("凭通行证的趟次", str(passes.trips_with)),
        ("准予许可（件）", str(decided.granted)),
        ("不予许可（件）", str(decided.refused)),
        ("办理用时中位数（工作日）", _days(decided.median_days)),
        ("九成不超过（工作日）", _days(decided.p90_days)),
        ("最长（工作日）", _days(decided.longest_days)),
        ("超过法定期限（件）", str(decided.over_limit)),
        ("工作日历未公布（件）", str(decided.unknown)),
    )
    return Part("三、许可", facts)


def _relief(annex: Annex) -> Part:
    relief = annex.relief
    facts = (
        ("减免记录（件）", str(relief.records)),
        ("已准予（件）", str(relief.granted)),
        ("不予减免（件）", str(relief.refused)),
        ("办理中（件）", str(relief.waiting)),
        ("应收通行费（元）", yuan_text(relief.toll_fen)),
        ("减免金额（元）", yuan_text(relief.relief_fen)),
    )
    return Part("四、通行费减免", facts)


def _obstacles(found: Iterable[Obstacle]) -> Grid:
    rows = tuple((_OBSTACLES[one.kind], _obstacle_name(one), str(one.count)) for one in found)
    return Grid("运输障碍", ("障碍", "内容", "数量"), (8, 8, 2), (False, False, True), rows)


def _obstacle_name(one: Obstacle) -> str:
    if one.kind is ObstacleKind.REFUSED:
        return REFUSAL_GROUNDS.get(one.name, (one.name, ""))[0] or "—"
    return one.name or "—"


def _carried(title: str, head: str, rows: Iterable[Carried]) -> Grid:
    cells = tuple(
        (one.name or "—", str(one.trips), str(one.pieces), plain_number(one.tonnes, 1))
        for one in rows
    )
    return Grid(title, (head, *_CARRIED_HEADS), (8, 3, 3, 4), (False, True, True, True), cells)


def _signature(signed: SignedAnnex) -> tuple[tuple[str, str], ...]:
    corrects = (("更正原因", signed.corrects_because),) if signed.corrects_because else ()
    return (
        ("签署单位", signed.organisation),
        ("签署人", signed.signed_by),
        ("签署日期", in_chinese(day_of(signed.signed_at))),
        ("版次", f"第 {signed.revision} 版"),
        *corrects,
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else "—"


def _days(value: float | None) -> str:
    return "—" if value is None else plain_number(float(value), 1)


def _number(text: str) -> Value:
    try:
        return float(text)
    except ValueError:
        return text
