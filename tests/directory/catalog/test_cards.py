"""Does the edition give every listing asked for, however many there are?"""

from directory.catalog.edition import CARDS_KEPT, Cards
from directory.listing import Listing


def listing(listing_id: str) -> Listing:
    return Listing(listing_id, None, "published", "public", "会", None, "salon", "o", "団体")


def test_asking_for_more_than_is_kept_gives_all_of_them_in_order():
    ids = [f"{number:05d}" for number in range(CARDS_KEPT + 500)]
    known = {one: listing(one) for one in ids[:CARDS_KEPT]}
    cards = Cards(lambda missing: [listing(one) for one in missing], known)
    assert [card.id for card in cards.get(ids)] == ids
    assert [card.id for card in cards.get(ids[:10])] == ids[:10]


def test_a_listing_withdrawn_a_moment_ago_is_left_out():
    cards = Cards(lambda missing: [], {"a": listing("a")})
    assert [card.id for card in cards.get(["a", "b"])] == ["a"]
