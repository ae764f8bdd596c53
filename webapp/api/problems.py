"""The shape of every error answer (RFC 9457)."""

from __future__ import annotations

from pydantic import BaseModel


class FieldProblem(BaseModel):
    """One fault: the field's name and what to do."""

    field: str
    message: str


class Problem(BaseModel):
    """An answer of type application/problem+json."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []
