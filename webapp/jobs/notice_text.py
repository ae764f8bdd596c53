"""The words of a notice as it leaves the house; in Chinese, as papers are."""

from __future__ import annotations

from transport.permits.notices import Notice, NoticeKind
from transport.permits.states import ActKind
from transport.services.notice_repositories import Outgoing

_ACTS = {
    ActKind.HIGHWAY_PERMIT: "公路超限运输许可",
    ActKind.POLICE_CONSULTATION: "公安交管意见",
    ActKind.MUNICIPAL_CONSENT: "市政同意",
    ActKind.POLICE_DESIGNATION: "公安指定时间路线",
    ActKind.LEAGUE_OPINION: "沿线盟市意见",
    ActKind.RAILWAY_CONSENT: "铁路道口同意",
    ActKind.OWNER_CONSENT: "道路所有者同意",
    ActKind.PROVINCE_PERMIT: "途经省份许可",
    ActKind.POWER_NOTICE: "告知电力单位",
    ActKind.OPERATOR_NOTICE: "告知经营单位",
}
_SAYS = {
    NoticeKind.SUBMITTED: "收到新申请",
    NoticeKind.SUPPLEMENT_ASKED: "要求补正材料",
    NoticeKind.SUPPLIED: "申请人已补正",
    NoticeKind.ACCEPTED: "已受理",
    NoticeKind.NOT_ACCEPTED: "不予受理",
    NoticeKind.OPINION_ASKED: "请出具意见",
    NoticeKind.OPINION_GIVEN: "意见已回复",
    NoticeKind.SUSPENDED: "已中止计时",
    NoticeKind.RESUMED: "已恢复计时",
    NoticeKind.GRANTED: "准予许可",
    NoticeKind.ISSUED: "已发证",
    NoticeKind.REFUSED: "不予许可",
    NoticeKind.ENDED: "已失去效力",
    NoticeKind.WITHDRAWN: "申请人已撤回申请",
    NoticeKind.RECALLED: "道路有变化，请查看",
    NoticeKind.DEADLINE_NEAR: "期限将至",
    NoticeKind.PAPER_EXPIRES: "证件将到期或已到期",
    NoticeKind.PASS_ENDS: "通行证将到期，请及时续办",
    NoticeKind.MESSAGE: "有新留言",
}
_PAPERS = {
    "vehicle_licence": "行驶证",
    "temporary_plate": "临时行驶车号牌",
    "insurance": "交强险",
    "inspection": "检验有效期",
    "transport_certificate": "道路运输证",
    "transport_licence": "道路运输经营许可证",
    "driving_licence": "驾驶证",
    "driver_qualification": "从业资格证",
    "business_licence": "营业执照",
    "liability_insurance": "责任险",
}


def notice_text(notice: Notice, site: str) -> Outgoing:
    """Return subject and text of a notice; personal data and the case itself stay in the house."""
    what = _SAYS[notice.kind]
    act = _ACTS[ActKind(notice.act_kind)] if notice.act_kind else ""
    about = notice.case_number or notice.subject
    lines = [f"{about}：{act}{what}。"]
    if notice.office:
        lines.append(f"办理机关：{notice.office}")
    if notice.kind is NoticeKind.MESSAGE and notice.subject:
        lines.append(f"留言单位：{notice.subject}")
    if notice.last_day:
        lines.append(f"最后一日：{notice.last_day}")
    if notice.text:
        lines.append(f"内容：{_PAPERS.get(notice.text, notice.text)}")
    lines += [f"详情请登录查看：{site}/notices/", "", "本邮件由系统自动发送，请勿回复。"]
    return Outgoing(notice.id, f"【大件】{about} {act}{what}", "\n".join(lines))
