"""Which places for this person, why, and what then? The whole story.

    result = match(catalog, profile, now, hosts, crossings_of(city))

The catalog is the desk's (`CatalogKeeper(engine, vocabulary, DESK)`): it has the 支援者のみ rows and the loads. What a worker
pins or hides is laid over the result by casework. Nothing is stored here and nothing is logged.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import numpy as np

from directory.catalog import Catalog
from directory.i18n import gettext as _
from directory.listings import DESK
from matcher.answer import Hidden, MatchResult, Question, Unmet
from matcher.candidates import CandidateReader
from matcher.candidates.facts import is_aged
from matcher.candidates.interests import word_rows
from matcher.profile_check import check
from matcher.ranking.columns import Candidates, Crossing
from matcher.ranking.criteria.purpose import wanted
from matcher.ranking.hosts import Hosts
from matcher.ranking.profile import Profile
from matcher.ranking.rank import LISTED, NOBODY, Ranking, rank
from matcher.ranking.screening import OTHER
from matcher.ranking.weights import FEW, VERSION
from matcher.telling import asks, listing_ids, matches, named, tell_change

WEEKDAYS = "月火水木金土日"
ASKED_NEXT = 3
CAUSES = 5
NEXT_QUESTIONS = (
    Question("needs", "家のほかに、こんな所があったら、と思うことはありますか。休む、話す、手伝う、食べる、体を動かす、どれでもかまいません。"),
    Question("interests", "好きなこと、前に好きだったことを教えてください。一人でしていることでもかまいません。"),
    Question("travel", "出かけるとしたら、どうやって、何分くらいまでなら楽でしょうか。"),
    Question("slots", "出かけやすい曜日や時間はありますか。朝がつらい、といったことでもかまいません。"),
    Question("ceilings", "何人くらいまでの場所なら、いてもよさそうですか。"),
)


def match(
    catalog: Catalog, profile: Profile, now: datetime, hosts: Hosts = NOBODY, crossings: tuple[Crossing, ...] = (),
    audience: str = DESK, name_hidden: bool = False,
) -> MatchResult:
    """The tiers for one person. Raises InvalidRecord with a sentence for a profile that cannot be used.

    now: the day knowledge is aged to is the catalog's own, which the keeper renews daily. audience: who is answered, so
    that neither a worker gets the public's catalog (no loads, no staff-only places) nor the public the desk's.
    name_hidden: also tell which places are behind the counts of what is not shown.
    """
    check(profile, catalog.vocabulary)
    if catalog.audience != audience:
        raise ValueError(f"match() answers the {audience} and was given the catalog of the {catalog.audience}")
    candidates = catalog.once(CandidateReader(crossings))
    if not wanted(profile) and not profile.interests:
        return _nothing_heard(catalog, profile, candidates)
    words = {word: word_rows(catalog, candidates, word) for word in profile.interests
             if word not in catalog.vocabulary.interests}
    old = (one for one, places in hosts.declared.items() if is_aged(places.day, "places", catalog.timetable.day))
    ranking = rank(profile, candidates, replace(hosts, aged=frozenset(old)), words)
    result = _result(catalog, ranking)
    return replace(result, hidden=named(catalog, ranking, result.hidden)) if name_hidden else result


def _result(catalog: Catalog, ranking: Ranking) -> MatchResult:
    screened = ranking.screened
    candidates = screened.view.candidates
    tiers = _tiers(ranking)
    everyone = [*ranking.order.tolist(), *tiers["A"], *tiers["B"], *ranking.near.tolist()]
    ids = listing_ids(ranking, everyone)
    listings = {listing.id: listing for listing in catalog.cards.get(ids)}
    gone = len(ids) - len(listings)
    return MatchResult(
        weights_version=VERSION, catalog_revision=catalog.revision, total=candidates.size, counts=ranking.counts,
        shown=matches(ranking, ranking.order.tolist(), listings), a=matches(ranking, tiers["A"], listings),
        b=matches(ranking, tiers["B"], listings), c=matches(ranking, ranking.near.tolist(), listings),
        hidden=_hidden(screened.hidden),
        changes=tuple(tell_change(it, it.constraint.label(candidates)) for it in ranking.changes),
        asks=asks(ranking, tiers["B"], listings), questions=(), unmet=_unmet(ranking),
        ignored=(_("いま取り下げられた掲載が%(gone)s件あり、一覧から外しました。", gone=gone),) if gone else (),
    )


def _tiers(ranking: Ranking) -> Mapping[str, list[int]]:
    """Positions of A and B: as in the common order, and behind it the best of the rest."""
    screened, tiers = ranking.screened, {}
    for tier, doubtful in (("A", False), ("B", True)):
        told = [position for position in ranking.order.tolist() if bool(screened.doubtful[position]) == doubtful]
        rest = np.setdiff1d(screened.open[screened.doubtful[screened.open] == doubtful], told)
        rest = rest[np.argsort(-ranking.worth[rest], kind="stable")]
        tiers[tier] = (told + rest.tolist())[:LISTED]
    return tiers


def _hidden(counts: Mapping[str, int]) -> tuple[Hidden, ...]:
    """Most frequent first; 「その他」 last and undivided."""
    named = sorted(((label, count) for label, count in counts.items() if label != OTHER), key=lambda one: (-one[1], one[0]))
    other = [(OTHER, counts[OTHER])] if OTHER in counts else []
    return tuple(Hidden(label, count) for label, count in (*named, *other))


def _unmet(ranking: Ranking) -> Unmet | None:
    """A draft when hardly anything fits. 「その他」 is no cause: nobody outside may wonder what is behind it."""
    found = ranking.counts["A"] + ranking.counts["B"]
    if found >= FEW:
        return None
    view = ranking.screened.view
    profile, labels = view.profile, view.candidates.labels
    counts = dict(ranking.screened.hidden)
    for one in ranking.screened.constraints:
        near = len(ranking.screened.near(one.bit))
        if near:
            label = one.label(view.candidates)
            counts[label] = counts.get(label, 0) + near
    causes = tuple(one for one in _hidden(counts) if one.label != OTHER)[:CAUSES]
    needs = tuple(labels[f"need:{need}"] for need in wanted(profile))
    slots = tuple(_("%(day)s曜 %(start)s～%(end)s", day=_(WEEKDAYS[it.weekday]), start=_clock(it.from_minute),
                    end=_clock(it.until_minute)) for it in profile.slots)
    loads = {labels[f"load:{load}"]: level for load, level in profile.ceilings.items()}
    where = _("%(home_area)sに", home_area=profile.home_area) if profile.home_area else ""
    what = "・".join(needs) or _("関心のあること")
    how_many = _("見つかりません") if not found else _("%(found)s件しかありません", found=found)
    sentence = _("%(where)s「%(what)s」に合う場所が、%(how_many)s。", where=where, what=what, how_many=how_many)
    return Unmet(needs, profile.home_area, slots, loads, causes, found, sentence)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _nothing_heard(catalog: Catalog, profile: Profile, candidates: Candidates) -> MatchResult:
    """Neither a need nor an interest: no list that only looks plausible, but what to ask next."""
    heard = {"needs": False, "interests": False, "travel": bool(profile.travel), "slots": bool(profile.slots),
             "ceilings": bool(profile.ceilings)}
    questions = tuple(Question(it.key, _(it.sentence)) for it in NEXT_QUESTIONS if not heard[it.key])[:ASKED_NEXT]
    return MatchResult(
        weights_version=VERSION, catalog_revision=catalog.revision, total=candidates.size, counts={"A": 0, "B": 0, "C": 0},
        shown=(), a=(), b=(), c=(), hidden=(), changes=(), asks=(), questions=questions, unmet=None)
