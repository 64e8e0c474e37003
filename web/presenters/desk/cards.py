"""How does one candidate look on the worker's page? When, where, how to get there, what fits, why, what is weak or open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from directory.listing import Listing
from directory.vocabulary import Vocabulary
from matcher.answer import Match, Unknown
from matcher.casework import FACTS, ChoiceKept, HostLoad
from matcher.journeys import Journey
from matcher.ranking.criteria import soft_criteria
from matcher.ranking.explain import NARROW
from matcher.ranking.profile import Profile
from matcher.ranking.weights import GAMMA, WEIGHTS
from web.i18n import gettext as _
from web.presenters import facts
from web.presenters.dates import When, coming, full_date
from web.presenters.desk.fits import Fit, fits
from web.presenters.desk.saying import mode_words

RULES_SHOWN = 2
# Criterion of the matching → what the SC is asked about, where they are not called the same
ASKED_AS = {"hours": "schedule", "language": "languages", "reach": "location"}


@dataclass(frozen=True)
class ScoreRow:
    """One line of the scorecard; `part` is what it adds to the score beside an ordinary place of the list."""

    label: str
    weight: int
    part: str
    words: str


@dataclass(frozen=True)
class Asked:
    """Something unknown; `attribute` is what the SC can be asked about, or empty."""

    sentence: str
    question: str
    attribute: str


@dataclass(frozen=True)
class Card:
    """One candidate, ready to be printed. `staff`: what must not leave the desk; `pinned`, `hidden`: the worker's choice."""

    match: Match
    number: int
    kind: str
    area: str
    place: str
    next: When | None
    rules: tuple[str, ...]
    fee: str
    assured: facts.Assured
    journeys: tuple[str, ...]
    fits: tuple[Fit, ...]
    unknown: tuple[Asked, ...]
    scores: tuple[ScoreRow, ...]
    staff: tuple[tuple[str, str], ...]
    staff_only: bool
    choice: ChoiceKept | None
    change: str = ""

    @property
    def key(self) -> str:
        """Listing and role as forms send them; unique on the page."""
        return key_of(self.match.listing_id, self.match.role_id)


@dataclass(frozen=True)
class Around:
    """What cards need beside their match."""

    profile: Profile
    vocabulary: Vocabulary
    now: datetime
    listings: Mapping[str, Listing]
    journeys: Mapping[str, tuple[Journey, ...]]
    loads: Mapping[str, HostLoad]
    choices: Mapping[str, ChoiceKept]


def key_of(listing_id: str, role_id: str | None) -> str:
    """How a form names a listing, or one of its roles."""
    return f"{listing_id}.{role_id}" if role_id else listing_id


def cards(found: Iterable[Match], around: Around, first: int = 1) -> list[Card]:
    """The cards of one tier, numbered on from `first`."""
    known = [match for match in found if match.listing_id in around.listings]
    return [card(match, around, number) for number, match in enumerate(known, first)]


def card(match: Match, around: Around, number: int) -> Card:
    """One candidate."""
    listing, words = around.listings[match.listing_id], around.vocabulary
    kind = words.kinds.get(listing.kind)
    return Card(
        match=match, number=number, kind=kind.label if kind else "", area="・".join(listing.area_names()),
        place=facts.place(listing), next=next((row for row in coming(listing, around.now) if not row.off), None),
        rules=rules(listing), fee=facts.fee_in_short(listing), assured=facts.assured_in_short(listing, around.now.date()),
        journeys=tuple(journey_in_words(one) for one in around.journeys.get(listing.id, ())) if listing.has_place
        else (_("出かけなくてよい"),),
        fits=fits(match, around.profile, words), unknown=tuple(asked(one) for one in match.unknown),
        scores=score_rows(match), staff=staff_rows(listing, around.loads.get(listing.id), words),
        staff_only=listing.visibility == "staff", choice=around.choices.get(key_of(match.listing_id, match.role_id)))


def rules(listing: Listing) -> tuple[str, ...]:
    """When it meets, in words; a phrase nobody could read as it was written."""
    said = [meeting.schedule.sentence if meeting.schedule.state == "regular" else meeting.schedule.phrase
            for meeting in listing.meetings]
    return tuple(filter(None, said))[:RULES_SHOWN]


def journey_in_words(journey: Journey) -> str:
    """徒歩 9～12分（上限20分）; a bus says that its timetable is not stored."""
    words = {"mode": mode_words()[journey.mode], "least": journey.least, "most": journey.most, "limit": journey.limit}
    span = _("%(mode)s %(least)s～%(most)s分", **words) if journey.least != journey.most else _("%(mode)s %(most)s分", **words)
    notes = [_("船をふくむ")] if journey.ferry else []
    notes.append(_("上限%(limit)s分", **words) if journey.sure else _("時刻は未登録、上限%(limit)s分", **words))
    return _("%(span)s（%(notes)s）", span=span, notes="、".join(notes))


def asked(unknown: Unknown) -> Asked:
    """What to find out, and as what the SC can be asked for it."""
    attribute = unknown.attribute or ""
    if not attribute:
        name = unknown.part if unknown.criterion == "ceiling" else ASKED_AS.get(unknown.criterion, unknown.criterion)
        attribute = name if name in FACTS or unknown.criterion == "ceiling" else ""
    return Asked(unknown.sentence, quoted(unknown.question), attribute)


def quoted(words: str) -> str:
    """Words to say aloud, between quotes; quotes within them become 『』."""
    return "「" + words.replace("「", "『").replace("」", "』") + "」"


def score_rows(match: Match) -> tuple[ScoreRow, ...]:
    """The parts of the score, most important first: with the base they add up to it."""
    labels = {criterion.key: _(criterion.label) for criterion in soft_criteria()} | {NARROW: _("いちばん弱いところ")}
    said = {reason.criterion: reason.sentence for reason in (*match.weak, *match.reasons)}
    said.setdefault(NARROW, _("ニーズ・負荷・行き来・備えのうち、いちばん低いもので決まります"))
    weights = {key: (1 - GAMMA) * weight for key, weight in WEIGHTS.items()} | {NARROW: GAMMA}
    return tuple(ScoreRow(labels[key], round(100 * weights[key]), signed(part), said.get(key, ""))
                 for key, part in sorted(match.parts.items(), key=lambda row: -weights[row[0]]))


def signed(part: float) -> str:
    """+0.06, −0.03, ±0."""
    rounded = round(part, 3)
    return "±0" if not rounded else f"{'+' if rounded > 0 else '−'}{abs(rounded):.3f}"


def staff_rows(listing: Listing, load: HostLoad | None, words: Vocabulary) -> tuple[tuple[str, str], ...]:
    """What only staff may know of a place: loads, 配慮, who to ask for, how many were sent there lately."""
    known = listing.staff
    rows = [(_("受け入れ"), capacity(listing, words)), (_("紹介"), _("30日で%(recent)s件、席をとってあるもの%(held)s件",
            recent=load.recent if load else 0, held=load.held if load else 0))]
    if known and known.loads:
        rows.append((_("負荷"), "　".join(f"{words.load_levels[key].label} {level}" for key, level in known.loads.items()
                                      if key in words.load_levels)))
    if known and known.accommodations:
        rows.append((_("配慮"), "、".join(words.accommodations[key].label for key in known.accommodations
                                       if key in words.accommodations)))
    if known and (known.representative or known.mobile):
        rows.append((_("代表"), "　".join(filter(None, (known.representative, known.mobile)))))
    if not listing.contact_public and listing.phone:
        rows.append((_("電話（公開していません）"), listing.phone))
    return tuple(rows)


def capacity(listing: Listing, words: Vocabulary) -> str:
    """枠 as it was declared, and when."""
    term = words.capacity.get(listing.capacity_state or "not_asked")
    label = term.label if term else _("聞いていない")
    if listing.capacity_state == "places" and listing.capacity_count is not None:
        label = _("あと%(count)s人", count=listing.capacity_count)
    day: date | None = listing.capacity_date
    return _("%(label)s（%(day)sに確認）", label=label, day=full_date(day)) if day else label
