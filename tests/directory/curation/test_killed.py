"""What if the machine stops in the middle of a decision? Nothing is half done, and doing it again ends where it should.

A forked child kills itself with SIGKILL at a statement, right before the commit, or right after it.
"""

import os
import signal
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event, select

from directory.curation import Decision, acting, decide, proposal, propose, undo
from directory.db import make_engine, read_session
from directory.errors import InvalidRecord, Stale
from directory.models import CurationAct
from tests.directory.curation.town import NOW, SC, add_pair, everything, version

Work = Callable[[Engine], object]
# Without `--long`, every n-th statement.
STEP = 30


def runs_to_the_end(url: str, work: Work, moment: int | str) -> bool:
    """Run `work` in a child that is killed at a moment: statement or commit by number, first `commit`, or `after` all."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _kill_at(moment)
            work(make_engine(url))
            if moment == "after":
                os.kill(os.getpid(), signal.SIGKILL)
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return not os.WIFSIGNALED(status)


def _kill_at(moment: int | str) -> None:
    """Whichever engine it is: an inbox has one of its own."""
    counted = 0

    def before(*_arguments: object) -> None:
        nonlocal counted
        counted += 1
        if counted == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", before)
    event.listen(Engine, "commit", before)
    if moment == "commit":
        event.listen(Engine, "commit", lambda _connection: os.kill(os.getpid(), signal.SIGKILL))


def prepare_approve(engine: Engine) -> tuple[Work, Callable[[Engine], object]]:
    first, _ = add_pair(engine)
    values = {"service.name": "新しい名前", "schedules": ["毎週金曜 9時～"], "attributes": {"steps": "no"}, "listing.phone": "2"}
    made = propose(engine, first, values, "report", "ことば", None, NOW)
    seen = version(engine, first)
    decisions = {key: Decision("accept", only_here=True) for key in values}

    def result(engine: Engine) -> object:
        with read_session(engine) as session:
            found = proposal(session, made)
            return found.state, [(field.key, field.current, field.decision) for field in found.fields], found.version

    return lambda engine: decide(engine, made, decisions, seen, SC, NOW), result


def prepare_undo(engine: Engine) -> tuple[Work, Callable[[Engine], object]]:
    first, _ = add_pair(engine)
    with acting(engine, by=SC, kind="edit", why="", now=NOW) as act:
        act.change(first, {"organization.name": "別の団体", "roles": [], "areas": [["地域", "吉和"]]}, only_here=True)

    def result(engine: Engine) -> object:
        with read_session(engine) as session:
            undone = session.scalars(select(CurationAct.undone_at).where(CurationAct.id == act.id)).one()
        return everything(engine), undone, version(engine, first)

    return lambda engine: undo(engine, act.id, SC, NOW), result


@pytest.mark.parametrize("prepare", [prepare_approve, prepare_undo])
@pytest.mark.parametrize("step", [STEP, pytest.param(1, marks=pytest.mark.long)])
def test_a_killed_decision_is_not_there_and_done_again_is_the_same(both_url, prepare, step):
    engine = make_engine(both_url)
    work, result = prepare(engine)
    before, said = result(engine), everything(engine)
    assert not runs_to_the_end(both_url, work, "commit")
    assert (result(engine), everything(engine)) == (before, said)
    moment, killed = 1, 0
    while not runs_to_the_end(both_url, work, moment):
        assert (result(engine), everything(engine)) == (before, said)
        moment, killed = moment + step, killed + 1
    assert killed >= 2
    done = result(engine)
    assert done != before
    with pytest.raises((InvalidRecord, Stale)):
        work(engine)
    assert result(engine) == done
    engine.dispose()


def test_killed_right_after_the_commit_everything_is_there(sqlite_url):
    engine = make_engine(sqlite_url)
    work, result = prepare_approve(engine)
    assert not runs_to_the_end(sqlite_url, work, "after")
    state, fields, _ = result(engine)
    assert state == "decided" and {decision for _, _, decision in fields} == {"accept"}
    engine.dispose()
