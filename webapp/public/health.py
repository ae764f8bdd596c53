"""Say whether this installation can serve: database and network are there."""

from __future__ import annotations

import logging

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from webapp.access import Role, current_services, for_role

blueprint = Blueprint("health", __name__)
log = logging.getLogger(__name__)


@blueprint.get("/healthz")
@for_role(Role.ANYONE)
def healthz() -> tuple[Response, int]:
    """Answer 200 when the database answers and a network is open, 503 with the part otherwise."""
    services = current_services()
    parts: dict[str, str] = {}
    try:
        with services.unit_of_work(read_only=True) as work:
            work.people.find("nobody")
        parts["database"] = "ok"
    except Exception:  # whatever fails, the answer is the same: not ready
        log.exception("the database does not answer")
        parts["database"] = "failing"
    try:
        parts["network"] = "ok" if services.network().edge_count else "empty"
    except Exception:  # as above
        log.exception("no network can be opened")
        parts["network"] = "failing"
    ready = set(parts.values()) == {"ok"}
    return jsonify({"status": "ok" if ready else "failing", **parts}), 200 if ready else 503
