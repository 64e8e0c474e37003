"""What if two listings become one while casework knows them by their old ids? What was kept holds for the one that is left."""

from directory.models import ServiceAtLocation
from directory.writing import writing
from tests.factories import add_listing
from tests.web.staff.conftest import NOON
from tests.web.staff.test_desk_candidates import look_again, places, worker  # noqa: F401
from tests.web.staff.worker import Worker, values


def test_what_was_kept_holds_for_the_one_it_was_merged_into(worker: Worker, places: dict[str, str]) -> None:  # noqa: F811
    engine = worker.site.app.extensions["yoridokoro"].engine
    asked, pinned, excluded = (
        add_listing(engine, service={"name": f"うつる前の会{number}"}, needs=("company",), areas=[("地域", "佐伯")])
        for number in range(3))
    look_again(worker)
    assert worker.send("placements", place=asked).status_code == 303
    worker.send("candidates/choose", place=pinned, kind="pin", reason="前に行った")
    worker.send("candidates/exclude", place=excluded)
    assert {places["open"], places["quiet"], places["staff"]} <= set(values(worker.get("candidates"), "pick"))
    with writing(engine, by="test", why="merged", now=NOON) as write:
        for gone, into in ((asked, "open"), (pinned, "staff"), (excluded, "quiet")):
            write.edit(write.session.get(ServiceAtLocation, gone), status="closed", merged_into=places[into])
    look_again(worker)
    shown = values(worker.get("candidates"), "pick")
    # A host that was asked just now rests, under whichever name.
    assert shown[0] == places["staff"] and not {places["open"], places["quiet"]} & set(shown)
    assert "まだ聞いていない会" in worker.read("placements") and "取り下げられた場所" not in worker.read("placements")
    assert "まだ聞いていない会" in worker.site.client(worker.who).get("/desk/home").text
    assert "しずかな縁側" in worker.get("conditions/excluded").text
