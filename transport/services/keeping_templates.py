"""Templates of a carrier's applications: kept under a name, started from, thrown away.

A template holds what is the same every time: goods, combination, spares, ends and remarks. Papers,
days and the decided route are not in it: they are attached, entered and planned anew.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from transport.errors import FieldFault, InvalidInputError, NotFoundError, StepNotAllowedError
from transport.people import Actor, Role
from transport.services.library import ApplicationTemplate
from transport.services.ports import UnitOfWork, UnitOfWorkFactory
from transport.services.stepping import open_case

MOST_TEMPLATES = 50


def keep_template(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, number: str, name: str, now: datetime
) -> ApplicationTemplate:
    """Keep what a case applies for under a name of the firm.

    Raises InvalidInputError without a name, ConflictError where the firm uses it already.
    """
    _must_be_carrier(actor)
    if not name.strip():
        raise InvalidInputError([FieldFault("name", "must be given", "required")])
    with unit_of_work() as work:
        application = open_case(work, number, actor).application
        if len(work.templates.of_organisation(actor.organisation_id)) >= MOST_TEMPLATES:
            message = f"a firm keeps no more than {MOST_TEMPLATES} templates"
            params = (("most", str(MOST_TEMPLATES)),)
            raise InvalidInputError([FieldFault("name", message, "too_many_templates", params)])
        kept = replace(
            application,
            documents=(),
            amends="",
            amended_because="",
            renews="",
            route=replace(application.route, contract={}),
        )
        template = ApplicationTemplate(
            id=work.new_id(),
            organisation_id=actor.organisation_id,
            name=name.strip(),
            application=kept,
            kept_at=now,
            kept_by=actor.name,
        )
        work.templates.add(template, changed_by=actor.name, at=now)
        work.commit()
        return template


def list_templates(unit_of_work: UnitOfWorkFactory, *, actor: Actor) -> list[ApplicationTemplate]:
    """Return the templates of the actor's firm by name."""
    with unit_of_work(read_only=True) as work:
        return work.templates.of_organisation(actor.organisation_id)


def open_template(
    unit_of_work: UnitOfWorkFactory, *, actor: Actor, template_id: str
) -> ApplicationTemplate:
    """Return a template of the actor's firm; raises NotFoundError for any other."""
    with unit_of_work(read_only=True) as work:
        return _own(work, actor, template_id)


def drop_template(unit_of_work: UnitOfWorkFactory, *, actor: Actor, template_id: str) -> None:
    """Throw a template away; what was started from it stays."""
    _must_be_carrier(actor)
    with unit_of_work() as work:
        work.templates.remove(_own(work, actor, template_id))
        work.commit()


def _own(work: UnitOfWork, actor: Actor, template_id: str) -> ApplicationTemplate:
    for one in work.templates.of_organisation(actor.organisation_id):
        if one.id == template_id:
            return one
    raise NotFoundError(f"your firm keeps no template {template_id!r}")


def _must_be_carrier(actor: Actor) -> None:
    if actor.role is not Role.CARRIER:
        raise StepNotAllowedError("only a carrier keeps templates of applications", "other_role")
