"""Is what was said kept? One question a screen, 「聞けなかった」 always allowed, nothing lost when two people write."""

import pytest

from matcher.casework import fields
from tests.web.staff.conftest import StaffSite
from tests.web.staff.worker import Worker, values, words
from web.presenters.desk.steps import person_step, steps

AUTOSAVE = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def worker(staff_site: StaffSite) -> Worker:
    return Worker(staff_site, staff_site.hire("visitor", "worker"))


def test_every_question_stands_on_exactly_one_screen(staff_site: StaffSite) -> None:
    vocabulary = staff_site.desk.vocabulary
    asked = [key for step in (*steps(vocabulary).values(), person_step(vocabulary)) for key in step.keys]
    assert sorted(asked) == sorted(fields(vocabulary))


def test_every_question_may_stay_unheard(worker: Worker) -> None:
    worker.open()
    for step in (*steps(worker.site.desk.vocabulary).values(), person_step(worker.site.desk.vocabulary)):
        page = worker.get(f"conditions/{step.key}")
        assert page.status_code == 200
        for key in step.keys:
            assert f'name="n:{key}"' in page.text or "?" in values(page, key), key


SAID = (
    ("relation", {"relation": "family", "met": "no"}, ("家族", "いいえ")),
    ("own_words", {"own_words": "静かな所がいい"}, ("静かな所がいい",)),
    ("needs", {"needs__company": "most", "needs__exercise": "some"}, ("話し相手・仲間（いちばん）", "体を動かす")),
    ("interests", {"interests": ["tea"], "interests__more": "落語、畑"}, ("お茶・コーヒー", "落語")),
    ("age", {"age": "７２", "gender": "?"}, ("72歳", "聞けなかった")),
    ("home", {"resident": "yes", "home_area": "佐伯"}, ("はい", "佐伯")),
    ("required", {"required": ["quiet"]}, ("静か",)),
    ("cost", {"cost_limit": "1,000"}, ("1,000円まで",)),
    ("slots", {"slots": ["2-720-1020"], "slots__day": "4", "slots__from": "09:30", "slots__until": "11:00"},
     ("水 12:00～17:00", "金 9:30～11:00")),
    ("ways", {"travel_walk": "20", "frail": "yes"}, ("20分まで",)),
    ("ferry", {"ferry": "yes", "n__ferry_limit": "1"}, ("はい", "聞けなかった")),
    ("load-people", {"ceiling_people": "2", "comfort_people": "?"}, ("2 ふだん同じ部屋にいるのは、6人から10人くらい。",)),
)


@pytest.mark.parametrize(("step", "given", "told"), SAID, ids=[row[0] for row in SAID])
def test_what_is_said_stands_on_the_summary(worker: Worker, step: str, given: dict, told: tuple[str, ...]) -> None:
    worker.open().say(step, **given)
    summary = worker.read("")
    assert all(sentence in summary for sentence in told)


def test_next_keeps_and_goes_on_back_keeps_and_goes_back(worker: Worker) -> None:
    worker.open()
    assert worker.say("needs", needs__company="most", go="next").location.endswith("/conditions/interests")
    assert worker.say("interests", interests=["tea"], go="back").location.endswith("/conditions/needs")
    assert "checked" in worker.get("conditions/needs").text
    assert worker.say("load-strength", ceiling_strength="1", go="end").location.partition("?")[0] == worker.case


def test_leaving_a_screen_unchanged_writes_nothing(worker: Worker) -> None:
    worker.open().say("cost", cost_limit="300")
    assert values(worker.get("conditions/cost"), "v:cost_limit") == ["1"]
    worker.say("cost", cost_limit="300", v__cost_limit="1")
    assert values(worker.get("conditions/cost"), "v:cost_limit") == ["1"]


def test_an_answer_can_be_taken_back(worker: Worker) -> None:
    worker.open().say("ferry", ferry="yes")
    worker.say("ferry", ferry="", v__ferry="1")
    assert "まだ聞いていないこと" in worker.read("") and values(worker.get("conditions/ferry"), "v:ferry") == ["2"]


@pytest.mark.parametrize(("step", "given"), [
    ("age", {"age": "ななじゅう"}), ("age", {"age": "200"}), ("cost", {"cost_limit": "-1"}), ("slots", {"slots": ["9-0-1"]}),
    ("slots", {"slots__day": "1", "slots__from": "15:00", "slots__until": "13:00"}), ("start", {"start": "どこにもない町"}),
    ("required", {"required": ["no_such_word"]}), ("needs", {"needs__company": "とても"}), ("home", {"home_area": "月"}),
    ("own_words", {"own_words": "あ" * 4001}),
])
def test_what_cannot_be_an_answer_is_told_beside_the_question(worker: Worker, step: str, given: dict) -> None:
    refused = worker.open().send(f"conditions/{step}", go="next", **given)
    assert refused.status_code == 422 and 'role="alert"' in refused.text and "wrong" in refused.text
    assert "まだ聞いていません" in worker.read("")


def test_one_wrong_answer_keeps_no_other_from_being_saved(worker: Worker) -> None:
    refused = worker.open().send("conditions/age", age="abc", gender="female")
    assert refused.status_code == 422 and 'value="abc"' in refused.text
    assert "女性" in worker.read("")


def test_two_people_at_once_see_both_texts_and_the_second_can_still_decide(worker: Worker) -> None:
    worker.open().say("own_words", own_words="畑がしたい")
    late = worker.send("conditions/own_words", own_words="畑はいやだ", v__own_words="0", go="next")
    assert late.status_code == 409
    assert "畑がしたい" in words(late) and "畑はいやだ" in words(late)
    assert "畑がしたい" in worker.read("") and "畑はいやだ" not in worker.read("")
    worker.say("own_words", own_words="畑はいやだ", v__own_words=values(late, "v:own_words")[0])
    assert "畑はいやだ" in worker.read("")


def test_a_script_is_told_what_was_kept_and_when(worker: Worker) -> None:
    worker.open()
    sent = worker.client.post(f"{worker.case}/conditions/cost", headers=AUTOSAVE,
                              data={"form_token": worker.token, "cost_limit": "300", "v:cost_limit": "0"})
    assert sent.json == {"saved": "12:00", "versions": {"cost_limit": 1}, "errors": {}, "stale": []}
    wrong = worker.client.post(f"{worker.case}/conditions/cost", headers=AUTOSAVE,
                               data={"form_token": worker.token, "cost_limit": "abc", "v:cost_limit": "1"})
    assert wrong.status_code == 422 and "cost_limit" in wrong.json["errors"] and "abc" not in wrong.text
    late = worker.client.post(f"{worker.case}/conditions/cost", headers=AUTOSAVE,
                              data={"form_token": worker.token, "cost_limit": "500", "v:cost_limit": "0"})
    assert late.status_code == 409 and late.json["stale"] == ["cost_limit"]


def test_a_screen_that_comes_after_the_session_ended_goes_on_after_signing_in(staff_site: StaffSite) -> None:
    worker = Worker(staff_site, staff_site.hire("tired", "worker")).open()
    staff_site.clock.turn(minutes=40)
    late = worker.send("conditions/own_words", own_words="まだ消えないで", v__own_words="0")
    assert late.status_code == 401 and "まだ消えないで" in late.text
    staff_site.clock.turn(minutes=-40)
    assert "まだ消えないで" not in Worker(staff_site, worker.who).client.get(worker.case).text


def test_the_name_is_no_part_of_the_summary(worker: Worker) -> None:
    worker.open().say("person", name="見本 太郎")
    assert "見本 太郎" not in worker.read("") and "見本 太郎" in worker.get("conditions/person").text


def test_a_screen_that_does_not_exist_is_not_found(worker: Worker) -> None:
    assert worker.open().get("conditions/nothing").status_code == 404
