"""The annex of a pass as PDF: what the vehicle must carry beside the official pass."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from webapp.documents.contents import PassAnnex, RouteMap, Size, StretchLine, StripMap
from webapp.documents.qr_code import qr_drawing
from webapp.documents.route_map import map_drawing
from webapp.documents.strip_map import legend_drawing, mark_line, strip_drawing
from webapp.documents.strips import listed
from webapp.documents.typesetting import chainage, in_chinese, plain_number, typeset

_NONE = "—"


def pass_annex_pdf(content: PassAnnex) -> bytes:
    """Make the annex; raise InvalidInputError where the token does not fit its QR code."""
    drawings: dict[str, str] = {}
    if content.token:
        drawings["code"] = qr_drawing(content.token)
    if content.route_map:
        drawings["map"] = map_drawing(content.route_map, content.origin, content.destination)
    if content.strips:
        drawings["legend"] = legend_drawing()
    for number, strip in enumerate(content.strips):
        drawings[f"strip{number}"] = strip_drawing(strip)
    return typeset("pass_annex.typ", _fields(content), content.issued_on, drawings)


def route_paragraph(stretches: tuple[StretchLine, ...]) -> str:
    """Write the route as the one paragraph that the official form asks for.

    A road that only enters the next county is named once.
    """
    told = [_road(stretch) + _posts(stretch) for stretch in stretches]
    return "—".join(text for text, _ in groupby(told))


def size_text(size: Size) -> str:
    """Write dimensions as 长×宽×高 in metres."""
    numbers = (plain_number(v) for v in (size.length_m, size.width_m, size.height_m))
    return "×".join(numbers) + " 米"


def _fields(content: PassAnnex) -> dict[str, Any]:
    return {
        "number": content.number,
        "revision": str(content.revision),
        "official_number": content.official_number or "待登记（以官方通行证为准）",
        "carrier": content.carrier,
        "tractor_plate": content.tractor_plate,
        "trailer_plate": content.trailer_plate or _NONE,
        "validity": f"{in_chinese(content.valid_from)}至{in_chinese(content.valid_until)}",
        "vehicle": _vehicle(content),
        "travel": _travel(content),
        "paragraph": "—".join(
            (content.origin, route_paragraph(content.stretches), content.destination)
        )
        + "。",
        "stretches": [_stretch(i, s) for i, s in enumerate(content.stretches, start=1)],
        "conditions": [
            [str(i), line.where, line.text, line.basis or _NONE]
            for i, line in enumerate(content.conditions, start=1)
        ],
        "notices": list(content.notices),
        "acts": [
            [
                act.kind,
                act.authority + (f"（{act.note}）" if act.note else ""),
                act.document_number or _NONE,
                in_chinese(act.decided_on),
                in_chinese(act.valid_until),
            ]
            for act in content.acts
        ],
        "signatures": [
            [line.role, line.name, in_chinese(line.signed_on)] for line in content.signatures
        ],
        "issuer": content.issuer,
        "issued_on": in_chinese(content.issued_on),
        "has_code": bool(content.token),
        "has_map": content.route_map is not None,
        "map_note": _map_note(content.route_map),
        "demonstration": content.demonstration,
        "strips": [_strip(one) for one in content.strips],
    }


def _strip(strip: StripMap) -> dict[str, Any]:
    roads = dict.fromkeys(part.road for part in strip.parts)
    return {
        "title": "—".join(roads),
        "where": f"全程 {strip.from_km:.1f} 至 {strip.to_km:.1f} 公里",
        "marks": [mark_line(number, one) for number, one in enumerate(listed(strip), 1)],
    }


def _vehicle(content: PassAnnex) -> list[list[Any]]:
    return [
        ["货物名称", content.goods, True],
        ["货物质量", f"{plain_number(content.goods_mass_t)} 吨"],
        ["车货总质量", f"{plain_number(content.gross_mass_t)} 吨"],
        ["货物长×宽×高", size_text(content.goods_size)],
        ["车货长×宽×高", size_text(content.overall_size)],
        ["轴数", str(content.axle_count)],
        ["轮胎数", str(content.tyre_count)],
        ["轴距（米）", content.axle_spacings, True],
        ["轴荷分布（吨）", content.axle_loads, True],
        ["道路运输许可证", content.carrier_licence],
        ["大件类别", content.category],
    ]


def _travel(content: PassAnnex) -> list[list[Any]]:
    return [
        ["起运地", content.origin],
        ["目的地", content.destination],
        ["途经省份", content.provinces],
        ["通行次数", content.passages],
        ["通行时段", "；".join(content.hours) or "未限定时段", True],
        ["行驶速度", content.speed, True],
        ["护送要求", content.escort or "无须编制护送方案", True],
    ]


def _stretch(number: int, line: StretchLine) -> list[str]:
    stations = [
        f"{word}：{station}"
        for word, station in (("入", line.entry_station), ("出", line.exit_station))
        if station
    ]
    known = line.from_km is not None and line.to_km is not None
    posts = _posts(line).strip("（）") if known else "桩号未登记"
    return [
        str(number),
        _road(line) + (f"\n{line.instruction}" if line.instruction else ""),
        posts,
        f"{line.length_km:.1f} km",
        "\n".join(stations) or _NONE,
        " ".join(part for part in (line.area, line.manager) if part) or _NONE,
    ]


def _road(line: StretchLine) -> str:
    return " ".join(part for part in (line.road, line.name) if part) or "无编号道路"


def _posts(line: StretchLine) -> str:
    if line.from_km is None or line.to_km is None:
        return ""
    return f"（{chainage(line.from_km)}至{chainage(line.to_km)}）"


def _map_note(content: RouteMap | None) -> str:
    if content is None:
        return ""
    approval = content.approval_number or "未取得，仅供内部使用，不得公开"
    return f"示意图不作为划界依据。审图号：{approval}。"
