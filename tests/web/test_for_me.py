"""わたしに合う場所をさがす: does it give places with reasons, keep nothing, tell nothing that is the staff's, and survive anything?"""

import hashlib
import logging
import re
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.db import make_engine
from matcher.ranking.profile import Profile
from matcher.residents import open_places
from tests.factories import add_listing
from tests.web.conftest import TODAY, Site, settings_for
from tests.web.test_for_me_profile import MEANT
from tests.web.test_search_page import PHONE
from tests.web.town import SECRETS
from web import create_app, limits

OURS = {"Sec-Fetch-Site": "same-origin"}
TICKS = {"need": ["company", "exercise"], "people": "few", "town": "前空", "by": "walk", "minutes": "20", "part": "morning",
         "care": ["chairs", "no_alcohol", "drop_in"], "age": "75", "who": "self"}
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def found(app: Flask, form: dict, headers: dict[str, str] | None = None, cookie: str = ""):
    client = app.test_client()
    if cookie:
        client.set_cookie("display", cookie)
    return client.post("/for-me", data=form, headers=OURS if headers is None else headers)


def names(page: str) -> list[str]:
    return [re.sub("<[^>]+>", "", name) for name in re.findall(r"<h3>(.*?)</h3>", page)]


def words(page: str) -> str:
    return re.sub(r"\s+", "", re.sub("<[^>]+>", "", page))


@pytest.fixture(scope="module")
def page(city: Flask) -> str:
    """The places for the ticks above."""
    answer = found(city, TICKS)
    assert answer.status_code == 200
    return answer.text


def test_every_question_is_there_and_says_that_it_needs_no_answer(city: Flask) -> None:
    page = city.test_client().get("/for-me").text
    for title in ("何があるとうれしいですか", "どんな場が楽ですか", "どこから、どうやって行きますか", "いつがよいですか", "気をつけたいことはありますか"):
        assert f"<h2>{title}</h2>" in page
    assert page.count("答えなくても、さがせます。") == 6
    assert 'method="post"' in page and "<textarea" not in page and 'type="text"' not in page and PHONE in page


def test_a_place_comes_with_reasons_what_to_ask_and_the_number(page: str) -> None:
    assert 3 <= len(names(page)) <= 8
    said = words(page)
    for reason in ("合いそうなわけ", "に合う場所です。", "分くらい。", "の午前に開いています。", "いすに座れます。"):
        assert reason in said, reason
    assert "行く前に聞いておくとよいこと" in said and re.search(r"電話0829-00-\d{4}", said)
    assert re.search(r'href="/listings/[0-9a-f-]{36}"', page)


def test_nothing_is_scored_and_no_word_of_the_desk_is_said(page: str) -> None:
    main = words(page[page.index("<main"):])
    for word in ("打診", "確認してから", "あと一歩", "負荷", "本人", "点", "スコア", "ランク", "迎える側", "支援者", "条件しだい", "要確認"):
        assert word not in main, word


def test_a_change_opens_exactly_as_many_places_as_it_says(city: Flask, page: str) -> None:
    offered = re.findall(r'name="change" value="([^"]+)"><span>[^<]*</span>', page) or \
        re.findall(r'name="change" value="([^"]+)"', page)
    counts = [int(count) for count in re.findall(r"あと(\d+)か所", page)]
    assert offered and len(offered) == len(counts)
    before = total(page)
    for change, added in zip(offered, counts, strict=True):
        assert total(found(city, TICKS | {"change": change}).text) >= before + added > before
    assert "change" not in found(city, TICKS | {"change": "minutes=40"}).text.split('id="again"')[1].split("</form>")[0]


def total(page: str) -> int:
    return int(re.search(r"(\d+)か所あります。", page)[1])


def test_body_and_safety_are_never_offered_to_be_given_up(city: Flask) -> None:
    page = found(city, TICKS | {"care": ["wheelchair", "sign_language", "chairs", "no_steps"]}).text
    assert not re.search(r'value="care=-', page)


def test_without_a_wish_there_is_a_friendly_start(city: Flask) -> None:
    page = found(city, {"who": "self"}).text
    assert len(names(page)) == 3 and "まずは、立ちよりやすい場所から" in page and "自分に聞いてみること" in page
    assert "に合う場所です" not in words(page), "nothing is said of wishes nobody told"
    other = found(city, {"who": "other"}).text
    assert "その方に聞いてみること" in other and "<h2>その方は、何があるとうれしいですか</h2>" in other


def test_a_family_finds_places_for_families(city: Flask) -> None:
    page = found(city, {"who": "family", "need": "consultation"}).text
    assert "ご家族が使える場所" in page and len(names(page)) > 2


def test_when_nothing_fits_there_is_a_number_and_a_way_to_tell_the_city(site: Site) -> None:
    page = found(site.app, {"need": "housing_home", "like": "mahjong", "care": "sign_language"}).text
    assert names(page) == [] and "まだ見つかっていません" in page and PHONE in page
    assert 'action="/wish"' in page and ">住まい・片づけ・健康マージャン</textarea>" in page
    assert 'name="tell" value="1">' in page, "never ticked beforehand"


def test_a_look_without_answers_is_the_form_and_answers_in_the_address_are_not_read(city: Flask) -> None:
    client = city.test_client()
    plain = client.get("/for-me")
    assert client.get("/for-me?need=company&town=前空").text == plain.text and " checked" in plain.text
    assert 'value="company" checked' not in plain.text


def test_nothing_of_the_answers_is_kept(city: Flask, caplog: pytest.LogCaptureFixture, monkeypatch) -> None:
    files = sorted(path for path in Path(city.extensions["yoridokoro"].engine.url.database).parent.rglob("*") if path.is_file())
    before = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    with caplog.at_level(logging.DEBUG):
        answer = found(city, TICKS)
        answer.close()
    assert "Set-Cookie" not in answer.headers and "Location" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert '<meta name="robots" content="noindex">' in answer.text
    logged = caplog.text
    assert not [word for word in ("company", "exercise", "前空", "no_alcohol", "morning", "/for-me?") if word in logged]
    for address in re.findall(r'(?:href|action|formaction)="([^"]*)"', answer.text):
        assert not re.search("need|company|%E5%89%8D%E7%A9%BA|前空|morning|no_alcohol|drop_in=|age=", address), address
    assert {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files} == before


def test_what_is_the_staffs_never_appears(site: Site) -> None:
    for need in ("company", "exercise", "belonging", "food"):
        page = found(site.app, {"need": need, "like": ["gymnastics", "tea"], "people": "few", "talk": "little"}).text
        assert not [secret for secret in SECRETS if secret in page]
    assert not set(site.town.hidden) & set(UUID.findall(found(site.app, {"like": ["tea", "gymnastics"]}).text))


def test_what_staff_know_of_a_host_changes_nothing(tmp_path: Path, migrated_file: Path) -> None:
    pages = []
    for number, staff in enumerate(({}, {"loads": {"people": 4, "stimulation": 4, "conversation": 4},
                                         "accommodations": ["silence_ok"], "representative": "秘密の代表"})):
        path = tmp_path / f"{number}.db"
        path.write_bytes(migrated_file.read_bytes())
        engine = make_engine(f"sqlite:///{path}")
        add_listing(engine, service={"name": "しずかな会"}, needs=("company",), welcome="always", **staff)
        if staff:
            add_listing(engine, service={"name": "支援者だけの会"}, needs=("company",), welcome="always", visibility="staff")
        engine.dispose()
        app = create_app(settings_for(f"sqlite:///{path}", tmp_path, TODAY), "public")
        answer = found(app, {"need": "company", "people": "few", "talk": "little", "sound": "quiet"}).text
        pages.append(UUID.sub("", answer))
    assert names(pages[0]) == ["しずかな会"] and "ふだんは何人くらい来られますか。" in pages[0]
    assert pages[0] == pages[1]


def test_the_star_keeps_the_answers_and_changes_only_the_readers_own_list(city: Flask) -> None:
    first = found(city, TICKS)
    listing = UUID.findall(first.text)[0]
    client = city.test_client()
    starred = client.post("/for-me", data=TICKS | {"add": listing}, headers=OURS)
    assert client.get_cookie("my_list").value == listing and "マイリストに入れました。" in starred.text
    assert names(starred.text) == names(first.text) and "マイリストから外す" in starred.text
    client.post("/for-me", data=TICKS | {"remove": listing}, headers=OURS)
    assert client.get_cookie("my_list") is None
    foreign = found(city, TICKS | {"add": listing}, {"Sec-Fetch-Site": "cross-site"})
    assert "Set-Cookie" not in foreign.headers and "入れられませんでした" in foreign.text and names(foreign.text)


def test_a_search_from_another_site_is_no_harm_and_is_answered(city: Flask) -> None:
    assert names(found(city, TICKS, {"Sec-Fetch-Site": "cross-site"}).text)


def test_readings_and_easy_words_are_shown_to_who_wants_them(city: Flask) -> None:
    page = found(city, TICKS, cookie="s1f1e1").text
    assert page.count("<ruby>") > 40 and "&lt;ruby" not in page
    form = city.test_client()
    form.set_cookie("display", "s1f0e1")
    assert "だれかと 話したい とき、友だちが ほしい ときに。" in form.get("/for-me").text


def test_home_an_empty_search_the_foot_and_the_sitemap_lead_here(city: Flask) -> None:
    client = city.test_client()
    assert client.get("/").text.count('href="/for-me"') == 2
    assert client.get("/search?q=吉和 夜 若者 ゲーム").text.count('href="/for-me"') == 2
    assert client.get("/consult").text.count('href="/for-me"') == 1
    assert "/for-me<" in client.get("/sitemap.xml").text


def test_a_line_that_asks_too_much_waits(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits.LIMITS["for_me.find"] == limits.MATCHING
    monkeypatch.setitem(limits.LIMITS, "for_me.find", limits.Allowance(burst=2, a_minute=1))
    client = create_app(site.settings, "public").test_client()
    answers = [client.post("/for-me", data={}, environ_overrides={"REMOTE_ADDR": "192.0.2.9"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert PHONE in answers[-1].text


def test_open_places_are_counted_once_each_however_many_roles_they_have(city: Flask) -> None:
    catalog = city.extensions["yoridokoro"].keeper.current(datetime(2026, 11, 24, 12))
    opened = open_places(catalog, Profile(needs={"role": 1.0}))
    assert opened and opened <= set(catalog.ids)


def test_odd_answers_are_told_and_the_rest_is_used(city: Flask) -> None:
    page = found(city, TICKS | {"age": "九十", "minutes": "10000"}).text
    assert "読み取れない答えがありました。" in page and "九十" not in page and names(page)


NAMES = st.sampled_from([*{sent.partition("=")[0] for sent in MEANT}, "change", "add", "remove", "foo", "", "\0"])
VALUES = st.one_of(st.text(max_size=30), st.sampled_from([
    *(sent.partition("=")[2] for sent in MEANT), "care=-wheelchair", "town=", "minutes=40", "=", "-", "\0", "１", "a" * 9000]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(NAMES, VALUES), max_size=12))
def test_any_form_is_answered(site: Site, pairs: list[tuple[str, str]]) -> None:
    body = urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs])
    answer = site.app.test_client().post(
        "/for-me", data=body, content_type="application/x-www-form-urlencoded", headers=OURS)
    assert answer.status_code == 200 and "<h1>" in answer.text and PHONE in answer.text


@pytest.mark.parametrize("body", [b"\xff=%ff&" * 500, b"need=" + b"company&need=" * 20_000, b"need=%zz", b"&" * 1000])
def test_bytes_that_are_no_form_are_answered(site: Site, body: bytes) -> None:
    answer = site.app.test_client().post("/for-me", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code < 500 and PHONE in answer.text
