"""What leaves the desk on paper? For the person easy words and nothing staff-only; for the host what was consented to."""

import re
from datetime import date

import pytest

from matcher.casework import host_loads
from tests.factories import add_listing
from tests.web.staff.conftest import NOON, StaffSite
from tests.web.staff.test_desk_candidates import NEEDS, limits
from tests.web.staff.worker import Worker, values, words

SECRET = ("秘密の世話人", "090-0000-9999", "点", "うちわけ", "重み")


@pytest.fixture(scope="module")
def places(staff_site: StaffSite) -> dict[str, str]:
    """Four public places and one for staff."""
    engine = staff_site.app.extensions["yoridokoro"].engine
    common = {
        "needs": ("company",), "welcome": "always", "assured_date": date(2026, 11, 1), "assured_how": "電話",
        "representative": "秘密の世話人", "mobile": "090-0000-9999", "contact_public": True, "phone": "0829-00-3333",
        "phone_hours": "平日の午後", "areas": [("地域", "佐伯")],
    }
    made = {str(number): add_listing(
        engine, service={"name": f"紙の縁側 {number}", "fees_state": "none", "easy_description": "お茶を のむ ところです。"},
        **common) for number in range(1, 5)}
    made["staff"] = add_listing(engine, service={"name": "ひみつの居間", "fees_state": "none"}, visibility="staff", **common)
    made["relayed"] = add_listing(
        engine, service={"name": "取り次ぐ縁側", "fees_state": "none"}, **common | {"contact_public": False, "phone": "0829-00-7070"})
    return made


@pytest.fixture
def worker(staff_site: StaffSite, places: dict[str, str]) -> Worker:
    worker = Worker(staff_site, staff_site.people["worker"]).open("host")
    worker.say("needs", **NEEDS)
    return worker


def test_places_stand_side_by_side_with_a_heading_for_every_row_and_column(worker: Worker, places: dict[str, str]) -> None:
    page = worker.send("compare", pick=[places["1"], places["2"], places["staff"]])
    assert page.status_code == 200 and page.text.count('scope="col"') == 3 and page.text.count('scope="row"') > 8
    assert "紙の縁側 1" in page.text and "ひみつの居間" in page.text
    assert "合計" not in words(page) and not re.search(r"0\.\d\d\d", words(page))


@pytest.mark.parametrize("picked", [[], ["1"], ["1", "2", "3", "4", "staff"]])
def test_one_place_or_five_cannot_be_compared(worker: Worker, places: dict[str, str], picked: list[str]) -> None:
    refused = worker.send("compare", pick=[places[one] for one in picked])
    assert refused.status_code == 422 and "2か所から4か所" in words(refused)


def test_the_sheet_tells_in_easy_words_when_where_how_much_and_what_to_say(worker: Worker, places: dict[str, str]) -> None:
    sheet = worker.send("sheet", pick=[places["1"], places["2"], places["3"]])
    page = words(sheet)
    assert sheet.status_code == 200 and page.count("お茶を のむ ところです。") == 3 and sheet.text.count('class="qr"') == 3
    assert "0829-00-3333" in page and "はじめてですが、見学できますか" in page and "無料" in page


def test_nothing_staff_only_stands_on_the_sheet(worker: Worker, places: dict[str, str]) -> None:
    sheet = worker.send("sheet", pick=[places["staff"], places["relayed"]])
    page = words(sheet).partition("こんな ところが あります")[2]
    assert "取り次ぐ縁側" in page and "ひみつの居間" not in sheet.text and "0829-00-7070" not in sheet.text
    assert "0829-00-0100" in page and "支援者のみの場所か" in words(sheet)
    article = sheet.text.partition("<article")[2].partition("</article>")[0]
    assert not [word for word in SECRET if word in article]
    assert "しらかば" not in article


def test_four_places_are_too_many_for_one_sheet(worker: Worker, places: dict[str, str]) -> None:
    refused = worker.send("sheet", pick=[places[str(number)] for number in range(1, 5)])
    assert refused.status_code == 422 and "1か所から3か所" in words(refused)


def test_a_card_s_own_button_takes_that_place_only(worker: Worker, places: dict[str, str]) -> None:
    sheet = worker.send("sheet", pick=[places["2"]], only=places["1"])
    assert "紙の縁側 1" in sheet.text and "紙の縁側 2" not in sheet.text


def introduced(worker: Worker, place: str) -> str:
    """紹介 of a place, and the id of its placement."""
    made = worker.send("placements", place=place, note="見てみたいとのこと")
    assert made.status_code == 303, words(made)
    return re.search(r"placements/([0-9a-f-]{36})", worker.get("placements").text)[1]


def test_an_introduction_makes_the_placement_and_the_hold_and_rests_the_host(
    staff_site: StaffSite, worker: Worker, places: dict[str, str]
) -> None:
    introduced(worker, places["1"])
    page = worker.read("placements")
    assert "紙の縁側 1" in page and "本人に提案" in page and "席は12月8日" in page and "見てみたいとのこと" in page
    assert host_loads(staff_site.desk, worker.who, NOON)[places["1"]].held == 1
    other = Worker(staff_site, staff_site.people["case_lead"]).open()
    other.say("needs", **NEEDS)
    assert places["1"] not in values(other.get("candidates"), "pick")
    refused = other.send("placements", place=places["1"])
    assert refused.status_code == 422 and "いまは紹介できません" in words(refused)


def test_stages_go_forward_one_by_one_and_a_late_click_sees_where_it_stands(worker: Worker, places: dict[str, str]) -> None:
    placement = introduced(worker, places["2"])
    assert worker.send(f"placements/{placement}", stage="agreed", version="1").status_code == 303
    late = worker.send(f"placements/{placement}", stage="declined", version="1", note="消えては困るメモ")
    assert late.status_code == 409 and "消えては困るメモ" in late.text and "本人の了解" in words(late)
    skipped = worker.send(f"placements/{placement}", stage="taking_part", version="2")
    assert skipped.status_code == 422 and "その段階へ進めません" in words(skipped)


def test_the_paper_for_the_host_says_only_what_was_ticked_and_noted_for_it(worker: Worker, places: dict[str, str]) -> None:
    worker.say("accommodations", accommodations=["silence_ok", "leave_suddenly_ok"])
    worker.send("notes", text="窓ぎわの席がすきです", label="consented:host")
    worker.send("notes", text="家のなかの事情", label="core")
    placement = introduced(worker, places["3"])
    worker.send(f"placements/{placement}", stage="agreed", version="1")
    paper = worker.get(f"placements/{placement}/paper").text.partition("<article")[2]
    assert "窓ぎわの席がすきです" in paper and "家のなかの事情" not in paper and "黙っていてよい" not in paper
    chosen = worker.send(f"placements/{placement}/paper", tell=["accommodations.silence_ok"],
                         called="あさちゃん").text.partition("<article")[2]
    assert "黙っていてよい" in chosen and "急に帰ってよい" not in chosen and "あさちゃん さん" in chosen and "0829-00-0100" in chosen


def test_without_consent_for_the_host_there_is_no_paper(staff_site: StaffSite, places: dict[str, str]) -> None:
    worker = Worker(staff_site, staff_site.people["worker"]).open()
    worker.say("accommodations", accommodations=["silence_ok"])
    placement = introduced(worker, places["4"])
    paper = worker.send(f"placements/{placement}/paper", tell=["accommodations.silence_ok"])
    assert "受け入れ先に伝える同意がありません" in words(paper) and "<article" not in paper.text
    assert "黙っていてよい" not in paper.text


def test_a_placement_of_somebody_else_is_not_found_by_another_case(worker: Worker, staff_site: StaffSite) -> None:
    engine = staff_site.app.extensions["yoridokoro"].engine
    placement = introduced(worker, add_listing(engine, service={"name": "もうひとつの縁側"}))
    other = Worker(staff_site, staff_site.hire("other-paper", "worker")).open()
    assert other.get(f"placements/{placement}/paper").status_code == 404
    assert other.send(f"placements/{placement}", stage="agreed", version="1").status_code == 404


def test_the_limits_that_were_tried_go_along_to_the_comparison(worker: Worker, staff_site: StaffSite) -> None:
    engine = staff_site.app.extensions["yoridokoro"].engine
    two = [add_listing(engine, service={"name": f"くらべる会 {number}", "fees_state": "none"}, needs=("company",))
           for number in (1, 2)]
    staff_site.app.extensions["yoridokoro-door"].listings._looked = float("-inf")
    page = worker.send("compare", **limits(pick=two, cost_limit="777"))
    assert page.status_code == 200 and "777円まで" in words(page)
    assert "777" not in worker.read("")
