"""What do the tests of the curation desk share? Two listings of one service, and everything the directory says as one value."""

from datetime import datetime

from sqlalchemy import Engine, select

from directory.curation.images import TABLES, VOLATILE
from directory.db import read_session
from directory.models import ServiceAtLocation
from directory.writing import writing
from tests.factories import add_listing, make_schedule

NOW = datetime(2026, 11, 24, 9, 0)
SC = "SC 佐伯"


def add_pair(engine: Engine) -> tuple[str, str]:
    """Two listings that share service, organisation and location."""
    first = add_listing(
        engine, service={"name": "みどり体操", "name_kana": "みどりたいそう"}, needs=["company"], roles=[{"name": "麦茶係"}],
        fees=[{"per": "毎回", "yen": 100}], areas=[("地域", "佐伯")], attributes={"chairs": "yes"}, phone="0829-00-0001",
    )
    with writing(engine, by="test", why="second", now=NOW) as write:
        one = write.session.get(ServiceAtLocation, first)
        other = ServiceAtLocation(
            service_id=one.service_id, location_id=one.location_id, status="published", visibility="public",
            last_modified=NOW, schedules=[make_schedule("毎週金曜日 10時～12時", position=0)],
        )
        return first, write.add(other).id


def everything(engine: Engine) -> dict[str, list]:
    """All that the directory says, table by table, without versions and times of writing."""
    said = {}
    with read_session(engine) as session:
        for name, table in TABLES.items():
            columns = [column for column in table.columns if column.name not in VOLATILE]
            said[name] = sorted([str(cell) for cell in row] for row in session.execute(select(*columns)))
    return said


def version(engine: Engine, listing_id: str) -> int:
    with read_session(engine) as session:
        return session.get(ServiceAtLocation, listing_id).version
