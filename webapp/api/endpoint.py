"""What every endpoint shares: its blueprint with the checks before the fields are looked at."""

from __future__ import annotations

from typing import Any, get_args

from flask import request
from flask_openapi import APIBlueprint, Tag
from flask_openapi.types import ResponseDict
from pydantic import BaseModel, ConfigDict, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from webapp.access import signed_in_actor
from webapp.api.bearer import ask_for_token, recognise_caller
from webapp.api.problems import Problem

PREFIX = "/api/v1"
_PROBLEM: dict[str, Any] = {
    "content": {"application/problem+json": {"schema": Problem.model_json_schema()}}
}
_PROBLEMS: ResponseDict = {
    400: {"description": "The body is not valid JSON", **_PROBLEM},
    401: {"description": "No valid token", **_PROBLEM},
    403: {"description": "The token does not cover this endpoint", **_PROBLEM},
    404: {"description": "Something named does not exist", **_PROBLEM},
    415: {"description": "The body is not sent as application/json", **_PROBLEM},
    422: {"description": "Some fields are wrong; errors names each", **_PROBLEM},
}


class Body(BaseModel):
    """The body of a request: unknown fields are refused, so that no wish is silently lost."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _refuse_truth_for_a_number(cls, value: Any, about: ValidationInfo) -> Any:
        """Refuse true and false in a field of another kind; JSON readers often take them as 1."""
        kind = cls.model_fields[str(about.field_name)].annotation
        values = value if isinstance(value, list) else [value]
        if any(isinstance(one, bool) for one in values) and bool not in {kind, *get_args(kind)}:
            raise PydanticCustomError("truth", "give a value, not true or false")
        return value


def answer(description: str) -> ResponseDict:
    """Describe the document of an endpoint's success."""
    schema = {"schema": {"type": "object"}}
    return {200: {"description": description, "content": {"application/json": schema}}}


def make_blueprint(name: str) -> APIBlueprint:
    """Make the blueprint of one endpoint."""
    blueprint = APIBlueprint(
        name,
        f"webapp.api.v1.{name}",
        url_prefix=PREFIX,
        abp_tags=[Tag(name=name)],
        abp_security=[{"token": []}],
        abp_responses=_PROBLEMS,
    )
    blueprint.before_request(_check)
    return blueprint


def _check() -> None:
    recognise_caller()
    if signed_in_actor() is None:
        raise ask_for_token()
    if request.method not in {"POST", "PUT", "PATCH"}:
        return
    if not request.is_json:
        raise UnsupportedMediaType("send the body as application/json")
    try:
        body = request.get_json()
    except BadRequest:
        raise BadRequest("the body is not valid JSON") from None
    if not isinstance(body, dict):
        raise BadRequest("the body must be one JSON object")
