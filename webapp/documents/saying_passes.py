"""What the annex of a pass says: permit, route, conditions of every act in force, signatures."""

from __future__ import annotations

from transport.network.graph import RoadNetwork
from transport.people import Organisation
from transport.permits.acts import Act
from transport.permits.case import Case
from transport.permits.decision import TravelTerms
from transport.permits.letters import LetterKind, number_of
from transport.permits.permit import Permit
from transport.permits.states import IN_FORCE, ActKind
from transport.regulations.law import Law
from transport.services.serving_letters import letter_number
from webapp.documents.contents import (
    ActLine,
    ConditionLine,
    PassAnnex,
    RouteMap,
    SignatureLine,
    Size,
)
from webapp.documents.saying_applications import goods_of, provinces_of, tyre_count
from webapp.documents.saying_routes import stretches_of
from webapp.documents.strips import strips_of

ACT_NAMES = {
    ActKind.HIGHWAY_PERMIT: "公路超限运输许可",
    ActKind.POLICE_CONSULTATION: "公安机关交通管理部门意见",
    ActKind.MUNICIPAL_CONSENT: "市政工程主管部门同意",
    ActKind.POLICE_DESIGNATION: "公安机关指定时间、路线、速度",
    ActKind.LEAGUE_OPINION: "沿线盟市内部意见",
    ActKind.RAILWAY_CONSENT: "铁路道口通过",
    ActKind.OWNER_CONSENT: "道路所有者同意",
    ActKind.PROVINCE_PERMIT: "途经省份许可（起运省转送）",
    ActKind.POWER_NOTICE: "告知电力单位",
    ActKind.OPERATOR_NOTICE: "告知收费公路经营单位",
}
CATEGORY_NAMES = {"I": "一类", "II": "二类", "III": "三类"}
_CITY_STREETS = "城市道路"
_NOTICES = (
    "本附件不代替官方通行证；随车携带官方通行证原件。",
    "车货与通行证记载不符、未按指定时间路线速度行驶的，视为违法超限运输。",
    "通过桥梁时居中匀速行驶，不得制动、变速、停驶（第二十条）。",
)


def describe_pass(
    case: Case,
    permit: Permit,
    carrier: Organisation,
    law: Law,
    *,
    route_map: RouteMap | None = None,
    network: RoadNetwork | None = None,
    demonstration: bool = False,
) -> PassAnnex:
    """Return the annex of a pass; the `network` of its route adds places to wait."""
    application = case.application
    conditions = _conditions(case, permit, law)
    said = [line.text for line in conditions]
    cargo, transport = application.cargo, application.transport
    return PassAnnex(
        number=permit.number,
        revision=permit.revision,
        official_number=permit.official_number,
        category=CATEGORY_NAMES.get(application.requirements.category or "", "—"),
        carrier=permit.holder_name,
        carrier_licence=carrier.licence_number or "—",
        tractor_plate=permit.tractor_plate,
        trailer_plate=permit.trailer_plate,
        goods=goods_of(application),
        goods_mass_t=cargo.mass_t,
        goods_size=Size(cargo.length_m, cargo.width_m, cargo.height_m),
        gross_mass_t=permit.gross_mass_t,
        overall_size=Size(permit.length_m, permit.width_m, permit.height_m),
        axle_count=permit.axle_count,
        tyre_count=tyre_count(transport),
        axle_spacings=permit.axle_spacing_text,
        axle_loads=permit.axle_load_text or "+".join(f"{one:g}" for one in transport.axle_loads_t),
        origin=permit.origin,
        destination=permit.destination,
        provinces=provinces_of(case, law),
        valid_from=permit.valid_from,
        valid_until=permit.valid_until,
        hours=hours_of(permit.terms),
        speed=speed_of(permit.terms),
        issuer=permit.issuer_name,
        issued_on=permit.issued_at.date(),
        stretches=stretches_of(case, law),
        conditions=conditions,
        acts=tuple(_act(case, one, law) for one in case.acts if one.state in IN_FORCE),
        signatures=_signatures(case.highway_permit),
        route_map=route_map,
        token=permit.token,
        escort=_escort(case),
        notices=_NOTICES,
        demonstration=demonstration,
        strips=strips_of(application.route, law, network, said),
    )


def hours_of(terms: TravelTerms) -> tuple[str, ...]:
    """Write the hours of travel."""
    return tuple(
        f"{one.starts:%H:%M}至{'次日' if one.ends <= one.starts else ''}{one.ends:%H:%M}"
        + (f"（{one.note}）" if one.note else "")
        for one in terms.windows
    )


def speed_of(terms: TravelTerms) -> str:
    """Write the speeds, 按限速标志 where none was set."""
    parts = []
    if terms.top_speed_km_h:
        parts.append(f"不高于{terms.top_speed_km_h}公里/小时")
    if terms.bridge_speed_km_h:
        parts.append(f"过桥不高于{terms.bridge_speed_km_h}公里/小时")
    return "；".join(parts) or "按限速标志"


def _conditions(case: Case, permit: Permit, law: Law) -> tuple[ConditionLine, ...]:
    """List every condition once; where two acts of one city say the same, both are its basis."""
    lines = [ConditionLine(text, basis="公路超限运输许可") for text in permit.terms.conditions]
    if permit.terms.route_note:
        lines.insert(0, ConditionLine(permit.terms.route_note, basis="公路超限运输许可"))
    for act in case.acts:
        terms = act.granted_terms
        if terms is None or act.kind is ActKind.HIGHWAY_PERMIT:
            continue
        where = law.areas.name_of(act.area) + _CITY_STREETS
        texts = [terms.route_note, *terms.conditions]
        if terms.windows:
            texts.insert(0, f"通行时段：{'、'.join(hours_of(terms))}")
        if terms.top_speed_km_h or terms.bridge_speed_km_h:
            texts.append(f"行驶速度：{speed_of(terms)}")
        lines += [ConditionLine(text, where, ACT_NAMES[act.kind]) for text in texts if text]
    bases: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        said = bases.setdefault((line.where, line.text), [])
        said += [line.basis] if line.basis not in said else []
    return tuple(
        ConditionLine(text, where, "\n".join(basis)) for (where, text), basis in bases.items()
    )


def _act(case: Case, act: Act, law: Law) -> ActLine:
    numbered = number_of(act.letter_numbers, LetterKind.GRANT) is not None
    return ActLine(
        kind=ACT_NAMES[act.kind],
        authority=act.authority.name,
        document_number=letter_number(case, act, LetterKind.GRANT, law) if numbered else "",
        decided_on=act.clock.decided_on,
        valid_until=act.valid_until,
    )


def _signatures(act: Act | None) -> tuple[SignatureLine, ...]:
    decision = act.decision if act else None
    if decision is None:
        return ()
    people = (
        ("经办", decision.handled_by),
        ("审核", decision.checked_by),
        ("签发", decision.signed_by),
    )
    return tuple(SignatureLine(role, who.name, who.at.date()) for role, who in people if who)


def _escort(case: Case) -> str:
    if not case.application.requirements.escort_plan_required:
        return ""
    cars = case.application.escort_vehicles
    return "按护送方案" if cars is None else f"按护送方案，护送车{cars}辆"
