"""Does a proposal become exactly what a person decided of it, field by field, and once only?"""

from datetime import date
from threading import Thread

import pytest
from sqlalchemy import select

from directory.curation import Decision, decide, open_proposals, proposal, propose, shared_with
from directory.curation.proposals import close
from directory.db import read_session
from directory.errors import InvalidRecord, NotFound, Stale
from directory.models import ServiceAtLocation, Source, SourceRecord
from directory.writing import writing
from tests.directory.curation.test_acting import change, said
from tests.directory.curation.town import NOW, SC, add_pair, everything, version
from tests.factories import add_listing

PROPOSED = {"listing.phone": "0829-00-0005", "service.summary": "新しい説明", "listing.web": "https://www.example.jp/"}
DECISIONS = {
    "listing.phone": Decision("accept"), "service.summary": Decision("edit", "直した説明", "ことばを整えた"),
    "listing.web": Decision("reject", reason="つながらない"),
}


def shown(engine, request_id):
    with read_session(engine) as session:
        return proposal(session, request_id)


def add_source(engine, listing_id, key):
    with writing(engine, by="test", why="source", now=NOW) as write:
        source = write.add(Source(name="サロン一覧"))
        write.add(SourceRecord(
            source_id=source.id, key=key, listing_id=listing_id, values={"service.name": "みどり町サロン"}, row_hash="x",
            last_seen=NOW, missing_since=NOW))
        return source.id


def test_each_field_is_accepted_edited_or_rejected_by_itself(engine):
    first, _ = add_pair(engine)
    made = propose(engine, first, PROPOSED, "report", "張り紙で見ました", "住民", NOW)
    waiting = shown(engine, made)
    assert [(field.key, field.label, field.current, field.proposed) for field in waiting.fields] == [
        ("listing.phone", "電話番号", "0829-00-0001", "0829-00-0005"),
        ("listing.web", "ウェブ", None, "https://www.example.jp/"), ("service.summary", "ひとことで言うと", None, "新しい説明")]
    act_id = decide(engine, made, DECISIONS, waiting.version, SC, NOW)
    now, done = said(engine, first), shown(engine, made)
    assert [now[key] for key in PROPOSED] == ["0829-00-0005", "直した説明", None]
    assert (done.state, done.decided_by, done.act_id) == ("decided", SC, act_id)
    assert {field.key: (field.decision, field.decided, field.reason) for field in done.fields} == {
        "listing.phone": ("accept", "0829-00-0005", None), "service.summary": ("edit", "直した説明", "ことばを整えた"),
        "listing.web": ("reject", None, "つながらない")}


def test_what_was_not_decided_waits_on(engine):
    first, _ = add_pair(engine)
    made = propose(engine, first, PROPOSED, "report", None, None, NOW)
    decide(engine, made, {"listing.phone": Decision("accept")}, version(engine, first), SC, NOW)
    waiting = shown(engine, made)
    assert (waiting.state, [field.key for field in waiting.fields if field.decision is None]) == (
        "open", ["listing.web", "service.summary"])


def test_a_proposal_decided_meanwhile_or_of_a_changed_listing_is_stale(engine):
    first, _ = add_pair(engine)
    made = propose(engine, first, {"listing.phone": "1"}, "report", None, None, NOW)
    seen = version(engine, first)
    change(engine, first, {"listing.web": "https://www.example.jp/"})
    with pytest.raises(Stale) as told:
        decide(engine, made, {"listing.phone": Decision("accept")}, seen, SC, NOW)
    assert told.value.version == version(engine, first)
    decide(engine, made, {"listing.phone": Decision("accept")}, version(engine, first), SC, NOW)
    before = everything(engine)
    with pytest.raises(Stale):
        decide(engine, made, {"listing.phone": Decision("reject", reason="別")}, version(engine, first), "SC 山田", NOW)
    assert everything(engine) == before


def test_two_people_deciding_at_once_write_once(both):
    first, _ = add_pair(both)
    made = propose(both, first, {"listing.phone": "2"}, "report", None, None, NOW)
    seen, ended = version(both, first), []

    def one(name: str) -> None:
        try:
            ended.append(decide(both, made, {"listing.phone": Decision("accept")}, seen, name, NOW))
        except Stale:
            ended.append(None)

    threads = [Thread(target=one, args=(name,)) for name in ("SC 山田", "SC 佐伯")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([act for act in ended if act]) == 1 and version(both, first) == seen + 1


@pytest.mark.parametrize("decision", [Decision("maybe"), Decision("reject"), Decision("edit", None)])
def test_a_decision_that_is_none_writes_nothing(engine, decision):
    first, _ = add_pair(engine)
    made = propose(engine, first, {"service.name": "新しい名前"}, "report", None, None, NOW)
    before = everything(engine)
    with pytest.raises(InvalidRecord):
        decide(engine, made, {"service.name": decision}, version(engine, first), SC, NOW)
    assert everything(engine) == before


def test_what_an_import_says_of_a_shared_record_holds_for_its_own_row(engine):
    first, second = add_pair(engine)
    source = add_source(engine, first, "a")
    made = propose(engine, first, {"service.fees": [["毎回", 300, None, None]]}, "import", "", None, NOW, source_id=source)
    decide(engine, made, {"service.fees": Decision("accept")}, version(engine, first), SC, NOW)
    assert [said(engine, one)["service.fees"][0]["yen"] for one in (first, second)] == [300, 100]
    made = propose(engine, second, {"service.summary": "みんなの説明"}, "import", "", None, NOW, source_id=source)
    with read_session(engine) as session:
        assert shared_with(session, second)["service"] == 1
    decide(engine, made, {"service.summary": Decision("accept", only_here=False)}, version(engine, second), SC, NOW)
    assert said(engine, second)["service.summary"] == "みんなの説明"


def test_a_row_that_vanished_closes_the_listing_and_a_renamed_one_is_found_again(engine):
    gone, renamed = add_listing(engine), add_listing(engine)
    source = add_source(engine, renamed, "old key")
    made = propose(engine, gone, {"status": "closed"}, "vanished", "新しい表にありません。", None, NOW)
    decide(engine, made, {"status": Decision("accept", reason="世話人が引退された")}, version(engine, gone), SC, NOW)
    fields = {"source_key": "new key", "service.name": "みどりの会", "listing.assured_date": "2026-11-01"}
    made = propose(engine, renamed, fields, "rename", "", None, NOW, source_id=source)
    decide(engine, made, {key: Decision("accept") for key in fields}, version(engine, renamed), SC, NOW)
    with read_session(engine) as session:
        assert session.get(ServiceAtLocation, gone).status == "closed"
        assert session.get(ServiceAtLocation, gone).status_reason == "世話人が引退された"
        row = session.scalars(select(SourceRecord)).one()
        assert (row.key, row.row_hash, row.missing_since) == ("new key", "", None)
        assert session.get(ServiceAtLocation, renamed).assured_date == date(2026, 11, 1)
    assert said(engine, renamed)["service.name"] == "みどりの会"


def test_the_same_proposal_is_queued_once_and_what_is_true_already_is_left_out(engine):
    first, _ = add_pair(engine)
    values = {"listing.phone": "0829-00-0001", "listing.web": "https://www.example.jp/"}
    made = [propose(engine, first, values, "report", "同じ", None, NOW) for _ in range(2)]
    assert made[0] == made[1]
    assert [field.key for field in shown(engine, made[0]).fields] == ["listing.web"]
    with read_session(engine) as session:
        assert [one.id for one in open_proposals(session, first)] == made[:1]
    close(engine, made[0], SC, NOW)
    with read_session(engine) as session:
        assert open_proposals(session, first) == []


def test_a_proposal_about_a_merged_listing_goes_to_the_one_it_went_into(engine):
    first = add_listing(engine)
    gone = add_listing(engine, merged_into=first)
    assert shown(engine, propose(engine, gone, {"listing.phone": "1"}, "report", None, None, NOW)).listing_id == first


@pytest.mark.parametrize("act", [
    lambda engine: propose(engine, "nobody", {}, "report", None, None, NOW),
    lambda engine: decide(engine, "nobody", {}, 1, SC, NOW), lambda engine: close(engine, "nobody", SC, NOW),
    lambda engine: shown(engine, "nobody"),
])
def test_what_is_not_there_is_not_found(engine, act):
    with pytest.raises(NotFound):
        act(engine)
