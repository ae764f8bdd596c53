"""Every step of an act through its service, so that tests can walk the whole table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.factories import CALENDAR, DAYTIME, World, law
from transport.permits.act_letters import letters_of
from transport.permits.clocks import SuspensionReason
from transport.permits.consultation import OpinionOutcome
from transport.permits.decision import DecisionOutcome, NonAcceptanceGround, Proposal
from transport.permits.endings import GROUNDS
from transport.permits.entry_check import EntryCheck, Measured, Tolerances
from transport.permits.letters import LetterKind, Manner
from transport.permits.states import CONSENTS, ActKind, Step
from transport.services import (
    accepting,
    applying,
    consenting,
    consulting,
    deciding,
    designating,
    ending_acts,
    entry_checking,
    getting_consents,
    issuing,
    reviewing,
    serving_letters,
    swapping_tractors,
)
from transport.services.serving_letters import Receipt
from transport.services.stepping import StepRequest

Take = Callable[[World, StepRequest, ActKind], object]

FITS = Measured(height_m=4.6, width_m=3.6, length_m=24.0, mass_t=48.0, axle_count=6)
TOO_HIGH = Measured(height_m=4.7)


def propose(world: World, request: StepRequest, kind: ActKind, outcome: DecisionOutcome) -> object:
    """Handle an act of any kind that is decided."""
    refuse = outcome is DecisionOutcome.REFUSE
    city = kind is not ActKind.HIGHWAY_PERMIT
    ground = "road_capacity" if city else "flatbed_axle_load"
    proposal = Proposal(outcome, "理由", grounds=(ground,) if refuse else (), terms=DAYTIME)
    desks = {
        ActKind.HIGHWAY_PERMIT: reviewing.propose_decision,
        ActKind.MUNICIPAL_CONSENT: consenting.propose_consent,
        ActKind.POLICE_DESIGNATION: designating.propose_designation,
    }
    desk = desks.get(kind, reviewing.propose_decision)
    return desk(world.unit_of_work, CALENDAR, request, proposal)


def _ending(step: Step) -> Take:
    def take(world: World, request: StepRequest, _: ActKind) -> object:
        return ending_acts.end_act(
            world.unit_of_work, CALENDAR, request, step, ground=GROUNDS[step][0], reason="情况变化"
        )

    return take


def _entry_check(*, passed: bool) -> Take:
    def take(world: World, request: StepRequest, _: ActKind) -> object:
        measured = FITS if passed else TOO_HIGH
        check = EntryCheck("呼和浩特东", measured, plates_match=True, passed=passed, by=None)  # type: ignore[arg-type]
        return entry_checking.record_entry_check(
            world.unit_of_work,
            CALENDAR,
            world.signer,
            world.documents,
            request,
            check=check,
            tolerances=Tolerances(),
        )

    return take


def _answer(step: Step) -> Take:
    def take(world: World, request: StepRequest, _: ActKind) -> object:
        return getting_consents.record_answer(
            world.unit_of_work,
            CALENDAR,
            world.documents,
            request,
            step,
            text="函复",
            paper=("复函.pdf", b"paper"),
        )

    return take


def _serve(world: World, request: StepRequest, _: ActKind) -> object:
    with world.unit_of_work(read_only=True) as work:
        act = work.cases.get(request.case_number).act(request.act_id)
    letters = letters_of(act) or (LetterKind.GRANT,)
    receipt = Receipt(letters[0], Manner.DIRECT, request.today, received_by="收件人")
    return serving_letters.serve(world.unit_of_work, CALENDAR, world.documents, request, receipt)


def _record_overdue(world: World, request: StepRequest, kind: ActKind) -> object:
    if kind in CONSENTS:
        return getting_consents.record_silence(world.unit_of_work, CALENDAR, request)
    return consulting.record_overdue(world.unit_of_work, CALENDAR, request)


def _spare_of(world: World, request: StepRequest) -> str:
    """Return the plate of the first spare tractor, after a swap that of the first tractor."""
    with world.unit_of_work(read_only=True) as work:
        spares = work.cases.get(request.case_number).application.spares
    return spares[0].plate if spares else "蒙B99999"


# `submit`, `start_use`, `end_use`, `amend` and `tell` follow from what is done to a whole case.
TAKES: Mapping[Step, Take] = {
    Step.ACCEPT: lambda w, r, _: accepting.accept(w.unit_of_work, CALENDAR, r),
    Step.ASK_SUPPLEMENT: lambda w, r, _: accepting.ask_supplement(
        w.unit_of_work, CALENDAR, r, wanted=["轮廓图"]
    ),
    Step.SUPPLY: lambda w, r, _: applying.supply(w.unit_of_work, CALENDAR, r),
    Step.DECLINE: lambda w, r, _: accepting.decline(
        w.unit_of_work, CALENDAR, r, ground=NonAcceptanceGround.DIVISIBLE_LOAD, text="可分载"
    ),
    Step.CONSULT: lambda w, r, _: consulting.consult_police(w.unit_of_work, CALENDAR, law(), r),
    Step.CONSULT_LEAGUES: lambda w, r, _: consulting.consult_leagues(
        w.unit_of_work, CALENDAR, law(), r
    ),
    Step.SUSPEND: lambda w, r, _: reviewing.suspend_clock(
        w.unit_of_work, CALENDAR, r, reason=SuspensionReason.STRENGTHENING, note="加固"
    ),
    Step.RESUME: lambda w, r, _: reviewing.resume_clock(w.unit_of_work, CALENDAR, r),
    Step.HANDLE: lambda w, r, kind: propose(w, r, kind, DecisionOutcome.GRANT),
    Step.CHECK: lambda w, r, _: deciding.check(w.unit_of_work, CALENDAR, r),
    Step.SEND_BACK: lambda w, r, _: deciding.send_back(
        w.unit_of_work, CALENDAR, r, reason="补充理由"
    ),
    Step.GRANT: lambda w, r, _: deciding.sign(w.unit_of_work, CALENDAR, r),
    Step.REFUSE: lambda w, r, _: deciding.sign(w.unit_of_work, CALENDAR, r),
    Step.ISSUE: lambda w, r, _: issuing.issue(w.unit_of_work, CALENDAR, w.signer, r),
    Step.REQUIRE_ENTRY_CHECK: lambda w, r, _: entry_checking.require_entry_check(
        w.unit_of_work, CALENDAR, r, station="呼和浩特东"
    ),
    Step.PASS_ENTRY_CHECK: _entry_check(passed=True),
    Step.FAIL_ENTRY_CHECK: _entry_check(passed=False),
    Step.SERVE: _serve,
    Step.SWAP_TRACTOR: lambda w, r, _: swapping_tractors.swap_tractor(
        w.unit_of_work, CALENDAR, w.signer, r, plate=_spare_of(w, r), because="故障"
    ),
    Step.COMPLETE: lambda w, r, _: ending_acts.complete(w.unit_of_work, CALENDAR, r),
    Step.WITHDRAW: lambda w, r, _: applying.withdraw(
        w.unit_of_work, CALENDAR, r, reason="计划改变"
    ),
    Step.REVOKE: _ending(Step.REVOKE),
    Step.ANNUL: _ending(Step.ANNUL),
    Step.CANCEL: _ending(Step.CANCEL),
    Step.GIVE_OPINION: lambda w, r, _: consulting.give_opinion(
        w.unit_of_work, CALENDAR, r, outcome=OpinionOutcome.NO_OBJECTION, text=""
    ),
    Step.RECORD_OVERDUE: _record_overdue,
    Step.ASK_CONSENT: lambda w, r, _: getting_consents.ask_consent(
        w.unit_of_work, CALENDAR, r, whom="某铁路局集团"
    ),
    Step.RECORD_CONSENT: _answer(Step.RECORD_CONSENT),
    Step.RECORD_OBJECTION: _answer(Step.RECORD_OBJECTION),
}
