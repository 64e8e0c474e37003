"""Can a curator change the words of the city, seeing first what it does, and does nobody lose what another one wrote?"""

import html
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, update
from werkzeug.test import TestResponse

from directory import trials
from directory.db import read_session
from directory.models import Service, VocabularyTrial
from tests.web.staff.conftest import StaffSite, form_token

WORDS = "/desk/curation/words"
PART = {"queries": 243, "ndcg_at_10": 0.9, "zero_result_rate": 0.0}
HARMLESS = {
    "before": {"tuning": PART, "held_out": PART}, "after": {"tuning": {**PART, "ndcg_at_10": 0.91}, "held_out": PART},
    "moved": [{"q": "友だち", "before": 0.5, "after": 0.75, "places": [3, 4], "first": [["<b>甲</b>"], ["乙"]]}],
    "urgent": {"lost": [], "unseen": 0, "won": 0},
}
SILENCING = {**HARMLESS, "urgent": {"lost": [{"q": "死に方", "groups": ["自死念慮"]}], "unseen": 0, "won": 0}}
CAMP = {"label": "<i>鈴の野営</i>", "kana": "すずのやえい", "sentence": "鈴を鳴らす野営です。", "easy": "すずの ところ。", "synonyms": ""}


@pytest.fixture(autouse=True)
def no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "_start", lambda settings, trial_id: None)


class Curator:
    """Whoever changes words: opens an entry, tries, saves."""

    def __init__(self, staff_site: StaffSite) -> None:
        self.client: FlaskClient = staff_site.client(staff_site.people["curator"])
        self.engine: Engine = staff_site.app.extensions["yoridokoro"].engine
        self.token = form_token(self.client, f"{WORDS}/edit?list=needs&entry=company")

    def opened(self, row: str, entry: str = "") -> dict[str, str]:
        """What a browser would send back untouched."""
        page = self.client.get(f"{WORDS}/edit?list={row}&entry={entry}").text
        form = page[page.index('name="entry"'):].partition("</form>")[0]
        texts = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', form)
        lines = re.findall(r'<input class="in" [^>]*name="([^"]+)" value="([^"]*)"', form)
        chosen = [(name, value) for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S)
                  for value in re.findall(r'value="([^"]*)" selected', options)]
        version = re.search(r'name="version" value="([^"]*)"', page)
        return {name: html.unescape(said) for name, said in (*texts, *lines, *chosen)} | {
            "form_token": self.token, "list": row, "entry": entry, "version": version[1] if version else ""}

    def attempt(self, form: dict[str, str], **more: str) -> TestResponse:
        return self.client.post(f"{WORDS}/edit", data={**form, **more})

    def finished(self, sent: TestResponse, result: dict = HARMLESS) -> str:
        """The page of a trial whose process is done."""
        assert sent.status_code == 303, sent.text
        with self.engine.begin() as connection:
            connection.execute(update(VocabularyTrial).where(
                VocabularyTrial.id == sent.location.rpartition("/")[2]).values(state="done", result=result))
        return self.client.get(sent.location).text

    def save(self, sent: TestResponse, **more: str) -> TestResponse:
        return self.client.post(sent.location, data={"form_token": self.token, "why": "電話でそう言う人が多い", **more})

    def undo(self) -> TestResponse:
        """Take back what was decided last, as far as the trial."""
        address = re.search(r"/desk/curation/words/acts/[0-9a-f-]{36}/undo", self.client.get(WORDS).text)[0]
        return self.client.post(address, data={"form_token": self.token})


def later(staff_site: StaffSite) -> None:
    """A second later every keeper looks again."""
    here = staff_site.app.extensions
    for keeper in (here["yoridokoro"].words, here["yoridokoro"].keeper, here["yoridokoro-door"].listings):
        keeper._looked = float("-inf")


def test_a_word_is_tried_then_saved_with_a_reason_and_taken_back(staff_site: StaffSite) -> None:
    one = Curator(staff_site)
    assert "行くところがない" in one.client.get(f"{WORDS}?q=居場所がない").text
    form = one.opened("needs", "company")
    assert one.attempt(form).status_code == 422  # nothing changed
    sent = one.attempt(form, synonyms=f"{form['synonyms']}\n<i>鈴の友</i>")
    page = one.client.get(sent.location)
    assert "ためしています" in page.text and page.headers["Refresh"] == "2"
    assert one.save(sent).status_code == 409  # not done yet
    shown = one.finished(sent)
    assert "0.9100" in shown and "▲ 0.750" in shown and "&lt;i&gt;鈴の友" in shown and "&lt;b&gt;甲" in shown
    without = one.save(sent, why=" ")
    assert without.status_code == 422 and 'aria-invalid="true"' in without.text
    assert one.save(sent).status_code == 303
    index = one.client.get(f"{WORDS}?list=needs").text
    assert "電話でそう言う人が多い" in index and "&lt;i&gt;鈴の友" in index and "<i>鈴の友" not in index
    back = one.undo()
    assert "取り消すと" in one.finished(back) and one.save(back).status_code == 303
    assert "取り消しずみ" in one.client.get(WORDS).text and "鈴の友" not in one.opened("needs", "company")["synonyms"]


def test_who_opened_it_first_and_saves_last_sees_both_texts(staff_site: StaffSite) -> None:
    one, other = Curator(staff_site), Curator(staff_site)
    word = "ひとりぼっち"
    mine, theirs = one.opened("everyday", word), other.opened("everyday", word)
    tried = other.attempt(theirs, also="ぼっち\n先の言葉")
    other.finished(tried)
    kept_waiting = one.attempt(mine, also="ぼっち\nあとの言葉", **{"needs.company": "0.3"})
    one.finished(kept_waiting)
    assert other.save(tried).status_code == 303
    overtaken = one.save(kept_waiting)
    assert overtaken.status_code == 409 and "ならべて、見なおす" in overtaken.text
    link = html.unescape(re.search(r'href="(/desk/curation/words/edit[^"]*trial=[^"]*)"', overtaken.text)[1])
    for page in (one.client.get(link), one.attempt(mine, also="ぼっち\nあとの言葉")):
        assert page.status_code == (200 if page.request.method == "GET" else 409)
        assert "先の言葉" in page.text and re.search(r"<textarea[^>]*>ぼっち\nあとの言葉</textarea>", page.text)
    assert "先の言葉" in one.opened("everyday", word)["also"]
    assert one.attempt(one.opened("everyday", word), also="ぼっち\nあとの言葉").status_code == 303


def test_a_new_kind_reaches_the_forms_and_one_in_use_goes_into_another(staff_site: StaffSite) -> None:
    one = Curator(staff_site)
    refused = one.attempt(one.opened("kinds"), **{**CAMP, "kana": "鈴"})
    assert refused.status_code == 422 and 'href="#w-kana"' in refused.text and "鈴を鳴らす野営です。" in refused.text
    sent = one.attempt(one.opened("kinds"), **CAMP)
    one.finished(sent)
    assert one.save(sent).status_code == 303
    later(staff_site)
    new = one.client.get("/desk/curation/new").text
    assert "&lt;i&gt;鈴の野営&lt;/i&gt;" in new and "<i>鈴の野営" not in new
    form = one.opened("kinds", "salon")
    held = int(re.search(r"この種類の掲載は、いま (\d+)件", one.client.get(f"{WORDS}/edit?list=kinds&entry=salon").text)[1])
    assert held > 0 and one.attempt(form, mark="merge").status_code == 422  # into nothing
    assert one.attempt(form, mark="drop").status_code == 400
    merged = one.attempt(form, mark="merge", into="free_space")
    assert f"{held}件の掲載が、まとめる先" in one.finished(merged)
    one.save(merged)
    with read_session(one.engine) as session:
        assert session.query(Service).filter_by(kind="salon").count() == 0
    later(staff_site)
    assert ">サロン</option>" not in one.client.get("/desk/curation/gaps/吉和/company").text
    assert "/categories/free_space" in one.client.get("/categories/salon").location
    back = one.undo()
    one.finished(back)
    assert one.save(back).status_code == 303
    with read_session(one.engine) as session:
        assert session.query(Service).filter_by(kind="salon").count() >= held


def test_urgent_words_are_removed_only_by_who_saw_what_is_lost_and_core_words_never(staff_site: StaffSite) -> None:
    one = Curator(staff_site)
    form = one.opened("urgent", "suicide")
    page = one.client.get(f"{WORDS}/edit?list=urgent&entry=suicide").text
    assert "消せない言葉" in page
    refused = one.attempt(form, phrases=form["phrases"].replace("死にたい\n", "", 1))
    assert refused.status_code == 422 and "いのちや身の安全" in refused.text
    sent = one.attempt(form, phrases=form["phrases"].replace("死に方\n", "", 1))
    shown = one.finished(sent, SILENCING)
    assert "相談先が出なくなる言葉 1件" in shown and "死に方" in shown
    unsure = one.save(sent)
    assert unsure.status_code == 422 and "電話でそう言う人が多い" in unsure.text
    assert one.save(sent, sure="1").status_code == 303
    assert "死に方" not in one.opened("urgent", "suicide")["phrases"].splitlines()


def test_what_nobody_has_is_not_found(staff_site: StaffSite) -> None:
    one = Curator(staff_site)
    for address in ("edit?list=stars", "edit?list=urgent", "edit?list=kinds&entry=gone", "trials/gone"):
        assert one.client.get(f"{WORDS}/{address}").status_code == 404
    assert one.client.post(f"{WORDS}/acts/gone/undo", data={"form_token": one.token}).status_code == 404
