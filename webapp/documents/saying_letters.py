"""What the letters of an act say, each with its basis; decisions with their remedies (ALL 38)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from transport.permits.act_letters import written_on
from transport.permits.acts import Act
from transport.permits.case import Case
from transport.permits.clocks import (
    Suspension,
    SuspensionReason,
    answer_due_on,
    statutory_due_on,
)
from transport.permits.endings import Consequence, EndingGround, consequences_of
from transport.permits.letters import LetterKind, Manner, service_of
from transport.permits.states import ActKind
from transport.regulations.citation import Citation
from transport.regulations.law import Law
from transport.services.serving_letters import letter_number
from transport.working_days import WorkingCalendar
from webapp.documents.contents import Letter, LetterItem, Remedies, ServiceProof
from webapp.documents.letters import TITLES
from webapp.documents.saying_applications import goods_of
from webapp.documents.saying_passes import ACT_NAMES, hours_of, speed_of
from webapp.documents.typesetting import in_chinese

_R62 = "《超限运输车辆行驶公路管理规定》"
REFUSAL_GROUNDS = {
    "flatbed_axle_load": ("普通平板车轴荷超过规定上限", f"{_R62}第十七条第（一）项"),
    "hydraulic_line_load": ("多轴多轮液压平板车轴线荷载超过规定上限", f"{_R62}第十七条第（二）项"),
    "reinforcement_not_done": ("需要加固、改造而未完成", f"{_R62}第十七条第（三）项"),
    "refused_by_other_law": ("法律、行政法规规定的其他情形", f"{_R62}第十七条第（四）项"),
    "road_capacity": ("城市道路、桥涵不能承受", "《城市道路管理条例》第二十八条"),
    "traffic_safety": ("影响交通安全，且无可替代的时段或者路线", "《道路交通安全法》第四十八条"),
    "other_law": ("法律、行政法规规定的其他情形", ""),
    "divisible_load": ("货物属于可分载物品", f"{_R62}第十一条第一款第（一）项"),
    "stacked_pieces": ("多件叠装造成超限", f"{_R62}第十一条"),
    "licence_scope": (
        "道路运输经营许可证经营范围不含大型物件运输",
        f"{_R62}第十一条第一款第（二）项",
    ),
    "application_ban": ("承运人在不得申请的期限内", f"{_R62}第十一条第一款第（三）项"),
    "not_accepted_by_other_law": (
        "法律、行政法规规定的其他情形",
        f"{_R62}第十一条第一款第（四）项",
    ),
}
_BASES = {
    ActKind.HIGHWAY_PERMIT: _R62,
    ActKind.POLICE_CONSULTATION: f"{_R62}第十二条",
    ActKind.LEAGUE_OPINION: f"{_R62}第八条",
    ActKind.MUNICIPAL_CONSENT: "《城市道路管理条例》第二十八条",
    ActKind.POLICE_DESIGNATION: "《道路交通安全法》第四十八条、《城市道路管理条例》第二十八条",
}
_ALL = "《行政许可法》"
_ENDINGS = {
    LetterKind.REVOCATION: f"{_ALL}第八条",
    LetterKind.ANNULMENT: f"{_ALL}第六十九条",
    LetterKind.CANCELLATION: f"{_ALL}第七十条",
}
_ENDING_GROUNDS = {
    EndingGround.LAW_CHANGED: ("行政许可所依据的法律、法规、规章修改或者废止", f"{_ALL}第八条"),
    EndingGround.CIRCUMSTANCES_CHANGED: (
        "准予行政许可所依据的客观情况发生重大变化",
        f"{_ALL}第八条",
    ),
    EndingGround.OFFICER_ABUSE: ("工作人员滥用职权、玩忽职守作出的准予许可决定", ""),
    EndingGround.BEYOND_POWERS: ("超越法定职权作出的准予许可决定", ""),
    EndingGround.PROCEDURE_VIOLATED: ("违反法定程序作出的准予许可决定", ""),
    EndingGround.NOT_QUALIFIED: ("对不具备申请资格或者不符合法定条件的申请人准予许可", ""),
    EndingGround.OBTAINED_BY_DECEIT: (
        "以欺骗、贿赂等不正当手段取得行政许可",
        f"{_ALL}第六十九条第二款",
    ),
    EndingGround.NOT_RENEWED: ("行政许可有效期届满未延续", ""),
    EndingGround.HOLDER_ENDED: ("被许可人终止", ""),
    EndingGround.HOLDER_ASKED: ("被许可人申请注销", ""),
    EndingGround.CANNOT_BE_USED: ("因不可抗力导致行政许可事项无法实施", ""),
}
_CONSEQUENCES = {
    Consequence.PASS_FALLS: "自本决定作出之日起，通行证不再有效",
    Consequence.COMPENSATION: "由此给你单位造成财产损失的，依法给予补偿",
    Consequence.DAMAGES: "你单位的合法权益受到损害的，依法给予赔偿",
    Consequence.NO_COMPENSATION: "基于该行政许可取得的利益不受保护",
    Consequence.APPLICATION_BAN: "在法定期限内不得再次申请",
    Consequence.NEW_APPLICATION_OPEN: "可以重新提出申请",
}
_SUSPENDED_FOR = {
    SuspensionReason.STRENGTHENING: "对公路、桥涵进行加固、改造",
    SuspensionReason.EXPERT_REVIEW: "组织专家评审",
}
_COURT = "有管辖权的人民法院"
_DIGITS = "零一二三四五六七八九"
_HUNDRED = 100


def describe_letter(
    kind: LetterKind,
    case: Case,
    act: Act,
    law: Law,
    calendar: WorkingCalendar,
    *,
    demonstration: bool = False,
) -> Letter:
    """Return one letter of an act."""
    consultation = kind is LetterKind.CONSULTATION
    highway = case.highway_permit
    asking = highway.authority.name if consultation and highway else act.authority.name
    dated = written_on(kind, act) or case.created_at.date()
    return Letter(
        number=letter_number(case, act, kind, law),
        case_number=case.number,
        addressee=act.authority.name if consultation else case.organisation_name,
        matter=ACT_NAMES[ActKind.HIGHWAY_PERMIT if consultation else act.kind],
        authority=asking or act.area,
        dated=dated,
        received_on=None if consultation else act.clock.submitted_on,
        working_days=act.terms.statutory_days,
        due_on=_due(kind, act, calendar),
        items=_items(kind, act),
        basis=_ENDINGS.get(kind) or _basis(kind, act),
        reasons=_reasons(kind, act),
        remedies=_remedies(act, law, dated),
        facts=_facts(case),
        demonstration=demonstration,
    )


_MANNERS = {
    Manner.DIRECT: "直接送达",
    Manner.LEFT_THERE: "留置送达",
    Manner.ELECTRONIC: "电子送达（受送达人同意）",
    Manner.POST: "邮寄送达",
    Manner.ENTRUSTED: "委托送达",
    Manner.PUBLIC_NOTICE: "公告送达",
}


def describe_service(
    kind: LetterKind, case: Case, act: Act, law: Law, *, demonstration: bool = False
) -> ServiceProof:
    """Return the proof of service of a letter, with blanks for a pen before it is served."""
    consultation, highway = kind is LetterKind.CONSULTATION, case.highway_permit
    asking = highway.authority.name if consultation and highway else act.authority.name
    service = service_of(act.services, kind)
    blank = ServiceProof(
        number=letter_number(case, act, kind, law),
        title=TITLES[kind],
        case_number=case.number,
        matter=ACT_NAMES[ActKind.HIGHWAY_PERMIT if consultation else act.kind],
        authority=asking or act.area,
        addressee=act.authority.name if consultation else case.organisation_name,
        address="",
        written_on=written_on(kind, act),
        demonstration=demonstration,
    )
    if service is None:
        return blank
    return replace(
        blank,
        manner=_MANNERS[service.manner],
        served_on=service.served_on,
        place=service.place,
        received_by=service.received_by,
        witness=service.witness,
        served_by=service.served_by.name,
        note=service.note,
    )


def _basis(kind: LetterKind, act: Act) -> str:
    return f"{_ALL}第四十五条" if kind is LetterKind.SUSPENSION else _BASES[act.kind]


def _suspended(one: Suspension) -> str:
    until = f"至{in_chinese(one.until_day)}" if one.until_day else "起，至完成之日"
    told = f"{_SUSPENDED_FOR[one.reason]}：自{in_chinese(one.from_day)}{until}"
    return f"{told}。{one.note}" if one.note else told


def _due(kind: LetterKind, act: Act, calendar: WorkingCalendar) -> date | None:
    if kind is LetterKind.CONSULTATION:
        return answer_due_on(act.clock, act.terms, calendar)
    if kind is LetterKind.ACCEPTANCE:
        return statutory_due_on(act.clock, act.terms, calendar)
    return None


def _items(kind: LetterKind, act: Act) -> tuple[LetterItem, ...]:
    if kind is LetterKind.SUPPLEMENT:
        return tuple(LetterItem(text) for text in act.supplement_list)
    if kind is LetterKind.NOT_ACCEPTED:
        return (LetterItem(*REFUSAL_GROUNDS.get(act.declined_ground, (act.declined_ground, ""))),)
    if kind is LetterKind.SUSPENSION:
        return tuple(LetterItem(_suspended(one)) for one in act.clock.suspensions)
    if kind in _ENDINGS:
        return _ended(act)
    if kind is LetterKind.ACCEPTANCE:
        return ()  # what the decision asks for is not yet decided when the application is accepted
    if kind is LetterKind.CONSULTATION:
        return (
            LetterItem("对车货总体外廓尺寸、质量、轴荷及护送方案的意见"),
            LetterItem("对通行时间、路线、速度的意见"),
        )
    return _decided(kind, act)


def _ended(act: Act) -> tuple[LetterItem, ...]:
    if act.ending is None:
        return ()
    told = [LetterItem(*_ENDING_GROUNDS[act.ending.ground])]
    told += [LetterItem(_CONSEQUENCES[one]) for one in consequences_of(act.ending)]
    return tuple(told)


def _decided(kind: LetterKind, act: Act) -> tuple[LetterItem, ...]:
    decision = act.decision
    if decision is None:
        return ()
    if kind is LetterKind.REFUSAL:
        return tuple(LetterItem(*REFUSAL_GROUNDS.get(one, (one, ""))) for one in decision.grounds)
    terms = decision.terms
    lines = [
        f"通行时段：{'；'.join(hours_of(terms))}" if terms.windows else "",
        f"行驶速度：{speed_of(terms)}",
        f"通行路线：{terms.route_note}" if terms.route_note else "",
        *terms.conditions,
    ]
    return tuple(LetterItem(text) for text in lines if text)


def _reasons(kind: LetterKind, act: Act) -> str:
    if kind is LetterKind.NOT_ACCEPTED:
        return act.declined_text
    if kind in _ENDINGS and act.ending:
        return act.ending.text
    if kind in {LetterKind.GRANT, LetterKind.REFUSAL} and act.decision:
        return act.decision.text
    return ""


def _remedies(act: Act, law: Law, day: date) -> Remedies:
    review = law.case_terms.review_days.on(day)
    lawsuit = law.case_terms.lawsuit_months.on(day)
    area = law.areas.name_of(act.authority.admin_code or act.area)
    return Remedies(
        review_authority=f"{area}人民政府",
        review_days=review.value,
        court=_COURT,
        lawsuit_months=lawsuit.value,
        basis=f"{_cited(law, review.citation)}，{_cited(law, lawsuit.citation)}",
    )


def _cited(law: Law, citation: Citation) -> str:
    title = law.instruments[citation.title].title_zh
    return f"《{title}》第{_in_words(citation.article.removeprefix('art. '))}条"


def _in_words(number: str) -> str:
    """Write the number of an article as laws do, 第二十条; anything but 1 to 99 stays."""
    if not number.isdigit() or not 0 < int(number) < _HUNDRED:
        return number
    tens, ones = divmod(int(number), 10)
    before = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return before + (_DIGITS[ones] if ones else "")


def _facts(case: Case) -> tuple[tuple[str, str], ...]:
    application = case.application
    transport, places = application.transport, application.itinerary
    vehicle = application.vehicle
    return (
        ("货物", goods_of(application)),
        (
            "车辆号牌",
            " ".join(one for one in (vehicle.tractor_plate, vehicle.trailer_plate) if one),
        ),
        (
            "车货总体",
            (
                f"{transport.length_m:g}×{transport.width_m:g}×{transport.height_m:g} 米，"
                f"{transport.mass_t:g} 吨"
            ),
        ),
        ("起讫地点", f"{places.origin} 至 {places.destination}"),
        (
            "通行期限",
            f"{in_chinese(application.travel.starts_on)}至{in_chinese(application.travel.ends_on)}",
        ),
    )
