"""How is one row of a ranking told? As a Match: why, what is weak, what is unknown and whom to phone, what would open it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from directory.catalog import Catalog
from directory.i18n import gettext as _
from directory.listing import Listing, RoleEntry
from matcher.answer import Ask, Change, Hidden, LeftOut, Match, Reason, Unknown
from matcher.ranking.asking import calls
from matcher.ranking.counterfactual import Counterfactual
from matcher.ranking.criteria import soft_criteria
from matcher.ranking.explain import Parts, depends, parts
from matcher.ranking.left_out import left_out
from matcher.ranking.rank import Ranking
from matcher.ranking.screening import NO_FAILURE, Constraint
from matcher.ranking.view import View
from matcher.ranking.weights import WEAK, WORTH_SAYING

REASONS = 3
# Worth saying though every other place of the list is as good
GOOD_ANYHOW = 0.75
SHOWN_TO_COMPARE = 10
ASKED = 10
# Places named behind one count: enough to find a near one in, few enough for a page
NAMED = 50
STAFF = "staff"
UNITS = {"reach": "分", "cost": "円"}
ASK_THE_DESK = "社協か生活支援コーディネーターに、取り次ぎを頼んでください。"


def matches(ranking: Ranking, positions: Sequence[int], listings: Mapping[str, Listing]) -> tuple[Match, ...]:
    """These positions among the screened rows, told in order; a listing withdrawn a moment ago is left out."""
    shown = np.array(positions, dtype=np.int64)
    told = parts(ranking.utility, ranking.screened.open, shown)
    compared = set(ranking.order[:SHOWN_TO_COMPARE][depends(ranking.utility, ranking.order[:SHOWN_TO_COMPARE])].tolist())
    found = [(position, number) for number, position in enumerate(positions) if _id(ranking, position) in listings]
    return tuple(_match(ranking, position, rank, told, number, listings[_id(ranking, position)], position in compared)
                 for rank, (position, number) in enumerate(found, 1))


def _id(ranking: Ranking, position: int) -> str:
    candidates = ranking.screened.view.candidates
    return candidates.ids[int(candidates.listing_of(ranking.screened.rows[position]))]


def listing_ids(ranking: Ranking, positions: Iterable[int]) -> list[str]:
    """Which listings these positions are about, each once."""
    return list(dict.fromkeys(_id(ranking, position) for position in positions))


def _match(
    ranking: Ranking, position: int, rank: int, told: Parts, number: int, listing: Listing, unsteady: bool
) -> Match:
    screened = ranking.screened
    one = screened.view.narrowed(np.array([position]))
    role = _role(ranking, position, listing)
    failing, unknown = int(screened.failing[position]), screened.unknown_bits(position)
    worth = dict(zip(told.keys, told.phi[:, number].tolist(), strict=True))
    missing, opens = _missing(one, screened.constraints[failing]) if failing != NO_FAILURE else (None, None)
    return Match(
        listing_id=listing.id, role_id=role.id if role else None, name=listing.name, role=role.name if role else None,
        tier="C" if missing else "B" if unknown else "A", rank=rank, score=float(ranking.utility.score[position]),
        low=float(ranking.utility.low[position]), high=float(ranking.utility.high[position]), base=told.base, parts=worth,
        reasons=_reasons(one, ranking, position, worth), weak=_weaknesses(one, ranking, position, worth),
        unknown=tuple(tell_unknown(one, constraint) for constraint in unknown), missing=missing, opens=opens,
        depends=unsteady, phone=listing.phone, phone_hours=listing.phone_hours,
        contact=listing.organization_name if listing.phone else _(ASK_THE_DESK),
        fail=0 if failing == NO_FAILURE else 1 << failing, unknown_bits=sum(1 << it.bit for it in unknown),
    )


def _role(ranking: Ranking, position: int, listing: Listing) -> RoleEntry | None:
    """The role the row is about; None for coming as a guest."""
    return role_at(ranking.screened.view, int(ranking.screened.rows[position]), listing)


def role_at(view: View, row: int, listing: Listing) -> RoleEntry | None:
    """The same for any row of the candidates."""
    number = row - int(view.candidates.first[int(view.candidates.listing_of(np.array([row]))[0])])
    return listing.roles[number - 1] if number else None


def _missing(one: View, constraint: Constraint) -> tuple[str, str | None]:
    """What it lacks, and the change that would let it in."""
    openings = constraint.criterion.openings
    changes = list(openings(one, constraint.part, np.array([False]))) if openings else []
    return (constraint.criterion.fails(one.candidates, one.profile, constraint.part),
            _("%(said)s、行けます。", said=changes[0].said) if changes else None)


def _reasons(one: View, ranking: Ranking, position: int, worth: Mapping[str, float]) -> tuple[Reason, ...]:
    """The three things that speak most for it, with something to say."""
    utility = ranking.utility
    good = [criterion for number, criterion in enumerate(soft_criteria())
            if utility.u[number, position] >= WEAK
            and (worth[criterion.key] > WORTH_SAYING or utility.u[number, position] > GOOD_ANYHOW)]
    good.sort(key=lambda criterion: (-worth[criterion.key], criterion.key))
    told = [Reason(it.key, _(it.label), sentence, worth[it.key]) for it in good if (sentence := it.good(one))]
    return tuple(told[:REASONS])


def _weaknesses(one: View, ranking: Ranking, position: int, worth: Mapping[str, float]) -> tuple[Reason, ...]:
    """Everything it is weak at."""
    utility = ranking.utility
    return tuple(Reason(it.key, _(it.label), it.weak(one), worth[it.key]) for number, it in enumerate(soft_criteria())
                 if utility.u[number, position] < WEAK)


def named(catalog: Catalog, ranking: Ranking, hidden: Iterable[Hidden]) -> tuple[Hidden, ...]:
    """The counts of what is not shown with the places behind them, of each the nearest NAMED."""
    view = ranking.screened.view
    behind = {one.label(view.candidates): (one, rows[:NAMED]) for one, rows in left_out(ranking.screened).items()}
    ids = {row: view.candidates.ids[int(spot)] for _, rows in behind.values()
           for row, spot in zip(rows.tolist(), view.candidates.listing_of(rows), strict=True)}
    listings = {listing.id: listing for listing in catalog.cards.get(sorted(set(ids.values())))}
    return tuple(replace(it, sentence=_aloud(view, behind[it.label][0]), places=tuple(
        _left_out(view, row, listings[ids[row]]) for row in behind[it.label][1].tolist() if ids[row] in listings))
        if it.label in behind else it for it in hidden)


def _aloud(view: View, constraint: Constraint) -> str:
    return constraint.criterion.fails(view.candidates, view.profile, constraint.part)


def _left_out(view: View, row: int, listing: Listing) -> LeftOut:
    role = role_at(view, row, listing)
    return LeftOut(listing.id, listing.name, role.name if role else None, listing.visibility == STAFF)


def tell_unknown(view: View, constraint: Constraint) -> Unknown:
    """What is not known and how to ask."""
    criterion, part = constraint.criterion, constraint.part
    sentence, question = criterion.unknown(view.candidates, view.profile, part)
    attribute = criterion.attribute(part)
    label = view.candidates.labels.get(f"attribute:{attribute or part}") or view.candidates.labels.get(f"care:{part}")
    load = view.candidates.labels.get(f"load:{part}")
    known_as = _("%(load)sの負荷", load=load) if load else _(KNOWN_AS.get(criterion.key, criterion.key))
    return Unknown(criterion.key, part, label or known_as, sentence, question, attribute)


KNOWN_AS = {
    "age": "対象の年齢", "gender": "性別の限り", "residency": "地域の限り", "audience": "だれのための場か",
    "avoided": "避けたいこと", "welcome": "新しい方の受け入れ", "capacity": "枠", "cost": "費用", "language": "言葉",
    "exclusion": "参加の条件", "hours": "日時", "reach": "行き帰りの時間",
}


def tell_change(change: Counterfactual, label: str) -> Change:
    """「歩いて30分なら、+3件（うち要確認1件）。最短24分で+1件。」"""
    opening, key = change.opening, change.constraint.criterion.key
    confirm = _("（うち要確認%(to_confirm)s件）", to_confirm=opening.to_confirm) if opening.to_confirm else ""
    sentence = _("%(said)s、+%(added)s件%(confirm)s。", said=opening.said, added=opening.added, confirm=confirm)
    if key in UNITS and opening.least is not None and opening.least != opening.amount:
        sentence += _("最短%(least)s%(unit)sで+%(added)s件。", least=opening.least, unit=_(UNITS[key]),
                      added=opening.least_added)
    return Change(key, change.constraint.part, label, sentence, opening.amount, opening.added, opening.to_confirm,
                  opening.least, opening.least_added, opening.into())


def asks(ranking: Ranking, positions: Sequence[int], listings: Mapping[str, Listing]) -> tuple[Ask, ...]:
    """Of these positions in B, the calls that buy most."""
    screened, found = ranking.screened, []
    for call in calls(screened, positions, ranking.utility.score[list(positions)], ASKED):
        listing = listings.get(_id(ranking, call.position))
        if listing is not None:
            role = _role(ranking, call.position, listing)
            found.append(Ask(listing.id, role.id if role else None, listing.name,
                             tuple(tell_unknown(screened.view, it) for it in call.unknown), call.worth, listing.phone))
    return tuple(found)
