"""用語: which words does the search know, and what would another word change? Tried on labelled queries before it is saved."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from directory import trials, wording
from directory.db import read_session
from directory.errors import InvalidRecord, Stale
from directory.japanese import normalise
from directory.rewording import Row, Standing, standing
from directory.settings import Settings
from directory.vocabulary.changing import INTO, Change, stand_of
from directory.vocabulary.entering import entered, merge_targets, plain
from directory.vocabulary.lists import LISTS, WordList
from directory.yaml_files import InvalidYaml
from web.i18n import gettext as _
from web.presenters.curation import words as presenter
from web.site import site
from web.staff import door
from web.staff.door import KEY
from web.staff.guard import actor
from web.views.desk.curation import frame

pages = Blueprint("words", __name__)

SHOWN, DECISIONS = 60, 30
EVERYDAY = "everyday"


@pages.get("/desk/curation/words")
def index() -> Response:
    """One kind of list with its words, narrowed by a word that stands in them; and what was decided."""
    return _index(LISTS.get(request.args.get("list", ""), LISTS[EVERYDAY]))


@pages.get("/desk/curation/words/edit")
def edit() -> Response:
    """The fields of one entry; without an entry those of a new one. With a trial: what was tried, beside what holds."""
    row, name, now = _asked()
    values = plain(row, now.entry(row, name) or {})
    if tried_id := request.args.get("trial"):
        tried = trials.read(site().engine, tried_id).made.content or {}
        return _form(row, name, now, values | {key: said for key, said in tried.items() if key in values}, compare=True)
    return _form(row, name, now, values)


@pages.post("/desk/curation/words/edit")
def attempt() -> Response | Redirect:
    """Try the words: nothing is saved yet. What somebody else changed meanwhile is shown beside what was typed."""
    row, name, now = _asked()
    entry, mark = now.entry(row, name), request.form.get("mark", "")
    values = plain(row, entry or {}) if mark else entered(row, request.form, new=entry is None)
    if entry is not None and request.form.get("version") != stand_of(entry):
        return _form(row, name, now, values, status=409, compare=True, problem=_(
            "あなたが開いたあとに、ほかの人がこの言葉を変えました。2つの内容を見くらべて、直してからもう一度押してください。"))
    wrong: dict[str, str] = {}
    try:
        if mark:
            made = now.marked(row, name, mark, request.form.get("into", "")) if entry is not None else None
            if made is None:
                abort(400)
        else:
            made, wrong = now.asked(row, name, values)
        if made is not None:
            return _begin(made)
        problem = _("直すところがあります。") if wrong else _("変わったところがありません。")
    except (InvalidYaml, InvalidRecord) as error:
        problem = str(error)
    return _form(row, name, now, values, wrong=wrong, problem=problem, status=422)


@pages.get("/desk/curation/words/trials/<trial_id>")
def trial(trial_id: str) -> Response:
    """How far it is, then what moved."""
    return _trial(trial_id)


@pages.post("/desk/curation/words/trials/<trial_id>")
def save(trial_id: str) -> Response | Redirect:
    """Put what was tried in force."""
    made = trials.read(site().engine, trial_id).made
    try:
        trials.keep(
            site().engine, site().files, trial_id, label=_label(made, standing(site().engine, site().files)),
            by=actor().display_name, why=request.form.get("why", ""), sure=request.form.get("sure") == "1", now=door.now())
    except InvalidRecord as error:
        return _trial(trial_id, str(error), 422)
    except Stale as error:
        return _trial(trial_id, str(error), 409)
    return frame.sent("words.index", "worded", list=made.list.key)


@pages.post("/desk/curation/words/acts/<act_id>/undo")
def undo(act_id: str) -> Response | Redirect:
    """Try what it would be to take a decision back: it is saved like any other change."""
    row = LISTS[EVERYDAY]
    try:
        with read_session(site().engine) as session:
            row = wording.list_of(session, act_id)
            made = wording.taking_back(session, act_id)
        return _begin(made, act_id)
    except Stale as error:
        return _index(row, str(error), 409)
    except (InvalidYaml, InvalidRecord) as error:
        return _index(row, str(error), 422)


def _begin(made: Change, undoes: str | None = None) -> Redirect:
    trial_id = trials.begin(
        site().engine, _settings(), site().files, made, by=actor().display_name, now=door.now(), undoes=undoes)
    return redirect(url_for("words.trial", trial_id=trial_id), 303)


def _index(row: WordList, problem: str = "", status: int = 200) -> Response:
    asked = request.args.get("q", "").strip()[:60]
    rows = [one for one in standing(site().engine, site().files).rows(row) if _has(row, one, asked)]
    with read_session(site().engine) as session:
        acts = wording.acts(session)
    return make_response(render_template(
        "curation/words.html", row=row, lists=LISTS, total=len(rows), asked=asked, problem=problem,
        entries=[(presenter.title_of(row, one.name, one.entry), one) for one in rows[:SHOWN]],
        decisions=presenter.decisions(acts[:DECISIONS]), more=max(0, len(acts) - DECISIONS), done=frame.done_now()), status)


def _trial(trial_id: str, problem: str = "", status: int = 200) -> Response:
    now, tried = standing(site().engine, site().files), trials.read(site().engine, trial_id)
    made = tried.made
    row, name = made.list, made.entry
    before, after = now.entry(row, name), now.with_one(made)
    page = make_response(render_template(
        "curation/words_trial.html", trial=tried, row=row, problem=problem, name=_label(made, now), entry=name,
        exists=before is not None, gone=after is None, held=now.holding(row, name), into=(made.content or {}).get(INTO),
        differences=presenter.differences(row, before, after, site().vocabulary) if after else [],
        typed=request.form, overtaken=status == 409, last=_last_of(row, name)), status)
    if tried.state == trials.RUNNING:
        page.headers["Refresh"] = "2"
    return page


def _form(
    row: WordList, name: str, now: Standing, values: dict[str, Any], *, wrong: dict[str, str] | None = None,
    problem: str = "", status: int = 200, compare: bool = False,
) -> Response:
    entry, words, wrong = now.entry(row, name) if name else None, site().vocabulary, wrong or {}
    group = words.urgent.groups.get(name) if row.key == "urgent" else None
    return make_response(render_template(
        "curation/words_edit.html", row=row, name=name, label=presenter.title_of(row, name, entry) if entry else row.adds,
        controls=presenter.controls(row, values, wrong, words, entry is None), new=entry is None, problem=problem,
        wrong=wrong, version=stand_of(entry), held=now.holding(row, name), core=group.core if group else (),
        entry=entry or {}, targets=merge_targets(now.files, row, name) if row.merges else {}, last=_last_of(row, name),
        compared=presenter.differences(row, entry, {**(entry or {}), **values}, words) if compare else []), status)


def _asked() -> tuple[WordList, str, Standing]:
    """The list and the entry of the request; an unknown entry is not found."""
    row, name = LISTS.get(request.values.get("list", "")), request.values.get("entry", "").strip()
    if row is None:
        abort(404)
    now = standing(site().engine, site().files)
    if now.entry(row, name) is None and (name or not row.adds):
        abort(404)
    return row, name, now


def _last_of(row: WordList, name: str) -> wording.Act | None:
    """Who decided last about an entry."""
    with read_session(site().engine) as session:
        return next((one for one in wording.acts(session, row.file) if one.entry == name), None)


def _label(made: Change, now: Standing) -> str:
    entry = now.with_one(made) or now.entry(made.list, made.entry) or {}
    return presenter.title_of(made.list, made.entry, entry)


def _has(row: WordList, one: Row, asked: str) -> bool:
    wanted = normalise(asked)
    texts = (one.name, presenter.title_of(row, one.name, one.entry), *one.words)
    return not asked or any(wanted in normalise(text) for text in texts)


def _settings() -> Settings:
    return current_app.extensions[KEY].settings
