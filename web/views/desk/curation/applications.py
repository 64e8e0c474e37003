"""掲載希望 at the desk: what was written, what the applicant is told, and the end of their contact details."""

from flask import Blueprint, Response, make_response, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as Redirect

from directory.db import read_session
from directory.errors import InvalidRecord, NotFound
from directory.models import Application, ChangeRequest, InboxItem
from directory.ways_in.applications import LONGEST_REPLY, QUESTIONS, STATES, answer
from web.presenters.applications import summary_rows
from web.site import site
from web.staff import door
from web.views.desk.curation import frame

pages = Blueprint("curation_applications", __name__)

ADDRESS = "/desk/curation/applications/<letter_id>"


@pages.get(ADDRESS)
def show(letter_id: str) -> Response:
    """The answers of the form, and where it stands."""
    return _page(letter_id)


@pages.post(ADDRESS)
def tell(letter_id: str) -> Response | Redirect:
    """Change what the reference number says."""
    state, reply = request.form.get("state", ""), request.form.get("reply", "")
    try:
        answer(site().engine, letter_id, state, reply, door.now())
    except InvalidRecord as error:
        return _page(letter_id, str(error), 422)
    return frame.sent("curation_applications.show", "answered", letter_id=letter_id)


def _page(letter_id: str, problem: str = "", status: int = 200) -> Response:
    with read_session(site().engine) as session:
        letter = session.get(InboxItem, letter_id)
        row = session.scalars(select(Application).where(Application.letter_id == letter_id)).one_or_none()
        proposal_id = session.scalar(select(ChangeRequest.id).where(ChangeRequest.letter_id == letter_id))
    if letter is None or row is None or letter.kind != "application":
        raise NotFound("この掲載希望は見つかりません。")
    answers = {question.key: str(letter.body.get(question.key, "")) for question in QUESTIONS}
    chosen = request.form.get("state", row.state) if problem else row.state
    return make_response(render_template(
        "curation/application.html", rows=summary_rows(answers, {}), row=row, states=STATES.items(), chosen=chosen,
        reply=request.form.get("reply", "")[:2 * LONGEST_REPLY] if problem else row.reply or "", longest=LONGEST_REPLY,
        problem=problem, letter=letter, final=STATES[row.state].final if row.state in STATES else False,
        proposal=url_for("proposals.show", proposal_id=proposal_id) if proposal_id else "", done=frame.done_now()), status)
