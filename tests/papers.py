"""Contents of papers with sensible defaults: a pass from Baotou to Manzhouli, its form, letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.passes import JOINTS, KEY, ROADS, SITE, claims
from transport.verification.signing import sign
from webapp.documents.contents import (
    ActLine,
    ApplicationForm,
    ConditionLine,
    FormAgent,
    FormCarrier,
    FormEscort,
    FormVehicle,
    Letter,
    LetterItem,
    MapRoad,
    MapTown,
    PassAnnex,
    ProvinceRoute,
    Remedies,
    RouteMap,
    SignatureLine,
    Size,
    StretchLine,
)

TOKEN = sign(claims(), KEY, SITE)
ROUTE_MAP = RouteMap(
    route=JOINTS,
    roads=(MapRoad("G10", ((112.0, 43.0), (114.0, 43.5))), MapRoad("", ((113.0, 44.0),) * 2)),
    towns=(MapTown("锡林浩特市", 113.2, 44.2), MapTown("包头市", 109.8, 40.6)),
    approval_number="蒙S(2026)001号",
)


def annex(**changes: Any) -> PassAnnex:
    """Describe the annex of a pass with ten stretches, all acts and a map."""
    usual = PassAnnex(
        number="DJ15-2026-000123",
        revision=2,
        official_number="",
        category="三类",
        carrier="包头市北疆大件运输有限公司",
        carrier_licence="150200001234",
        tractor_plate="蒙B12345",
        trailer_plate="蒙B1234挂",
        goods="预制混凝土外墙板",
        goods_mass_t=28.4,
        goods_size=Size(9.6, 3.6, 3.2),
        gross_mass_t=72.4,
        overall_size=Size(24.8, 3.6, 4.35),
        axle_count=6,
        tyre_count=22,
        axle_spacings="3.2-1.4-7-1.3-1.3",
        axle_loads="7.4+23+42",
        origin="包头市昆都仑区构件厂",
        destination="满洲里市互贸区工地",
        provinces="内蒙古自治区",
        valid_from=date(2026, 11, 1),
        valid_until=date(2026, 11, 20),
        hours=("每日07:00至11:30", "13:30至17:00"),
        speed="不高于60公里/小时；过桥不高于5公里/小时",
        issuer="内蒙古自治区交通运输厅",
        issued_on=date(2026, 10, 30),
        stretches=tuple(
            StretchLine(
                road=road.road,
                name="",
                length_km=12.3,
                from_km=road.from_km,
                to_km=road.to_km,
                entry_station=road.entry_station,
                exit_station=road.exit_station,
                manager="公路",
                area="包头市土默特右旗",
            )
            for road in ROADS
        ),
        conditions=(ConditionLine("居中匀速通过，不得制动、变速、停驶", "黄河大桥", "第二十条"),),
        acts=(ActLine("公路超限运输许可", "内蒙古自治区交通运输厅", "内交许〔2026〕123号"),),
        signatures=(
            SignatureLine("经办", "王喆", date(2026, 10, 28)),
            SignatureLine("审核", "李镕", date(2026, 10, 29)),
            SignatureLine("签发", "张堃", date(2026, 10, 30)),
        ),
        route_map=ROUTE_MAP,
        token=TOKEN,
        escort="护送车2辆",
    )
    return replace(usual, **changes)


def vehicle(**changes: Any) -> FormVehicle:
    """Describe a tractor as the official form asks for it."""
    usual = FormVehicle(
        plate="蒙B12345",
        kind="36 牵引车",
        make="北疆",
        model="BJ4250",
        vin="LZZ1CLXB0NA123456",
        kerb_mass_t=8.8,
        axle_count=3,
        tyre_count=10,
    )
    return replace(usual, **changes)


def form(**changes: Any) -> ApplicationForm:
    """Describe an application above class II sizes, with its escort plan."""
    usual = ApplicationForm(
        number="SQ-2026-000045",
        official_number="",
        goods="预制混凝土外墙板",
        starts_on=date(2026, 11, 1),
        ends_on=date(2026, 11, 20),
        origin_province="内蒙古自治区",
        provinces="内蒙古自治区",
        origin="包头市昆都仑区构件厂",
        destination="满洲里市互贸区工地",
        routes=(ProvinceRoute("内蒙古自治区", "包钢大街—G6—G0601—G7—G55—G5511—G10"),),
        goods_mass_t=28.4,
        gross_mass_t=72.4,
        axle_count=6,
        tyre_count=22,
        axle_spacings="3.2-1.4-7-1.3-1.3",
        axle_loads="7.4+23+42",
        goods_size=Size(9.6, 3.6, 3.2),
        overall_size=Size(24.8, 3.6, 4.35),
        outline_drawing="轮廓图.pdf",
        carrier=FormCarrier("北疆大件", "91150200MA0N12345X", "150200001234", "大型物件运输"),
        agent=FormAgent("王喆", "150202000000000000", "13800000000"),
        tractor=vehicle(),
        trailer=vehicle(plate="蒙B1234挂", kind="37 普通平板挂车"),
        escort=FormEscort("蒙B0001", "领队1人", "同通行路线", "居中匀速过桥", "停车报告"),
        printed_on=date(2026, 10, 20),
    )
    return replace(usual, **changes)


def letter(**changes: Any) -> Letter:
    """Describe a letter with items, facts and remedies."""
    usual = Letter(
        number="内交许〔2026〕7号",
        case_number="SQ-2026-000045",
        addressee="北疆大件运输有限公司",
        matter="公路超限运输许可",
        authority="内蒙古自治区交通运输厅",
        dated=date(2026, 10, 30),
        received_on=date(2026, 10, 20),
        working_days=15,
        due_on=date(2026, 11, 10),
        items=(LetterItem("货物可分载", "第十一条"), LetterItem("缺少轮廓图")),
        remedies=Remedies("内蒙古自治区人民政府", 60, "新城区人民法院", 6),
        facts=(("牵引车号牌", "蒙B12345"),),
    )
    return replace(usual, **changes)
