"""The small form beside a row of a table: one step on what stands there, at the version read."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect
from werkzeug.wrappers import Response

from transport.errors import ConflictError, FieldFault, InvalidInputError
from webapp.fields import Fields

_HIGHEST_VERSION = 1_000_000_000
Page = Callable[[tuple[FieldFault, ...]], str]


def version_of(fields: Fields) -> int:
    """Read the version that the row had when the page was made."""
    return fields.whole_number("expected_version", least=1, most=_HIGHEST_VERSION)


def step_on_row(
    fields: Fields, step: Callable[[], object], page: Page, *, field: str, back: str
) -> Response | tuple[str, int]:
    """Take the step and go back, or show the page with what is wrong at `field`."""
    try:
        fields.check()
        step()
    except InvalidInputError as wrong:
        return page(wrong.faults), 422
    except ConflictError:
        return page((FieldFault(field, "changed meanwhile", "changed_meanwhile"),)), 409
    return redirect(back)
