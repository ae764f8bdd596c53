"""Download what belongs to a case; who may open the case and the paper is checked each time."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, send_file

from transport.errors import NotFoundError
from transport.permits.permit import Permit
from transport.services.stepping import day_of
from transport.services.viewing_cases import CaseView, read_document
from webapp.access import Paper, Role, current_actor, current_services, for_role
from webapp.case_file.opening import opened
from webapp.case_file.stepping import OFFICES

blueprint = Blueprint("case_papers", __name__)
# The form and the letters hold personal data of the carrier's people: the factory gets none.
PARTIES = (Role.CARRIER, *OFFICES)


@blueprint.get("/cases/<number>/documents/<digest>")
@for_role(*PARTIES, Role.FACTORY)
def document(number: str, digest: str) -> Response:
    """Give out an uploaded file of a case."""
    services = current_services()
    found = read_document(
        services.unit_of_work, actor=current_actor(), number=number, digest=digest
    )
    if found is None:
        raise NotFoundError(f"case {number} has no document {digest} for you")
    name, media_type = found
    return sent(Paper(name, media_type, services.documents.get(digest)))


@blueprint.get("/cases/<number>/application.<form>")
@for_role(*PARTIES)
def application_form(number: str, form: str) -> Response:
    """Give out the application with the fields of the official form: pdf, xlsx or json."""
    services = current_services()
    today = day_of(services.clock.now())
    return sent(services.papers.application_form(opened(number).case, form, today))


@blueprint.get("/cases/<number>/outline.<form>")
@for_role(*PARTIES, Role.FACTORY)
def outline(number: str, form: str) -> Response:
    """Give out the outline drawing of a case: pdf or svg."""
    services = current_services()
    today = day_of(services.clock.now())
    drawn, title = services.papers.outline_of(opened(number).case, today)
    return sent(services.papers.outline_drawing(drawn, title, form, today))


@blueprint.get("/cases/<number>/acts/<act_id>/letters/<kind>.pdf")
@for_role(*PARTIES)
def letter(number: str, act_id: str, kind: str) -> Response:
    """Give out a letter of an act."""
    case = opened(number).case
    return sent(current_services().papers.letter(case, case.act(act_id), kind))


@blueprint.get("/cases/<number>/passes/<int:revision>/annex.pdf")
@for_role(*PARTIES, Role.FACTORY)
def annex(number: str, revision: int) -> Response:
    """Give out the annex of a pass."""
    view = opened(number)
    return sent(current_services().papers.pass_annex(view.case, _permit(view, revision)))


@blueprint.get("/cases/<number>/passes/<int:revision>/code.svg")
@for_role(*PARTIES, Role.FACTORY)
def code(number: str, revision: int) -> Response:
    """Show the QR code of a pass."""
    paper = current_services().papers.pass_code(_permit(opened(number), revision))
    return Response(paper.content, mimetype=paper.media_type)


def _permit(view: CaseView, revision: int) -> Permit:
    for one in view.permits:
        if one.revision == revision:
            return one
    raise NotFoundError(f"case {view.case.number} has no pass of revision {revision}")


def sent(paper: Paper) -> Response:
    """Answer with a paper as a download."""
    return send_file(
        BytesIO(paper.content),
        mimetype=paper.media_type,
        as_attachment=True,
        download_name=paper.filename,
    )
