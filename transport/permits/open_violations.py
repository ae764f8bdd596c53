"""What speaks against granting an act, and the reasoned confirmation of who grants all the same."""

from __future__ import annotations

from transport.errors import FieldFault, InvalidInputError
from transport.permits.case import Case
from transport.permits.decision import DecisionOutcome, Proposal

_OPEN_STATUSES = frozenset({"infeasible", "unreachable", "unknown"})


def open_violations(case: Case) -> list[str]:
    """Return what speaks against a grant: grounds of the law, a route not found passable."""
    violations = list(case.application.requirements.refusals)
    status = case.application.route.status
    if status in _OPEN_STATUSES:
        violations.append(f"route_{status}")
    return violations


def confirmed_violations(case: Case, proposal: Proposal) -> dict[str, str]:
    """Return what a grant passes over and why, for the audit trail; nothing where nothing is open.

    Raises InvalidInputError for a grant over an open violation without a reason, at every desk.
    """
    violations = open_violations(case) if proposal.outcome is DecisionOutcome.GRANT else []
    if not violations:
        return {}
    if not proposal.open_violation_reason.strip():
        message = f"granting in spite of {', '.join(violations)} needs an explicit reason"
        raise InvalidInputError(
            [FieldFault("open_violation_reason", message, "violation_reason_missing")]
        )
    return {
        "violations": ",".join(violations),
        "confirmed_because": proposal.open_violation_reason,
    }
