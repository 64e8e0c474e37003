"""Is what is registered found by name and よみ, told apart, and taken as it is?"""

import pytest
from sqlalchemy import Engine, select

from directory.curation.fields import LOCATION, ORGANIZATION, SERVICE
from directory.curation.linking import namesakes, registered, search, values_of_linked
from directory.curation.values import values_of
from directory.db import read_session
from directory.models import ServiceAtLocation
from tests.directory.curation.town import add_pair
from tests.factories import add_listing


@pytest.fixture
def town(both: Engine) -> Engine:
    """Two halls of one name, and a group whose services go on at three listings."""
    add_pair(both)
    for town, kana in (("津田", "さくらかいかん"), ("友田", None)):
        add_listing(both, location={"name": "さくら会館", "name_kana": kana, "town": town, "address_rest": "1-2"},
                    organization={"name": "ＮＰＯ法人　みどり", "name_kana": "みどり", "normalised_name": "(特非)みどり", "kind": "NPO"},
                    service={"name": "お茶の会 100%", "name_kana": "おちゃのかい"})
    return both


def names(engine: Engine, record: str, words: str) -> list[tuple[str, str, int]]:
    with read_session(engine) as session:
        return [(one.name, one.about, one.listings) for one in search(session, record, words, 20)]


# What is looked for, and (name, what tells it apart, on how many listings) of what is found.
FINDS = (
    (LOCATION, "さくら", [("さくら会館", "津田1-2", 1), ("さくら会館", "友田1-2", 1)]),
    (LOCATION, "サクラカイカン", [("さくら会館", "津田1-2", 1)]),
    (LOCATION, "会館 友田", [("さくら会館", "友田1-2", 1)]),
    (SERVICE, "みどりたい", [("みどり体操", "みどり町いきいき会", 2)]),
    (SERVICE, "100%", [("お茶の会 100%", "ＮＰＯ法人　みどり", 1)] * 2),
    (SERVICE, "%", [("お茶の会 100%", "ＮＰＯ法人　みどり", 1)] * 2),
    (ORGANIZATION, "NPO法人みどり", [("ＮＰＯ法人　みどり", "NPO", 1)] * 2),
    (ORGANIZATION, "いきいき", [("みどり町いきいき会", "", 2)]),
    (ORGANIZATION, "", []), (ORGANIZATION, "どこにもない会", []),
)


def test_a_name_or_its_reading_finds_it(town: Engine) -> None:
    for record, words, found in FINDS:
        assert sorted(names(town, record, words)) == sorted(found), words


def test_names_that_begin_so_come_first_and_what_was_merged_away_is_not_offered(both: Engine) -> None:
    add_listing(both, service={"name": "むかしのお茶", "name_kana": "むかしのおちゃ"})
    kept = add_listing(both, service={"name": "お茶の会", "name_kana": "おちゃのかい"}, location={"name": None, "town": "吉和"})
    add_listing(both, service={"name": "お茶の会（古い写し）"}, status="closed", merged_into=kept)
    assert [name for name, *_ in names(both, SERVICE, "お茶")] == ["お茶の会", "むかしのお茶"]
    # A place without a name is called by its address.
    assert names(both, LOCATION, "吉和") == [("吉和", "", 1)]


def test_only_the_very_name_is_a_namesake(town: Engine) -> None:
    with read_session(town) as session:
        assert len(namesakes(session, LOCATION, "さくら 会館")) == 2
        assert namesakes(session, LOCATION, "さくら") == []


def test_what_comes_with_it_is_what_the_listing_says(town: Engine) -> None:
    with read_session(town) as session:
        listing = session.scalars(select(ServiceAtLocation)).first()
        said = values_of(session, listing.id)
        for record, record_id in ((SERVICE, listing.service_id), (LOCATION, listing.location_id),
                                  (ORGANIZATION, listing.service.organization_id)):
            brought = values_of_linked(session, record, record_id)
            assert brought and brought == {key: said[key] for key in brought}
        assert "organization.name" in values_of_linked(session, SERVICE, listing.service_id)
        assert registered(session, SERVICE, "nobody") is None
