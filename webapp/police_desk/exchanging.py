"""File exchange for an isolated office: the bundle of a case out, the answer file in."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from hashlib import sha256

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as AnyResponse

from transport.errors import InvalidInputError, NotFoundError
from transport.permits.acts import Act
from transport.permits.case import Case
from transport.services.days import day_of
from transport.services.exchanging_files import (
    LARGEST_BYTES,
    blank_answer,
    bundle_digest,
    read_answer,
    take_in,
    waiting_consultation,
)
from transport.services.viewing_cases import list_cases
from webapp.access import Role, Services, current_actor, current_services, for_role
from webapp.case_file.opening import opened
from webapp.page_context import menu_entry

blueprint = Blueprint("police_exchange", __name__)
NAVIGATION = (
    menu_entry("police_exchange.shown", _l("File exchange"), Role.POLICE_OFFICER, order=30),
)
LABELS = {"file": _l("Answer file"), "digest": _l("SHA-256 of the file, as the office told it")}
# The same case gives the same bytes; 1980 is the first year an archive can tell.
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


@blueprint.get("/police/exchange")
@for_role(Role.POLICE_OFFICER)
def shown() -> str:
    """List the consultations that wait, each with its bundle, and take answers in."""
    return _page()


@blueprint.post("/police/exchange")
@for_role(Role.POLICE_OFFICER)
def receive() -> AnyResponse | tuple[str, int]:
    """Take an answer file in."""
    services, file = current_services(), request.files.get("file")
    content = file.read(LARGEST_BYTES + 1) if file else b""
    try:
        answer = read_answer(content, request.form.get("digest", ""))
        case = take_in(
            services.unit_of_work,
            services.calendar,
            answer,
            actor=current_actor(),
            file_digest=sha256(content).hexdigest(),
            now=services.clock.now(),
        )
    except InvalidInputError as wrong:
        return _page(wrong), 422
    flash(gettext("The answer on case %(number)s is on file.", number=case.number), "good")
    return redirect(url_for("case_file.show", number=case.number))


@blueprint.get("/police/exchange/<number>.zip")
@for_role(Role.POLICE_OFFICER)
def bundle(number: str) -> Response:
    """Give out the bundle of a case: application, drawings, answer to fill in, digests."""
    case = opened(number).case
    act = waiting_consultation(case, current_actor())
    if act is None:
        raise NotFoundError(f"no consultation of your office waits on case {number}")
    files = dict(_files(case, act, current_services()))
    sums = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    files["SHA256SUMS"] = sums.encode()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in files.items():
            written.writestr(zipfile.ZipInfo(name, _FIXED_TIME), content)
    archive.seek(0)
    return send_file(
        archive, mimetype="application/zip", as_attachment=True, download_name=f"{number}.zip"
    )


def _files(case: Case, act: Act, services: Services) -> Iterator[tuple[str, bytes]]:
    papers, today = services.papers, day_of(services.clock.now())
    for form in ("pdf", "json"):
        paper = papers.application_form(case, form, today)
        yield paper.filename, paper.content
    drawn, title = papers.outline_of(case, today)
    outline = papers.outline_drawing(drawn, title, "pdf", today)
    yield outline.filename, outline.content
    for kind in papers.letters_of(act):
        letter = papers.letter(case, act, kind)
        yield letter.filename, letter.content
    route = {"route": dict(case.application.route.contract), "bundle": bundle_digest(case, act)}
    yield "route.json", json.dumps(route, ensure_ascii=False, indent=1).encode()
    yield "answer.json", json.dumps(blank_answer(case, act), ensure_ascii=False, indent=1).encode()


def _page(wrong: InvalidInputError | None = None) -> str:
    actor = current_actor()
    cases = list_cases(current_services().unit_of_work, actor=actor)
    waiting = [(one, act) for one in cases if (act := waiting_consultation(one, actor))]
    return render_template(
        "police_desk/exchange.html",
        waiting=[(case, bundle_digest(case, act)) for case, act in waiting],
        faults=wrong.faults if wrong else (),
        labels=LABELS,
        values=request.form,
    )
