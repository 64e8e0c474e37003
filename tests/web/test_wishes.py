"""Does a wish reach the city only when the resident says so, and nothing by which anybody could be known?"""

import json
import logging

import pytest
from flask import Flask
from sqlalchemy import select

from directory.db import make_engine, read_session
from directory.inbox import Inbox
from directory.inbox.box import LETTERS
from directory.inbox.wishes import LONGEST, problem_of, tidy
from tests.web.conftest import Site
from tests.web.test_search_page import PHONE, text_of
from web import create_app, limits
from web.limits import WRITING, Allowance

OURS = {"Sec-Fetch-Site": "same-origin"}
WISH = {"words": "夜に 若い人が ゲームをする所", "area": "大野", "tell": "1"}


@pytest.fixture
def app(site: Site, tmp_path) -> Flask:
    from dataclasses import replace

    return create_app(replace(site.settings, instance=tmp_path), "public")


@pytest.fixture
def letters(app: Flask, tmp_path):
    """What lies in the inbox now."""
    Inbox.open(f"sqlite:///{tmp_path / 'inbox.db'}").close()

    def read() -> list[tuple[str, dict]]:
        with read_session(make_engine(f"sqlite:///{tmp_path / 'inbox.db'}")) as session:
            return [(row.kind, row.body) for row in session.execute(select(LETTERS))]

    return read


def sent(app: Flask, form: dict[str, str], headers: dict[str, str] | None = None, line: str = "127.0.0.1"):
    return app.test_client().post(
        "/wish", data=form, headers=OURS if headers is None else headers, environ_overrides={"REMOTE_ADDR": line})


def test_a_search_that_finds_nothing_offers_to_tell_the_city(app: Flask) -> None:
    page = app.test_client().get("/search?q=大野 夜 若者 ゲーム").text
    assert "こんな場所がほしい" in page and "この言葉を市に伝える（名前は書かないでください）" in page
    assert '>大野 夜 若者 ゲーム</textarea>' in page and '<option value="大野" selected>' in page
    assert 'name="tell" value="1">' in page, "never ticked beforehand"
    assert 'action="/wish"' not in app.test_client().get("/search?q=体操").text


def test_conditions_without_words_are_offered_as_words(app: Flask) -> None:
    page = app.test_client().get("/search?area=吉和&day=sun&kind=dementia_cafe").text
    assert "吉和 日曜 認知症カフェ</textarea>" in page.replace("地域", "")


def test_a_wish_arrives_with_its_words_and_area_and_nothing_else(app: Flask, letters) -> None:
    answer = sent(app, WISH | {"name": "秘密の名前"})
    assert answer.status_code == 303 and answer.location == "/wish?sent=1"
    assert letters() == [("wish", {"words": WISH["words"], "area": "大野"})]
    thanks = app.test_client().get(answer.location).text
    assert "市に伝えました" in thanks and PHONE in thanks and WISH["words"] not in thanks


def test_nothing_is_sent_without_the_tick(app: Flask, letters) -> None:
    answer = sent(app, {"words": "麻雀", "area": ""})
    assert answer.status_code == 422 and letters() == []
    assert "「この言葉を市に伝える」に印をつけてください" in answer.text and ">麻雀</textarea>" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert PHONE in answer.text


@pytest.mark.parametrize(("words", "said"), [
    ("", "みじかい言葉で書いてください"), ("  \u3000 ", "みじかい言葉で書いてください"), ("\0\ud800".replace("\ud800", ""), "みじかい言葉で書いてください"),
    ("あ" * (LONGEST + 1), "言葉が長すぎます"), ("電話ください 090-1234-5678", "電話番号、メールアドレス、番地は書かないでください"),
])
def test_words_that_cannot_be_sent_come_back_with_the_reason(app: Flask, letters, words: str, said: str) -> None:
    answer = sent(app, {"words": words, "tell": "1"})
    assert answer.status_code == 422 and said in text_of(answer.text) and letters() == []
    assert 'role="alert"' in answer.text and 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize("words", [
    "０９０ー１２３４ー５６７８へ", "0829-00-0100", "+81 90 1234 5678", "taro@example.jp まで", "津田１２３番地の家", "本町1丁目2番3号", "(0829) 00-0100",
])
def test_what_reaches_a_person_is_refused(words: str) -> None:
    assert problem_of(tidy(words)) == "personal"


@pytest.mark.parametrize("words", [
    "水曜 10:00～11:30 の体操", "2026-12-01から 毎週", "80歳 90歳 100歳が集まる会", "本町二丁目あたりで麻雀", "500円で12人くらい 10時から15時", "あ" * LONGEST,
])
def test_ordinary_words_with_numbers_are_sent(words: str) -> None:
    assert problem_of(tidy(words)) is None


def test_words_in_need_are_answered_with_help_and_never_kept(app: Flask, letters) -> None:
    answer = sent(app, {"words": "もう死にたい", "tell": "1"})
    assert answer.status_code == 422 and letters() == []
    page = text_of(answer.text)
    assert "話を聞いてくれる人が います" in page and "どこにも送っていません" in page
    assert "もう死にたい" not in page and answer.headers["Cache-Control"] == "no-store"


def test_an_area_that_does_not_exist_counts_as_none(app: Flask, letters) -> None:
    assert sent(app, WISH | {"area": "ドコニモナイ"}).status_code == 303
    assert letters() == [("wish", {"words": WISH["words"]})]


def test_a_form_of_another_site_is_asked_about_first(app: Flask, letters) -> None:
    asked = sent(app, WISH, {"Sec-Fetch-Site": "cross-site"})
    assert asked.status_code == 403 and letters() == []
    assert 'name="tell" value="1"' in asked.text and asked.headers["Cache-Control"] == "no-store"


def test_an_old_browser_is_asked_once_more_and_then_believed(app: Flask, letters) -> None:
    client = app.test_client()
    assert client.post("/wish", data=WISH).status_code == 403
    assert client.post("/wish", data=WISH).status_code == 303
    assert len(letters()) == 1


def test_one_line_cannot_flood_the_inbox(app: Flask, letters) -> None:
    statuses = [sent(app, WISH, line="192.0.2.7").status_code for _ in range(WRITING.burst + 2)]
    assert statuses == [303] * WRITING.burst + [429] * 2
    assert len(letters()) == WRITING.burst
    assert sent(app, WISH, line="192.0.2.8").status_code == 303


def test_all_lines_together_cannot_flood_it_either(site: Site, tmp_path, monkeypatch, letters) -> None:
    from dataclasses import replace

    monkeypatch.setitem(limits.TOGETHER, "wishes.send", Allowance(burst=3, a_minute=1))
    app = create_app(replace(site.settings, instance=tmp_path), "public")
    assert [sent(app, WISH, line=f"192.0.2.{n}").status_code for n in range(5)] == [303] * 3 + [429] * 2
    assert sent(app, WISH).status_code == 429, "a proxy that tells nobody apart is limited as well"
    assert len(letters()) == 3


def test_an_inbox_that_cannot_be_opened_says_so_and_keeps_the_words_on_the_page(site: Site, tmp_path, caplog) -> None:
    from dataclasses import replace

    (tmp_path / "inbox.db").mkdir()
    app = create_app(replace(site.settings, instance=tmp_path), "public")
    with caplog.at_level(logging.DEBUG):
        answer = sent(app, WISH)
    assert answer.status_code == 503 and "いまは届けられませんでした" in answer.text and WISH["words"] in answer.text
    assert WISH["words"] not in caplog.text


def test_the_words_stay_out_of_the_log_and_of_the_address(app: Flask, caplog) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = sent(app, WISH)
    assert "ゲーム" not in caplog.text and "ゲーム" not in json.dumps(dict(answer.headers))
