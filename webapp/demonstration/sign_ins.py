"""Who can sign in to the demonstration; every name is invented."""

from __future__ import annotations

from transport.people import Role
from webapp.access import DemonstrationSignIn

PASSWORD = "steppe-road-2026"  # noqa: S105 - the demonstration's, shown on its start page

SIGN_INS: tuple[DemonstrationSignIn, ...] = (
    DemonstrationSignIn(Role.FACTORY, "包头示范构件有限公司", "计划员", "factory", PASSWORD),
    DemonstrationSignIn(
        Role.CARRIER, "鄂尔多斯示范大件物流有限公司", "调度员", "carrier", PASSWORD
    ),
    DemonstrationSignIn(Role.TRANSPORT, "自治区交通运输厅（示范）", "经办人", "handler", PASSWORD),
    DemonstrationSignIn(Role.TRANSPORT, "自治区交通运输厅（示范）", "审核人", "checker", PASSWORD),
    DemonstrationSignIn(Role.TRANSPORT, "自治区交通运输厅（示范）", "签发人", "signer", PASSWORD),
    DemonstrationSignIn(Role.POLICE, "自治区公安厅交警总队（示范）", "交警", "police", PASSWORD),
    DemonstrationSignIn(
        Role.MUNICIPAL, "呼和浩特市城管局（示范）", "市政人员", "municipal", PASSWORD
    ),
    DemonstrationSignIn(
        Role.TOLL_OFFICE, "自治区通行费结算中心（示范）", "收费人员", "toll", PASSWORD
    ),
    DemonstrationSignIn(Role.HOUSING, "自治区住建厅（示范）", "住建人员", "housing", PASSWORD),
    DemonstrationSignIn(
        Role.ADMINISTRATOR, "平台运营方（示范）", "管理员", "administrator", PASSWORD
    ),
)
