"""The expert panel on a difficult passage: roster, conflicts of interest, opinions, conclusion.

The time a panel sits is announced to the applicant and not counted (ALL 45).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError

LEAST_EXPERTS = 3


class ExpertField(StrEnum):
    """What an expert knows about."""

    BRIDGES = "bridges"
    TUNNELS = "tunnels"
    PAVEMENT = "pavement"
    TRAFFIC = "traffic"
    TRANSPORT = "transport"


@dataclass(frozen=True, slots=True)
class Expert:
    """An expert on the roster, who may be asked from a day to a day."""

    id: str
    name: str
    employer: str
    fields: tuple[ExpertField, ...]
    valid_from: date
    valid_until: date
    title: str = ""
    version: int = 1

    def __post_init__(self) -> None:
        """Refuse an expert without name, employer or field, or one who could never be asked."""
        faults = [
            FieldFault(name, "must not be empty", "required")
            for name in ("name", "employer")
            if not getattr(self, name).strip()
        ]
        if not self.fields:
            faults.append(FieldFault("fields", "must name one at least", "required"))
        if self.valid_until < self.valid_from:
            faults.append(FieldFault("valid_until", "lies before the first day", "order"))
        if faults:
            raise InvalidInputError(faults)


class Conflict(StrEnum):
    """Why an expert may not sit on the panel of a case."""

    NOT_ON_ROSTER = "not_on_roster"
    APPLICANT = "applicant"
    MANUFACTURER = "manufacturer"
    REPORT_AUTHOR = "report_author"
    SAME_CASE_EARLIER = "same_case_earlier"


@dataclass(frozen=True, slots=True)
class Interests:
    """Who has to do with a case: firms by their names, people who worked on it before."""

    applicants: frozenset[str] = frozenset()
    manufacturers: frozenset[str] = frozenset()
    report_authors: frozenset[str] = frozenset()
    earlier_experts: frozenset[str] = frozenset()
    earlier_people: frozenset[str] = frozenset()


def conflicts_of(expert: Expert, interests: Interests, day: date) -> tuple[Conflict, ...]:
    """Return everything that keeps an expert from a panel that is convened on a day.

    Report authors may be institutes or people; an earlier person is one who measured, decided or
    gave an opinion on the same case.
    """
    own = {_plain(expert.name), _plain(expert.employer)}
    found = {
        Conflict.NOT_ON_ROSTER: not expert.valid_from <= day <= expert.valid_until,
        Conflict.APPLICANT: bool(own & _names(interests.applicants)),
        Conflict.MANUFACTURER: bool(own & _names(interests.manufacturers)),
        Conflict.REPORT_AUTHOR: bool(own & _names(interests.report_authors)),
        Conflict.SAME_CASE_EARLIER: expert.id in interests.earlier_experts
        or _plain(expert.name) in _names(interests.earlier_people),
    }
    return tuple(conflict for conflict, is_so in found.items() if is_so)


class Verdict(StrEnum):
    """What an expert says to the question."""

    AGREE = "agree"
    AGREE_WITH_CONDITIONS = "agree_with_conditions"
    DISAGREE = "disagree"


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion that an expert signed; `paper` is the digest of the signed sheet."""

    verdict: Verdict
    text: str
    signed_on: date
    paper: str
    entered_by: str

    def __post_init__(self) -> None:
        """Refuse an opinion without words or signed sheet."""
        faults = [
            FieldFault(name, "must not be empty", "required")
            for name in ("text", "paper")
            if not getattr(self, name).strip()
        ]
        if faults:
            raise InvalidInputError(faults)


class SeatState(StrEnum):
    """Whether an invited expert comes."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Seat:
    """An expert on a panel as the roster knew them on that day; `drawn` by lot or chosen."""

    expert_id: str
    name: str
    employer: str
    fields: tuple[ExpertField, ...]
    drawn: bool
    state: SeatState = SeatState.INVITED
    opinion: Opinion | None = None


class PanelState(StrEnum):
    """Where a panel stands."""

    SITTING = "sitting"
    CONCLUDED = "concluded"


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel on one case: its question, who sits on it, what came out.

    `expected_working_days` were announced to the applicant; `lot` repeats the draw.
    """

    id: str
    case_number: str
    act_id: str
    question: str
    seats: tuple[Seat, ...]
    convened_on: date
    convened_by: str
    expected_working_days: int
    lot: str = ""
    state: PanelState = PanelState.SITTING
    outcome: Verdict | None = None
    conclusion: str = ""
    concluded_on: date | None = None
    concluded_by: str = ""
    version: int = 1

    @property
    def sitting(self) -> tuple[Seat, ...]:
        """Return the seats of those who did not decline."""
        return tuple(one for one in self.seats if one.state is not SeatState.DECLINED)

    @property
    def outstanding(self) -> tuple[Seat, ...]:
        """Return the seats whose opinion is not there yet."""
        return tuple(one for one in self.sitting if one.opinion is None)


def draw(
    roster: Iterable[Expert],
    interests: Interests,
    day: date,
    wanted: Mapping[ExpertField, int],
    lot: str,
    taken: frozenset[str] = frozenset(),
) -> tuple[Expert, ...]:
    """Draw so many experts of each field by lot, nobody twice; the same lot draws the same people.

    Raises InvalidInputError on `fields` where the roster has too few without a conflict.
    """
    free = [one for one in roster if one.id not in taken and not conflicts_of(one, interests, day)]
    free.sort(key=lambda one: hashlib.sha256(f"{lot}:{one.id}".encode()).hexdigest())
    chosen: list[Expert] = []
    for subject, count in wanted.items():
        fitting = [one for one in free if subject in one.fields and one not in chosen]
        if len(fitting) < count:
            message = (
                f"the roster has only {len(fitting)} experts for {subject} without a conflict, "
                f"not {count}: choose fewer, or add experts"
            )
            params = (("field", str(subject)), ("have", str(len(fitting))), ("want", str(count)))
            raise InvalidInputError([FieldFault("fields", message, "too_few_experts", params)])
        chosen += fitting[:count]
    return tuple(chosen)


def seat_of(expert: Expert, *, drawn: bool) -> Seat:
    """Return an expert as invited."""
    return Seat(expert.id, expert.name, expert.employer, expert.fields, drawn)


def convened(panel: Panel) -> Panel:
    """Return a panel that may sit; raise InvalidInputError for too few experts or one twice."""
    faults = []
    ids = [one.expert_id for one in panel.seats]
    if len(ids) < LEAST_EXPERTS or len(ids) % 2 == 0:
        message = f"needs an odd number of experts, {LEAST_EXPERTS} at least; it has {len(ids)}"
        params = (("least", str(LEAST_EXPERTS)), ("have", str(len(ids))))
        faults.append(FieldFault("experts", message, "odd_panel", params))
    if len(set(ids)) < len(ids):
        faults.append(FieldFault("experts", "names somebody twice", "duplicate"))
    if not panel.question.strip():
        faults.append(FieldFault("question", "must not be empty", "required"))
    if panel.expected_working_days < 1:
        message = "must tell the applicant how many working days"
        faults.append(FieldFault("expected_working_days", message, "required"))
    if faults:
        raise InvalidInputError(faults)
    return panel


def answered(panel: Panel, expert_id: str, *, comes: bool, instead: Expert | None = None) -> Panel:
    """Return the panel once an expert accepted or declined; `instead` takes a declined seat."""
    seat = _open_seat(panel, expert_id)
    if seat.opinion is not None:
        raise StepNotAllowedError(f"{seat.name} has signed already", "opinion_signed")
    after = replace(seat, state=SeatState.ACCEPTED if comes else SeatState.DECLINED)
    seats = [after if one == seat else one for one in panel.seats]
    if not comes and instead is not None:
        seats.append(seat_of(instead, drawn=True))
    return replace(panel, seats=tuple(seats))


def with_opinion(panel: Panel, expert_id: str, opinion: Opinion) -> Panel:
    """Return the panel with a signed opinion; raises InvalidInputError for a wrong day."""
    seat = _open_seat(panel, expert_id)
    if seat.state is SeatState.DECLINED:
        raise StepNotAllowedError(f"{seat.name} declined to sit on this panel", "seat_declined")
    if opinion.signed_on < panel.convened_on:
        message = f"lies before the panel was convened on {panel.convened_on}"
        raise InvalidInputError([FieldFault("signed_on", message, "order")])
    after = replace(seat, state=SeatState.ACCEPTED, opinion=opinion)
    return replace(panel, seats=tuple(after if one == seat else one for one in panel.seats))


def outcome_of(panel: Panel) -> Verdict:
    """Return what more than half of the panel says; conditions of one bind where it passes."""
    votes = [one.opinion.verdict for one in panel.sitting if one.opinion is not None]
    against = votes.count(Verdict.DISAGREE)
    if 2 * against >= len(votes):
        return Verdict.DISAGREE
    return (
        Verdict.AGREE_WITH_CONDITIONS if Verdict.AGREE_WITH_CONDITIONS in votes else Verdict.AGREE
    )


def concluded(panel: Panel, conclusion: str, by: str, day: date) -> Panel:
    """Return the panel with its conclusion, once all who sit on it signed.

    Raises StepNotAllowedError before, and InvalidInputError without words.
    """
    _must_sit(panel)
    missing = [one.name for one in panel.outstanding]
    if missing:
        names = ", ".join(missing)
        raise StepNotAllowedError(
            f"the signed opinions of {names} are missing", "opinions_missing", names=names
        )
    if len(panel.sitting) < LEAST_EXPERTS:
        raise StepNotAllowedError(
            f"only {len(panel.sitting)} experts sit: replace those who declined", "panel_too_small"
        )
    if not conclusion.strip():
        raise InvalidInputError([FieldFault("conclusion", "must not be empty", "required")])
    return replace(
        panel,
        state=PanelState.CONCLUDED,
        outcome=outcome_of(panel),
        conclusion=conclusion,
        concluded_on=day,
        concluded_by=by,
    )


def _open_seat(panel: Panel, expert_id: str) -> Seat:
    _must_sit(panel)
    for one in panel.seats:
        if one.expert_id == expert_id and one.state is not SeatState.DECLINED:
            return one
    message = "is not an expert of this panel"
    raise InvalidInputError([FieldFault("expert", message, "choice")])


def _must_sit(panel: Panel) -> None:
    if panel.state is not PanelState.SITTING:
        raise StepNotAllowedError("this panel has concluded", "panel_concluded")


def _names(given: Iterable[str]) -> set[str]:
    return {_plain(one) for one in given if one.strip()}


def _plain(name: str) -> str:
    """Return a name without blanks and brackets' width, so that spellings of one firm agree."""
    return "".join(name.split()).replace("（", "(").replace("）", ")").casefold()
