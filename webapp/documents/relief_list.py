"""The monthly list of toll relief as Excel, for the toll office and its accounts."""

from __future__ import annotations

from decimal import Decimal

from webapp.documents.contents import ReliefList
from webapp.documents.spreadsheets import Sheet, Value, write_workbook

_HEADS = (
    *("序号", "减免编号", "通行证附件编号", "牵引车号牌", "挂车号牌"),
    *("入口收费站", "出口收费站", "入口时间", "出口时间", "轴数", "车型"),
    *("应收通行费（元）", "减免金额（元）", "实收（元）", "减免依据"),
    *("构件编号", "生产工厂", "工地", "状态"),
)
_WIDTHS = (6, 20, 22, 12, 12, 16, 16, 18, 18, 6, 8, 14, 14, 14, 30, 30, 24, 24, 10)


def relief_list_xlsx(content: ReliefList) -> bytes:
    """Write the list of a month with its sums."""
    rows: list[list[Value]] = [
        [
            number,
            *(row.entry_number, row.pass_number, row.tractor_plate, row.trailer_plate),
            *(row.entry_station, row.exit_station, row.entered_at, row.left_at),
            *(row.axle_count, row.vehicle_class),
            *(float(row.toll_yuan), float(row.relief_yuan), float(row.net_yuan)),
            *(row.scheme, row.components, row.factory, row.site, row.status),
        ]
        for number, row in enumerate(content.rows, start=1)
    ]
    sums = [
        float(sum((Decimal(getattr(row, name)) for row in content.rows), Decimal(0)))
        for name in ("toll_yuan", "relief_yuan", "net_yuan")
    ]
    rows.append(["合计", *[None] * 10, *sums, *[None] * 5])
    title = f"{content.month} 大件运输通行费减免清单　{content.office}　{content.made_on:%Y-%m-%d}"
    notes = (title, *(("演示数据，不得用于结算",) if content.demonstration else ()))
    return write_workbook([Sheet("减免清单", _HEADS, rows, _WIDTHS, notes)], content.made_on)
