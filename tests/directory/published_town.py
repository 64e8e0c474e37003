"""Which directory do the tests of publishing publish? One listing of every kind, and a word in every private field."""

import re
from datetime import date, datetime

from sqlalchemy import JSON, Engine, String, select, update
from sqlalchemy.orm import Session

from directory.db import Base
from directory.models import (
    Boundary, ChangeRequest, ChangeRequestField, ColumnMap, InboxItem, Location, Organization, Role, Schedule, Service,
    ServiceAtLocation, Source, SourceRecord, Town, ViewerMark, ViewerMonth,
)
from tests.factories import add_listing, make_schedule

NOW = datetime(2026, 11, 24, 9, 0)


def build_town(engine: Engine) -> dict[str, str]:
    """One listing of every kind that publishing must treat differently; ids by name."""
    rich = add_listing(
        engine,
        organization={"name": "つじの会", "name_kana": "つじのかい", "kind": "任意団体"},
        service={"name": "つじの花 体操", "name_kana": "つじのはな たいそう", "summary": "いすに座って体操", "minimum_age": 64.5,
                 "age_state": "stated", "fees_state": "stated", "languages": ["en"], "steps": ["電話する", "見に行く"]},
        attributes={"chairs": "yes", "steps": "no", "quiet": "unknown"}, needs=("exercise", "company"),
        fees=[{"per": "毎回", "yen": 100, "note": "お茶代", "first_free": True}], areas=[("地域", "佐伯"), ("小学校区", "津田")],
        roles=[{"name": "麦茶係", "what": "お茶をいれる", "wanted": 1, "loads": {"talk": 3}}], keywords=["ころばん体操"],
        phrases=("毎週水曜日 10時～12時", "第2・4火曜 13:30～15:30"), contact_public=True, phone="0829-00-0001",
        usual={"people": "12人"}, first_day={"entrance": "横のとびら"}, assured_date=date(2026, 11, 1), assured_by="SC",
        pickup="service", capacity_state="places", capacity_count=2, capacity_date=date(2026, 11, 1), welcome="always",
    )
    relayed = add_listing(engine, service={"name": "取り次ぎの会"}, phone="0829-00-0002", pickup="ask", areas=[("地域", "大野")])
    masked = add_listing(engine, service={"name": "こかげ"}, location={"masked": True}, areas=[("地域", "佐伯")])
    narrow = add_listing(engine, service={"name": "かくした会"}, staff_fields=["description", "roles", "town", "fees"],
                         roles=[{"name": "かくした役"}], fees=[{"per": "月", "yen": 1}])
    visiting = add_listing(engine, service={"name": "うかがう会"}, placeless=True, service_area="佐伯地域", phrases=())
    closed = add_listing(engine, service={"name": "おわった会", "summary": "むかしの体操"}, status="closed", areas=[("地域", "佐伯")])
    merged = add_listing(engine, service={"name": "まとめた会"}, status="closed", merged_into=rich)
    twice = add_listing(engine, service={"name": "二度まとめた会"}, status="closed", merged_into=merged)
    hidden = {state: add_listing(engine, service={"name": f"ひみつ {state}"}, **values) for state, values in {
        "draft": {"status": "draft"}, "review": {"status": "review"}, "paused": {"status": "paused"},
        "staff": {"visibility": "staff"}, "none": {"visibility": "none"},
        "closed": {"status": "closed", "visibility": "staff"},
    }.items()}
    lost = add_listing(engine, service={"name": "ひみつへまとめた会"}, status="closed", merged_into=hidden["draft"])
    _add_surroundings(engine, rich)
    return {
        "rich": rich, "relayed": relayed, "masked": masked, "narrow": narrow, "visiting": visiting, "closed": closed,
        "merged": merged, "twice": twice, "lost": lost, **{f"hidden {state}": it for state, it in hidden.items()},
    }


def _add_surroundings(engine: Engine, rich: str) -> None:
    """Two halls the rich listing goes round, one of them somebody's home; a town, an outline, a source."""
    with Session(engine) as session:
        hall, home = Location(name="津田集会所", masked=False), Location(name="だれかの家", masked=True)
        town = Town(prefecture="広島県", municipality="廿日市市", name="津田", latitude=34.37, longitude=132.18)
        outline = Boundary(municipality="廿日市市", geometry={"type": "Polygon"}, attribution="国土地理院")
        source = Source(name="社協 サロン一覧", licence="CC BY 4.0")
        session.add_all([hall, home, town, outline, source])
        session.flush()
        session.add_all([make_schedule("毎月第1金曜 14時", listing_id=rich, position=position, location_id=place.id)
                         for position, place in ((2, hall), (3, home))])
        session.execute(update(ServiceAtLocation).where(ServiceAtLocation.id == rich).values(source_id=source.id))
        session.commit()


# Every text of the directory's tables is private unless it stands here.
PUBLIC_TEXTS = {table: set(columns.split()) for table, columns in {
    "town": "prefecture municipality municipality_code name name_kana zone",
    "boundary": "municipality geometry attribution",
    "source": "name licence",
    "organization": "name name_kana kind",
    "service": "name name_kana kind summary description easy_description languages application steps age_state "
               "age_text gender_state gender_only residency_state residency_text exclusion audience_text fees_state",
    "service_need": "need",
    "cost_option": "per for_whom note",
    "location": "name name_kana prefecture municipality town address_rest building precision zone travel_notes",
    "area": "kind name name_kana",
    "service_at_location": "service_area name name_kana status visibility welcome usual first_day steps pickup "
                           "capacity_state phone phone_hours email web assured_by assured_how keywords staff_fields "
                           "merged_into",
    "attribute": "term value",
    "role": "name what times",
    "schedule": "phrase state plan note",
    "closure": "reason",
}.items()}
LATITUDE = 34.123456789


def _private_texts():
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            owned = column.primary_key or column.foreign_keys or column.name in PUBLIC_TEXTS.get(table.name, ())
            if isinstance(column.type, (String, JSON)) and not owned:
                yield table, column


def _canary(table, column):
    word = f"cnry{abs(hash((table.name, column.name))) % 10**6}"[:getattr(column.type, "length", None) or 30]
    return {"k": word} if isinstance(column.type, JSON) else word


def plant(engine: Engine, town: dict[str, str]) -> set[str]:
    """Fill every private text of every table with a word of its own, whole private rows too; returns the words."""
    with Session(engine) as session:
        source = session.scalars(select(Source)).one()
        change = ChangeRequest(listing_id=town["rich"], reason="report", state="open", created=NOW)
        session.add_all([
            ColumnMap(source_id=source.id, columns={}), change,
            InboxItem(kind="wish", state="new", made_at=NOW, pulled_at=NOW, body={}),
            SourceRecord(source_id=source.id, key="k", listing_id=town["rich"], values={}, row_hash="", last_seen=NOW),
            ViewerMark(month="2026-11", mark="cnrymark0000000"),
            ViewerMonth(month="2026-11", viewers=7, since=date(2026, 11, 20), closed=False),
        ])
        session.flush()
        session.add(ChangeRequestField(change_request_id=change.id, field="cnryfield"))
        words = {"cnryfield", "cnrymark0000000"}
        for table, column in _private_texts():
            canary = _canary(table, column)
            if session.execute(update(table).values({column: canary})).rowcount:
                words.add(canary["k"] if isinstance(canary, dict) else canary)
        words |= _plant_in_public_fields(session, town)
        session.commit()
    return words


def _plant_in_public_fields(session, town):
    """Fields that are public by kind, but not here: of masked places, of relayed contacts, of listings out of sight."""
    hidden = [it for name, it in town.items() if name.startswith("hidden") or name == "lost"]
    services = [_service(session, listing_id) for listing_id in hidden]
    organizations = select(Service.organization_id).where(Service.id.in_(services)).scalar_subquery()
    planted = (
        (Location, Location.masked, {
            "name": "cnryplace", "town": "cnrytown", "address_rest": "cnryaddress", "building": "cnrybuilding",
            "travel_notes": "cnrytravel", "latitude": LATITUDE, "longitude": LATITUDE}),
        (ServiceAtLocation, ~ServiceAtLocation.contact_public, {
            "phone": "cnryphone", "phone_hours": "cnryhours", "email": "cnrymail"}),
        (ServiceAtLocation, ServiceAtLocation.id.in_(hidden), {
            "web": "cnryweb", "assured_by": "cnryassured", "keywords": ["cnrykeyword"], "usual": {"a": "cnryusual"}}),
        (ServiceAtLocation, ServiceAtLocation.id == town["closed"], {"web": "cnryclosed"}),
        (Service, Service.id == _service(session, town["narrow"]), {"description": "cnrydescription"}),
        (Service, Service.id.in_(services), {"name": "cnryservice", "summary": "cnrysummary"}),
        (Organization, Organization.id.in_(organizations), {"name": "cnryorganisation"}),
        (Schedule, Schedule.listing_id.in_(hidden), {"phrase": "cnryphrase", "note": "cnrynote"}),
        (Role, Role.listing_id == town["narrow"], {"name": "cnryrole"}),
    )
    for model, condition, values in planted:
        assert session.execute(update(model).where(condition).values(values)).rowcount
    return set(re.findall(r"cnry\w+", repr([values for _, _, values in planted])))


def _service(session, listing_id):
    return session.scalar(select(ServiceAtLocation.service_id).where(ServiceAtLocation.id == listing_id))
