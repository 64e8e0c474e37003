"""What waits for this worker? Only their own cases, what is due, and a new case that begins with a consent."""

from tests.web.staff.conftest import StaffSite
from tests.web.staff.worker import CONSENT, Worker, values, words


def test_a_new_case_begins_with_a_code_name_and_a_consent_and_goes_on_to_the_first_question(staff_site: StaffSite) -> None:
    worker = Worker(staff_site, staff_site.people["worker"])
    form = worker.get("/desk/new")
    assert "-" in values(form, "code_name")[0] if values(form, "code_name") else "value=" in form.text
    made = worker.send("/desk/new", code_name="もくれん-1", basis="consent", scope=["internal"], **CONSENT)
    assert made.status_code == 303 and made.location.endswith("/conditions/relation")
    assert "もくれん-1" in worker.read("/desk/home")


def test_without_a_consent_nothing_is_opened_and_what_was_typed_stays(staff_site: StaffSite) -> None:
    worker = Worker(staff_site, staff_site.people["worker"])
    refused = worker.send("/desk/new", code_name="もくれん-2", basis="consent", **CONSENT)
    assert refused.status_code == 422 and "もくれん-2" in refused.text
    assert "同意" in words(refused) and "もくれん-2" not in worker.read("/desk/home")


def test_a_day_that_is_none_is_told_in_a_sentence(staff_site: StaffSite) -> None:
    worker = Worker(staff_site, staff_site.people["worker"])
    refused = worker.send("/desk/new", code_name="もくれん-3", basis="consent", scope=["internal"], given_on="きのう",
                          given_by="person", how="paper")
    assert refused.status_code == 422 and "2026-11-24 の形" in words(refused)


def test_home_says_what_is_due_and_leaves_off_when_it_is_done(staff_site: StaffSite) -> None:
    worker = Worker(staff_site, staff_site.hire("home-worker", "worker")).open(code_name="つくし-10")
    assert "条件を まだ聞いていません" in worker.read("/desk/home")
    worker.say("needs", needs__company="most")
    assert "条件を まだ聞いていません" not in worker.read("/desk/home")
    assert "条件 1／29" in worker.read("/desk/home")


def test_home_shows_nobody_else_s_cases(staff_site: StaffSite) -> None:
    Worker(staff_site, staff_site.people["worker"]).open(code_name="わたぐも-77")
    other = Worker(staff_site, staff_site.hire("another-worker", "worker"))
    assert "わたぐも-77" not in other.read("/desk/home")
    assert "担当している参加者は、まだいません" in other.read("/desk/home")


def test_a_case_without_consent_is_told_and_only_its_consent_page_opens(staff_site: StaffSite) -> None:
    worker = Worker(staff_site, staff_site.hire("withdrawn-worker", "worker")).open()
    assert worker.send("consents/withdraw", scope="internal").status_code == 303
    assert "同意がありません" in worker.read("/desk/home")
    assert worker.get("").location.endswith("/consents")
    assert "いまは、庁内で使う同意がありません" in worker.read("consents")
    assert worker.get("candidates").status_code == 404 and worker.get("conditions/needs").status_code == 404
    assert worker.send("consents", scope=["internal"], **CONSENT).status_code == 303
    assert "まだ聞いていないこと" in worker.read("")


def test_a_foreign_case_and_a_missing_one_are_answered_alike_on_every_page(staff_site: StaffSite) -> None:
    own = Worker(staff_site, staff_site.people["worker"]).open()
    stranger = Worker(staff_site, staff_site.hire("stranger", "worker"))
    missing = "/desk/participants/00000000-0000-0000-0000-000000000000"
    for page in ("", "/conditions/needs", "/conditions/person", "/candidates", "/placements", "/notes", "/enquiries",
                 "/consents", "/no-contact", "/log"):
        foreign, none = stranger.get(own.case + page), stranger.get(missing + page)
        assert (foreign.status_code, none.status_code) == (404, 404), page
        assert words(foreign) == words(none), page
