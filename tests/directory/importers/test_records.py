"""Is what a fixture's row says told truly? A few rows of each format, looked at closely."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.importers.upsert.columns import current_values
from directory.models import ServiceAtLocation
from tests.directory.importers.conftest import FIXTURES
from tests.directory.importers.files import write_csv

TRUE = {
    "public_facility_v1.csv": ("見本東市民センター", {
        "service.name_kana": "みほんひがししみんせんたー", "service.kind": "public_facility", "location.town": "津田",
        "location.address_rest": "１９８９番地", "listing.phone": "0829-00-2101", "listing.contact_public": True,
        "listing.web": "http://www.example.jp/higashi", "organization.name": "廿日市市地域振興課", "organization.kind": "市",
        "schedules": ["月・火・水・木・金 8時30分～17時15分（祝日及び12月29日～1月3日は休館）"],
    }),
    "preschool_v1.csv": ("見本つくし保育園", {
        "service.minimum_age": "0.00", "service.maximum_age": None, "organization.corporate_number": "5080001018392",
        "schedules": ["月・火・水・木・金・土 7時30分～18時30分"],
    }),
    "event_v1.csv": ("見本手しごと展", {
        "service.kind": "course_event", "location.name": "見本西図書館", "service.fees_state": "stated",
        "service.fees": [["毎回", 300, "一般", None], ["毎回", 0, "高校生以下", None]],
        "schedules": ["2026年12月1日～2026年12月6日 10時～16時"],
    }),
    "kodomo_shokudo.csv": ("見本おむすび食堂", {
        "service.needs": ["food", "childrens_place"], "listing.phone": None, "listing.mobile": "090-0000-2113",
        "listing.contact_public": False, "schedules": ["毎月 第2金曜日 17時～19時"], "areas": [["小学校区", "地御前小学校区"]],
    }),
    "mhlw_care.csv": ("見本リハビリ訪問", {
        "service.kind": "care_provider", "location.address_rest": "５－６", "location.building": "見本ビル２階",
        "location.latitude": 34.358406, "location.precision": "building", "listing.web": "http://www.example.jp",
        "schedules": ["平日・土曜日（年末年始を除く\nお盆は要問合せ）"],
    }),
    "free_form.csv": ("もみじサロン", {
        "service.kind": "salon", "service.fees_state": "none", "location.masked": True, "listing.contact_public": False,
        "listing.representative": "見本 太郎", "schedules": ["毎週水曜 10時～"], "areas": [["字/区", "津田"]],
    }),
    "hsds.json": ("見本いきいき百歳体操", {
        "service.kind": "hyakusai_taiso", "service.minimum_age": "60.00", "service.application": "none",
        "organization.name": "見本体操の会", "location.travel_notes": "見本バス停から3分", "schedules": ["毎週水 10:00～11:30"],
    }),
    "geojson.geojson": ("見本あおぞら保育園", {
        "service.minimum_age": "1.83", "service.age_text": "1歳10か月～就学前", "location.town": "串戸4丁目",
        "location.latitude": 34.3444, "listing.keywords": ["あおぞら"], "schedules": ["7時～19時"],
    }),
    "labelled_json.json": ("見本 いこいの家", {
        "location.town": "浅原字見本", "listing.phone": "00-2119", "listing.other_facts": {
            "事業開始": "2007年12月15日（元の表記 39431）", "延べ床面積": "1,234㎡", "延べ床面積（capacity）": "15",
            "区分（見出し）": "老人福祉センター"},
    }),
}


def listing_named(session: Session, name: str) -> ServiceAtLocation:
    return next(
        listing for listing in session.scalars(select(ServiceAtLocation).order_by(ServiceAtLocation.source_key.desc()))
        if listing.service.name == name
    )


@pytest.mark.parametrize("file_name", TRUE)
def test_a_row_becomes_what_it_says(file_name, run, engine):
    name, expected = TRUE[file_name]
    run(FIXTURES / file_name)
    with Session(engine) as session:
        values = current_values(_one_of(session, name, expected))
    assert {field: values[field] for field in expected} == expected


def _one_of(session: Session, name: str, expected: dict) -> ServiceAtLocation:
    """The row of that name that has a schedule (an office has a row a service)."""
    found = [
        listing for listing in session.scalars(select(ServiceAtLocation)) if listing.service.name == name
    ]
    return next((listing for listing in found if listing.schedules), found[0])


def test_imported_rows_wait_for_review_and_publishing_is_explicit(run, engine):
    run(FIXTURES / "free_form.csv")
    with Session(engine) as session:
        assert {listing.status for listing in session.scalars(select(ServiceAtLocation))} == {"review"}
    report = run(FIXTURES / "free_form.csv", publish=True)
    assert (report.update, report.noop) == (3, 0)
    with Session(engine) as session:
        assert {listing.status for listing in session.scalars(select(ServiceAtLocation))} == {"published"}


def test_two_rows_of_one_corporation_share_it_and_an_unnamed_one_shares_nothing(run, engine):
    run(FIXTURES / "care_service_v1.csv")
    run(FIXTURES / "mhlw_care.csv")
    with Session(engine) as session:
        organizations = {listing.service.organization_id for listing in session.scalars(select(ServiceAtLocation))}
        assert len(organizations) == 1


def test_the_same_name_without_an_organisation_stays_two(run, engine, tmp_path):
    rows = [["サロン名", "住所"], ["さくら会", "津田1"], ["さくら会", "玖島2"]]
    run(write_csv(tmp_path / "サロン一覧.csv", rows))
    with Session(engine) as session:
        found = list(session.scalars(select(ServiceAtLocation)))
        assert len({listing.service.organization_id for listing in found}) == 2
        assert len({listing.location_id for listing in found}) == 2


def test_a_text_longer_than_its_column_is_kept_whole_in_the_facts(run, engine, tmp_path):
    long = "あ" * 450
    run(write_csv(tmp_path / "サロン一覧.csv", [["サロン名", "住所"], [long, "津田1"]]))
    with Session(engine) as session:
        listing = session.scalar(select(ServiceAtLocation))
        assert len(listing.service.name) == 400
        assert listing.other_facts["name（全文）"] == long
