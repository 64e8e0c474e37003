"""Does every write end in one revision, with history and the listings it changed?"""

from datetime import datetime
from threading import Thread

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from directory.db import read_session
from directory.models import Location, Organization, Revision, Service, ServiceAtLocation
from directory.writing import changed_since, current_revision, writing
from tests.factories import add_listing

NOW = datetime(2026, 11, 24, 9, 0)


def test_an_edit_raises_the_revision_and_leaves_before_and_after(engine):
    listing_id = add_listing(engine, phone="0829-00-0001")
    with read_session(engine) as session:
        before = current_revision(session)
    with writing(engine, by="SC 佐伯", why="電話で確認", now=NOW) as write:
        assert write.edit(write.session.get(ServiceAtLocation, listing_id), phone="0829-00-0002")
    with read_session(engine) as session:
        assert current_revision(session) == before + 1
        assert changed_since(session, before) == {listing_id}
        row = session.scalars(select(Revision).where(Revision.field == "phone")).one()
        assert (row.made_by, row.why, row.before, row.after) == (
            "SC 佐伯", "電話で確認", "0829-00-0001", "0829-00-0002")


def test_writing_the_same_value_again_changes_nothing(engine):
    listing_id = add_listing(engine, phone="0829-00-0001")
    with read_session(engine) as session:
        before = current_revision(session)
    with writing(engine, by="SC", why="再確認", now=NOW) as write:
        assert not write.edit(write.session.get(ServiceAtLocation, listing_id), phone="0829-00-0001")
    with read_session(engine) as session:
        assert current_revision(session) == before


@pytest.mark.parametrize("shared", [Organization, Service, Location])
def test_an_edit_of_a_shared_record_names_all_listings_that_show_it(engine, shared):
    listing_id = add_listing(engine)
    other = add_listing(engine)
    with writing(engine, by="test", why="same place", now=NOW) as write:
        first, second = (write.session.get(ServiceAtLocation, it) for it in (listing_id, other))
        write.edit(second, service_id=first.service_id, location_id=first.location_id)
    with read_session(engine) as session:
        before = current_revision(session)
    with writing(engine, by="test", why="new name", now=NOW) as write:
        listing = write.session.get(ServiceAtLocation, listing_id)
        record = {Organization: listing.service.organization, Service: listing.service,
                  Location: listing.location}[shared]
        write.edit(record, name="新しい名前")
    with read_session(engine) as session:
        assert changed_since(session, before) == {listing_id, other}


def test_an_error_in_the_middle_leaves_the_database_as_it_was(engine):
    listing_id = add_listing(engine, phone="0829-00-0001")
    with read_session(engine) as session:
        before = current_revision(session)
    with pytest.raises(IntegrityError), writing(engine, by="test", why="breaks", now=NOW) as write:
        write.edit(write.session.get(ServiceAtLocation, listing_id), phone="0829-00-0009")
        write.add(Service(organization_id="nobody", name="無い団体の活動", kind="salon"))
    with read_session(engine) as session:
        assert current_revision(session) == before
        assert session.get(ServiceAtLocation, listing_id).phone == "0829-00-0001"


def test_four_writers_at_once_lose_no_update(engine):
    listing_id = add_listing(engine, capacity_count=0)

    def add_ten() -> None:
        for _ in range(10):
            with writing(engine, by="writer", why="count", now=NOW) as write:
                listing = write.session.get(ServiceAtLocation, listing_id, with_for_update=True)
                write.edit(listing, capacity_count=listing.capacity_count + 1)

    threads = [Thread(target=add_ten) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with read_session(engine) as session:
        assert session.get(ServiceAtLocation, listing_id).capacity_count == 40
