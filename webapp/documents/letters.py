"""Letters of a case as PDF: acceptance, supplement, non-acceptance, consultation, decision."""

from __future__ import annotations

from transport.permits.letters import DECISIONS, LetterKind
from webapp.documents.contents import Letter, Remedies, ServiceProof
from webapp.documents.typesetting import in_chinese, typeset

TITLES = {
    LetterKind.ACCEPTANCE: "受理通知书",
    LetterKind.SUPPLEMENT: "补正告知书",
    LetterKind.NOT_ACCEPTED: "不予受理决定书",
    LetterKind.CONSULTATION: "征求意见函",
    LetterKind.GRANT: "准予行政许可决定书",
    LetterKind.REFUSAL: "不予行政许可决定书",
    LetterKind.SUSPENSION: "中止计时告知书",
    LetterKind.REVOCATION: "撤回行政许可决定书",
    LetterKind.ANNULMENT: "撤销行政许可决定书",
    LetterKind.CANCELLATION: "注销行政许可决定书",
}
_ENDED = {
    LetterKind.REVOCATION: "撤回",
    LetterKind.ANNULMENT: "撤销",
    LetterKind.CANCELLATION: "注销",
}


def letter_pdf(kind: LetterKind, content: Letter) -> bytes:
    """Make a letter of one kind."""
    return typeset(
        "letter.typ",
        {
            "title": TITLES[kind],
            "number": content.number,
            "authority": content.authority,
            "addressee": content.addressee,
            "opening": [part for part in _opening(kind, content) if part],
            "facts": [list(fact) for fact in content.facts],
            "items": [[item.text, item.basis] for item in content.items],
            "closing": [part for part in _closing(kind, content) if part],
            "dated": in_chinese(content.dated),
            "contact": content.contact,
            "demonstration": content.demonstration,
        },
        content.dated,
    )


def service_proof_pdf(content: ServiceProof) -> bytes:
    """Make the proof of service; what is not known yet is left for a pen."""
    served = in_chinese(content.served_on) if content.served_on else ""
    rows = [
        ["送达文书名称及文号", f"{content.title}　{content.number}"],
        ["文书日期", in_chinese(content.written_on)],
        ["案件及事项", f"{content.case_number}　{content.matter}"],
        ["受送达人", content.addressee],
        ["送达地点", content.place],
        ["送达方式", content.manner or "□直接　□留置　□电子　□邮寄　□委托　□公告"],
        ["送达日期", served or "　　　年　　月　　日　　时"],
        ["收件人签名或者盖章", content.received_by],
        ["见证人", content.witness],
        ["送达人", content.served_by],
        ["备注", content.note],
    ]
    on = content.served_on or content.written_on
    if on is None:
        raise ValueError("a letter without a day has no proof of service")
    return typeset(
        "service_proof.typ",
        {
            "number": content.number,
            "authority": content.authority,
            "rows": rows,
            "served": bool(content.served_on),
            "demonstration": content.demonstration,
        },
        on,
    )


def _opening(kind: LetterKind, content: Letter) -> list[str]:
    received = f"于{in_chinese(content.received_on)}" if content.received_on else ""
    asked = f"你单位{received}提出的“{content.matter}”申请（案件编号{content.case_number}）"
    basis = f"依据{content.basis}，" if content.basis else ""
    match kind:
        case LetterKind.ACCEPTANCE:
            return [f"{asked}收悉。经审查，申请材料齐全、符合法定形式，{basis}决定予以受理。"]
        case LetterKind.SUPPLEMENT:
            return [
                f"{asked}收悉。经审查，申请材料不齐全或者不符合法定形式，{basis}现一次告知需要补正的全部内容："
            ]
        case LetterKind.NOT_ACCEPTED:
            return [f"{asked}收悉。经审查，{basis}决定不予受理，理由如下："]
        case LetterKind.CONSULTATION:
            return [
                (
                    f"我单位正在办理“{content.matter}”申请（案件编号{content.case_number}）。"
                    f"{basis}现就下列事项征求你单位意见："
                )
            ]
        case LetterKind.GRANT:
            return [f"{asked}，经审查符合法定条件，{basis}决定准予许可，并附下列要求："]
        case LetterKind.REFUSAL:
            return [f"{asked}，经审查，{basis}决定不予许可，理由如下："]
        case LetterKind.SUSPENSION:
            return [f"{asked}，{basis}下列事项所需时间不计入办理期限，现予告知："]
        case LetterKind.REVOCATION | LetterKind.ANNULMENT | LetterKind.CANCELLATION:
            return [
                (
                    f"你单位持有的“{content.matter}”许可（案件编号{content.case_number}），"
                    f"{basis}现决定予以{_ENDED[kind]}，理由如下："
                )
            ]


def _closing(kind: LetterKind, content: Letter) -> list[str]:
    due = in_chinese(content.due_on) if content.due_on else ""
    days = f"{content.working_days}个工作日" if content.working_days else ""
    paragraphs = [f"说明：{content.reasons}" if content.reasons else ""]
    match kind:
        case LetterKind.ACCEPTANCE:
            until = f"（至{due}）" if due else ""
            paragraphs.append(
                f"办理期限为自受理之日起{days}{until}，加固改造及专家评审时间不计入。"
                if days
                else ""
            )
        case LetterKind.SUPPLEMENT:
            paragraphs.append("补正后请重新提交。" + (f"请于{due}前补正。" if due else ""))
        case LetterKind.CONSULTATION:
            paragraphs.append(
                f"请于{due}前书面答复。逾期未复的，记录为逾期未复，不视为同意。" if due else ""
            )
        case LetterKind.SUSPENSION:
            paragraphs.append("上述事项完成后，办理期限继续计算。")
        case _:
            pass
    paragraphs.append(_remedies(content.remedies) if content.remedies and kind in DECISIONS else "")
    if kind is LetterKind.CONSULTATION:
        paragraphs.append("此函。")
    return paragraphs


def _remedies(remedies: Remedies) -> str:
    basis = f"（{remedies.basis}）" if remedies.basis else ""
    return (
        f"如不服本决定，可以自收到本决定书之日起{remedies.review_days}日内向"
        f"{remedies.review_authority}申请行政复议，或者自收到本决定书之日起"
        f"{remedies.lawsuit_months}个月内向{remedies.court}提起行政诉讼{basis}。"
    )
