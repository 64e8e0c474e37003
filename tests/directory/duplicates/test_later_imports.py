"""Does a later import leave a merge alone? The rows that fed the loser feed the winner; nothing comes back twice."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from directory.db import make_engine, read_session
from directory.duplicates.merging import merge, unmerge
from directory.importers.importing import ImportOptions, import_listings
from directory.importers.report import Report
from directory.models import ServiceAtLocation
from directory.vocabulary import load_vocabulary
from tests.factories import NOW

ROOT = Path(__file__).parents[3]
WELFARE = "サロン名,会場,住所,電話番号\nひだまりサロン,串戸集会所,串戸四丁目5-12,0829-00-3101\n"
CENTRE = "サークル名,活動場所,連絡先,活動日\nサロンひだまり,串戸集会所,{phone},第2・4火曜 10時～\n"


@pytest.fixture
def engine(sqlite_url) -> Engine:
    return make_engine(sqlite_url)


@pytest.fixture(scope="module")
def vocabulary():
    return load_vocabulary(ROOT / "data/vocabulary")


def brought_in(engine: Engine, folder: Path, vocabulary, source: str, text: str, days: int = 0) -> Report:
    path = folder / f"{source}.csv"
    path.write_text(text, encoding="utf-8")
    options = ImportOptions(source=source, municipality="廿日市市", publish=True)
    return import_listings(engine, path, vocabulary, options, NOW + timedelta(days=days))


def test_the_loser_is_not_brought_back_and_news_of_its_list_reach_the_winner(engine, tmp_path, vocabulary):
    brought_in(engine, tmp_path, vocabulary, "社協", WELFARE)
    brought_in(engine, tmp_path, vocabulary, "センター", CENTRE.format(phone="0829-00-3101"))
    with read_session(engine) as session:
        loser, winner = sorted(session.scalars(select(ServiceAtLocation)), key=lambda one: one.service.name == "ひだまりサロン")
    merged = merge(engine, winner.id, loser.id, {}, by="SC", now=NOW)

    again = brought_in(engine, tmp_path, vocabulary, "センター", CENTRE.format(phone="0829-00-3101"), days=1)
    assert (again.insert, again.update, again.noop) == (0, 0, 1)
    news = brought_in(engine, tmp_path, vocabulary, "センター", CENTRE.format(phone="0829-00-9999"), days=2)
    assert (news.insert, news.missing) == (0, 0)
    with read_session(engine) as session:
        assert len(session.scalars(select(ServiceAtLocation)).all()) == 2
        assert session.get(ServiceAtLocation, loser.id).merged_into == winner.id
        assert session.get(ServiceAtLocation, winner.id).phone == "0829-00-9999"

    unmerge(engine, merged, by="SC", now=NOW + timedelta(days=3))
    with read_session(engine) as session:
        assert session.get(ServiceAtLocation, loser.id).merged_into is None
    told = brought_in(engine, tmp_path, vocabulary, "センター", CENTRE.format(phone="0829-00-9999"), days=4)
    with read_session(engine) as session:
        assert (told.update, session.get(ServiceAtLocation, loser.id).phone) == (1, "0829-00-9999")
    gone = brought_in(engine, tmp_path, vocabulary, "社協", WELFARE, days=4)
    assert (gone.insert, gone.noop) == (0, 1)
