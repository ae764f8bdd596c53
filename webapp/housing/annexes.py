"""The transport annex to a league's yearly report: drawn up, signed, corrected, given out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from transport.delivery.league_annex import Annex, Obstacle, ObstacleKind, SignedAnnex
from transport.errors import ConflictError, FieldFault, InvalidInputError, NotFoundError
from transport.services.days import day_of
from transport.services.evaluating_routes import read_records
from transport.services.keeping_annexes import (
    AnnexAsked,
    AnnexWords,
    answers_for,
    draft_annex,
    open_annex,
    sign_annex,
    signed_annexes,
)
from transport.services.picturing_region import picture_region
from transport.services.planning_deliveries import PlanningGrounds
from webapp.access import Paper, Role, current_actor, current_services, for_role
from webapp.area_names import area_choices
from webapp.extensions import language
from webapp.fields import Fields
from webapp.page_context import menu_entry

blueprint = Blueprint("annexes", __name__)
NAVIGATION = (menu_entry("annexes.draft", _l("Yearly annex"), Role.HOUSING_OFFICER, order=28),)
LABELS = {
    "admin_code": _l("League or city"),
    "year": _l("Year"),
    "cut_off": _l("Cut-off day"),
    "remarks": _l("Obstacles in words"),
    "proposals": _l("Measures and proposals"),
    "corrects_because": _l("What this version corrects"),
}
_MOST_HELD = 10


@blueprint.get("/housing/annex")
@for_role(Role.HOUSING_OFFICER)
def draft() -> str | tuple[str, int]:
    """Show the annex as the records stand now, with the versions that are signed."""
    values = {**_usual(), **request.args}
    try:
        asked = _asked(values)
        annex = _draft(asked)
    except InvalidInputError as wrong:
        return _page(None, values, wrong.faults), 422
    return _page(annex, values)


@blueprint.post("/housing/annex")
@for_role(Role.HOUSING_OFFICER)
def sign() -> AnyResponse | tuple[str, int]:
    """Sign what the reader has seen; where the records changed meanwhile it is shown again."""
    services, form = current_services(), request.form
    annex: Annex | None = None
    try:
        annex = _draft(_asked(form))
        if form.get("seen") != _digest(annex):
            changed = gettext("The records changed meanwhile. Look at the figures again.")
            return _page(annex, form, conflict=changed), 409
        signed = sign_annex(
            services.unit_of_work,
            actor=current_actor(),
            annex=annex,
            words=AnnexWords(
                form.get("remarks", ""),
                form.get("proposals", ""),
                form.get("corrects_because", ""),
            ),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(annex, form, wrong.faults), 422
    except ConflictError as conflict:
        return _page(annex, form, conflict=str(conflict)), 409
    flash(gettext("Version %(number)s of the annex is signed.", number=signed.revision))
    return redirect(url_for("annexes.show", annex_id=signed.id))


@blueprint.get("/housing/annex/<annex_id>")
@for_role(Role.HOUSING_OFFICER)
def show(annex_id: str) -> str:
    """Show a signed version as it was signed."""
    signed = _open(annex_id)
    return render_template(
        "housing/annex_signed.html", signed=signed, annex=_named(signed.annex), **_words()
    )


@blueprint.get("/housing/annex/<annex_id>.<any(pdf, xlsx):form>")
@for_role(Role.HOUSING_OFFICER)
def paper(annex_id: str, form: str) -> Response:
    """Give out a signed version."""
    signed = _open(annex_id)
    annex = _named(signed.annex, in_chinese=True)
    return _sent(current_services().papers.league_annex(annex, signed, form))


@blueprint.get("/housing/annex/draft.<any(pdf, xlsx):form>")
@for_role(Role.HOUSING_OFFICER)
def draft_paper(form: str) -> Response:
    """Give out the annex as a draft."""
    annex = _named(_draft(_asked({**_usual(), **request.args})), in_chinese=True)
    return _sent(current_services().papers.league_annex(annex, None, form))


def _usual() -> dict[str, str]:
    """Return what is asked most: the own league, this year, until today."""
    today = day_of(current_services().clock.now())
    mine = [code for code, _ in _leagues()]
    return {
        "admin_code": mine[0] if mine else "",
        "year": str(today.year),
        "cut_off": today.isoformat(),
    }


def _leagues() -> list[tuple[str, str]]:
    actor = current_actor()
    return [
        (code, name)
        for code, name in area_choices()
        if answers_for(actor, code) and not code.endswith("0000")
    ]


def _asked(values: Mapping[str, str]) -> AnnexAsked:
    fields = Fields(values)
    code = fields.text("admin_code", longest=6)
    if code and code not in dict(_leagues()):
        fields.refuse("admin_code", "is no league of yours", "not_a_choice", given=code)
    year = fields.whole_number("year", least=2017, most=2100)
    cut_off = fields.day("cut_off")
    fields.check()
    return AnnexAsked(code, year, cut_off or date.min)


def _draft(asked: AnnexAsked) -> Annex:
    services = current_services()
    return draft_annex(
        services.unit_of_work,
        services.calendar,
        actor=current_actor(),
        asked=asked,
        now=services.clock.now(),
        held=_held(asked),
    )


def _held(asked: AnnexAsked) -> tuple[Obstacle, ...]:
    """Return the places that hold planned loads of the league's projects, the worst first."""
    services = current_services()
    today = day_of(services.clock.now())
    if asked.year != today.year:
        return ()
    try:
        network = services.network()
    except NotFoundError:
        return ()
    grounds = PlanningGrounds(
        services.catalogue,
        services.law,
        network,
        services.calendar,
        services.evaluation_tables,
        read_records(services.passage_records.read()),
    )
    picture = picture_region(
        services.unit_of_work,
        actor=replace(current_actor(), admin_code=asked.admin_code),
        grounds=grounds,
        today=today,
    )
    return tuple(
        Obstacle(ObstacleKind.HELD, one.name or one.element, one.loads)
        for one in picture.holdings[:_MOST_HELD]
    )


def _digest(annex: Annex) -> str:
    return hashlib.sha256(repr(annex).encode()).hexdigest()


def _open(annex_id: str) -> SignedAnnex:
    return open_annex(current_services().unit_of_work, actor=current_actor(), annex_id=annex_id)


def _named(annex: Annex, *, in_chinese: bool = False) -> Annex:
    """Return an annex with the pieces of the catalogue named for its reader."""
    pieces = current_services().catalogue.components
    english = language() == "en" and not in_chinese

    def named(code: str) -> str:
        piece = pieces.get(code)
        return code if piece is None else piece.name_en if english else piece.name_zh

    return replace(
        annex,
        kinds=tuple(replace(one, name=named(one.name)) for one in annex.kinds),
        producers=tuple(
            replace(one, makes=tuple(named(each) for each in one.makes)) for one in annex.producers
        ),
    )


def _page(
    annex: Annex | None,
    values: Mapping[str, Any],
    faults: tuple[FieldFault, ...] = (),
    conflict: str = "",
) -> str:
    services = current_services()
    versions = (
        signed_annexes(
            services.unit_of_work,
            actor=current_actor(),
            admin_code=annex.admin_code,
            year=annex.year,
        )
        if annex
        else []
    )
    before = versions[-1] if versions else None
    kept = {"remarks": before.remarks, "proposals": before.proposals} if before else {}
    return render_template(
        "housing/annex.html",
        annex=_named(annex) if annex else None,
        seen=_digest(annex) if annex else "",
        versions=versions,
        values={**kept, **values},
        faults=faults,
        conflict=conflict,
        leagues=_leagues(),
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {"labels": LABELS}


def _sent(made: Paper) -> Response:
    return send_file(
        BytesIO(made.content),
        mimetype=made.media_type,
        as_attachment=True,
        download_name=made.filename,
    )
