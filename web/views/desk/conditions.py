"""条件 on a visit: one question a screen. What is said is kept the moment it is said; 「聞けなかった」 is always an answer.

With a script each change is sent by itself and the answer is a few lines of JSON; without, 「次へ」 keeps the screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as Redirect

from directory.errors import InvalidRecord, NotFound
from matcher import casework
from matcher.casework import CONDITIONS, IDENTITY, UNASKED, Heard
from matcher.errors import Stale
from web.answer_forms import Said, as_typed, is_new, read, version
from web.presenters.desk.questions import controls
from web.presenters.desk.saying import clash, hour
from web.presenters.desk.steps import PERSON, Step, fields_of, neighbours, person_step, progress, steps
from web.staff import door
from web.staff.guard import actor
from web.views.desk import frame

pages = Blueprint("conditions", __name__)

JSON = "application/json"


@dataclass
class Kept:
    """What became of a form: answers as they stand now, what it said, what could not be kept and why."""

    heard: dict[str, Heard]
    said: dict[str, Said] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    stale: dict[str, Heard] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """200, or what kind of refusal it is."""
        return 409 if self.stale else 422 if self.errors else 200


@pages.get("/desk/participants/<pid>/conditions/<step>")
def show(pid: str, step: str) -> Response:
    """One screen."""
    screen = _screen(step)
    return _page(pid, screen, Kept(dict(_read(pid, screen))))


@pages.post("/desk/participants/<pid>/conditions/<step>")
def save(pid: str, step: str) -> Response | Redirect:
    """Keep what is new on the screen, then go where the button leads."""
    screen = _screen(step)
    kept = _keep(pid, screen)
    if request.accept_mimetypes.best == JSON:
        return _told(kept)
    if kept.status != 200:
        return _page(pid, screen, kept)
    return redirect(_way_on(pid, screen), 303)


def _screen(key: str) -> Step:
    vocabulary = door.desk().vocabulary
    known = {**steps(vocabulary), PERSON: person_step(vocabulary)}
    if key not in known:
        raise NotFound("この画面はありません。")
    return known[key]


def _read(pid: str, screen: Step) -> Mapping[str, Heard]:
    group = IDENTITY if screen.key == PERSON else CONDITIONS
    return casework.read_answers(door.desk(), actor(), pid, door.now(), group)


def _keep(pid: str, screen: Step) -> Kept:
    """Each field by itself: one that is wrong or stale keeps no other from being saved."""
    desk, words = door.desk(), frame.words()
    kept = Kept(dict(_read(pid, screen)))
    for one in fields_of(desk.vocabulary, screen):
        try:
            kept.said[one.key] = read(request.form, one, words)
            if is_new(kept.said[one.key], kept.heard[one.key], one, desk.vocabulary):
                kept.heard[one.key] = casework.save_answer(
                    desk, actor(), pid, one.key, kept.said[one.key].value, version=version(request.form, one), now=door.now(),
                    not_heard=kept.said[one.key].state == casework.NOT_HEARD)
        except Stale as error:
            kept.stale[one.key] = kept.heard[one.key] = error.current
        except InvalidRecord as error:
            kept.errors[one.key] = str(error)
            kept.said.setdefault(one.key, as_typed(request.form, one))
    return kept


def _told(kept: Kept) -> Response:
    """For the script: the versions to go on from, and when it was kept."""
    known = {key: one for key, one in kept.heard.items() if key in kept.said or key in kept.errors}
    answer = jsonify(
        saved=hour(door.now()), versions={key: one.version for key, one in known.items() if key not in kept.stale},
        errors=kept.errors, stale=sorted(kept.stale))
    answer.status_code = kept.status
    return answer


def _way_on(pid: str, screen: Step) -> str:
    before, after = neighbours(door.desk().vocabulary, screen.key)
    wanted = {"next": after, "back": before}.get(request.form.get("go", ""))
    if wanted is None:
        return url_for("case.show", pid=pid, done="saved")
    return url_for("conditions.show", pid=pid, step=wanted.key)


def _page(pid: str, screen: Step, kept: Kept) -> Response:
    vocabulary, case = door.desk().vocabulary, frame.read_case(pid)
    asked = fields_of(vocabulary, screen)
    names = frame.names(kept.heard["excluded"].value or []) if "excluded" in screen.keys else {}
    refused = {key: one for key, one in kept.said.items() if key in kept.stale or key in kept.errors}
    before, after = neighbours(vocabulary, screen.key)
    heard_at = [one.changed_at for key, one in kept.heard.items() if key in screen.keys and one.changed_at]
    return frame.page(
        "desk/visit.html", case, "case.show", kept.status, screen=screen, before=before, after=after,
        controls=controls(asked, kept.heard, vocabulary, names=names, said=refused, errors=kept.errors),
        groups=progress(vocabulary, frozenset(key for key, one in kept.heard.items() if one.state != UNASKED), screen.key),
        number=list(steps(vocabulary)).index(screen.key) + 1 if screen.key != PERSON else 0, count=len(steps(vocabulary)),
        saved=hour(max(heard_at)) if heard_at else "",
        clashes=[clash(one, kept.stale[one.key], kept.said[one.key], vocabulary, names) for one in asked
                 if one.key in kept.stale],
        towns=sorted(door.listings().places) if "start" in screen.keys else ())
