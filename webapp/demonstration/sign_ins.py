"""Who can sign in to the demonstration; every name is invented.

The main ones walk one case through every desk; the others belong to further firms and offices.
"""

from __future__ import annotations

from webapp.access import DemonstrationSignIn
from webapp.demonstration import organisations as firms

PASSWORD = "steppe-road-2026"  # noqa: S105 - the demonstration's, shown on its start page

_ROLES = {one.name: one.role for one in firms.ORGANISATIONS}


def _main(organisation: str, name: str, login: str) -> DemonstrationSignIn:
    return DemonstrationSignIn(_ROLES[organisation], organisation, name, login, PASSWORD)


def _further(organisation: str, name: str, login: str) -> DemonstrationSignIn:
    role = _ROLES[organisation]
    return DemonstrationSignIn(role, organisation, name, login, PASSWORD, main=False)


def _two(organisation: str, login: str) -> tuple[DemonstrationSignIn, ...]:
    """Return the two people of a small office: one handles, the other checks and signs."""
    return (
        _further(organisation, "示范经办员", login),
        _further(organisation, "示范签发员", f"{login}.signer"),
    )


SIGN_INS: tuple[DemonstrationSignIn, ...] = (
    _main(firms.BAOTOU_FACTORY, "示范计划员甲", "factory"),
    _main(firms.ORDOS_CARRIER, "示范调度员甲", "carrier"),
    _main(firms.REGION_TRANSPORT, "示范经办员甲", "handler"),
    _main(firms.REGION_TRANSPORT, "示范审核员甲", "checker"),
    _main(firms.REGION_TRANSPORT, "示范签发员甲", "signer"),
    _main(firms.REGION_POLICE, "示范警员甲", "police"),
    _main(firms.HOHHOT_CITY, "示范经办员", "municipal"),
    _main(firms.HOHHOT_CITY, "示范签发员", "municipal.signer"),
    _main(firms.HOHHOT_POLICE, "示范经办员", "police.hohhot"),
    _main(firms.HOHHOT_POLICE, "示范签发员", "police.hohhot.signer"),
    _main(firms.TOLL_OFFICE, "示范核验员甲", "toll"),
    _main(firms.FINANCE_OFFICE, "示范兑付员乙", "finance"),
    _main(firms.FINANCE_OFFICE, "示范复核员丙", "finance.checker"),
    _main(firms.ROAD_UNIT, "示范收费员丁", "operator"),
    _main(firms.HOUSING_OFFICE, "示范住建员甲", "housing"),
    _main(firms.OPERATOR, "示范管理员", "administrator"),
    _further(firms.HULUNBUIR_FACTORY, "示范计划员乙", "factory.hulunbuir"),
    _further(firms.CHIFENG_FACTORY, "示范计划员丙", "factory.chifeng"),
    _further(firms.ORDOS_FACTORY, "示范计划员丁", "factory.ordos"),
    _further(firms.TOLL_OFFICE, "示范稽核员戊", "toll.auditor"),
    _further(firms.ROAD_COMPANY, "示范收费员己", "operator.company"),
    _further(firms.HULUNBUIR_CARRIER, "示范调度员乙", "carrier.hulunbuir"),
    *_two(firms.BAOTOU_TRANSPORT, "transport.baotou"),
    *_two(firms.CHIFENG_TRANSPORT, "transport.chifeng"),
    *_two(firms.ORDOS_TRANSPORT, "transport.ordos"),
    *_two(firms.HULUNBUIR_TRANSPORT, "transport.hulunbuir"),
    *_two(firms.ULANQAB_TRANSPORT, "transport.ulanqab"),
    *_two(firms.JINING_TRANSPORT, "transport.jining"),
    *_two(firms.BAOTOU_POLICE, "police.baotou"),
    *_two(firms.CHIFENG_POLICE, "police.chifeng"),
    *_two(firms.ORDOS_POLICE, "police.ordos"),
    *_two(firms.HAILAR_POLICE, "police.hailar"),
    *_two(firms.BAOTOU_CITY, "municipal.baotou"),
    *_two(firms.CHIFENG_CITY, "municipal.chifeng"),
    *_two(firms.ORDOS_CITY, "municipal.ordos"),
    *_two(firms.HAILAR_CITY, "municipal.hailar"),
)
