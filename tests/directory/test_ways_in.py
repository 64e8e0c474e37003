"""Does what groups and residents send become a proposal or a confirmation, once, and is it forgotten in time?"""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from directory.calling import CALLED, attempts
from directory.curation import Decision, decide, proposal
from directory.curation.proposals import close
from directory.db import make_engine, read_session, write_session
from directory.errors import InvalidRecord, NotFound
from directory.inbox import Inbox
from directory.inbox.pulling import pull
from directory.models import ActRow, ChangeRequest, InboxItem, MailingItem, ServiceAtLocation, UpdateLink
from directory.ways_in import applications, settling
from directory.ways_in.links import EXPIRED, GOOD, USED, find_link, letter_id
from directory.ways_in.mailings import POSTCARD, SHEET, came_back, find_piece, mailings, make_mailing
from directory.ways_in.proofs import mark_of, new_number, new_token, read_number
from directory.ways_in.reports import values_of
from tests.factories import add_listing

NOW = datetime(2026, 11, 24, 3)
TODAY = date(2026, 11, 24)
APPLICATION = {
    "organization": "花の会", "name": "花のサロン", "words": "花を植えて話します", "when": "第2・4火曜 10時～12時", "place": "津田集会所",
    "contact_name": "秘密の名前", "contact": "090-0000-0000", "consent": "1",
}


@pytest.fixture
def inbox(tmp_path):
    inbox = Inbox.open(f"sqlite:///{tmp_path / 'inbox.db'}")
    yield inbox
    inbox.close()


@pytest.fixture
def directory(sqlite_url):
    engine = make_engine(sqlite_url)
    yield engine
    engine.dispose()


@pytest.fixture
def listing(directory):
    return add_listing(directory, assured_date=date(2025, 1, 1), phone="0829-00-0001", contact_public=True)


def report(listing_id, about="ended", **more):
    return "report", {"listing": listing_id, "about": about, **more}


def requests(directory):
    with read_session(directory) as session:
        return [proposal(session, one) for one in session.scalars(select(ChangeRequest.id))]


def letters(directory):
    with read_session(directory) as session:
        return session.scalars(select(InboxItem).order_by(InboxItem.made_at)).all()


def of(directory, model, key):
    with read_session(directory) as session:
        return session.get(model, key)


@pytest.mark.parametrize(("about", "words", "values"), [
    ("ended", "", {"status": "closed"}), ("time", "第2・4火曜 10時～12時", {"schedules": ["第2・4火曜 10時～12時"]}),
    ("time", "火曜だったと思う", {}), ("phone", "正しくは 0829-00-1234 です", {"listing.phone": "0829-00-1234"}),
    ("phone", "090-0000-1234 です", {}), ("phone", "0829-00-1234 か 0829-00-1235", {}), ("place", "となりの集会所", {}),
    ("no such", "", {}),
])
def test_only_what_needs_no_guess_is_proposed_from_a_report(about, words, values):
    assert values_of(about, words) == values


def test_a_report_waits_with_its_contact_and_proposes_without_it(directory, inbox, listing):
    inbox.put(*report(listing, "place", words="となりの集会所です", contact="山田 090-0000-0000"), NOW)
    pull(inbox, directory, NOW)
    request, = requests(directory)
    letter, = letters(directory)
    assert (request.reason, request.listing_id, request.letter_id, request.fields) == ("report", listing, letter.id, ())
    assert "となりの集会所" in request.evidence and "090" not in request.evidence
    assert letter.state == "new" and letter.body["contact"] == "山田 090-0000-0000"


def test_the_words_of_a_resident_never_become_the_public_reason_of_an_end(directory, inbox, listing):
    inbox.put(*report(listing, words="世話人の山田さんが入院した"), NOW)
    pull(inbox, directory, NOW)
    request, = requests(directory)
    decide(directory, request.id, {"status": Decision("accept")}, request.version, "SC", NOW)
    ended = of(directory, ServiceAtLocation, listing)
    assert ended.status == "closed" and "山田" not in (ended.status_reason or "")


def test_a_report_about_no_listing_waits_for_a_person(directory, inbox):
    inbox.put(*report("00000000-0000-0000-0000-000000000000"), NOW)
    assert pull(inbox, directory, NOW).unreadable == 1
    assert requests(directory) == []


def test_a_letter_whose_proposal_is_decided_is_done_unless_somebody_waits_for_an_answer(directory, inbox, listing):
    inbox.put(*report(listing, "place"), NOW)
    inbox.put(*report(listing, "other", contact="山田"), NOW + timedelta(minutes=1))
    pull(inbox, directory, NOW)
    for request in requests(directory):
        close(directory, request.id, "SC", NOW)
    settling.settle(directory, NOW)
    assert [letter.state for letter in letters(directory)] == ["done", "new"]


def test_an_application_proposes_a_listing_and_its_number_tells_what_became_of_it(directory, inbox):
    number = new_number()
    inbox.put("application", APPLICATION | {"mark": mark_of(number)}, NOW)
    pull(inbox, directory, NOW)
    assert told(directory, number).state == "received"
    request, = requests(directory)
    values = {field.key: field.proposed for field in request.fields}
    assert (values["service.name"], values["organization.name"], request.listing_id) == ("花のサロン", "花の会", None)
    assert "秘密" not in repr(request) and "090" not in repr(request)
    decisions = {key: Decision("edit", "salon") if key == "service.kind" else Decision("accept") for key in values}
    decide(directory, request.id, decisions, request.version, "SC", NOW)
    settling.settle(directory, NOW)
    assert told(directory, number).state == "preparing" and letters(directory)[0].body["contact"]
    listing_id = told(directory, number).listing_id
    with write_session(directory) as session:
        session.get(ServiceAtLocation, listing_id).status = "published"
        session.commit()
    settling.settle(directory, NOW)
    assert told(directory, number).state == "listed"
    assert {"contact", "contact_name"} & set(letters(directory)[0].body) == set()


def test_an_answer_ends_with_the_contact_gone_and_names_nobody(directory, inbox):
    number = new_number()
    inbox.put("application", APPLICATION | {"mark": mark_of(number)}, NOW)
    pull(inbox, directory, NOW)
    letter, = letters(directory)
    with pytest.raises(InvalidRecord, match="みんなに見えます"):
        applications.answer(directory, letter.id, "declined", "090-0000-0000 へ電話してください", NOW)
    applications.answer(directory, letter.id, "asking", "", NOW)
    assert letters(directory)[0].body["contact"]
    applications.answer(directory, letter.id, "declined", "市内の活動だけをのせています。", NOW)
    assert told(directory, number).reply == "市内の活動だけをのせています。"
    assert "contact" not in letters(directory)[0].body and letters(directory)[0].state == "done"
    with pytest.raises(NotFound):
        applications.answer(directory, "nothing", "listed", "", NOW)


def told(directory, number):
    with read_session(directory) as session:
        return applications.told(session, number)


def test_a_number_is_read_however_it_is_typed():
    assert read_number("４８１ー２０５ー９３７７") == read_number(" 481 205 9377") == "481-205-9377"
    assert read_number("481-205") is read_number("") is read_number("9" * 11) is None
    assert all(read_number(new_number()) for _ in range(20))


def a_link(directory, listing_id, now=NOW):
    piece, = make_mailing(directory, POSTCARD, [listing_id], "SC", now)
    return piece


def answer(inbox, token, said="same", **more):
    changes = more.get("changes", {})
    key = letter_id(token, said, changes, more.get("words", ""))
    return inbox.put_once(key, "update", {"token": token, "answer": said, **more}, NOW)


def test_nothing_unchanged_confirms_the_listing_once_and_uses_the_link_up(engine, inbox):
    directory, listing = engine, add_listing(engine, assured_date=date(2025, 1, 1))
    piece = a_link(directory, listing)
    assert answer(inbox, piece.link.token) and not answer(inbox, piece.link.token)
    pull(inbox, directory, NOW)
    pull(inbox, directory, NOW + timedelta(minutes=5))
    kept = of(directory, ServiceAtLocation, listing)
    assert (kept.assured_date, kept.assured_how, kept.assured_by) == (TODAY, "団体申告", "団体")
    assert of(directory, MailingItem, (piece.mailing_id, 1)).outcome == "same"
    assert letters(directory)[0].state == "done" and requests(directory) == []
    with read_session(directory) as session:
        assert find_link(session, piece.link.token, TODAY).state == USED
    assert answer(inbox, piece.link.token)  # a day later, through a snapshot that is still the old one
    pull(inbox, directory, NOW + timedelta(days=2))
    assert len(letters(directory)) == 1


def test_what_changed_is_proposed_and_confirms_nothing(directory, inbox, listing):
    piece = a_link(directory, listing)
    changes = {"schedules": "第1月曜 10時～11時", "listing.phone": "0829-00-9999", "listing.representative": "盗んだ人"}
    answer(inbox, piece.link.token, "changed", changes=changes, words="世話人が代わりました")
    pull(inbox, directory, NOW)
    request, = requests(directory)
    assert {field.key for field in request.fields} == {"schedules", "listing.phone"}
    assert "世話人が代わりました" in request.evidence
    assert of(directory, ServiceAtLocation, listing).assured_date == date(2025, 1, 1)


def test_a_change_that_comes_too_late_is_not_lost(directory, inbox, listing):
    piece = a_link(directory, listing, NOW - timedelta(days=70))
    answer(inbox, piece.link.token, "changed", words="日が変わりました")
    pull(inbox, directory, NOW)
    assert "期限のあと" in requests(directory)[0].evidence
    with read_session(directory) as session:
        assert find_link(session, piece.link.token, TODAY).state == EXPIRED


def test_a_token_that_never_was_does_nothing(directory, inbox, listing):
    answer(inbox, new_token())
    pull(inbox, directory, NOW)
    assert letters(directory) == [] and of(directory, ServiceAtLocation, listing).assured_date == date(2025, 1, 1)


def test_a_confirmation_follows_a_merge_and_never_goes_back(directory, listing):
    gone = add_listing(directory, merged_into=listing, status="closed")
    assert settling.confirm(directory, gone, "電話", "SC", "電話", NOW)
    assert of(directory, ServiceAtLocation, listing).assured_date == TODAY
    settling.confirm(directory, listing, "電話", "SC", "電話", NOW - timedelta(days=9))
    assert of(directory, ServiceAtLocation, listing).assured_date == TODAY
    assert not settling.confirm(directory, "nothing", "電話", "SC", "電話", NOW)


def test_a_piece_is_found_by_its_number_and_comes_back_once(engine):
    directory, listing, other = engine, add_listing(engine), add_listing(engine)
    first, second = make_mailing(directory, SHEET, [listing, other, listing, "nothing"], "SC", NOW)
    assert (first.code, second.code, first.link) == ("1-001", "1-002", None)
    assert find_piece(directory, "１－００２").listing_id == other
    came_back(directory, second, "changed", "SC", NOW)
    job, = mailings(directory)
    assert (job.sent, job.returned, job.kind) == (2, 1, SHEET)
    for typed, error in (("", InvalidRecord), ("x", InvalidRecord), ("9-9", NotFound)):
        with pytest.raises(error):
            find_piece(directory, typed)


def test_a_postcard_that_came_back_by_post_uses_its_link_up(directory, listing):
    piece = a_link(directory, listing)
    with read_session(directory) as session:
        assert find_link(session, piece.link.token, TODAY).state == GOOD
    came_back(directory, piece, "same", "SC", NOW)
    with read_session(directory) as session:
        assert find_link(session, piece.link.token, TODAY).state == USED


def test_a_piece_that_reached_nobody_stands_once_in_the_contact_log(directory, listing):
    gone = add_listing(directory, merged_into=listing, status="closed")
    piece = a_link(directory, gone)
    for _ in range(2):
        came_back(directory, piece, "gone", "SC 佐伯", NOW)
    with read_session(directory) as session:
        attempt, = attempts(session, listing)
    assert (attempt.how, CALLED[attempt.outcome], attempt.by, attempt.note) == ("はがき・FAX", "届かなかった", "SC 佐伯", piece.code)


def test_only_hashes_of_tokens_are_kept(directory, listing):
    piece = a_link(directory, listing)
    with read_session(directory) as session:
        assert [row.mark for row in session.scalars(select(UpdateLink))] == [mark_of(piece.link.token)]


def test_the_words_of_a_resident_are_in_no_image_of_a_decision(directory, inbox, listing):
    inbox.put(*report(listing, "phone", words="0829-00-1234 と山田さんが言いました"), NOW)
    pull(inbox, directory, NOW)
    request, = requests(directory)
    decide(directory, request.id, {"listing.phone": Decision("accept")}, request.version, "SC", NOW)
    with read_session(directory) as session:
        images = [str((row.before, row.after)) for row in session.scalars(select(ActRow))]
    assert any("0829-00-1234" in image for image in images) and not any("山田" in image for image in images)
