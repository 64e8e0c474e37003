"""メモ: what else was said, each under a label that says who may read it."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as Redirect

from matcher import casework
from matcher.access import AT_HOST, CONFERENCE, CONSENTED, CORE, SUPPORT, WRITE
from matcher.casework import Case
from web.i18n import gettext as _
from web.staff import door
from web.staff.guard import actor
from web.views.desk import frame

pages = Blueprint("notes", __name__)


@pages.get("/desk/participants/<pid>/notes")
def show(pid: str) -> Response:
    """The notes this actor may read, newest first."""
    case = frame.read_case(pid)
    kept = casework.notes(door.desk(), actor(), pid, door.now())
    return frame.page("desk/notes.html", case, "notes.show", kept=kept, rooms=rooms(case), label_words=label_words,
                      may_write=WRITE in case.acts)


@pages.post("/desk/participants/<pid>/notes")
def write(pid: str) -> Redirect:
    """Keep one."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    casework.write_note(door.desk(), actor(), pid, text, door.now(), request.form.get("label") or None)
    return frame.sent("notes.show", pid, "noted")


def rooms(case: Case) -> list[tuple[str, str]]:
    """Under which labels a note may be written, and who reads it there."""
    own = [label for label in case.labels if label == CORE or label.startswith(SUPPORT)]
    shared = [f"{CONSENTED}:{scope}" for scope in (CONFERENCE, AT_HOST) if scope in case.consents]
    return [(label, label_words(label)) for label in (*own, *shared)]


def label_words(label: str) -> str:
    """Who may read it."""
    if label.startswith(SUPPORT):
        return _("支援会議のメンバーだけ（同意なし・守秘義務）")
    return {
        CORE: _("担当のチーム"), f"{CONSENTED}:{CONFERENCE}": _("重層的支援会議にも（同意ずみ）"),
        f"{CONSENTED}:{AT_HOST}": _("受け入れ先へ渡す紙に のせる（同意ずみ）"),
    }.get(label, _("担当のチーム"))
