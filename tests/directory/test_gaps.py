"""What is there and what is asked for, by 地域 × need × weekday × band? And how many people live there?"""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from directory.catalog import Catalog, CatalogKeeper
from directory.curation.values import values_of
from directory.db import make_engine, read_session
from directory.errors import InvalidRecord
from directory.gaps import (
    Gap, checked, demand_of, draft_listing, draft_role, linked_to, listings_at, middles, people_by_area, supply_of,
    unplaced_people, wishes_of,
)
from directory.importers.population import import_population
from directory.inbox.questions import ENQUIRY, answer, ask
from directory.models import DemandCount, InboxItem
from directory.vocabulary import load_vocabulary
from tests.conftest import ROOT
from tests.factories import NOW, add_listing

TODAY = NOW.date()
AREAS = ("廿日市", "佐伯", "吉和", "大野", "宮島")
POPULATION = ROOT / "tests/fixtures/population.csv"
MONDAY, WEDNESDAY, MORNING, NIGHT = 0, 2, 0, 3


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Engine]:
    """佐伯: company on Wednesday mornings, twice, one not recruiting, and one without dates; 大野: a care provider."""
    path = shutil.copy(migrated_file, tmp_path_factory.mktemp("gaps") / "directory.db")
    engine = make_engine(f"sqlite:///{path}")
    saeki = [("地域", "佐伯")]
    add_listing(engine, needs=("company", "exercise"), areas=saeki, location={"town": "津田"})
    add_listing(engine, needs=("company",), areas=saeki, welcome="closed_now", visibility="staff", location={"town": "友和"})
    add_listing(engine, needs=("company",), areas=saeki, phrases=(), placeless=True, service_area="佐伯")
    add_listing(engine, service={"kind": "care_provider"}, needs=("company",), areas=[("地域", "大野")])
    add_listing(engine, needs=("company",), areas=saeki, status="draft")
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def catalog(engine: Engine) -> Catalog:
    return CatalogKeeper(engine, load_vocabulary(ROOT / "data/vocabulary"), "desk").current(NOW)


def test_supply_counts_places_by_area_need_weekday_and_band(catalog: Catalog) -> None:
    supply = supply_of(catalog)
    saeki, company = supply.areas.index("佐伯"), supply.needs.index("company")
    assert (supply.places[saeki, company], supply.welcoming[saeki, company], supply.undated[saeki, company]) == (3, 2, 1)
    assert supply.here_only[saeki, company] == 3
    assert supply.count(WEDNESDAY, MORNING)[saeki, company] == 2
    assert supply.count(WEDNESDAY)[saeki, company] == supply.count(None, MORNING)[saeki, company] == 2
    assert supply.count(MONDAY)[saeki, company] == supply.count(None, NIGHT)[saeki, company] == 0
    assert supply.count()[supply.areas.index("大野")].sum() == 0
    assert supply.places[saeki, supply.needs.index("exercise")] == 1


def test_the_places_of_a_cell_can_be_named_and_each_area_has_a_middle(catalog: Catalog) -> None:
    assert len(listings_at(catalog, "佐伯", "company")) == 3 and listings_at(catalog, "吉和") == []
    assert middles(catalog)["佐伯"] == pytest.approx((34.35, 132.33), abs=1e-4)


def test_demand_is_told_from_five_up_and_only_of_the_last_twelve_months(engine: Engine, catalog: Catalog) -> None:
    rows = [(date(2026, 11, 1), "佐伯", "company", 9, 5), (date(2025, 12, 1), "佐伯", "company", 1, 0),
            (date(2025, 11, 30), "佐伯", "company", 100, 100), (TODAY, "吉和", "food", 4, 4)]
    with engine.begin() as connection:
        connection.execute(insert(DemandCount), [
            {"day": day, "area": area, "parameter": "need", "term": term, "searches": searches, "empty": empty}
            for day, area, term, searches, empty in rows])
    with read_session(engine) as session:
        demand = demand_of(session, catalog, TODAY)
    assert demand.told(demand.searches["need"], "佐伯", "company") == 10
    assert demand.told(demand.empty["need"], "佐伯", "company") == 5
    assert demand.told(demand.searches["need"], "吉和", "food") is None
    assert demand.told(demand.searches["need"], "宮島", "food") == 0


def test_wishes_and_unanswered_enquiries_are_read_as_needs(engine: Engine, catalog: Catalog) -> None:
    with engine.begin() as connection:
        connection.execute(insert(InboxItem), [{
            "id": "wish-1", "kind": "wish", "state": "done", "made_at": datetime(2026, 11, 3), "pulled_at": NOW,
            "body": {"words": "夜にひとりぼっちでいられる所", "area": "宮島"}}])
    asked = {"needs": ["role"], "area": "吉和", "weekdays": [2]}
    nothing, found = (ask(engine, ENQUIRY, asked | {"from": hour * 60}, NOW) for hour in (9, 18))
    answer(engine, nothing, [])
    answer(engine, found, listings_at(catalog, "佐伯")[:1])
    with read_session(engine) as session:
        demand = demand_of(session, catalog, TODAY)
        wishes = wishes_of(session, catalog, TODAY, "宮島")
    assert [wish.words for wish in wishes] == ["夜にひとりぼっちでいられる所"]
    assert ("need", "company") in wishes[0].terms and demand.wishes["宮島", "company"] == 1
    assert demand.enquiries == {("吉和", "role"): 1}
    # weekday, band → the wish for the night, the enquiry about Wednesdays from nine
    for weekday, band, wished, enquired in (
        (WEDNESDAY, MORNING, 0, 1), (WEDNESDAY, NIGHT, 1, 1), (MONDAY, None, 1, 0), (None, MORNING, 0, 1)):
        with read_session(engine) as session:
            demand = demand_of(session, catalog, TODAY, weekday, band)
        assert (demand.wishes["宮島", "company"], demand.enquiries["吉和", "role"]) == (wished, enquired)
        assert demand.searches["need"]["佐伯", "company"] == 10


def test_the_standard_file_gives_the_people_of_each_area_and_twice_the_same_changes_nothing(engine: Engine) -> None:
    first, second = (import_population(engine, POPULATION, NOW, municipality="廿日市市", areas=AREAS) for _time in range(2))
    assert (first.rows, first.insert, first.reject, first.accounted) == (7, 6, 1, True)
    assert (second.insert, second.update, second.noop) == (0, 0, 6)
    assert "72人" in first.notes[0] and first.rejects[0].row == 8
    with read_session(engine) as session:
        people, left = people_by_area(session, AREAS), unplaced_people(session)
    # The row 廿日市地域 is the whole; 佐伯 is the sum of its towns of the newest survey.
    assert {area: (one.total, one.old, one.young) for area, one in people.items()} == {
        "廿日市": (3600, 1000, 600), "佐伯": (540, 150, 90)}
    assert left == 72


def test_a_listing_or_a_role_begun_for_a_gap_stays_linked_to_it(engine: Engine, catalog: Catalog) -> None:
    words = catalog.vocabulary
    gap = checked(Gap("佐伯", "company", WEDNESDAY, "night"), words)
    made = draft_listing(engine, gap, "夜のお茶の間", "salon", words, by="SC", now=NOW, note="場所を相談中")
    place = listings_at(catalog, "佐伯")[0]
    draft_role(engine, gap, place, "夜の鍵開け", "", words, by="SC", now=NOW)
    with read_session(engine) as session:
        found = {one.listing_id: one for one in linked_to(session, "佐伯", "company")}
        values = values_of(session, made)
        assert not linked_to(session, "吉和")
    assert (found[made].gap, found[made].note, found[made].open_now) == (gap, "場所を相談中", False)
    assert (found[place].role, found[place].open_now) == ("夜の鍵開け", True)
    assert (values["service.needs"], values["areas"]) == (["company"], [["地域", "佐伯"]])
    with pytest.raises(InvalidRecord):
        checked(Gap("佐伯", "company", 7), words)
    with pytest.raises(InvalidRecord, match="名前"):
        draft_listing(engine, gap, " ", "salon", words, by="SC", now=NOW)
