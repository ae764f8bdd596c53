"""Offices on a network of their own: a consultation goes out as a file, its answer comes back so.

The bundle names the act, its version and a digest of what the office is to judge. An answer that
names another digest was written about something else and is refused; nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from transport.errors import ConflictError, FieldFault, InvalidInputError
from transport.people import Actor
from transport.permits.acts import Act
from transport.permits.application import digest_of
from transport.permits.case import Case
from transport.permits.consultation import OpinionOutcome
from transport.permits.decision import TimeWindow, TravelTerms
from transport.permits.states import ActKind, ActState
from transport.services import consulting
from transport.services.audit_trail import event_by
from transport.services.ports import UnitOfWorkFactory
from transport.services.stepping import StepRequest, open_case
from transport.working_days import WorkingCalendar

FORMAT = "dajian-answer-1"
LARGEST_BYTES = 200_000
_LONGEST = 4000
_FASTEST_KM_H = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """An office's answer as its file says it; `answered_by` is who wrote it over there."""

    case_number: str
    act_id: str
    bundle: str
    outcome: OpinionOutcome
    text: str
    terms: TravelTerms
    answered_by: str


def waiting_consultation(case: Case, actor: Actor) -> Act | None:
    """Return the consultation of the actor's office that waits for its opinion, or None."""
    for one in case.of_kind(ActKind.POLICE_CONSULTATION):
        waits = one.state is ActState.AWAITING_OPINION
        if waits and one.authority.organisation_id == actor.organisation_id:
            return one
    return None


def bundle_digest(case: Case, act: Act) -> str:
    """Return the digest of what the office is to judge: application, route and state of the act."""
    application = case.application
    return digest_of(
        {
            "case": case.number,
            "case_version": case.version,
            "act": act.id,
            "act_version": act.version,
            "route": application.route.digest,
            "documents": [one.digest for one in application.documents],
        }
    )


def blank_answer(case: Case, act: Act) -> dict[str, Any]:
    """Return the answer file for the office to fill in."""
    return {
        "format": FORMAT,
        "case_number": case.number,
        "act_id": act.id,
        "bundle": bundle_digest(case, act),
        "outcome": "|".join(OpinionOutcome),
        "text": "",
        "windows": ["09:00-16:00"],
        "top_speed_km_h": None,
        "bridge_speed_km_h": None,
        "answered_by": "",
    }


def read_answer(content: bytes, told_digest: str) -> Answer:
    """Read an answer file; `told_digest` is the SHA-256 that the office told by another way.

    Raises InvalidInputError with every fault.
    """
    if len(content) > LARGEST_BYTES:
        _refuse("file", f"is larger than {LARGEST_BYTES} bytes", "file_too_large")
    told = "".join(told_digest.split()).lower()
    if not compare_digest(sha256(content).hexdigest().encode(), told.encode()):
        _refuse("digest", "is not the digest of this file", "digest_differs")
    try:
        said = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        _refuse("file", f"is no answer file ({FORMAT})", "no_answer_file")
    return _answer(said)


def take_in(
    unit_of_work: UnitOfWorkFactory,
    calendar: WorkingCalendar,
    answer: Answer,
    *,
    actor: Actor,
    file_digest: str,
    now: datetime,
) -> Case:
    """Put an answer on file as the office's opinion, by the officer who brings the file.

    Raises ConflictError where the case changed since the bundle was made.
    """
    with unit_of_work(read_only=True) as work:
        case = open_case(work, answer.case_number, actor)
    act = case.act(answer.act_id)
    if not compare_digest(bundle_digest(case, act), answer.bundle):
        raise ConflictError(
            f"case {case.number} changed since the bundle was made; nothing was written. Export it "
            "again and let the office answer the new one."
        )
    request = StepRequest(actor, case.number, act.id, act.version, now)
    case = consulting.give_opinion(
        unit_of_work,
        calendar,
        request,
        outcome=answer.outcome,
        text=answer.text,
        terms=answer.terms,
    )
    with unit_of_work() as work:
        details = {"file": file_digest, "answered_by": answer.answered_by, "bundle": answer.bundle}
        event = event_by(
            actor,
            now,
            subject=case.number,
            step="answer_file",
            law_day=case.application.law_day,
            details=details,
        )
        work.audit.append(event)
        work.commit()
    return case


def _answer(said: Mapping[str, Any]) -> Answer:
    faults: list[FieldFault] = []

    def text(key: str, *, required: bool = True) -> str:
        value = said.get(key, "")
        if not isinstance(value, str) or len(value) > _LONGEST or (required and not value.strip()):
            faults.append(_fault(key, "must be a text", "answer_text"))
            return ""
        return value.strip()

    def speed(key: str) -> int | None:
        value = said.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _FASTEST_KM_H:
            faults.append(_fault(key, f"must be 1 to {_FASTEST_KM_H} or null", "answer_speed"))
            return None
        return value

    try:
        outcome = OpinionOutcome(str(said.get("outcome")))
    except ValueError:
        faults.append(_fault("outcome", f"must be one of {list(OpinionOutcome)}", "answer_outcome"))
        outcome = OpinionOutcome.OBJECTION
    terms = TravelTerms(
        windows=_windows(said.get("windows", []), faults),
        top_speed_km_h=speed("top_speed_km_h"),
        bridge_speed_km_h=speed("bridge_speed_km_h"),
    )
    numbers = text("case_number"), text("act_id"), text("bundle")
    answer = Answer(*numbers, outcome, text("text", required=False), terms, text("answered_by"))
    if faults:
        raise InvalidInputError(faults)
    return answer


def _windows(said: object, faults: list[FieldFault]) -> tuple[TimeWindow, ...]:
    try:
        if not isinstance(said, list):
            raise TypeError  # noqa: TRY301 - the same fault as a window that cannot be read
        pairs = [str(one).split("-") for one in said]
        return tuple(
            TimeWindow(time.fromisoformat(since), time.fromisoformat(until))
            for since, until in pairs
        )
    except (TypeError, ValueError):
        faults.append(_fault("windows", "must be a list such as ['09:00-16:00']", "answer_windows"))
        return ()


def _fault(key: str, message: str, code: str) -> FieldFault:
    return FieldFault("file", f"'{key}' {message}", code, (("key", key),))


def _refuse(field: str, message: str, code: str) -> None:
    raise InvalidInputError([FieldFault(field, message, code)])
