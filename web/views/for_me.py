"""わたしに合う場所をさがす: which places suit somebody who ticks a few answers, without an account and without a trace?

All questions stand on one page: the first is open, the others are one line each that opens when it is pressed, and the
button that searches is never far. Step by step would be five pages made by POST: the button 「もどる」 of the browser, which
is what people press who are not used to forms, would then ask whether to send the form again. Here nothing is lost by
going back, and one sees beforehand how little is asked.

Answers come by POST so that they stand in no address, no history and no log; nothing is stored and no cookie is set. The
result may be shown again by the reader's own browser (it is the way back from a place), by nobody in between. Searching
changes nothing, so it needs no proof that the form is ours; only ☆ マイリスト changes the reader's own cookie, and that
is done for our own forms alone, as on the list itself.
"""

from flask import Blueprint, Response, g, make_response, render_template, request

from directory.errors import InvalidRecord
from web.forms import is_ours
from web.i18n import gettext as _
from web.my_list import COOKIE, MOST, my_list, read_ids, written
from web.presenters.for_me.answers import Answers, changed, read_answers
from web.presenters.for_me.questions import Question, fields_of, questions
from web.presenters.for_me.results import result_view, words_of
from web.reader import keep
from web.site import site

pages = Blueprint("for_me", __name__)

ADD, REMOVE, CHANGE = "add", "remove", "change"


@pages.get("/for-me")
def ask() -> str:
    """The five questions, none of them answered; answers in the address are not read."""
    return render_template("public/for_me.html", asked=_asked(), answers=Answers({}), problem="")


@pages.post("/for-me")
def find() -> Response:
    """The places that suit these answers."""
    asked = _asked()
    fields = fields_of(asked)
    answers = changed(read_answers(request.form.items(multi=True), fields), request.form.get(CHANGE, ""), fields)
    starred = _star() if ADD in request.form or REMOVE in request.form else ""
    try:
        view = result_view(site().keeper.current(site().now()), site().city, answers, asked, site().now())
    except InvalidRecord as error:
        return make_response(render_template("public/for_me.html", asked=asked, answers=answers, problem=str(error)), 422)
    areas = site().keeper.current(site().now()).words.areas
    response = make_response(render_template(
        "public/for_me_found.html", asked=asked, answers=answers, starred=starred, areas=areas, **view))
    if starred and is_ours():
        keep(response, COOKIE, written(my_list()))
    return response


def _asked() -> tuple[Question, ...]:
    return questions(words_of(site().keeper.current(site().now()), site().city))


def _star() -> str:
    """Put a place on マイリスト or take it off, and say so; the answers stay where they are."""
    if not is_ours():
        return _("マイリストに入れられませんでした。場所の名前を押して、そのページから入れてください。")
    off = read_ids(request.form.get(REMOVE, ""))
    wanted = tuple(one for one in dict.fromkeys((*my_list(), *read_ids(request.form.get(ADD, "")))) if one not in off)
    if len(wanted) > MOST:
        return _("マイリストに入るのは %(most)s件までです。どれかを外すと、新しい場所を入れられます。", most=MOST)
    g.my_list = wanted
    return _("マイリストから外しました。") if off else _("マイリストに入れました。")
