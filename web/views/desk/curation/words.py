"""用語: which words does the search know, and what would another word change? Tried on labelled queries before it is saved."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from directory import trials, wording
from directory.db import read_session
from directory.errors import Stale
from directory.japanese import normalise
from directory.settings import Settings
from directory.vocabulary.changing import (
    LISTS, NEW, Change, WordList, change, entries_of, entry_of, lay_over, refuse_unfit,
)
from directory.vocabulary.loading import read_files
from directory.yaml_files import InvalidYaml
from web.i18n import gettext as _
from web.site import site
from web.staff import door
from web.staff.door import KEY
from web.staff.guard import actor
from web.views.desk.curation import frame

pages = Blueprint("words", __name__)

SHOWN = 60
STRONG, USUAL = 1.0, 0.6
EVERYDAY = "everyday"


@dataclass(frozen=True)
class Entry:
    """One entry of a list: its name, what pages call it, its words now, and whether the desk changed them."""

    name: str
    label: str
    words: tuple[str, ...]
    changed: bool


@pages.get("/desk/curation/words")
def index() -> Response:
    """One kind of list with its words; narrowed by a word that stands in them."""
    row = LISTS.get(request.args.get("list", ""), LISTS[EVERYDAY])
    asked = request.args.get("q", "").strip()[:60]
    entries = [one for one in _entries(row) if _has(one, asked)]
    with read_session(site().engine) as session:
        changes = wording.changes_shown(session)
    return make_response(render_template(
        "curation/words.html", row=row, lists=LISTS, entries=entries[:SHOWN], total=len(entries), asked=asked,
        changes=changes, names={(one.file, one.field): one.label for one in LISTS.values()} | {
            ("everyday_words.yml", NEW): _("新しい生活のことば")}, done=frame.done_now()))


@pages.get("/desk/curation/words/edit")
def edit() -> Response:
    """The words of one entry, one a line; without an entry a new 生活語."""
    return _form(_row(), request.args.get("entry", ""))


@pages.post("/desk/curation/words/edit")
def attempt() -> Response | Redirect:
    """Try the words: nothing is saved yet."""
    row, name = _row(), request.form.get("entry", "").strip()
    try:
        made = _new(name) if request.form.get("new") == "1" else _changed(row, name)
        trial = trials.begin(
            site().engine, _settings(), site().vocabulary, made, by=actor().display_name, now=door.now())
    except InvalidYaml as error:
        return _form(row, name, str(error), 422)
    return redirect(url_for("words.trial", trial_id=trial), 303)


@pages.get("/desk/curation/words/trials/<trial_id>")
def trial(trial_id: str) -> Response:
    """How far it is, then what moved."""
    return _trial(trial_id)


@pages.post("/desk/curation/words/trials/<trial_id>")
def save(trial_id: str) -> Response | Redirect:
    """Put what was tried in force."""
    try:
        trials.keep(site().engine, site().vocabulary, trial_id, by=actor().display_name, now=door.now())
    except Stale as error:
        return _trial(trial_id, str(error), 409)
    return frame.sent("words.index", "worded")


@pages.post("/desk/curation/words/changes/<change_id>/take-back")
def take_back(change_id: str) -> Redirect:
    """Let the file speak again."""
    wording.take_back(site().engine, change_id, by=actor().display_name, now=door.now())
    return frame.sent("words.index", "unworded")


def _trial(trial_id: str, problem: str = "", status: int = 200) -> Response:
    found = trials.read(site().engine, trial_id)
    row = next((one for one in LISTS.values() if one.file == found.made.file), LISTS[EVERYDAY])
    before = () if found.made.field == NEW else _words(row, found.made.entry)
    words = found.made.content if found.made.field != NEW else [found.made.entry, *found.made.content["also"]]
    page = make_response(render_template(
        "curation/words_trial.html", trial=found, row=row, problem=problem, name=found.made.entry,
        added=[word for word in words if word not in before], gone=[word for word in before if word not in words]), status)
    if found.state == trials.RUNNING:
        page.headers["Refresh"] = "2"
    return page


def _form(row: WordList, name: str, problem: str = "", status: int = 200) -> Response:
    new = row.key == EVERYDAY and (not name or request.form.get("new") == "1")
    entry = None if new else next((one for one in _entries(row) if one.name == name), None)
    if entry is None and not new:
        abort(404)
    typed = request.form.get("words") if request.method == "POST" else "\n".join(entry.words if entry else ())
    return make_response(render_template(
        "curation/words_edit.html", row=row, entry=entry, name=name, typed=typed or "", new=new, problem=problem,
        needs=site().vocabulary.needs, given=request.form), status)


def _row() -> WordList:
    key = request.values.get("list", "")
    if key not in LISTS:
        abort(404)
    return LISTS[key]


def _changed(row: WordList, name: str) -> Change:
    """The words of the form in place of those of an entry. Raises InvalidYaml."""
    files = _files(())
    entry = entry_of(files, row, name)
    if entry is None:
        raise InvalidYaml(_("この言葉は、もうありません。一覧から選びなおしてください。"))
    words = _typed()
    refuse_unfit(row, _words(row, name), words)
    if tuple(words) == _words(row, name):
        raise InvalidYaml(_("変わったところがありません。"))
    return change(row.file, name, row.field, words)


def _new(name: str) -> Change:
    """A 生活語 of the city's own. Raises InvalidYaml."""
    chosen = {key: STRONG if request.form.get(f"need:{key}") == "strong" else USUAL
              for key in site().vocabulary.needs if request.form.get(f"need:{key}")}
    if not name or len(name) > 40:
        raise InvalidYaml(_("ことばを40字までで入れてください。"))
    if not chosen:
        raise InvalidYaml(_("近い求めを、1つは選んでください。"))
    if any(one.name == name for one in _entries(LISTS[EVERYDAY])):
        raise InvalidYaml(_("このことばは、もうあります。一覧から開いて、言いかえを足してください。"))
    words = _typed()
    refuse_unfit(LISTS[EVERYDAY], (), [name, *words])
    return change(LISTS[EVERYDAY].file, name, NEW, {"also": words, "needs": chosen})


def _typed() -> list[str]:
    lines = (" ".join(line.split()) for line in request.form.get("words", "").splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def _words(row: WordList, name: str) -> tuple[str, ...]:
    return next((one.words for one in _entries(row) if one.name == name), ())


def _entries(row: WordList) -> list[Entry]:
    """Every entry with the words that hold now."""
    with read_session(site().engine) as session:
        changes = wording.read_changes(session)
    mine = {(one.entry, one.field) for one in changes if one.file == row.file}
    return [Entry(name, str(content.get("label") or content.get("ja") or name), tuple(map(str, content.get(row.field) or ())),
                  not mine.isdisjoint({(name, row.field), (name, NEW)}))
            for name, content in entries_of(_files(changes), row)]


def _files(changes: tuple[Change, ...]) -> dict[str, Any]:
    files = read_files(site().vocabulary.folder)
    lay_over(files, changes)
    return files


def _has(entry: Entry, asked: str) -> bool:
    wanted = normalise(asked)
    return not asked or any(wanted in normalise(text) for text in (entry.name, entry.label, *entry.words))


def _settings() -> Settings:
    return current_app.extensions[KEY].settings
