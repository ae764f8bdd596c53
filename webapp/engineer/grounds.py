"""What an evaluation needs from the installation, and which cases an engineer may look at."""

from __future__ import annotations

from transport.permits.case import Case
from transport.services.engineering_desk import Ground
from transport.services.stepping import day_of
from webapp.access import current_services
from webapp.case_file.opening import opened


def ground() -> Ground:
    """Return network, tables, law and records as of today."""
    services = current_services()
    return Ground(
        services.network(),
        services.evaluation_tables,
        services.law,
        day_of(services.clock.now()),
        services.passage_records,
    )


def case_of(number: str) -> Case:
    """Return a case; raises NotFoundError for what the actor may not see."""
    return opened(number).case
