"""The relief report of some months: for print as PDF, for the accounts as Excel; in Chinese."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date

from transport.relief.claims import ClaimState
from transport.relief.reporting import Grouping, Report
from transport.tariffs.money import yuan_text
from webapp.documents.spreadsheets import Sheet, Value, write_workbook
from webapp.documents.typesetting import in_chinese, typeset

_NAMES = {
    Grouping.LEAGUE: "盟市",
    Grouping.ROAD: "公路",
    Grouping.SCHEME: "减免方案",
    Grouping.COMPONENT_KIND: "构件类型",
    Grouping.OPERATOR: "经营管理单位",
    Grouping.CARRIER: "承运人",
    Grouping.BEARER: "减收承担方",
    Grouping.MONTH: "月份",
}
_STATES = {
    ClaimState.PRE_REVIEW: "待核验",
    ClaimState.VERIFIED: "已核准",
    ClaimState.PAID: "已支付",
    ClaimState.AUDITED: "已稽核",
    ClaimState.REJECTED: "不予减免",
    ClaimState.RECLAIMED: "已追回",
    ClaimState.APPEALED: "申诉中",
    ClaimState.UPHELD: "维持不予减免",
}
_HEADS = ("减免记录（件）", "应收通行费（元）", "减免金额（元）", "实收（元）")
_LEAGUE_DIGITS = 4


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row of a table: name, number of records, toll, relief and the rest in yuan."""

    name: str
    claims: int
    toll_yuan: str
    relief_yuan: str
    net_yuan: str


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One breakdown."""

    title: str
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """What the paper says."""

    title: str
    made_on: date
    whole: ReportRow
    states: tuple[tuple[str, str], ...]
    tables: tuple[ReportTable, ...]
    demonstration: bool


def describe_report(report: Report, area_name: Callable[[str], str], on: date) -> ReportPaper:
    """Return the paper of a report; `area_name` names administrative codes."""

    def named(grouping: Grouping, name: str) -> str:
        if grouping is Grouping.LEAGUE and len(name) == _LEAGUE_DIGITS:
            return area_name(f"{name}00")
        if grouping is Grouping.ROAD:
            return name.replace(";", "/") or "—"
        return name or "—"

    period = report.first_month
    if report.last_month != report.first_month:
        period += f" 至 {report.last_month}"
    return ReportPaper(
        title=f"{period} 大件运输通行费减免报告",
        made_on=on,
        whole=_row("合计", report.granted, report.toll_fen, report.relief_fen),
        states=tuple((_STATES[state], str(count)) for state, count in report.states.items()),
        tables=tuple(
            ReportTable(
                _NAMES[grouping],
                tuple(
                    _row(named(grouping, one.name), one.claims, one.toll_fen, one.relief_fen)
                    for one in report.parts[grouping]
                ),
            )
            for grouping in Grouping
        ),
        demonstration=report.is_demonstration,
    )


def relief_report_pdf(content: ReportPaper) -> bytes:
    """Set the report as PDF."""
    said = {**asdict(content), "made_on": in_chinese(content.made_on), "heads": list(_HEADS)}
    return typeset("relief_report.typ", said, content.made_on)


def relief_report_xlsx(content: ReportPaper) -> bytes:
    """Write the report as Excel: one sheet for each breakdown, each with its sum."""
    notes = (content.title, *(("演示数据，不得用于结算",) if content.demonstration else ()))
    sheets = [
        Sheet(
            table.title,
            (table.title, *_HEADS),
            [_cells(one) for one in (*table.rows, content.whole)],
            (30, 16, 18, 18, 18),
            notes,
        )
        for table in content.tables
    ]
    return write_workbook(sheets, content.made_on)


def _row(name: str, claims: int, toll_fen: int, relief_fen: int) -> ReportRow:
    money = (yuan_text(one) for one in (toll_fen, relief_fen, toll_fen - relief_fen))
    return ReportRow(name, claims, *money)


def _cells(row: ReportRow) -> list[Value]:
    money = (float(one) for one in (row.toll_yuan, row.relief_yuan, row.net_yuan))
    return [row.name, row.claims, *money]
