"""What an evaluation needs from the installation, and which cases an engineer may look at."""

from __future__ import annotations

from collections.abc import Hashable

from flask import request

from transport.errors import FieldFault, InvalidInputError
from transport.evaluation.passage.findings import Passage
from transport.permits.case import Case
from transport.services.engineering_desk import Ground, evaluate_case
from transport.services.evaluating_routes import read_records
from transport.services.ports import StoredFile
from transport.services.stepping import day_of
from webapp.access import current_services
from webapp.case_file.opening import opened

_MOST_KEPT = 120
_evaluated: dict[Hashable, Passage] = {}


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


def evaluated(case: Case, on: Ground) -> Passage:
    """Return the evaluation of a case, from memory while nothing it rests on has changed.

    Raises InvalidInputError on `route` where it fits the network no more.
    """
    stamp = read_records(on.file.read()).stamp
    key = (id(on.network), on.network.id, case.id, case.version, on.day, stamp)
    if key not in _evaluated:
        if len(_evaluated) >= _MOST_KEPT:
            _evaluated.pop(next(iter(_evaluated)), None)
        _evaluated[key] = evaluate_case(case, on)
    return _evaluated[key]


def uploaded(field: str, *, pictures_only: bool = False) -> list[StoredFile]:
    """Keep the files sent under a field; raises InvalidInputError on that field."""
    documents, kept = current_services().documents, []
    for given in request.files.getlist(field):
        if not given.filename:
            continue
        try:
            file = documents.put(given.read(), given.filename)
        except InvalidInputError as wrong:
            faults = [FieldFault(field, one.message, one.code, one.params) for one in wrong.faults]
            raise InvalidInputError(faults) from wrong
        if pictures_only and not file.media_type.startswith("image/"):
            message = f"{given.filename!r} is no photograph: PNG or JPEG"
            params = (("name", given.filename),)
            raise InvalidInputError([FieldFault(field, message, "not_a_picture", params)])
        kept.append(file)
    return kept
