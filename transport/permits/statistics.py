"""Figures of one office: how long its steps take, how often it returns, refuses and is silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil
from statistics import median

from transport import working_days
from transport.permits.acts import Act
from transport.permits.clocks import answer_due_on, statutory_due_on
from transport.permits.states import OPINIONS, ActKind, Step
from transport.working_days import WorkingCalendar, count_working_days

RULE = "rule:"
_ANSWERS = (Step.ASK_SUPPLEMENT, Step.ACCEPT, Step.DECLINE)
_DECISIONS = (Step.GRANT, Step.REFUSE)
_ISSUES = (Step.ISSUE, Step.PASS_ENTRY_CHECK)
_TENTHS = 0.9


class Stage(StrEnum):
    """A stretch of an act's way whose working days are counted."""

    ANSWER = "answer"  # received until accepted, supplement asked or not accepted
    OPINION = "opinion"  # asked until answered
    HANDLE = "handle"  # accepted until a proposal lies on file
    CHECK = "check"
    SIGN = "sign"
    DECIDE = "decide"  # accepted until decided, without the days that do not count
    ISSUE = "issue"  # decided until the pass is made


class Turn(StrEnum):
    """Why an act came back or was turned down."""

    SUPPLEMENT = "supplement"
    NOT_ACCEPTED = "not_accepted"
    SENT_BACK = "sent_back"  # by checker or signatory, inside the office
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Moment:
    """A step of the audit trail; `grounds` are coded, `reason` is what somebody wrote."""

    step: str
    day: date
    actor_id: str
    reason: str = ""
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActRecord:
    """An act as it stands on the cut-off day, with its steps, oldest first."""

    act: Act
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Working days of one stage: how many acts, the middle, nine tenths, and the legal limit.

    `least_limit` and `most_limit` differ where categories have their own; None where the law sets
    none. `over` counts the acts above their own limit, `unknown` those of years without calendar.
    """

    kind: ActKind
    stage: Stage
    count: int
    median_days: float | None
    p90_days: int | None
    least_limit: int | None
    most_limit: int | None
    over: int
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class TurnCount:
    """How many acts were turned so, and how often each reason was given, most first.

    A reason is a coded ground or, for supplements and what was sent back, the words.
    """

    kind: ActKind
    turn: Turn
    count: int
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ActCounts:
    """The acts of one kind: received, decided, still open, and open beyond the limit.

    `prepared` and `taken` are decisions a rule put on file, and those it also took.
    """

    kind: ActKind
    received: int
    decided: int
    prepared: int
    taken: int
    accepted_by_law: int
    open: int
    open_over: int

    @property
    def automatic_pct(self) -> float | None:
        """Share of the decided acts in which a rule took part, in per cent."""
        return round(100 * self.prepared / self.decided, 1) if self.decided else None


@dataclass(frozen=True, slots=True)
class SurveyBacklog:
    """What open cases wait to have surveyed; `oldest_days` counts calendar days since receipt."""

    places: int
    cases: int
    oldest_days: int | None


@dataclass(frozen=True, slots=True)
class OfficeStatistics:
    """Everything of one office, for acts received from `first` to `last`, as known on `cut_off`."""

    first: date
    last: date
    cut_off: date
    counts: tuple[ActCounts, ...]
    times: tuple[StageTimes, ...]
    turns: tuple[TurnCount, ...]
    surveys: SurveyBacklog | None = None


def stage_days(
    record: ActRecord, calendar: WorkingCalendar
) -> dict[Stage, tuple[int | None, int | None]]:
    """Return the working days of every stage an act has behind it, each with its legal limit."""
    act, clock, terms = record.act, record.act.clock, record.act.terms
    marks: dict[Stage, tuple[date | None, date | None, int | None]]
    if act.kind in OPINIONS:
        given = _last(record, (Step.GIVE_OPINION,))
        marks = {Stage.OPINION: (clock.submitted_on, given, terms.answer_days)}
    else:
        handled, checked = _last(record, (Step.HANDLE,)), _last(record, (Step.CHECK,))
        decided, issued = _last(record, _DECISIONS), _last(record, _ISSUES)
        answered = next((one.day for one in record.moments if one.step in _ANSWERS), None)
        if decided is None:
            # A proposal may still come back: only what led to a decision is counted.
            handled = checked = None
        accepted = clock.accepted_on
        marks = {
            Stage.ANSWER: (clock.submitted_on, answered, terms.answer_days),
            Stage.HANDLE: (accepted, handled, None),
            Stage.CHECK: (handled, checked, None),
            Stage.SIGN: (checked, decided, None),
            Stage.DECIDE: (accepted, decided, terms.statutory_days),
            Stage.ISSUE: (decided, issued, None),
        }
    pauses = [
        working_days.Suspension(one.from_day, one.until_day - timedelta(days=1))
        for one in clock.suspensions
        if one.until_day is not None
    ]
    found: dict[Stage, tuple[int | None, int | None]] = {}
    for stage, (start, end, limit) in marks.items():
        if start is not None and end is not None:
            stops = pauses if stage in {Stage.DECIDE, Stage.HANDLE} else ()
            found[stage] = count_working_days(start, end, calendar, stops), limit
    return found


def count_acts(records: Sequence[ActRecord], calendar: WorkingCalendar, today: date) -> ActCounts:
    """Count the acts of one kind; raises ValueError without any."""
    decided = [one for one in records if _is_decided(one)]
    waiting = [one for one in records if one.act.clock.decided_on is None and not _ended(one)]
    return ActCounts(
        kind=records[0].act.kind,
        received=len(records),
        decided=len(decided),
        prepared=sum(_by_rule(one, (Step.HANDLE,)) for one in decided),
        taken=sum(_by_rule(one, _DECISIONS) for one in decided),
        accepted_by_law=sum(one.act.clock.accepted_by_law for one in records),
        open=len(waiting),
        open_over=sum(_is_over(one.act, calendar, today) for one in waiting),
    )


def time_stages(records: Sequence[ActRecord], calendar: WorkingCalendar) -> list[StageTimes]:
    """Summarise the working days of each stage over acts of one kind."""
    measured: dict[Stage, list[tuple[int | None, int | None]]] = {}
    for record in records:
        for stage, found in stage_days(record, calendar).items():
            measured.setdefault(stage, []).append(found)
    return [
        _summary(records[0].act.kind, stage, measured[stage])
        for stage in Stage
        if stage in measured
    ]


def count_turns(records: Sequence[ActRecord]) -> list[TurnCount]:
    """Count what came back or was turned down over acts of one kind, with the reasons."""
    steps = {
        Step.ASK_SUPPLEMENT: Turn.SUPPLEMENT,
        Step.DECLINE: Turn.NOT_ACCEPTED,
        Step.SEND_BACK: Turn.SENT_BACK,
        Step.REFUSE: Turn.REFUSED,
        Step.WITHDRAW: Turn.WITHDRAWN,
    }
    turned: Counter[Turn] = Counter()
    reasons: dict[Turn, Counter[str]] = {one: Counter() for one in Turn}
    for record in records:
        there = {}
        for moment in record.moments:
            turn = next((to for step, to in steps.items() if step.value == moment.step), None)
            if turn is not None:
                there[turn] = True
                reasons[turn].update(_reasons(record.act, turn, moment))
        turned.update(there)
    kind = records[0].act.kind
    return [
        TurnCount(kind, turn, turned[turn], tuple(reasons[turn].most_common()))
        for turn in Turn
        if turned[turn]
    ]


def office_statistics(
    records: Iterable[ActRecord],
    calendar: WorkingCalendar,
    *,
    days: tuple[date, date],
    cut_off: date,
    surveys: SurveyBacklog | None = None,
) -> OfficeStatistics:
    """Return the figures of an office for the acts received within `days`, both included."""
    first, last = days
    kinds: dict[ActKind, list[ActRecord]] = {}
    for one in records:
        received = one.act.clock.submitted_on
        if received is not None and first <= received <= last:
            kinds.setdefault(one.act.kind, []).append(one)
    ordered = [kinds[kind] for kind in ActKind if kind in kinds]
    return OfficeStatistics(
        first=first,
        last=last,
        cut_off=cut_off,
        counts=tuple(count_acts(one, calendar, cut_off) for one in ordered),
        times=tuple(row for one in ordered for row in time_stages(one, calendar)),
        turns=tuple(row for one in ordered for row in count_turns(one)),
        surveys=surveys,
    )


def _summary(
    kind: ActKind, stage: Stage, found: Sequence[tuple[int | None, int | None]]
) -> StageTimes:
    days = sorted(one for one, _ in found if one is not None)
    limits = [limit for _, limit in found if limit is not None]
    return StageTimes(
        kind=kind,
        stage=stage,
        count=len(found),
        median_days=float(median(days)) if days else None,
        # Nearest rank: a value that was measured, never one between two.
        p90_days=days[ceil(_TENTHS * len(days)) - 1] if days else None,
        least_limit=min(limits, default=None),
        most_limit=max(limits, default=None),
        over=sum(used is not None and limit is not None and used > limit for used, limit in found),
        unknown=sum(used is None for used, _ in found),
    )


def _reasons(act: Act, turn: Turn, moment: Moment) -> tuple[str, ...]:
    if turn is Turn.SUPPLEMENT:
        return act.supplement_list
    if turn is Turn.REFUSED and act.decision is not None:
        return act.decision.grounds
    return moment.grounds or ((moment.reason,) if moment.reason else ())


def _last(record: ActRecord, steps: Iterable[Step]) -> date | None:
    wanted = {one.value for one in steps}
    return next((one.day for one in reversed(record.moments) if one.step in wanted), None)


def _by_rule(record: ActRecord, steps: Iterable[Step]) -> bool:
    wanted = {one.value for one in steps}
    last = next((one for one in reversed(record.moments) if one.step in wanted), None)
    return last is not None and last.actor_id.startswith(RULE)


def _is_decided(record: ActRecord) -> bool:
    steps = (Step.GIVE_OPINION,) if record.act.kind in OPINIONS else _DECISIONS
    return _last(record, steps) is not None


def _ended(record: ActRecord) -> bool:
    return _last(record, (Step.WITHDRAW, Step.DECLINE, Step.GIVE_OPINION, *_DECISIONS)) is not None


def _is_over(act: Act, calendar: WorkingCalendar, today: date) -> bool:
    accepted = act.clock.accepted_on is not None
    due = (statutory_due_on if accepted else answer_due_on)(act.clock, act.terms, calendar)
    waits = accepted or act.kind in OPINIONS or act.clock.supplement_asked_on is None
    return waits and due is not None and today > due
