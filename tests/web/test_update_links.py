"""Is a group's own link good once, for one listing, until its day, and told kindly when it is not?"""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

from flask import Flask

from directory.db import make_engine, write_session
from directory.models import UpdateLink
from directory.publishing import publish
from directory.vocabulary import load_vocabulary
from directory.ways_in.proofs import mark_of, new_token
from tests.web.conftest import ROOT, Site
from tests.web.test_search_page import PHONE, text_of
from tests.web.ways_in import NOW, letters, links, post
from web import create_app


def test_looking_through_a_link_changes_nothing_and_one_press_says_unchanged(app: Flask, inbox, site: Site) -> None:
    token, = links(site, site.town.rich)
    client = app.test_client()
    page = client.get("/update", query_string={"k": token})
    assert page.status_code == 200 and "つつじ集会所" in page.text and "秘密の代表" not in page.text
    assert client.get("/update/change", query_string={"k": token}).status_code == 200 and letters(inbox) == []
    assert page.headers["Cache-Control"] == "no-store" and page.headers["Referrer-Policy"] == "no-referrer"
    assert 'rel="canonical"' not in page.text
    answer = post(client, "/update", {"k": token})
    assert answer.status_code == 303 and token not in answer.location
    assert letters(inbox) == [("update", {"token": token, "answer": "same"})]
    assert "受け取りました" in client.get(answer.location).text
    assert post(client, "/update", {"k": token}).status_code == 303 and len(letters(inbox)) == 1


def test_what_changed_is_sent_and_only_that(app: Flask, inbox, site: Site) -> None:
    token, = links(site, site.town.rich)
    client = app.test_client()
    page = client.get("/update/change", query_string={"k": token}).text
    typed = unescape(re.search(r'id="schedules".*?>(.*?)</textarea>', page, re.S)[1])
    form = {"k": token, "schedules": typed, "listing.phone": "0829-00-9999", "listing.welcome": "always", "words": ""}
    post(client, "/update/change", form)
    assert letters(inbox) == [("update", {"token": token, "answer": "changed", "changes": {"listing.phone": "0829-00-9999"}})]
    empty = post(client, "/update/change", {"k": token, "schedules": typed})
    assert empty.status_code == 422 and "変わったところがありません" in text_of(empty.text)
    long = post(client, "/update/change", {"k": token, "words": "あ" * 501})
    assert long.status_code == 422 and "長すぎます" in text_of(long.text)


def test_a_link_that_is_used_old_unknown_or_of_a_hidden_place_is_told_kindly(app: Flask, inbox, site: Site) -> None:
    used, hidden, gone = links(site, site.town.rich, site.town.hidden[0], site.town.closed)
    old, = links(site, site.town.rich, now=NOW - timedelta(days=61))
    engine = make_engine(site.settings.directory_database_url)
    with write_session(engine) as session:
        session.get(UpdateLink, mark_of(used)).used_at = NOW
        session.commit()
    engine.dispose()
    client = app.test_client()
    for token, status, said in ((used, 410, "もう受け取っています"), (old, 410, "期限が過ぎました"), (hidden, 410, "公開していません"),
                                (gone, 410, "公開していません"), (new_token(), 404, "開けませんでした"), ("", 404, "開けませんでした"),
                                ("../etc", 404, "開けませんでした"), ("あ" * 22, 404, "開けませんでした")):
        for answer in (client.get("/update", query_string={"k": token}), post(client, "/update", {"k": token}),
                       client.get("/update/change", query_string={"k": token}), post(client, "/update/change", {"k": token})):
            assert answer.status_code == status and said in text_of(answer.text) and PHONE in answer.text, token
            assert "支援者だけの会" not in answer.text
    assert letters(inbox) == []


def test_the_public_site_serves_a_link_from_its_snapshot(site: Site, tmp_path) -> None:
    good, hidden = links(site, site.town.rich, site.town.hidden[0])
    engine, target = make_engine(site.settings.directory_database_url), make_engine(f"sqlite:///{tmp_path / 'public.db'}")
    publish(engine, target, load_vocabulary(ROOT / "data/vocabulary"), now=NOW)
    settings = replace(site.settings, directory_database_url=f"sqlite:///{tmp_path / 'public.db'}", instance=tmp_path)
    client = create_app(settings, "public").test_client()
    assert client.get("/update", query_string={"k": good}).status_code == 200
    assert client.get("/update", query_string={"k": hidden}).status_code == 404
    assert post(client, "/update", {"k": good}).status_code == 303
    everything = (tmp_path / "public.db").read_bytes()
    assert good.encode() not in everything and hidden.encode() not in everything
    engine.dispose()
    target.dispose()
