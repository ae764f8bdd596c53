"""Check a pass: the page behind its QR code, the form to paste a code, keys and revocations."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask_babel import lazy_gettext as _l

from transport.errors import FieldFault
from transport.services.stepping import CHINA_TIME
from transport.services.verifying_passes import check_pass, revocation_file
from transport.verification.key_file import write_key_file
from webapp.access import Role, current_services, for_role
from webapp.page_context import menu_entry

blueprint = Blueprint("verifying", __name__)
NAVIGATION = (menu_entry("verifying.form", _l("Check a pass"), Role.ANYONE, order=80),)


# The QR code holds capitals only, so the address has a capital letter; some phones write it small.
@blueprint.get("/<any(V, v):letter>/<token>")
@for_role(Role.ANYONE)
def by_address(letter: str, token: str) -> str:  # noqa: ARG001 - either spelling leads here
    """Show what the code of a pass says, for whoever points a phone at it."""
    return _outcome(token)


@blueprint.get("/verify")
@for_role(Role.ANYONE)
def form() -> str:
    """Show the form to paste a code."""
    return render_template("public/verify.html", faults=(), values={})


@blueprint.post("/verify")
@for_role(Role.ANYONE)
def submit() -> str | tuple[str, int]:
    """Check a pasted code."""
    token = request.form.get("token", "").strip()
    if not token:
        faults = (FieldFault("token", "is required", "required"),)
        return render_template("public/verify.html", faults=faults, values={}), 422
    return _outcome(token)


@blueprint.get("/keys.json")
@for_role(Role.ANYONE)
def keys() -> Response:
    """Give out the public keys, for checks without a network."""
    answer = Response(
        write_key_file(current_services().keys.public_keys()), mimetype="application/json"
    )
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


@blueprint.get("/revocations.bin")
@for_role(Role.ANYONE)
def revocations() -> Response:
    """Give out the signed list of revoked passes, for checks without a network."""
    services = current_services()
    content = revocation_file(services.unit_of_work, services.keys, services.clock.now())
    answer = Response(content, mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = "attachment; filename=revocations.bin"
    return answer


def _outcome(token: str) -> str:
    services = current_services()
    now = services.clock.now()
    found = check_pass(services.unit_of_work, services.keys, token, now)
    told = None
    if found.claims is not None:
        with services.unit_of_work(read_only=True) as work:
            told = work.recalls.told_of([found.claims.number]).get(found.claims.number)
    return render_template(
        "public/verified.html",
        found=found,
        told=told,
        claims=found.claims,
        checked_at=now.astimezone(CHINA_TIME),
    )
