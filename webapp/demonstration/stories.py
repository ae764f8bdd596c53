"""The cases of the demonstration: each stops at another point of the way to the building site."""

from __future__ import annotations

from datetime import datetime

from transport.permits.case import Case
from transport.permits.states import ActKind
from transport.relief.claims import ClaimStep
from transport.services.library import Enquiry
from webapp.demonstration import organisations as firms
from webapp.demonstration.answers import Way
from webapp.demonstration.loads import (
    EXTENDABLE,
    HYDRAULIC,
    LOW_BED,
    NORTHERN,
    SECOND_LOW_BED,
    Load,
)
from webapp.demonstration.telling import Story, Teller, later

MODULE_WAY = ("包头东河示范箱房厂", "呼和浩特东部新城示范工地")
_CITY = (
    (ActKind.MUNICIPAL_CONSENT, "municipal"),
    (ActKind.POLICE_DESIGNATION, "police.hohhot"),
)


def draft(teller: Teller) -> Story[None]:
    """Leave an application in draft, with most papers missing."""
    now = yield teller.days.at(1, 15)
    slab = Load("double_t_slab", ("CF-TT-031",), EXTENDABLE, "赤峰示范综合体")
    way = ("赤峰示范预制构件基地", "赤峰新城示范综合体工地")
    case = teller.apply(slab, way, now, travels=(10, 20), producer=firms.CHIFENG_FACTORY)
    now = yield later(now, 10)
    teller.attach(case, now, "application_form", "vehicle_licence")


def submitted(teller: Teller) -> Story[None]:
    """Submit an application that nobody has accepted yet."""
    now = yield teller.days.at(1, 10)
    panel = Load("clt_panel", ("HL-CLT-108",), NORTHERN, "满洲里示范木屋")
    way = ("呼伦贝尔示范木构件基地", "满洲里示范木屋工地")
    case = teller.apply(
        panel,
        way,
        now,
        travels=(7, 21),
        carrier="carrier.hulunbuir",
        producer=firms.HULUNBUIR_FACTORY,
    )
    now = yield later(now, 15)
    case = teller.attach(case, now, carrier="carrier.hulunbuir")
    now = yield later(now, 20)
    teller.submit(case, now, carrier="carrier.hulunbuir")


def supplement(teller: Teller) -> Story[None]:
    """Let the office ask for supplements."""
    now = yield teller.days.at(4, 9)
    module = Load("volumetric_module", ("ER-MK-007",), SECOND_LOW_BED, "康巴什示范场馆")
    way = ("鄂尔多斯示范预制构件基地", "康巴什示范场馆工地")
    case = yield from _handed_in(
        teller, module, way, now, travels=(8, 18), producer=firms.ORDOS_FACTORY
    )
    now = yield teller.days.at(2, 10)
    wanted = ("行驶证扫描件不清晰，请重新上传", "请补充挂车行驶证")
    teller.ask_supplement(case, "transport.ordos", now, *wanted)


def consulting(teller: Teller) -> Story[None]:
    """Wait for the police's opinion on a load beyond class II."""
    now = yield teller.days.at(6, 9)
    module = Load(
        "volumetric_module", ("BT-MK-041",), SECOND_LOW_BED, "呼和浩特示范公寓", height_m=3.6
    )
    case = yield from _handed_in(teller, module, MODULE_WAY, now, travels=(9, 30))
    now = yield teller.days.at(5, 9)
    teller.accept(case, "handler", now)
    now = yield teller.days.at(2, 14)
    teller.consult(case, "handler", now, "该车货总高4.55米，请就行驶时间、路线和速度提出意见。")


def awaiting_signature(teller: Teller) -> Story[None]:
    """Leave a checked decision to the person who signs."""
    now = yield teller.days.at(5, 9)
    segment = Load("tunnel_segment", ("WL-GL-212",), LOW_BED, "集宁示范管廊")
    way = ("乌兰察布示范预制构件基地", "集宁示范管廊工地")
    case = yield from _handed_in(
        teller, segment, way, now, travels=(6, 20), producer="乌兰察布示范预制构件厂"
    )
    now = yield teller.days.at(4, 10)
    teller.accept(case, "transport.ulanqab", now)
    now = yield teller.days.at(2, 11)
    teller.propose(case, "transport.ulanqab", now, "符合法定条件，准予通行。")
    now = yield teller.days.at(1, 16)
    teller.check(case, "transport.ulanqab.signer", now)


def ready(teller: Teller) -> Story[None]:
    """Bring every act in force, and load the first trip."""
    module = Load("volumetric_module", ("BT-MK-038", "BT-MK-039"), LOW_BED, "呼和浩特示范公寓")
    enquiry = yield from _handed_over(teller, module, 14)
    case = yield from _granted(teller, module, MODULE_WAY, 13, travels=(-5, 25), enquiry=enquiry)
    yield from _through_the_city(teller, case, 9)
    now = yield teller.days.at(2, 15)
    trip = teller.plan_trip(case, now, "BT-MK-038")
    now = yield teller.days.at(1, 16)
    teller.load_trip(trip, now, 40.6)


def city_missing(teller: Teller) -> Story[None]:
    """Issue the highway pass while the city has not decided."""
    module = Load("volumetric_module", ("WL-MK-003",), SECOND_LOW_BED, "呼和浩特示范学校")
    way = ("乌兰察布示范预制构件基地", "呼和浩特东部新城示范工地")
    case = yield from _granted(
        teller, module, way, 12, travels=(-4, 20), producer="乌兰察布示范预制构件厂"
    )
    now = yield teller.days.at(8, 9)
    teller.accept(case, "municipal", now, ActKind.MUNICIPAL_CONSENT)
    now = yield later(now, 90)
    teller.survey_all(case, "handler", now)


def refused(teller: Teller) -> Story[None]:
    """Refuse a girder, because the bridges on its way were not strengthened."""
    now = yield teller.days.at(20, 9)
    girder = Load("box_girder_25", ("CF-XL-009",), HYDRAULIC, "赤峰示范跨线桥")
    way = ("赤峰示范预制构件基地", "赤峰新城示范综合体工地")
    case = yield from _handed_in(
        teller, girder, way, now, travels=(4, 14), producer=firms.CHIFENG_FACTORY
    )
    now = yield teller.days.at(19, 9)
    teller.accept(case, "transport.chifeng", now)
    now = yield teller.days.at(18, 9)
    teller.consult(case, "transport.chifeng", now, "请就118吨箱梁运输提出意见。")
    now = yield teller.days.at(15, 10)
    teller.give_opinion(case, "police.chifeng", now, "须全程护送，夜间通行。")
    now = yield teller.days.at(9, 10)
    reasons = "沿线桥梁经验算需加固，申请人未完成加固且无其他可行路线。"
    teller.propose(case, "transport.chifeng", now, reasons, refused_for="reinforcement_not_done")
    now = yield teller.days.at(8, 10)
    teller.check(case, "transport.chifeng.signer", now)
    now = yield teller.days.at(8, 15)
    teller.sign(case, "transport.chifeng.signer", now)


def delivered(teller: Teller) -> Story[None]:
    """Drive two trips and lead their relief records to the monthly list."""
    module = Load(
        "volumetric_module", ("BT-MK-017", "BT-MK-018"), SECOND_LOW_BED, "呼和浩特示范公寓"
    )
    enquiry = yield from _handed_over(teller, module, 36)
    case = yield from _granted(teller, module, MODULE_WAY, 34, travels=(-42, 15), enquiry=enquiry)
    yield from _through_the_city(teller, case, 30)
    yield from _trip_with_relief(teller, case, "BT-MK-017", 22, paid=True)
    yield from _trip_with_relief(teller, case, "BT-MK-018", 3, paid=False)


def month_end(teller: Teller) -> Story[None]:
    """List a truck, read an operator's file, close what is over and approve what is owed."""
    now = yield teller.days.at(16, 9)
    teller.list_truck("呼和浩特示范公寓", LOW_BED.tractor_plate, now)
    now = yield teller.days.at(1, 10)
    claims = teller.granted(now)
    if not claims:
        return  # the scheme is not in force on these days
    teller.hand_in_records(claims[0], teller.permit_of(claims[0]), now)
    now = yield teller.days.at(1, 11)
    teller.close_months(now)
    now = yield teller.days.at(1, 14)
    teller.approve_settlements(now)


def evaluated(teller: Teller) -> Story[None]:
    """Evaluate a passage over a large bridge: to pass after measures, the report signed."""
    now = yield teller.days.at(7, 9)
    girder = Load("box_girder_25", ("BT-XL-021",), HYDRAULIC, "集宁示范管廊", mass_t=50.0)
    way = (MODULE_WAY[0], "集宁示范管廊工地")
    case = yield from _handed_in(teller, girder, way, now, travels=(12, 30))
    now = yield teller.days.at(6, 9)
    teller.accept(case, "handler", now)
    now = yield teller.days.at(4, 10)
    teller.survey_all(case, "handler", now)
    teller.decide_open(case, "handler", now)
    now = yield teller.days.at(3, 15)
    teller.sign_evaluation(case, "handler", now)


def closed_bridge(teller: Teller) -> Story[None]:
    """Find a bridge damaged after the route was planned: not to pass, a panel sits on it."""
    now = yield teller.days.at(6, 14)
    girder = Load("box_girder_25", ("ER-XL-005",), HYDRAULIC, "包头示范医院", mass_t=50.0)
    way = ("鄂尔多斯示范预制构件基地", "包头昆北示范医院工地")
    case = yield from _handed_in(
        teller, girder, way, now, travels=(14, 34), producer=firms.ORDOS_FACTORY
    )
    now = yield teller.days.at(5, 10)
    teller.accept(case, "handler", now)
    now = yield teller.days.at(3, 9)
    teller.survey_all(case, "handler", now)
    bridges = [
        str(one["id"])
        for one in case.application.route.contract["structures"]
        if one["kind"] == "bridge"
    ]
    now = yield teller.days.at(2, 9)
    for bridge in bridges[:1]:
        damaged = {"condition_class": "4", "rated_on": now.date().isoformat()}
        teller.survey(case, "handler", now, bridge, damaged, shade=5)
    now = yield teller.days.at(1, 11)
    question = "沿线大桥技术状况评为4类，请评审能否采取加固措施后通行，或须另选路线。"
    teller.convene_panel(case, "handler", now, question)


def _handed_over(teller: Teller, given: Load, start: int) -> Story[Enquiry]:
    """Let the factory ask, and hand the enquiry to the carrier."""
    now = yield teller.days.at(start, 10)
    enquiry = teller.enquire(given, MODULE_WAY, now)
    now = yield later(now, 25)
    return teller.hand_over(enquiry, now)


def _handed_in(
    teller: Teller,
    given: Load,
    way: Way,
    now: datetime,
    *,
    travels: tuple[int, int],
    producer: str = firms.BAOTOU_FACTORY,
    enquiry: Enquiry | None = None,
) -> Story[Case]:
    case = teller.apply(given, way, now, travels=travels, producer=producer, enquiry=enquiry)
    now = yield later(now, 20)
    case = teller.attach(case, now)
    now = yield later(now, 30)
    return teller.submit(case, now)


def _granted(
    teller: Teller,
    given: Load,
    way: Way,
    start: int,
    *,
    travels: tuple[int, int],
    producer: str = firms.BAOTOU_FACTORY,
    enquiry: Enquiry | None = None,
) -> Story[Case]:
    """Lead a case to its highway pass in the region's three hands."""
    now = yield teller.days.at(start, 9)
    case = yield from _handed_in(
        teller, given, way, now, travels=travels, producer=producer, enquiry=enquiry
    )
    now = yield teller.days.at(start - 1, 9)
    teller.accept(case, "handler", now)
    now = yield teller.days.at(start - 1, 10)
    teller.consult(case, "handler", now, "请就行驶时间、路线和速度提出意见。")
    now = yield teller.days.at(start - 2, 15)
    teller.give_opinion(case, "police", now, "无异议，建议白天通行，桥上限速5公里/小时。")
    now = yield teller.days.at(start - 3, 9)
    teller.propose(case, "handler", now, "符合法定条件，准予通行。")
    now = yield teller.days.at(start - 3, 14)
    teller.check(case, "checker", now)
    now = yield teller.days.at(start - 3, 16)
    teller.sign(case, "signer", now)
    now = yield later(now, 20)
    case, _ = teller.issue(case, "signer", now)
    return case


def _through_the_city(teller: Teller, case: Case, start: int) -> Story[None]:
    """Let the municipal department consent, then the city's police designate."""
    for kind, office in _CITY:
        now = yield teller.days.at(start, 9)
        teller.accept(case, office, now, kind)
    for number, (kind, office) in enumerate(_CITY, start=1):
        now = yield teller.days.at(start - number, 9)
        teller.propose_in_city(case, office, now, kind)
        now = yield teller.days.at(start - number, 14)
        teller.check(case, f"{office}.signer", now, kind)
        now = yield teller.days.at(start - number, 15)
        teller.sign(case, f"{office}.signer", now, kind)


def _trip_with_relief(
    teller: Teller, case: Case, component: str, start: int, *, paid: bool
) -> Story[None]:
    """Drive one trip; its relief record is verified, and paid by another person if `paid`."""
    now = yield teller.days.at(start + 1, 16)
    trip = teller.plan_trip(case, now, component)
    now = yield teller.days.at(start, 8)
    trip = teller.load_trip(trip, now, 40.5)
    now = yield teller.days.at(start, 9, 30)
    trip = teller.depart(trip, now)
    now = yield teller.days.at(start, 16)
    trip = teller.deliver(trip, now)
    now = yield teller.days.at(start - 1, 9)
    claim = teller.claim(case, trip, now)
    if not claim.entitlement.entitled:
        return  # the scheme is not in force on that day
    now = yield teller.days.at(start - 1, 15)
    claim = teller.decide_claim(claim, "toll", now, ClaimStep.VERIFY)
    if paid:
        now = yield teller.days.at(start - 3, 10)
        teller.decide_claim(claim, "finance", now, ClaimStep.PAY)


STORIES = (
    draft,
    submitted,
    supplement,
    consulting,
    awaiting_signature,
    ready,
    city_missing,
    refused,
    delivered,
    month_end,
    evaluated,
    closed_bridge,
)
