"""The invented firms and offices of the demonstration; no real organisation is meant."""

from __future__ import annotations

from dataclasses import dataclass

from transport.people import Role

BAOTOU_FACTORY = "包头示范构件有限公司"
HULUNBUIR_FACTORY = "呼伦贝尔示范木构件有限公司"
CHIFENG_FACTORY = "赤峰示范预制构件有限公司"
ORDOS_FACTORY = "鄂尔多斯示范预制构件有限公司"
ORDOS_CARRIER = "鄂尔多斯示范大件物流有限公司"
HULUNBUIR_CARRIER = "呼伦贝尔示范大件运输有限公司"
REGION_TRANSPORT = "自治区交通运输厅（示范）"
BAOTOU_TRANSPORT = "包头市交通运输局（示范）"
CHIFENG_TRANSPORT = "赤峰市交通运输局（示范）"
ORDOS_TRANSPORT = "鄂尔多斯市交通运输局（示范）"
HULUNBUIR_TRANSPORT = "呼伦贝尔市交通运输局（示范）"
ULANQAB_TRANSPORT = "乌兰察布市交通运输局（示范）"
JINING_TRANSPORT = "集宁区交通运输局（示范）"
REGION_POLICE = "自治区公安厅交警总队（示范）"
HOHHOT_POLICE = "呼和浩特市公安局交管支队（示范）"
BAOTOU_POLICE = "包头市公安局交管支队（示范）"
CHIFENG_POLICE = "赤峰市公安局交警支队（示范）"
ORDOS_POLICE = "鄂尔多斯市公安局交警支队（示范）"
HAILAR_POLICE = "呼伦贝尔市公安局交警支队海拉尔大队（示范）"
HOHHOT_CITY = "呼和浩特市城管局（示范）"
BAOTOU_CITY = "包头市住建局市政处（示范）"
CHIFENG_CITY = "赤峰市住建局市政处（示范）"
ORDOS_CITY = "鄂尔多斯市城管局（示范）"
HAILAR_CITY = "海拉尔区城管局（示范）"
TOLL_OFFICE = "自治区通行费结算中心（示范）"
FINANCE_OFFICE = "自治区通行费结算中心财务处（示范）"
# The names by which stations and sections of the demonstration name their operators.
ROAD_UNIT = "示范公路养护收费单位甲"
ROAD_COMPANY = "示范经营公司乙"
HOUSING_OFFICE = "自治区住建厅（示范）"
OPERATOR = "平台运营方（示范）"


@dataclass(frozen=True, slots=True)
class InventedOrganisation:
    """A firm or office; a small office lets two people decide instead of three."""

    name: str
    role: Role
    admin_code: str
    small_office: bool = False
    credit_code: str = ""
    licence_number: str = ""


ORGANISATIONS: tuple[InventedOrganisation, ...] = (
    InventedOrganisation(BAOTOU_FACTORY, Role.FACTORY, "150200"),
    InventedOrganisation(HULUNBUIR_FACTORY, Role.FACTORY, "150700"),
    InventedOrganisation(CHIFENG_FACTORY, Role.FACTORY, "150400"),
    InventedOrganisation(ORDOS_FACTORY, Role.FACTORY, "150600"),
    InventedOrganisation(
        ORDOS_CARRIER,
        Role.CARRIER,
        "150600",
        credit_code="91150600MA0TF0000X",
        licence_number="示范运管许可150600000001号",
    ),
    InventedOrganisation(
        HULUNBUIR_CARRIER,
        Role.CARRIER,
        "150700",
        credit_code="91150700MA0TF0001X",
        licence_number="示范运管许可150700000001号",
    ),
    InventedOrganisation(REGION_TRANSPORT, Role.TRANSPORT, "150000"),
    InventedOrganisation(BAOTOU_TRANSPORT, Role.TRANSPORT, "150200", small_office=True),
    InventedOrganisation(CHIFENG_TRANSPORT, Role.TRANSPORT, "150400", small_office=True),
    InventedOrganisation(ORDOS_TRANSPORT, Role.TRANSPORT, "150600", small_office=True),
    InventedOrganisation(HULUNBUIR_TRANSPORT, Role.TRANSPORT, "150700", small_office=True),
    InventedOrganisation(ULANQAB_TRANSPORT, Role.TRANSPORT, "150900", small_office=True),
    InventedOrganisation(JINING_TRANSPORT, Role.TRANSPORT, "150902", small_office=True),
    InventedOrganisation(REGION_POLICE, Role.POLICE, "150000"),
    InventedOrganisation(HOHHOT_POLICE, Role.POLICE, "150100", small_office=True),
    InventedOrganisation(BAOTOU_POLICE, Role.POLICE, "150200", small_office=True),
    InventedOrganisation(CHIFENG_POLICE, Role.POLICE, "150400", small_office=True),
    InventedOrganisation(ORDOS_POLICE, Role.POLICE, "150600", small_office=True),
    InventedOrganisation(HAILAR_POLICE, Role.POLICE, "150700", small_office=True),
    InventedOrganisation(HOHHOT_CITY, Role.MUNICIPAL, "150100", small_office=True),
    InventedOrganisation(BAOTOU_CITY, Role.MUNICIPAL, "150200", small_office=True),
    InventedOrganisation(CHIFENG_CITY, Role.MUNICIPAL, "150400", small_office=True),
    InventedOrganisation(ORDOS_CITY, Role.MUNICIPAL, "150600", small_office=True),
    InventedOrganisation(HAILAR_CITY, Role.MUNICIPAL, "150700", small_office=True),
    InventedOrganisation(TOLL_OFFICE, Role.TOLL_OFFICE, "150000"),
    InventedOrganisation(FINANCE_OFFICE, Role.FINANCE, "150000"),
    InventedOrganisation(ROAD_UNIT, Role.OPERATOR, "150000"),
    InventedOrganisation(ROAD_COMPANY, Role.OPERATOR, "150000"),
    InventedOrganisation(HOUSING_OFFICE, Role.HOUSING, "150000"),
    InventedOrganisation(OPERATOR, Role.ADMINISTRATOR, "150000"),
)
