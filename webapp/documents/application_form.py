"""The application with the fields and strings of the official form: printed, as Excel, as JSON.

One list of fields feeds all three, so that what is entered once reads the same everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from webapp.documents.contents import ApplicationForm, FormVehicle
from webapp.documents.pass_annex import size_text
from webapp.documents.spreadsheets import Sheet, write_workbook
from webapp.documents.typesetting import in_chinese, plain_number, typeset

Field = tuple[str, str]
_NONE = "—"
# Fields whose text is long take a whole line of the printed form.
_WIDE = frozenset(
    (
        "货物名称",
        "沿线省",
        "轴距",
        "轴荷分布",
        "轮廓图",
        "业户名称",
        "地址",
        "经营范围",
        "授权委托书",
        "行驶证或临时行驶车号牌",
        "护送车辆",
        "护送人员",
        "线路说明",
        "操作规程",
        "异常情况处置",
    )
)


def axle_spacing_text(spacings_m: Sequence[float]) -> str:
    """Write axle spacings as the official form wants them: `3.2-1.4-7-1.2-1.2`."""
    return "-".join(plain_number(spacing) for spacing in spacings_m)


def form_fields(content: ApplicationForm) -> list[tuple[str, list[Field]]]:
    """List the sections of the official form with their fields, in its order."""
    return [
        ("基础信息", _basics(content)),
        ("业户信息", _carrier(content)),
        ("经办人信息", _agent(content)),
        ("牵引车", _vehicle(content.tractor)),
        ("挂车", _vehicle(content.trailer) if content.trailer else [("挂车", "无")]),
        ("护送方案", _escort(content)),
    ]


def application_form_pdf(content: ApplicationForm, drawing: str = "") -> bytes:
    """Print the form, followed by the outline drawing where its SVG is given."""
    sections = [
        {
            "title": title,
            "fields": [[name, value, _is_wide(name)] for name, value in fields],
        }
        for title, fields in form_fields(content)
    ]
    return typeset(
        "application_form.typ",
        {
            "number": content.number,
            "printed_on": in_chinese(content.printed_on),
            "sections": sections,
            "demonstration": content.demonstration,
            "has_drawing": bool(drawing),
        },
        content.printed_on,
        {"drawing": drawing} if drawing else None,
    )


def application_form_xlsx(content: ApplicationForm) -> bytes:
    """Write the form as a workbook: section, field, value, ready to paste."""
    rows: list[list[str | float | None]] = [
        [title, name, value] for title, fields in form_fields(content) for name, value in fields
    ]
    sheet = Sheet("公路超限运输申请表", ("栏目", "字段", "内容"), rows, (14, 26, 80))
    return write_workbook([sheet], content.printed_on)


def application_form_json(content: ApplicationForm) -> str:
    """Write the form as JSON: an object per section, field names as on the form."""
    return json.dumps(
        {title: dict(fields) for title, fields in form_fields(content)},
        ensure_ascii=False,
        indent=2,
    )


def _is_wide(name: str) -> bool:
    return name in _WIDE or name.startswith("通行路线")


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _basics(content: ApplicationForm) -> list[Field]:
    return [
        ("申请编号", content.official_number or "（由官方平台生成）"),
        ("货物名称", content.goods),
        ("通行开始时间", _day(content.starts_on)),
        ("通行结束时间", _day(content.ends_on)),
        ("起运省", content.origin_province),
        ("沿线省", content.provinces),
        ("出发地", content.origin),
        ("目的地", content.destination),
        *((f"通行路线（{route.province}）", route.text) for route in content.routes),
        ("货物质量", plain_number(content.goods_mass_t) + " 吨"),
        ("车货总质量", plain_number(content.gross_mass_t) + " 吨"),
        ("轴数", str(content.axle_count)),
        ("轮胎数", str(content.tyre_count)),
        ("轴距", content.axle_spacings),
        ("轴荷分布", content.axle_loads),
        ("货物外廓尺寸", size_text(content.goods_size)),
        ("车货总体外廓尺寸", size_text(content.overall_size)),
        ("轮廓图", content.outline_drawing or _NONE),
    ]


def _carrier(content: ApplicationForm) -> list[Field]:
    carrier = content.carrier
    return [
        ("业户名称", carrier.name),
        ("统一社会信用代码", carrier.credit_code),
        ("道路运输经营许可证号", carrier.licence),
        ("许可证有效期至", _day(carrier.licence_until) or _NONE),
        ("经营范围", carrier.licence_scope),
        ("地址", carrier.address or _NONE),
        ("业户联系电话", carrier.telephone or _NONE),
    ]


def _agent(content: ApplicationForm) -> list[Field]:
    agent = content.agent
    return [
        ("经办人姓名", agent.name),
        ("经办人身份证号", agent.identity_number),
        ("经办人联系电话", agent.telephone),
        ("授权委托书", agent.authorisation or _NONE),
    ]


def _vehicle(vehicle: FormVehicle) -> list[Field]:
    return [
        ("车牌号码", vehicle.plate),
        ("车辆类型", vehicle.kind),
        ("厂牌", vehicle.make),
        ("型号", vehicle.model),
        ("车辆识别代号", vehicle.vin or _NONE),
        ("整备质量", plain_number(vehicle.kerb_mass_t) + " 吨"),
        ("轴数", str(vehicle.axle_count)),
        ("轮胎数", str(vehicle.tyre_count)),
        ("轴线数", str(vehicle.axle_lines)),
        ("车辆外廓尺寸", size_text(vehicle.size) if vehicle.size else _NONE),
        ("行驶证或临时行驶车号牌", vehicle.document or _NONE),
        ("证件有效期至", _day(vehicle.document_until) or _NONE),
    ]


def _escort(content: ApplicationForm) -> list[Field]:
    escort = content.escort
    if escort is None:
        return [("护送方案", "不需要")]
    return [
        ("护送车辆", escort.vehicles),
        ("护送人员", escort.staff),
        ("线路说明", escort.route),
        ("操作规程", escort.rules),
        ("异常情况处置", escort.emergencies),
    ]
