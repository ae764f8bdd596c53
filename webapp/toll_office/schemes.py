"""Relief schemes: entered as drafts, put in force on a decision, ended."""

from __future__ import annotations

import re
from decimal import Decimal

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from transport.errors import FieldFault, InvalidInputError, StepNotAllowedError
from transport.relief.calculators import Calculator, CalculatorKind, checked
from transport.relief.schemes import Ownership, Scheme, SchemeState, SchemeStatus
from transport.services.keeping_tolls import SCHEME_STEPS, add_scheme, move_scheme
from transport.tariffs.lines import DayKind
from transport.tariffs.money import fen_of
from webapp.access import Role, current_actor, current_services, for_role
from webapp.fault_messages import refusal_text
from webapp.fields import Fields, listed_words
from webapp.relief_wording import kind_name
from webapp.toll_choices import choices, league_name, rates_status, today
from webapp.toll_office import scope_words
from webapp.toll_office.row_forms import step_on_row, version_of
from webapp.wording import say

blueprint = Blueprint("toll_schemes", __name__)
LABELS = {
    "id": _l("Short name"),
    "name": _l("Name"),
    "issuing_body": _l("Issuing body"),
    "document_number": _l("Document number"),
    "legal_basis": _l("Legal basis"),
    "payer": _l("Who bears the loss"),
    "ownership": _l("Roads of these owners"),
    "materials": _l("Materials"),
    "component_kinds": _l("Kinds of components"),
    "producers": _l("Producers"),
    "projects": _l("Projects"),
    "roads": _l("Roads"),
    "leagues": _l("Leagues"),
    "categories": _l("Categories"),
    "days": _l("Days"),
    "from_hour": _l("From hour"),
    "to_hour": _l("To hour"),
    "starts_on": _l("First day"),
    "ends_on": _l("Last day"),
    "cap_yuan": _l("Most for a trip (yuan)"),
    "budget_yuan": _l("Budget (yuan)"),
    "without_pass": _l("Loads that need no pass are entitled too"),
    "calculators": _l("Calculation"),
    "least_axles": _l("Fewest axles"),
    "most_axles": _l("Most axles"),
    "step_1": _l("First step"),
    "step_2": _l("Second step"),
    "step_3": _l("Third step"),
    "value_1": _l("Number of the first step"),
    "value_2": _l("Number of the second step"),
    "value_3": _l("Number of the third step"),
}
_MATERIALS = ("precast", "steel", "timber")
_STEPS = 3
_MOST = 1_000_000_000
_MOST_AXLES = 40
_LAST_HOUR = 24
_NAME = re.compile(r"[^\s/?#\\]+")


@blueprint.get("/toll-office/schemes")
@for_role(Role.TOLL_OFFICER)
def show() -> str:
    """Show every scheme with its state, and the form for a new draft."""
    return _page(())


@blueprint.post("/toll-office/schemes")
@for_role(Role.TOLL_OFFICER)
def enter() -> Response | tuple[str, int]:
    """Add a scheme as a draft."""
    services = current_services()
    try:
        made = add_scheme(
            services.unit_of_work,
            actor=current_actor(),
            scheme=_read(Fields(request.form)),
            taken=[one.id for one in services.schemes.schemes],
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(wrong.faults), 422
    flash(gettext("The draft %(name)s is kept. It works in simulations only.", name=made.name))
    return redirect(url_for("toll_schemes.show"))


@blueprint.post("/toll-office/schemes/<scheme_id>/state")
@for_role(Role.TOLL_OFFICER)
def move(scheme_id: str) -> Response | tuple[str, int]:
    """Put a draft in force, or end a scheme."""
    services, fields = current_services(), Fields(request.form)
    to, version = fields.choice("to", SchemeState), version_of(fields)

    def step() -> None:
        move_scheme(
            services.unit_of_work,
            actor=current_actor(),
            scheme_id=scheme_id,
            to=to,
            expected_version=version,
            now=services.clock.now(),
        )

    try:
        return step_on_row(fields, step, _page, field="to", back=url_for("toll_schemes.show"))
    except StepNotAllowedError as refused:
        return _page((), refusal=refusal_text(refused)), 409


def _read(fields: Fields) -> Scheme:
    ownership = [one for one in Ownership if one.value in request.form.getlist("ownership")]
    materials = [one for one in _MATERIALS if one in request.form.getlist("materials")]
    for field, found in (("ownership", ownership), ("materials", materials)):
        if not found:
            fields.refuse(field, "choose at least one", "choose_one")
    starts, ends = fields.day("starts_on"), fields.day("ends_on")
    if starts and ends and ends < starts:
        fields.refuse("ends_on", "is before the first day", "ends_before_start")
    name = fields.text("id", longest=40)
    if name and not _NAME.fullmatch(name):
        fields.refuse("id", "must be one word without / ? #", "no_name")
    made = Scheme(
        id=name,
        name=fields.text("name"),
        issuing_body=fields.text("issuing_body"),
        document_number=fields.text("document_number", required=False),
        legal_basis=fields.text("legal_basis", required=False),
        ownership=frozenset(ownership),
        materials=frozenset(materials),
        percent=Decimal(0),
        payer=fields.text("payer"),
        starts_on=starts or today(),
        ends_on=max(ends or today(), starts or today()),
        status=SchemeStatus.DEMONSTRATION
        if current_services().settings.demonstration
        else SchemeStatus.DECREED,
        component_kinds=scope_words.component_kinds(fields),
        producers=scope_words.producers(fields),
        projects=listed_words(fields, "projects"),
        roads=listed_words(fields, "roads"),
        leagues=scope_words.leagues(fields),
        categories=listed_words(fields, "categories"),
        days=fields.choice("days", DayKind, otherwise=DayKind.ANY),
        from_hour=_whole(fields, "from_hour", most=_LAST_HOUR - 1) or 0,
        to_hour=_whole(fields, "to_hour", most=_LAST_HOUR, otherwise=_LAST_HOUR),
        least_axles=_whole(fields, "least_axles", most=_MOST_AXLES),
        most_axles=_whole(fields, "most_axles", most=_MOST_AXLES),
        without_pass=fields.ticked("without_pass"),
        cap_per_trip_fen=_fen(fields, "cap_yuan"),
        budget_fen=_fen(fields, "budget_yuan"),
        calculators=_calculators(fields),
    )
    fields.check()
    return made


def _fen(fields: Fields, field: str) -> int | None:
    yuan = fields.optional_number(field, least=0, most=_MOST)
    return None if yuan is None else fen_of(Decimal(str(yuan)))


def _whole(fields: Fields, field: str, *, most: int, otherwise: int = 0) -> int:
    given = fields.form.get(field, "").strip()
    return fields.whole_number(field, least=0, most=most) if given else otherwise


def _calculators(fields: Fields) -> tuple[Calculator, ...]:
    made, chosen = [], False
    for number in range(1, _STEPS + 1):
        if not fields.form.get(f"step_{number}"):
            continue
        chosen = True
        kind = fields.choice(f"step_{number}", CalculatorKind)
        value = Decimal(str(fields.optional_number(f"value_{number}", least=0, most=_MOST) or 0))
        step = Calculator(
            kind,
            percent=value
            if kind in {CalculatorKind.PERCENTAGE, CalculatorKind.REFUND}
            else Decimal(0),
            vehicle_class=_class_of(value) if kind is CalculatorKind.CAPPED_CLASS else 0,
            amount_fen=fen_of(value) if kind is CalculatorKind.FIXED else 0,
        )
        try:
            made.append(checked(step))
        except ValueError as wrong:
            fields.refuse(f"value_{number}", str(wrong), "calculator_wrong")
    if not chosen:
        fields.refuse("step_1", "choose at least one step", "choose_one")
    return tuple(made)


def _class_of(value: Decimal) -> int:
    return int(value) if value == int(value) else 0  # 0 is no class: the step is refused


def scope_of(scheme: Scheme) -> list[tuple[str, str]]:
    """Return what bounds a scheme, in the reader's words: label and text of each bound."""
    with current_services().unit_of_work(read_only=True) as work:
        firms = {one.id: one.name for one in work.organisations.listed()}
    bounds = (
        ("materials", [say("material", one) for one in scheme.materials]),
        ("component_kinds", [kind_name(one) for one in scheme.component_kinds]),
        ("producers", [firms.get(one, one) for one in scheme.producers]),
        ("projects", scheme.projects),
        ("leagues", [league_name(one) for one in scheme.leagues]),
        ("categories", scheme.categories),
    )
    comma = gettext(", ")
    told = [(str(LABELS[name]), comma.join(sorted(words))) for name, words in bounds if words]
    if scheme.days is not DayKind.ANY:
        told.append((str(LABELS["days"]), say("line_days", scheme.days)))
    if (scheme.from_hour, scheme.to_hour) != (0, _LAST_HOUR):
        told.append((gettext("Hours"), f"{scheme.from_hour}:00 – {scheme.to_hour}:00"))
    if scheme.least_axles or scheme.most_axles:
        least, most = scheme.least_axles or "", scheme.most_axles or ""
        told.append((gettext("Axles"), f"{least} – {most}"))
    if scheme.without_pass:
        told.append((gettext("Loads that need no pass"), gettext("entitled too")))
    return told


def _page(faults: tuple[FieldFault, ...], *, refusal: str = "") -> str:
    services = current_services()
    with services.unit_of_work(read_only=True) as work:
        entered = {one.id: one.version for one in work.relief_schemes.listed()}
        spent = {one.id: work.ledger.spent_fen(one.id) for one in services.schemes.schemes}
    return render_template(
        "toll_office/schemes.html",
        rates_status=rates_status(),
        schemes=services.schemes.schemes,
        scope_of=scope_of,
        entered=entered,
        spent=spent,
        steps_of=SCHEME_STEPS,
        today=today(),
        faults=faults,
        refusal=refusal,
        values=request.form,
        labels=LABELS,
        options={
            "ownership": choices("road_ownership", Ownership),
            "materials": choices("material", _MATERIALS),
            "days": choices("line_days", DayKind),
            "calculator": choices("calculator", CalculatorKind),
        },
        steps=range(1, _STEPS + 1),
    )
