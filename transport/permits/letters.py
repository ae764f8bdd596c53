"""The letters of an act: which there are, their numbers (文号), and the proof of their service.

A number belongs to an office, a year and a kind of letter; the law's data say how it is written. A
letter works from the day it is served (送达): remedies run from there, and so does the time that a
consulted body has for its answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from transport.permits.decision import Signature


class LetterKind(StrEnum):
    """The letters an authority sends in a case."""

    ACCEPTANCE = "acceptance"  # 受理通知书
    SUPPLEMENT = "supplement"  # 补正告知书
    NOT_ACCEPTED = "not_accepted"  # 不予受理决定书
    CONSULTATION = "consultation"  # 征求意见函
    SUSPENSION = "suspension"  # 中止计时告知书, ALL 45
    GRANT = "grant"  # 准予行政许可决定书
    REFUSAL = "refusal"  # 不予行政许可决定书
    REVOCATION = "revocation"  # 撤回行政许可决定书, ALL 8
    ANNULMENT = "annulment"  # 撤销行政许可决定书, ALL 69
    CANCELLATION = "cancellation"  # 注销行政许可决定书, ALL 70


# Letters against which a review or a lawsuit is open; each says so (ALL 38).
DECISIONS = frozenset(
    {
        LetterKind.NOT_ACCEPTED,
        LetterKind.GRANT,
        LetterKind.REFUSAL,
        LetterKind.REVOCATION,
        LetterKind.ANNULMENT,
        LetterKind.CANCELLATION,
    }
)


class Manner(StrEnum):
    """How a letter is served (送达方式)."""

    DIRECT = "direct"  # 直接送达
    LEFT_THERE = "left_there"  # 留置送达
    ELECTRONIC = "electronic"  # 电子送达, with the addressee's consent
    POST = "post"  # 邮寄送达
    ENTRUSTED = "entrusted"  # 委托送达
    PUBLIC_NOTICE = "public_notice"  # 公告送达


@dataclass(frozen=True, slots=True)
class LetterNumber:
    """The number of one letter: the running `serial` of the `office` in this `year` and kind.

    `word` is the office's own word (机关代字) as it was when the number was given, empty where the
    office has none.
    """

    letter: LetterKind
    office_id: str
    role: str
    admin_code: str
    word: str
    year: int
    serial: int


@dataclass(frozen=True, slots=True)
class Service:
    """The proof that a letter was served (送达回证).

    `received_by` is who signed for it, `served_by` who brought it; `witness` stands beside a letter
    that was left there. `paper` is the digest of the signed form, if it was filed.
    """

    letter: LetterKind
    manner: Manner
    served_on: date
    received_by: str
    served_by: Signature
    place: str = ""
    witness: str = ""
    note: str = ""
    paper: str = ""


def number_of(numbers: Sequence[LetterNumber], letter: LetterKind) -> LetterNumber | None:
    """Return the number a letter was given last, or None."""
    return next((one for one in reversed(numbers) if one.letter is letter), None)


def service_of(services: Sequence[Service], letter: LetterKind) -> Service | None:
    """Return the proof of service of a letter, or None."""
    return next((one for one in reversed(services) if one.letter is letter), None)


def series_of(office_id: str, year: int, letter: LetterKind) -> str:
    """Return the name of the series that a number of this kind comes from."""
    return f"letter/{office_id}/{year}/{letter.value}"
