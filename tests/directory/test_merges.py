"""Does whoever kept the id of a listing find the one it has become part of?"""

from directory.db import make_engine, read_session, write_session
from directory.merges import gone_into, now_called
from directory.models import ServiceAtLocation
from tests.factories import add_listing


def test_merges_of_merges_are_followed_and_a_circle_leads_nowhere(sqlite_url):
    engine = make_engine(sqlite_url)
    last, other = add_listing(engine), add_listing(engine)
    second = add_listing(engine, merged_into=last, status="closed")
    first = add_listing(engine, merged_into=second, status="closed")
    round_one = add_listing(engine)
    round_two = add_listing(engine, merged_into=round_one)
    with write_session(engine) as session:
        session.get(ServiceAtLocation, round_one).merged_into = round_two
        session.commit()
    with read_session(engine) as session:
        assert gone_into(session, [first, second, last, other, round_one, "nothing"]) == {first: last, second: last}
        assert (now_called(session, first), now_called(session, other), gone_into(session, [])) == (last, other, {})
    engine.dispose()
