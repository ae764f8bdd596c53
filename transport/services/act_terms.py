"""Limits of each act in working days, from the law of the law day, and who decides it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from transport.people import Organisation, Role
from transport.permits.acts import Act, Authority
from transport.permits.application import Application
from transport.permits.case import needed_acts
from transport.permits.clocks import Terms
from transport.permits.involved import consents_of, provinces_en_route
from transport.permits.states import (
    CONSENTS,
    DECIDING_ROLE,
    LICENCES,
    NOTICES,
    OPINIONS,
    ActKind,
    ActState,
)
from transport.regulations.law import Law
from transport.services.ports import UnitOfWork


def terms_of(kind: ActKind, application: Application, law: Law) -> Terms:
    """Return the limits of an act under the law of the application's law day."""
    limits, day = law.case_terms, application.law_day
    answer = law.time_limits.supplement_request_days.on(day)
    if kind is ActKind.PROVINCE_PERMIT:
        return _province_terms(application, law)
    if kind not in LICENCES:
        consultation = limits.consultation_answer_days.on(day)
        return Terms(
            answer_days=consultation.value, statutory_days=None, clause=consultation.clause
        )
    if kind is ActKind.HIGHWAY_PERMIT:
        return Terms(
            answer_days=answer.value,
            statutory_days=application.requirements.statutory_days,
            promised_days=_promised(application, law),
            clause=_highway_clause(law, day),
        )
    general = limits.general_decision_days.on(day)
    return Terms(
        answer_days=answer.value,
        statutory_days=general.value,
        promised_days=min(limits.promised_city_days.on(day).value, general.value),
        clause=general.clause,
    )


def find_office(work: UnitOfWork, role: Role, area: str) -> Organisation | None:
    """Return the office of an area: its own, else its league's, else the region's."""
    for code in dict.fromkeys((area, f"{area[:4]}00", f"{area[:2]}0000")):
        office = work.organisations.authority(role, code)
        if office is not None:
            return office
    return None


def draft_acts(work: UnitOfWork, application: Application, law: Law) -> tuple[Act, ...]:
    """Return the acts a new application needs, in draft, each with its office if registered."""
    wanted = needed_acts(application)
    area = application.requirements.authority_admin_code
    wanted += [(kind, area) for kind in consents_of(application, law)]
    wanted += [
        (ActKind.PROVINCE_PERMIT, province) for province in provinces_en_route(application, law)
    ]
    return tuple(new_act(work, kind, area, application, law) for kind, area in wanted)


def new_act(work: UnitOfWork, kind: ActKind, area: str, application: Application, law: Law) -> Act:
    """Return a draft act with its office and limits."""
    authority = authority_of(work, kind, area, application)
    if kind is ActKind.PROVINCE_PERMIT:
        office = law.authorities.province_office.on(application.law_day).value
        authority = replace(authority, name=office.of(law.areas, area)[0])
    return Act(
        id=work.new_id(),
        kind=kind,
        state=ActState.DRAFT,
        authority=authority,
        area=area,
        terms=terms_of(kind, application, law),
    )


def authority_of(work: UnitOfWork, kind: ActKind, area: str, application: Application) -> Authority:
    """Return who decides an act in an area, by name even where it is not registered here."""
    role = DECIDING_ROLE[kind]
    if kind is ActKind.PROVINCE_PERMIT:
        # The desk is that of the origin: it forwards and files what the other province decides.
        origin = find_office(work, role, application.requirements.authority_admin_code)
        return Authority(role, area, "", origin.id if origin is not None else "")
    if kind in CONSENTS or kind in NOTICES:
        return Authority(role=role, admin_code=area, name="")
    office = find_office(work, role, area)
    if office is not None:
        return Authority(
            role=role, admin_code=office.admin_code, name=office.name, organisation_id=office.id
        )
    by_law = application.requirements.authority_name if role is Role.TRANSPORT else ""
    # A league that has no office here is not the authority that decides.
    name = "" if kind in OPINIONS else by_law
    return Authority(role=role, admin_code=area, name=name)


def _province_terms(application: Application, law: Law) -> Terms:
    """Return what a province en route has from receipt (R62 16); category I is told in total."""
    limits, day = law.time_limits, application.law_day
    if application.requirements.category == "III":
        row = limits.province_answer_category_3_days.on(day)
    else:
        row = limits.province_answer_category_2_days.on(day)
    days, clause = row.value, row.clause
    if application.requirements.category == "I":
        total = limits.cross_province_category_1_days.on(day)
        days, clause = total.value - limits.forwarding_days.on(day).value, total.clause
    return Terms(answer_days=days, statutory_days=None, clause=clause)


def _promised(application: Application, law: Law) -> int | None:
    terms = law.case_terms
    promises = {
        "I": terms.promised_category_1_days,
        "II": terms.promised_category_2_days,
        "III": terms.promised_category_3_days,
    }
    promise = promises.get(application.requirements.category or "")
    statutory = application.requirements.statutory_days
    if promise is None or statutory is None:
        return None
    return min(promise.on(application.law_day).value, statutory)


def _highway_clause(law: Law, day: date) -> str:
    return law.time_limits.one_jurisdiction_category_3_days.on(day).clause
