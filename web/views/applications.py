"""掲載希望: how does a group ask to be listed? Five short screens, a look at all answers, a number to ask with later."""

import logging

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response as Redirect

from directory.db import read_session
from directory.text import UrgentHelp
from directory.ways_in.applications import FIELDS, QUESTIONS, STEPS, in_step, problems, tidied, told
from directory.ways_in.proofs import mark_of, new_number, read_number
from web import application_cookie as waiting, letters
from web.forms import ask_again, is_ours
from web.i18n import gettext as _
from web.presenters.applications import summary_rows, wrong_sentences
from web.presenters.dates import full_date
from web.site import site
from web.written import is_trapped, unkept, urgent_help

pages = Blueprint("applications", __name__)

log = logging.getLogger(__name__)
ORDER = tuple(STEPS)
# A question about need is asked of the words people write freely.
FREE = ("words",)
CHECK = "check"


@pages.get("/apply")
def start() -> str:
    """What is asked, and what happens with it."""
    return render_template("public/apply.html", steps=STEPS.values(), first=ORDER[0])


@pages.get("/apply/<step>")
def ask(step: str) -> Response:
    """One screen of questions, with what was answered before."""
    return _screen(_known(step), waiting.read_answers())


@pages.post("/apply/<step>")
def answer(step: str) -> Response | Redirect:
    """Keep the answers of this screen and go on: to the next one, or back to the look at all."""
    given = {question.key: tidied(question, request.form.get(question.key, "")) for question in in_step(_known(step))}
    back = CHECK if request.form.get("back") == CHECK else ""
    if not is_ours():
        return unkept(ask_again(_("掲載希望の続きを書きますか。"), _("続ける"), given | {"back": back}))
    answers = waiting.read_answers() | given
    wrong = problems(answers, in_step(step))
    urgent = urgent_help(" ".join(given.get(key, "") for key in FREE).strip())
    kept = waiting.written(answers)
    if urgent or wrong or kept is None:
        return _screen(step, answers, wrong or ({} if urgent else {in_step(step)[0].key: "long"}), urgent, 422)
    position = ORDER.index(step) + 1
    onward = (url_for("applications.check") if back or position == len(ORDER)
              else url_for("applications.ask", step=ORDER[position]))
    response = unkept(redirect(onward, 303))
    waiting.put(response, waiting.COOKIE, kept, waiting.TWO_HOURS)
    return response


@pages.get("/apply/check")
def check() -> Response:
    """All answers before they are sent, each with a way to change it."""
    return _look(waiting.read_answers())


@pages.post("/apply/check")
def send() -> Response | Redirect:
    """Send them; the number comes with the thanks, and the answers leave the machine."""
    if not is_ours():
        return unkept(ask_again(_("掲載希望を市に送りますか。"), _("送る"), {}))
    answers = waiting.read_answers()
    if problems(answers):
        return _look(answers, 422)
    number = new_number()
    body = {name: text for name, text in answers.items() if text} | {"mark": mark_of(number)}
    try:
        if not is_trapped():
            letters.post("application", body)
    except (SQLAlchemyError, OSError) as error:
        log.error("An application could not be put into the inbox: %s", type(error).__name__)
        return _look(answers, 503, _("いまは届けられませんでした。少したってからもう一度押すか、お電話ください。"))
    response = unkept(redirect(url_for("applications.sent"), 303))
    waiting.take_away(response)
    waiting.put(response, waiting.NUMBER_COOKIE, number, waiting.TEN_MINUTES)
    return response


@pages.post("/apply/stop")
def stop() -> Response | Redirect:
    """Forget everything that was answered."""
    if not is_ours():
        return unkept(ask_again(_("書いた内容を消して、やめますか。"), _("消してやめる"), {}))
    response = unkept(redirect(url_for("applications.start"), 303))
    waiting.take_away(response)
    return response


@pages.get("/apply/sent")
def sent() -> Response | Redirect:
    """The number, to be written down."""
    number = read_number(request.cookies.get(waiting.NUMBER_COOKIE, ""))
    if number is None:
        return redirect(url_for("applications.status"), 303)
    return unkept(make_response(render_template("public/apply_sent.html", number=number)))


@pages.get("/apply/status")
def status() -> Response:
    """What became of it: the public site reads it from the snapshot, a desk's own process from the directory."""
    typed = request.args.get("number", "")
    number = read_number(typed)
    found = None
    if number is not None:
        with read_session(site().engine) as session:
            found = told(session, number)
    days = (full_date(found.made_at.date()), full_date(found.changed_at.date())) if found else ("", "")
    return unkept(make_response(render_template(
        "public/apply_status.html", typed=number or typed[:40], asked=bool(typed), read=number is not None, told=found,
        sent_on=days[0], changed_on=days[1])))


def _known(step: str) -> str:
    if step not in STEPS:
        abort(404)
    return step


def _screen(step: str, answers: dict[str, str], wrong: dict[str, str] | None = None,
            urgent: tuple[UrgentHelp, ...] = (), status: int = 200) -> Response:
    position = ORDER.index(step)
    before = url_for("applications.ask", step=ORDER[position - 1]) if position else url_for("applications.start")
    back = CHECK if request.values.get("back") == CHECK else ""
    return unkept(make_response(render_template(
        "public/apply_step.html", step=step, title=STEPS[step], number=position + 1, steps=len(ORDER),
        questions=in_step(step), answers=answers, wrong=wrong_sentences(wrong or {}, FIELDS), urgent=urgent, back=back,
        before=url_for("applications.check") if back else before), status))


def _look(answers: dict[str, str], status: int = 200, sentence: str = "") -> Response:
    missing = problems(answers)
    return unkept(make_response(render_template(
        "public/apply_check.html", rows=summary_rows(answers, missing), missing=bool(missing), sentence=sentence,
        empty=not any(answers.values()), last=QUESTIONS[-1].step, first=ORDER[0]), status))
