"""Open a case for the one who asks, as it stands today."""

from __future__ import annotations

from transport.services.stepping import day_of
from transport.services.viewing_cases import CaseView, view_case
from webapp.access import current_actor, current_services


def opened(number: str) -> CaseView:
    """Return a case as of today; raises NotFoundError for what the actor may not see."""
    services = current_services()
    return view_case(
        services.unit_of_work,
        services.calendar,
        actor=current_actor(),
        number=number,
        today=day_of(services.clock.now()),
    )
