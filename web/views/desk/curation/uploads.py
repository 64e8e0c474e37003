"""Excel と CSV: a department's list on its way into the directory, step by step; nothing is written before the last one."""

import time
from collections.abc import Callable
from urllib.parse import quote

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from directory.db import read_session
from directory.errors import InvalidRecord, NotFound
from directory.importers.fields import FIELDS as COLUMNS_OF_LISTS
from directory.models import Upload
from directory.uploads import choosing, receiving
from directory.uploads.copies import copy_of, has_copy
from directory.uploads.history import Undoing, ask_undo, sources, undoing_of
from directory.uploads.progress import COPY
from directory.uploads.receiving import LARGEST, MEGABYTE, Arrival
from directory.uploads.rows import page_of, undecided
from directory.uploads.states import (
    COLUMNS, DONE, DROPPED, REFUSED, ROWS, WORKING, TakenAlready, latest, step, upload,
)
from directory.vocabulary import offered
from web.i18n import gettext as _
from web.presenters.curation import uploads as presenter
from web.site import site
from web.staff import door, files
from web.staff.guard import actor

pages = Blueprint("uploads", __name__)

LIST = "/desk/curation/uploads"
ONE = f"{LIST}/<upload_id>"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A short list is read before the page is asked for again.
PATIENCE, GLANCE = 2.5, 0.1
LONGEST_SOURCE = 200


@pages.get(LIST)
def index() -> Response:
    """A file to choose, and the lists that are on their way."""
    return _index()


@pages.post(LIST)
def send() -> Response | Redirect:
    """Take the file in; it is read in the background."""
    given = request.files.get("file")
    arrival = Arrival((given.filename if given else "") or "", given.read(LARGEST + 1) if given else b"")
    source = " ".join(request.form.get("source", "").split())[:LONGEST_SOURCE]
    try:
        upload_id = receiving.receive(
            site().engine, arrival, by=actor().display_name, staff_id=actor().staff_id, now=door.now(), source=source)
    except InvalidRecord as wrong:
        return _index(str(wrong), source)
    return _begin(upload_id)


@pages.get(ONE)
def show(upload_id: str) -> Response:
    """Wherever the upload is on its way."""
    return _page(upload_id)


@pages.post(f"{ONE}/columns")
def columns(upload_id: str) -> Response | Redirect:
    """Which column is what; then every row is compared."""
    titles, chosen = request.form.getlist("title"), request.form.getlist("field")
    wanted = dict(zip(titles, chosen, strict=False))
    kind = request.form.get("kind") or None
    try:
        choosing.choose_columns(
            site().engine, upload_id, _version(), columns=wanted, now=door.now(),
            kind=kind if kind in site().vocabulary.kinds else None)
    except TakenAlready as taken:
        return _page(upload_id, str(taken), 409)
    except InvalidRecord as wrong:
        return _page(upload_id, str(wrong), 422, wanted)
    return _begin(upload_id)


@pages.post(f"{ONE}/back")
def back(upload_id: str) -> Response | Redirect:
    """Choose the columns once more."""
    return _step(upload_id, choosing.back_to_columns)


@pages.post(f"{ONE}/rows/<int:row>")
def decide(upload_id: str, row: int) -> Response | Redirect:
    """統合, 別物 or 無視 for one row."""
    act, _sep, listing_id = request.form.get("act", "").partition(":")
    try:
        choosing.decide(site().engine, upload_id, row, act, listing_id or None)
    except TakenAlready as taken:
        return _page(upload_id, str(taken), 409)
    except InvalidRecord as wrong:
        return _page(upload_id, str(wrong), 422)
    return redirect(url_for(".show", upload_id=upload_id, **_here(request.form), _anchor=f"row-{row}"), 303)


@pages.post(f"{ONE}/confirm")
def confirm(upload_id: str) -> Response | Redirect:
    """Import all of it. Of two who confirm at the same moment, one is told."""
    try:
        choosing.confirm(
            site().engine, upload_id, _version(), by=actor().display_name, now=door.now(),
            publish=request.form.get("publish") == "1", rest=request.form.get("rest", choosing.IGNORE))
    except TakenAlready as taken:
        return _page(upload_id, str(taken), 409)
    except InvalidRecord as wrong:
        return _page(upload_id, str(wrong), 422)
    return _begin(upload_id)


@pages.post(f"{ONE}/undo")
def take_back(upload_id: str) -> Response | Redirect:
    """The whole batch, except what somebody changed since."""
    try:
        ask_undo(site().engine, upload_id, _version(), by=actor().display_name, now=door.now())
    except TakenAlready as taken:
        return _page(upload_id, str(taken), 409)
    except InvalidRecord as wrong:
        return _page(upload_id, str(wrong), 422)
    return _begin(upload_id)


@pages.post(f"{ONE}/drop")
def drop(upload_id: str) -> Response | Redirect:
    """Give it up; nothing of it was written."""
    try:
        receiving.drop(site().engine, upload_id, _version())
    except TakenAlready as taken:
        return _page(upload_id, str(taken), 409)
    return redirect(url_for(".index"), 303)


@pages.post(f"{ONE}/again")
def again(upload_id: str) -> Response | Redirect:
    """The work stopped half-way: begin the same step once more."""
    found = _read(upload_id)
    if found.state not in WORKING or files.progress(upload_id) is not None:
        return redirect(url_for(".show", upload_id=upload_id), 303)
    try:
        step(site().engine, upload_id, _version(), (found.state,), begun_at=door.now())
    except TakenAlready as taken:
        return _page(upload_id, str(taken), 409)
    return _begin(upload_id)


@pages.post(f"{ONE}/copy")
def make_copy(upload_id: str) -> Redirect:
    """The annotated copy is made with the table; where that was cut off, once more."""
    if _copy_is(upload_id) == presenter.MISSING_COPY:
        files.go_on(upload_id, door.now(), COPY)
        _wait(lambda: _copy_is(upload_id) == presenter.BEING_MADE)
    return redirect(url_for(".show", upload_id=upload_id), 303)


@pages.get(f"{ONE}/annotated.xlsx")
def copy(upload_id: str) -> Response:
    """Their own list with what becomes of each row, to be sent back to the department."""
    with read_session(site().engine) as session:
        found = upload(session, upload_id)
        content = copy_of(session, found)
    if content is None:
        raise NotFound("この表の写しは、もうありません。")
    response = make_response(content)
    name = quote(_("%(name)s（確認）.xlsx", name=found.file_name.partition(".")[0]))
    response.headers["Content-Type"] = XLSX
    response.headers["Content-Disposition"] = f"attachment; filename=\"list.xlsx\"; filename*=UTF-8''{name}"
    return response


def _index(wrong: str = "", source: str = "") -> Response:
    with read_session(site().engine) as session:
        known, shown = sources(session), latest(session)
        undone = {one.id: undoing_of(session, one) for one in shown if one.act_id}
    page = render_template(
        "curation/uploads.html", wrong=wrong, source=source, sources=known, largest=LARGEST // MEGABYTE,
        uploads=[(one, presenter.state_words(one, _("取り消しました") if undone.get(one.id, Undoing()).at else ""),
                  presenter.made_by(one)) for one in shown])
    return make_response(page, 422 if wrong else 200)


def _page(upload_id: str, wrong: str = "", status: int = 200, typed: dict[str, str] | None = None) -> Response:
    """The page of the state the upload is in; `typed`: columns as somebody chose them in vain."""
    found = _read(upload_id)
    if found.state == DROPPED:
        raise NotFound("この表は、取りやめになりました。")
    shown = {"upload": found, "wrong": wrong, "about": presenter.made_by(found), "state": presenter.state_words(found)}
    if found.state in WORKING:
        progress = files.progress(upload_id)
        if progress is None:
            # It may have come to its end between the two looks.
            found = shown["upload"] = _read(upload_id)
        if found.state in WORKING:
            return make_response(render_template(
                "curation/upload_working.html", **shown, progress=progress, doing=presenter.doing_words(progress),
                counted=presenter.counted(progress)), status)
    if found.state == COLUMNS:
        labels = [(field.name, field.label) for field in COLUMNS_OF_LISTS]
        return make_response(render_template(
            "curation/upload_columns.html", **shown, labels=labels, kinds=offered(site().vocabulary.kinds), typed=typed or {},
            known=_known(found)), status)
    if found.state == REFUSED:
        return make_response(render_template("curation/upload_refused.html", **shown), status)
    return make_response(render_template("curation/upload_rows.html", **shown, **_rows(found)), status)


def _rows(found: Upload) -> dict[str, object]:
    """What the table shows, before the import and after."""
    here = _here(request.args)
    with read_session(site().engine) as session:
        page = page_of(session, found.id, here["kind"] or None, int(here["page"]), presenter.A_PAGE)
        left = undecided(session, found.id) if found.state == ROWS else 0
        undoing = undoing_of(session, found) if found.act_id else Undoing()
    counts = found.counts.get("kinds", found.counts)
    return {
        "rows": presenter.rows_shown(page.rows, site().vocabulary), "kinds": presenter.kinds_of(counts, here["kind"]),
        "copy": _copy_is(found.id), "kind": here["kind"], "page": int(here["page"]),
        "about_kind": presenter.about_kinds().get(here["kind"], ""),
        "pages": max(1, -(-page.total // presenter.A_PAGE)), "left": left, "undoing": undoing,
        "outcome": presenter.outcome(found.counts) if found.state == DONE else [], "warnings": counts.get("warnings", 0),
        "total": sum(number for kind, number in counts.items() if kind in presenter.labels()),
    }


def _here(given) -> dict[str, str]:
    """Which part of the table: a kind of row and a page, whatever the address says."""
    kind, page = given.get("kind", ""), given.get("page", "1")
    return {
        "kind": kind if kind in presenter.labels() else "",
        "page": page if page.isascii() and page.isdigit() and 0 < int(page[:6]) == int(page[-6:]) else "1",
    }


def _read(upload_id: str) -> Upload:
    with read_session(site().engine) as session:
        return upload(session, upload_id)


def _copy_is(upload_id: str) -> str:
    with read_session(site().engine) as session:
        return presenter.copy_is(has_copy(session, upload_id), files.progress(upload_id, COPY))


def _known(found: Upload) -> str:
    """Whether this source was imported before, said in a sentence."""
    with read_session(site().engine) as session:
        last = sources(session).get(found.source_name)
    if last is None:
        return _("はじめての一覧です。前の表とはくらべません。")
    return _("前にも取り込んだ一覧です（前回 %(day)s）。前の表とくらべます。", day=presenter.moment(last))


def _version() -> int:
    given = request.form.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 9 else -1


def _step(upload_id: str, act) -> Response | Redirect:
    try:
        act(site().engine, upload_id, _version())
    except TakenAlready as taken:
        return _page(upload_id, str(taken), 409)
    return redirect(url_for(".show", upload_id=upload_id), 303)


def _begin(upload_id: str) -> Redirect:
    """On with the work, and to its page: a short list is through before the browser asks for it."""
    files.go_on(upload_id, door.now())
    _wait(lambda: _read(upload_id).state in WORKING)
    return redirect(url_for(".show", upload_id=upload_id), 303)


def _wait(under_way: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while under_way() and time.monotonic() < ends:
        time.sleep(GLANCE)
