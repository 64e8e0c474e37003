"""Can a resident report, a group apply and answer, without an account, in few presses, and with nothing left lying about?"""

import json
import logging
import re
from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from directory.db import make_engine, write_session
from directory.inbox.pulling import pull
from directory.models import Application
from directory.publishing import publish
from directory.vocabulary import load_vocabulary
from tests.web.conftest import ROOT, Site
from tests.web.test_search_page import PHONE, text_of
from tests.web.ways_in import NOW, letters, links, post
from web import create_app
from web.limits import WRITING

STEPS = {
    "group": {"organization": "花の会", "name": "花のサロン"}, "what": {"words": "花を植えて\n話します"},
    "when": {"when": "第2・4火曜 10時～12時", "place": "津田集会所"}, "join": {"who": "", "fee": "", "phone": ""},
    "contact": {"contact_name": "秘密 花子", "contact": "0829-00-1111", "consent": "1"},
}


def test_three_presses_report_a_place_that_is_gone(app: Flask, inbox, site: Site) -> None:
    client, path = app.test_client(), f"/listings/{site.town.rich}/report"
    assert f'href="{path}"' in client.get(f"/listings/{site.town.rich}").text
    assert 'value="ended"' in client.get(path).text
    answer = post(client, path, {"about": "ended"})
    assert answer.status_code == 303 and letters(inbox) == [("report", {"listing": site.town.rich, "about": "ended"})]
    assert "お知らせを受け取りました" in client.get(answer.location).text


@pytest.mark.parametrize(("form", "said"), [
    ({}, "ひとつ選んでください"), ({"about": "nothing"}, "ひとつ選んでください"),
    ({"about": "time", "words": "あ" * 501}, "言葉が長すぎます"), ({"about": "time", "contact": "あ" * 101}, "連絡先が長すぎます"),
])
def test_a_report_that_cannot_be_sent_comes_back_with_its_words(app: Flask, inbox, site: Site, form, said) -> None:
    answer = post(app.test_client(), f"/listings/{site.town.rich}/report", {"words": "残る言葉", **form})
    assert answer.status_code == 422 and said in text_of(answer.text) and letters(inbox) == []
    assert answer.headers["Cache-Control"] == "no-store" and 'role="alert"' in answer.text


def test_programs_are_thanked_and_forgotten(app: Flask, inbox, site: Site) -> None:
    form = {"about": "ended", "words": "buy", "homepage": "https://spam.example"}
    assert post(app.test_client(), f"/listings/{site.town.rich}/report", form).status_code == 303
    assert letters(inbox) == []


def test_words_in_need_are_answered_and_never_sent(app: Flask, inbox, site: Site) -> None:
    answer = post(app.test_client(), f"/listings/{site.town.rich}/report", {"about": "other", "words": "もう死にたい"})
    assert answer.status_code == 422 and letters(inbox) == [] and "話を聞いてくれる人が" in text_of(answer.text)
    answer = post(app.test_client(), "/apply/what", {"words": "もう死にたい"})
    assert answer.status_code == 422 and "apply=" not in str(answer.headers) and "話を聞いてくれる人が" in text_of(answer.text)


def test_a_report_about_what_is_not_public_is_not_taken(app: Flask, inbox, site: Site) -> None:
    for listing in (*site.town.hidden, "x", "0" * 36):
        assert post(app.test_client(), f"/listings/{listing}/report", {"about": "ended"}).status_code == 404
    merged = app.test_client().get(f"/listings/{site.town.merged}/report")
    assert merged.status_code == 301 and site.town.rich in merged.location


def test_a_form_of_another_site_is_asked_about_first(app: Flask, inbox, site: Site) -> None:
    token, = links(site, site.town.rich)
    client, far = app.test_client(), {"Sec-Fetch-Site": "cross-site"}
    for path, form in ((f"/listings/{site.town.rich}/report", {"about": "ended"}), ("/apply/check", {}), ("/apply/stop", {}),
                       ("/apply/group", STEPS["group"]), ("/update", {"k": token}),
                       ("/update/change", {"k": token, "words": "x"})):
        answer = client.post(path, data=form, headers=far)
        assert answer.status_code == 403 and answer.headers["Cache-Control"] == "no-store", path
        assert "もう一度 おたずねします" in text_of(answer.text)
    assert letters(inbox) == []


def test_one_line_cannot_flood_the_inbox(app: Flask, inbox, site: Site) -> None:
    client, path = app.test_client(), f"/listings/{site.town.rich}/report"
    statuses = [post(client, path, {"about": "ended"}, environ_overrides={"REMOTE_ADDR": "192.0.2.9"}).status_code
                for _ in range(WRITING.burst + 1)]
    assert statuses == [303] * WRITING.burst + [429]


def fill(client, steps=STEPS) -> str:
    """Answer every screen; the address of the last answer's way on."""
    where = "/apply/group"
    for step, form in steps.items():
        assert where == f"/apply/{step}"
        where = post(client, where, form).location
    return where


def test_five_screens_a_look_at_all_and_a_number(app: Flask, inbox) -> None:
    client = app.test_client()
    assert fill(client) == "/apply/check"
    look = text_of(client.get("/apply/check").text)
    assert all(words in look for words in ("花の会", "話します", "秘密 花子", "この内容で送る"))
    assert letters(inbox) == []
    answer = post(client, "/apply/check", {})
    assert answer.status_code == 303 and answer.location == "/apply/sent"
    (kind, body), = letters(inbox)
    assert kind == "application" and body["contact_name"] == "秘密 花子" and "who" not in body
    thanks = client.get("/apply/sent").text
    number = re.search(r"\d{3}-\d{3}-\d{4}", thanks)[0]
    assert number.replace("-", "") not in json.dumps(body)
    assert client.get_cookie("apply", path="/apply") is None, "the answers leave the machine"


def test_going_back_keeps_what_was_answered_and_changing_leads_back_to_the_look(app: Flask, inbox) -> None:
    client = app.test_client()
    fill(client)
    assert 'value="花のサロン"' in client.get("/apply/group").text
    page = client.get("/apply/group?back=check").text
    assert 'name="back" value="check"' in page
    answer = post(client, "/apply/group", {**STEPS["group"], "name": "草のサロン", "back": "check"})
    assert answer.location == "/apply/check" and "草のサロン" in client.get("/apply/check").text
    answer = post(client, "/apply/stop", {})
    assert answer.location == "/apply" and "書かれた内容がありません" in text_of(client.get("/apply/check").text)


def test_nothing_of_the_answers_stands_in_an_address_a_log_or_a_lasting_cookie(app: Flask, inbox, caplog) -> None:
    client = app.test_client()
    with caplog.at_level(logging.DEBUG):
        answers = [post(client, f"/apply/{step}", form) for step, form in STEPS.items()] + [post(client, "/apply/check", {})]
    assert not any("花" in str(one.location) or "%" in str(one.location) for one in answers)
    assert "花" not in caplog.text and "0829" not in caplog.text
    cookies = [line for one in answers for name, line in one.headers if name == "Set-Cookie"]
    for line in cookies:
        assert "HttpOnly" in line and "SameSite=Lax" in line and "Path=/apply" in line
        assert int(re.search(r"Max-Age=(\d+)", line)[1]) <= 7200
    assert all(one.headers["Cache-Control"] == "no-store" for one in answers)


@pytest.mark.parametrize(("step", "form", "said"), [
    ("group", {}, "「活動の名前」を書いてください"), ("group", {"organization": "あ" * 61, "name": "x"}, "60文字まで"),
    ("contact", {"contact_name": "x", "contact": "ない", "consent": "1"}, "市外局番から"),
    ("contact", {"contact_name": "x", "contact": "a@b.jp"}, "了解がいります"),
])
def test_an_answer_that_cannot_be_taken_says_why(app: Flask, step, form, said) -> None:
    answer = post(app.test_client(), f"/apply/{step}", form)
    page = text_of(answer.text)
    assert answer.status_code == 422 and said in page and "Set-Cookie" not in answer.headers
    assert 'aria-invalid="true"' in answer.text and 'role="alert"' in answer.text


def test_a_look_with_something_missing_sends_nothing(app: Flask, inbox) -> None:
    client = app.test_client()
    fill(client, {"group": STEPS["group"], "what": STEPS["what"]})
    answer = post(client, "/apply/check", {})
    assert answer.status_code == 422 and "まだ書いていません" in text_of(answer.text) and letters(inbox) == []


@pytest.mark.parametrize("cookie", ["x", "W10", "bnVsbA", "A" * 9000, urlsafe_b64encode(b"[" * 2000).decode(),
                                    urlsafe_b64encode(json.dumps([1] * 11).encode()).decode(), "%00", "\xff"])
def test_a_cookie_that_is_not_ours_says_nothing(app: Flask, cookie) -> None:
    client = app.test_client(use_cookies=False)
    answer = client.get("/apply/check", headers={"Cookie": f"apply={cookie}; applied={cookie}"})
    assert answer.status_code == 200 and "書かれた内容がありません" in text_of(answer.text)
    assert client.get("/apply/sent", headers={"Cookie": f"applied={cookie}"}).status_code == 303


def test_the_longest_answers_fit_into_the_cookie(app: Flask) -> None:
    from directory.ways_in.applications import QUESTIONS
    from web.application_cookie import LONGEST, written

    text = written({question.key: "あ" * question.longest for question in QUESTIONS})
    assert text is not None and len(text) <= LONGEST
    assert written({question.key: "👨" * question.longest * 2 for question in QUESTIONS}) is None


def test_the_number_tells_what_became_of_it_at_the_desk_and_through_the_snapshot(site: Site, tmp_path, inbox, app) -> None:
    client = app.test_client()
    fill(client)
    post(client, "/apply/check", {})
    number = re.search(r"\d{3}-\d{3}-\d{4}", client.get("/apply/sent").text)[0]
    assert "まだわかりません" in text_of(client.get("/apply/status", query_string={"number": number}).text)
    engine, target = make_engine(site.settings.directory_database_url), make_engine(f"sqlite:///{tmp_path / 'public.db'}")
    pull(inbox, engine, NOW)
    assert "受け付けました" in client.get("/apply/status", query_string={"number": number.replace("-", "")}).text
    with write_session(engine) as session:
        row = session.scalars(select(Application)).one()
        row.state, row.reply, row.listing_id = "listed", "ようこそ", site.town.rich
        session.commit()
    publish(engine, target, load_vocabulary(ROOT / "data/vocabulary"), now=NOW)
    public = create_app(replace(site.settings, directory_database_url=f"sqlite:///{tmp_path / 'public.db'}"), "public")
    page = public.test_client().get("/apply/status", query_string={"number": number})
    assert "のせました" in page.text and "ようこそ" in page.text and f"/listings/{site.town.rich}" in page.text
    assert "花子" not in (tmp_path / "public.db").read_bytes().decode("utf-8", "replace")
    engine.dispose()
    target.dispose()


@pytest.mark.parametrize("number", ["", "1", "あ", "0000000000", "' OR 1=1", "９" * 10, "x" * 4000])
def test_a_number_nobody_was_given_says_so_kindly(app: Flask, number) -> None:
    page = app.test_client().get("/apply/status", query_string={"number": number})
    assert page.status_code == 200 and PHONE in page.text and "のせました" not in page.text


def test_the_inbox_away_is_told_and_keeps_the_words_on_the_page(site: Site, tmp_path, caplog) -> None:
    (tmp_path / "inbox.db").mkdir()
    app = create_app(replace(site.settings, instance=tmp_path), "public")
    token, = links(site, site.town.rich)
    with caplog.at_level(logging.DEBUG):
        report = post(app.test_client(), f"/listings/{site.town.rich}/report", {"about": "time", "words": "ためしの言葉"})
        same = post(app.test_client(), "/update", {"k": token})
        client = app.test_client()
        fill(client)
        applied = post(client, "/apply/check", {})
    for answer, words in ((report, "ためしの言葉"), (same, "つつじ"), (applied, "花のサロン")):
        assert answer.status_code == 503 and words in answer.text and "いまは届けられませんでした" in text_of(answer.text)
    assert "ためし" not in caplog.text and token not in caplog.text and "花の" not in caplog.text


def test_every_page_leads_to_the_application_and_privacy_names_them_all(app: Flask) -> None:
    client = app.test_client()
    assert 'href="/apply"' in client.get("/").text
    page = text_of(client.get("/privacy").text)
    assert all(words in page for words in ("情報が違います", "掲載希望", "確認のリンク", "わたしに合う場所をさがす", "90日", "365日", "2時間"))
