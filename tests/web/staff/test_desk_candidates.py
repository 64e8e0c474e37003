"""Can a worker defend the list aloud? Tiers with reasons, what can be tried without keeping it, and nothing hidden unseen."""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from directory.db import write_session
from directory.models import InboxItem, ServiceAtLocation
from directory.writing import writing
from matcher import casework
from matcher.answer import Change
from matcher.candidates import crossings_of
from matcher.casework import Heard
from matcher.matching import match
from matcher.ranking.criteria import hard_criteria
from matcher.ranking.profile import Profile, Slot
from tests.factories import add_listing
from tests.web.staff.conftest import NOON, StaffSite
from tests.web.staff.worker import Worker, values, words
from web.answer_forms import Words
from web.presenters.desk.cards import score_rows
from web.presenters.desk.trying import TELLERS, change_button, trial

NEEDS = {"needs__company": "most", "needs__exercise": "some"}
LIST = re.compile(r"打診できる (\d+)件、確認してから (\d+)件、あと一歩 (\d+)件")


@pytest.fixture(scope="module")
def places(staff_site: StaffSite) -> dict[str, str]:
    """Three places everybody may read of, and one for staff."""
    engine = staff_site.app.extensions["yoridokoro"].engine
    common = {
        "phrases": ["毎週水曜日 13時～15時"], "areas": [("地域", "佐伯")], "needs": ("company",), "welcome": "always",
        "assured_date": date(2026, 11, 1), "assured_how": "電話", "contact_public": True, "phone": "0829-00-3001",
    }
    service = {"age_state": "none", "gender_state": "none", "residency_state": "none", "kind": "salon"}
    free = {"fees_state": "none"}
    quiet = {"attributes": {"quiet": "yes", "drop_in": "yes"}, "loads": {"people": 1, "conversation": 1}}
    return {
        "quiet": add_listing(engine, service={"name": "しずかな縁側", **service, **free}, **quiet, **common),
        "dear": add_listing(engine, service={"name": "高いお茶の会", "fees_state": "stated", **service},
                            fees=[{"per": "毎回", "yen": 800}], **quiet, **common),
        "open": add_listing(engine, service={"name": "まだ聞いていない会", **service, **free}, **common),
        "staff": add_listing(engine, service={"name": "支援者だけの居間", **service, **free}, visibility="staff",
                             representative="秘密の世話人", **quiet, **common),
    }


@pytest.fixture
def worker(staff_site: StaffSite, places: dict[str, str]) -> Worker:
    """Somebody with a case whose person wants company and can pay 300 yen."""
    worker = Worker(staff_site, staff_site.people["worker"]).open()
    worker.say("needs", **NEEDS)
    worker.say("cost", cost_limit="300")
    return worker


def counts(page: object) -> tuple[int, ...]:
    """How many stand in A, B and C."""
    return tuple(int(number) for number in LIST.search(page.text).groups())


def limits(**given: object) -> dict[str, object]:
    """The form beside the list as it was shown, with something else tried."""
    return {"cost_limit": "300", **given}


def test_each_card_says_why_when_where_how_much_and_whom_to_phone(worker: Worker) -> None:
    page = worker.read("candidates")
    assert "しずかな縁側" in page and "無料" in page and "✔ 300円まで" in page and "0829-00-3001" in page
    assert "求めている「話し相手・仲間」" in page and "次回 11月25日（水）" in page
    assert "高いお茶の会" in page and "✕ 300円まで" in page and "一回300円をこえます。" in page
    assert "まだ聞いていない会" in page and "要確認" in page


def test_without_a_need_there_is_no_list_but_three_questions_to_ask(staff_site: StaffSite) -> None:
    page = Worker(staff_site, staff_site.people["worker"]).open().get("candidates")
    assert "まず、この3つを聞いてください" in words(page) and 'class="cand' not in page.text
    assert page.text.count("答えを書く") == 3


def test_what_is_tried_changes_the_list_and_not_the_record(worker: Worker) -> None:
    before = counts(worker.get("candidates"))
    tried = worker.send("candidates", **limits(cost_limit="1000"))
    assert counts(tried)[0] > before[0] and "お金" in words(tried)
    assert "300円まで → 1,000円まで" in words(tried)
    assert counts(worker.get("candidates")) == before and "300円まで" in worker.read("")


def test_pressing_a_change_gives_exactly_what_it_said(worker: Worker) -> None:
    page = worker.get("candidates")
    before = counts(page)
    said = re.search(r"一回(\d+)円までなら、\+(\d+)件(?:（うち要確認(\d+)件）)?", words(page))
    button = next(value for value in values(page, "change") if value.startswith("cost_limit"))
    assert button == f"cost_limit={said[1]}"
    after = counts(worker.send("candidates", **limits(change=button)))
    assert sum(after[:2]) - sum(before[:2]) == int(said[2]) and after[1] - before[1] == int(said[3] or 0)


def test_every_limit_that_can_be_loosened_has_a_button(staff_site: StaffSite) -> None:
    """Whatever a criterion may loosen in the profile, the form beside the list has a control for it."""
    catalog = staff_site.app.extensions["yoridokoro-door"].listings.current(NOON)
    vocabulary = staff_site.desk.vocabulary
    asked = {key: Heard(key) for key in casework.fields(vocabulary)}
    base = Profile(needs={"company": 1.0}, travel={"walk": 10, "bus": 15}, start=(34.37, 132.17), cost_limit=300)
    loosened = {
        "travel": {"travel": {"walk": 40, "bus": 15}}, "ceilings": {"ceilings": {"people": 3}}, "cost_limit": {"cost_limit": 500},
        "ferry": {"ferry": True}, "required": {"required": ("quiet",)}, "avoided": {"avoided": ("steps",)},
        "accommodations": {"accommodations": ("silence_ok",)}, "slots": {"slots": (Slot(1, 540, 720),)}, "waits": {"waits": True},
    }
    assert set(loosened) == set(TELLERS)
    for name, change in loosened.items():
        into = replace(base, **change)
        button = change_button(Change("it", "it", "", "", None, 1, 0, None, 0, into), base)
        form = MultiDict([("travel_walk", "10"), ("travel_bus", "15"), ("cost_limit", "300"), ("change", button)])
        given = trial(form, asked, Words(vocabulary, catalog.places)).profile(base, vocabulary)
        assert getattr(given, name) == getattr(into, name), name


def test_openings_of_all_criteria_touch_only_what_has_a_button(staff_site: StaffSite, places: dict[str, str]) -> None:
    door = staff_site.app.extensions["yoridokoro-door"]
    profile = Profile(needs={"company": 1.0}, cost_limit=0, ceilings={"people": 0}, required=("quiet", "chairs"),
                      slots=(Slot(6, 0, 60),), travel={"walk": 1}, start=(34.2, 132.3))
    city = staff_site.app.extensions["yoridokoro"].city
    result = match(door.listings.current(NOON), profile, NOON, crossings=crossings_of(city))
    assert hard_criteria() and all(change_button(change, profile) for change in result.changes)


def test_what_was_tried_can_be_kept_and_only_then_stands_in_the_record(worker: Worker) -> None:
    versions = {name: values(worker.get("candidates"), name)[0] for name in ("v:cost_limit", "v:travel_walk")}
    kept = worker.send("candidates/keep", **limits(cost_limit="1000", travel_walk="25"), **{
        name.replace(":", "__"): value for name, value in versions.items()})
    assert kept.status_code == 303
    assert "1,000円まで" in worker.read("") and "25分まで" in worker.read("")


def test_keeping_over_somebody_else_s_change_shows_both(worker: Worker) -> None:
    worker.say("cost", cost_limit="200", v__cost_limit="1")
    late = worker.send("candidates/keep", **limits(cost_limit="1000", v__cost_limit="1"))
    assert late.status_code == 409 and "200円まで → 1,000円まで" in words(late)
    assert "200円まで" in worker.read("")


def test_every_list_that_is_shown_is_logged_with_the_weights(worker: Worker) -> None:
    worker.get("candidates")
    worker.send("candidates", **limits(cost_limit="1000"))
    desk, who = worker.site.desk, worker.who
    kept = casework.recommendations(desk, who, worker.case.rpartition("/")[2], NOON)
    assert len(kept) == 2 and all(one.weights_version and one.shown for one in kept)
    assert {one.tier for one in kept[0].shown} <= {"A", "B", "C"}


def test_why_the_list_was_not_followed_is_kept(worker: Worker) -> None:
    page = worker.get("candidates")
    done = worker.send("candidates/override", list=values(page, "list")[0], reason="本人が近所の店を選んだ")
    assert done.status_code == 303
    kept = casework.recommendations(worker.site.desk, worker.who, worker.case.rpartition("/")[2], NOON)
    assert "本人が近所の店を選んだ" in {one.override.reason for one in kept if one.override}


def test_a_pin_stands_first_a_hidden_place_is_counted_and_can_come_back(worker: Worker, places: dict[str, str]) -> None:
    shown = values(worker.get("candidates"), "pick")
    last = max((places["staff"], places["quiet"]), key=shown.index)
    first = min((places["staff"], places["quiet"]), key=shown.index)
    assert worker.send("candidates/choose", place=last, kind="pin", reason="本人が前に行った").status_code == 303
    page = worker.get("candidates")
    assert values(page, "pick").index(last) == 0 and "本人が前に行った" in words(page)
    assert worker.send("candidates/choose", place=first, kind="hide", reason="いま工事中").status_code == 303
    page = worker.get("candidates")
    assert first not in values(page, "pick") and "かくした場所" in words(page) and "いま工事中" in words(page)
    worker.send("candidates/take-back", choice=values(page, "choice")[0])
    assert first in values(worker.get("candidates"), "pick")


def test_a_pin_without_a_reason_is_refused(worker: Worker, places: dict[str, str]) -> None:
    refused = worker.send("candidates/choose", place=places["quiet"], kind="pin", reason=" ")
    assert refused.status_code == 422 and "理由" in words(refused)


def test_a_place_the_person_does_not_want_goes_without_a_reason(worker: Worker, places: dict[str, str]) -> None:
    assert worker.send("candidates/exclude", place=places["quiet"]).status_code == 303
    page = worker.read("candidates")
    assert places["quiet"] not in values(worker.get("candidates"), "pick") and "除くと決めた場所 1" in page
    assert "しずかな縁側" in worker.get("conditions/excluded").text


def test_what_is_asked_of_the_sc_holds_the_listing_and_the_attribute_only(worker: Worker, places: dict[str, str]) -> None:
    assert worker.send("candidates/confirm", place=places["open"], attribute="people").status_code == 303
    with write_session(worker.site.app.extensions["yoridokoro"].engine) as session:
        bodies = [item.body for item in session.scalars(select(InboxItem).where(InboxItem.kind == "confirm"))]
    assert {"listing": places["open"], "attribute": "people"} in bodies
    assert worker.send("candidates/confirm", place=places["open"], attribute="なにか").status_code == 422


def test_staff_only_places_stand_on_a_marked_ground(worker: Worker) -> None:
    page = worker.get("candidates")
    card = page.text.partition("支援者だけの居間")[0].rpartition("<article")[2]
    assert "cand-staff" in card and "支援者のみの場所" in words(page) and "秘密の世話人" in words(page)


def test_a_record_that_contradicts_itself_is_told_and_nothing_is_listed(worker: Worker) -> None:
    worker.say("required", required=["quiet"])
    worker.say("avoided", avoided=["quiet"])
    page = worker.get("candidates")
    assert page.status_code == 422 and "「静か」が、必要なことにも避けたいことにもあります" in words(page)
    assert 'class="cand' not in page.text and "条件を見なおす" in words(page)


@pytest.mark.parametrize("given", [
    {"cost_limit": "たくさん"}, {"travel_walk": "9999"}, {"required": ["no_such_word"]}, {"ceiling_people": "7"},
    {"slots": ["1-2"]}, {"change": "travel_walk=abc"},
])
def test_a_form_that_cannot_be_read_is_told_in_a_sentence(worker: Worker, given: dict) -> None:
    refused = worker.send("candidates", **limits(**given))
    assert refused.status_code == 422 and "このままでは並べられません" in words(refused)


def look_again(worker: Worker) -> None:
    """The desk's catalog looks at the directory at most once a second; here it has to at once."""
    worker.site.app.extensions["yoridokoro-door"].listings._looked = float("-inf")


def test_a_place_that_was_withdrawn_leaves_the_list_and_its_pin_hurts_nobody(worker: Worker, places: dict[str, str]) -> None:
    engine = worker.site.app.extensions["yoridokoro"].engine
    gone = add_listing(engine, service={"name": "じきに終わる会"}, needs=("company",), areas=[("地域", "佐伯")])
    look_again(worker)
    worker.send("candidates/choose", place=gone, kind="pin", reason="ためし")
    worker.send("placements", place=gone)
    with writing(engine, by="test", why="closed", now=NOON) as write:
        write.edit(write.session.get(ServiceAtLocation, gone), status="closed")
    look_again(worker)
    assert "じきに終わる会" not in worker.read("candidates")
    assert "この場所は、いまは載っていません" in worker.read("placements")
    assert worker.send("placements", place=gone).status_code == 404


def test_the_parts_of_a_score_add_up_to_it(worker: Worker) -> None:
    door, result = worker.site.app.extensions["yoridokoro-door"], None
    result = match(door.listings.current(NOON), Profile(needs={"company": 1.0}, cost_limit=300), NOON)
    for one in (*result.a, *result.b, *result.c):
        told = sum(float(row.part.replace("−", "-").replace("±", "")) for row in score_rows(one))
        assert abs(one.base + sum(one.parts.values()) - one.score) < 1e-6
        assert abs(one.base + told - one.score) < 0.005


def test_scores_stand_on_the_worker_s_list_only(worker: Worker, places: dict[str, str]) -> None:
    score = re.search(r"合計 (\d\.\d{3})", worker.read("candidates"))
    sheet = words(worker.send("sheet", **limits(pick=[places["quiet"]])))
    assert score and score[1] not in sheet and "うちわけ" not in sheet


def test_nothing_of_a_person_stands_in_an_address(worker: Worker, places: dict[str, str]) -> None:
    answers = [worker.send("candidates/choose", place=places["quiet"], kind="pin", reason="ひみつの理由"),
               worker.send("candidates/exclude", place=places["dear"]), worker.say("own_words", own_words="ひみつの言葉")]
    assert all("ひみつ" not in one.location and places["quiet"] not in one.location for one in answers)
    links = re.findall(r'(?:href|action)="(/desk[^"]*)"', worker.get("candidates").text)
    assert links and not [link for link in links if parse_qs(link.partition("?")[2]).keys() - {"done"}]
