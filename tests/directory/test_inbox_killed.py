"""What if the machine stops while letters are taken over, or what follows is settled? Run again, it ends as usual.

Killed before a statement or at a commit of either database, the next run ends exactly where an undisturbed one does.
"""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from directory.curation import Decision, decide, proposal
from directory.curation.proposals import close
from directory.db import Base, make_engine, read_session, write_session
from directory.inbox import Inbox
from directory.inbox.pulling import pull
from directory.models import ChangeRequest, InboxItem, ServiceAtLocation
from directory.ways_in.links import letter_id
from directory.ways_in.mailings import POSTCARD, make_mailing
from directory.ways_in.proofs import mark_of, new_number
from directory.ways_in.settling import settle
from tests.directory.curation.test_killed import runs_to_the_end
from tests.directory.test_inbox import demand, viewers, wish
from tests.directory.test_ways_in import APPLICATION, report
from tests.factories import add_listing

NOW = datetime(2026, 11, 24, 3)
LATER = NOW + timedelta(days=1)
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Post:
    """The two databases in a folder."""

    folder: Path

    @property
    def url(self) -> str:
        """The directory's."""
        return f"sqlite:///{self.folder / 'directory.db'}"

    def pull(self, engine: Engine, now: datetime = NOW) -> None:
        """Take over what lies in the inbox."""
        inbox = Inbox.open(f"sqlite:///{self.folder / 'inbox.db'}")
        pull(inbox, engine, now)
        inbox.close()

    def copied(self, folder: Path) -> "Post":
        """The same once more."""
        shutil.copytree(self.folder, folder)
        return Post(folder)

    def said(self, known: frozenset[str]) -> dict[str, list[str]]:
        """Every row of the directory and of the inbox; ids that were made on the way are all alike."""
        engine, inbox = make_engine(self.url), Inbox.open(f"sqlite:///{self.folder / 'inbox.db'}")
        with read_session(engine) as session:
            said = {table.name: sorted(_plain(str(tuple(row)), known) for row in session.execute(select(table)))
                    for table in Base.metadata.sorted_tables}
        said["inbox"] = [str(letter) for letters in inbox.batches() for letter in letters]
        engine.dispose()
        inbox.close()
        return said

    @property
    def ids(self) -> frozenset[str]:
        """Every id there is."""
        return frozenset(UUID.findall(str(self.said(frozenset()))))


def _plain(row: str, known: frozenset[str]) -> str:
    return UUID.sub(lambda found: found[0] if found[0] in known else "new", row)


def letters_waiting(post: Post) -> None:
    """One of every kind of letter lies in the inbox; two groups have a link."""
    engine, inbox = make_engine(post.url), Inbox.open(f"sqlite:///{post.folder / 'inbox.db'}")
    first, second = add_listing(engine, phone="0829-00-0001"), add_listing(engine)
    inbox.put_all([
        wish(), viewers(1, 2), demand(("佐伯", "need", "exercise", 3, 1)), report(first, "phone", words="0829-00-1234 です"),
        report("00000000-0000-0000-0000-000000000000"), ("application", APPLICATION | {"mark": mark_of(new_number())})], NOW)
    for piece, said in zip(make_mailing(engine, POSTCARD, [first, second], "SC", NOW), ("same", "changed"), strict=True):
        token = piece.link.token
        changes = {"listing.phone": "0829-00-0009"} if said == "changed" else {}
        inbox.put_once(letter_id(token, said, changes, ""), "update", {"token": token, "answer": said, "changes": changes}, NOW)
    engine.dispose()
    inbox.close()


def decided_since(post: Post) -> None:
    """They were taken over and a person has decided: proposals put away, a listing made and published; a group says 「変わりなし」."""
    letters_waiting(post)
    engine = make_engine(post.url)
    post.pull(engine)
    with read_session(engine) as session:
        found = [proposal(session, one) for one in session.scalars(select(ChangeRequest.id))]
    for request in found:
        if request.reason != "application":
            close(engine, request.id, "SC", NOW)
            continue
        decisions = {field.key: Decision("edit", "salon") if field.key == "service.kind" else Decision("accept")
                     for field in request.fields}
        decide(engine, request.id, decisions, request.version, "SC", NOW)
    with write_session(engine) as session:
        for listing in session.scalars(select(ServiceAtLocation)):
            listing.status = "published"
        same = session.scalars(select(InboxItem).where(InboxItem.kind == "update")).all()
        for letter in same:
            if letter.body["answer"] == "same":
                letter.state, letter.answered_at, letter.made_at = "new", None, LATER
        session.commit()
    engine.dispose()


# What happens before, and what is stopped and run again.
ROWS: dict[str, tuple[Callable[[Post], None], Callable[[Post, Engine], None]]] = {
    "pull": (letters_waiting, lambda post, engine: post.pull(engine)),
    "settle": (decided_since, lambda _post, engine: settle(engine, LATER)),
}


@pytest.mark.parametrize("step", [120, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("row", ROWS)
def test_killed_at_a_statement_and_run_again_it_ends_as_if_nothing_had_happened(row, step, migrated_file, tmp_path):
    prepare, work = ROWS[row]
    begun = Post(tmp_path / "begun")
    begun.folder.mkdir()
    shutil.copy(migrated_file, begun.folder / "directory.db")
    prepare(begun)
    known = begun.ids
    whole = begun.copied(tmp_path / "whole")
    assert runs_to_the_end(whole.url, lambda engine: work(whole, engine), 0)
    wanted = whole.said(known)
    assert wanted != begun.said(known)
    moment, killed = step // 2 + 1, 0
    while True:
        post = begun.copied(tmp_path / f"{moment}")
        ended = runs_to_the_end(post.url, lambda engine, post=post: work(post, engine), moment)
        if ended:
            break
        assert runs_to_the_end(post.url, lambda engine, post=post: work(post, engine), 0)
        assert post.said(known) == wanted
        shutil.rmtree(post.folder)
        moment, killed = moment + step, killed + 1
    assert killed >= 1
