"""Register a firm; an administrator approves it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l

from transport.errors import ConflictError, FieldFault, InvalidInputError
from transport.people import Role as FirmRole
from transport.services.registering import Registration, register_firm
from webapp.access import Role, current_services, for_role
from webapp.area_names import area_choices
from webapp.fields import Fields

blueprint = Blueprint("registering", __name__)

LABELS = {
    "role": _l("Kind of firm"),
    "name": _l("Name of the firm"),
    "credit_code": _l("Unified social credit code"),
    "admin_code": _l("Seat of the firm"),
    "licence_number": _l("Road transport licence number"),
    "contact_name": _l("Contact person"),
    "contact_phone": _l("Telephone"),
    "login": _l("Sign-in name"),
    "password": _l("Password"),
}


@blueprint.get("/register")
@for_role(Role.ANYONE)
def form() -> str:
    """Show the form to register a firm."""
    return _page(())


@blueprint.post("/register")
@for_role(Role.ANYONE)
def submit() -> str | tuple[str, int]:
    """Register a firm; it waits for approval."""
    services = current_services()
    try:
        organisation = register_firm(
            services.unit_of_work,
            services.password_hasher,
            _registration(),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(wrong.faults), 422
    except ConflictError:
        taken = FieldFault("name", "is taken", "name_taken")
        return _page((taken,)), 409
    return render_template("public/registered.html", organisation=organisation)


def _registration() -> Registration:
    fields = Fields(request.form)
    licence = {"yes": True, "no": False}
    registration = Registration(
        name=fields.text("name", longest=100),
        role=fields.choice("role", FirmRole),
        admin_code=fields.text("admin_code", longest=6),
        credit_code=fields.text("credit_code", longest=18).upper(),
        licence_number=fields.text("licence_number", required=False, longest=40),
        contact_name=fields.text("contact_name", longest=60),
        contact_phone=fields.text("contact_phone", longest=30),
        login=fields.text("login", longest=40),
        password=request.form.get("password", ""),
        large_items_licence=licence.get(request.form.get("large_items_licence", "")),
    )
    fields.check()
    return registration


def _page(faults: tuple[FieldFault, ...]) -> str:
    return render_template(
        "public/register.html",
        faults=faults,
        values=request.form,
        labels=LABELS,
        areas=area_choices(),
    )
