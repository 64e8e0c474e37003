"""What does a match consist of once it is worked out? Frozen records with Japanese sentences, ready for a page.

Nothing here is personal but `MatchResult.ignored` and the sentences about limits: treat all of it as the participant's
record. Whatever depends on the confidential no-contact pairs is only in the undivided 「その他」 of `hidden`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.ranking.profile import Profile

TIERS = {"A": "打診できる", "B": "確認してから", "C": "あと一歩"}


@dataclass(frozen=True)
class Reason:
    """Why a place stands where it stands. `worth`: how much it adds to the score beside an ordinary place."""

    criterion: str
    label: str
    sentence: str
    worth: float


@dataclass(frozen=True)
class Unknown:
    """One thing nobody knows of the place yet. `question` is what to ask there, or of the person: without a name.

    `attribute`: the vocabulary key SC can be asked about (「SCに確認を頼む」 sends listing × attribute), or None.
    """

    criterion: str
    part: str
    label: str
    sentence: str
    question: str
    attribute: str | None = None


@dataclass(frozen=True)
class Change:
    """A limit that, loosened so much, lets places in. Applying it gives exactly these numbers.

    `amount` means `sentence`; `added` places enter A∪B, `to_confirm` of them B; `smallest` is the least amount that lets
    one in (minutes, yen, levels), `smallest_added` how many; None where the change has no amount.
    """

    criterion: str
    part: str
    label: str
    sentence: str
    amount: int | None
    added: int
    to_confirm: int
    smallest: int | None
    smallest_added: int
    # The profile with this limit loosened: what the desk tries when the change is pressed
    into: Profile | None = None


@dataclass(frozen=True)
class Match:
    """A listing, as a place to come to or as one role, for one person. Scores are 0–1.

    `low`, `high`: the score if everything unknown turned out badly, or well. `parts`: criterion → what it adds; with
    `base` they sum to `score`. `depends`: 条件しだい, its rank turns under small changes of the weights. `missing` is the one
    failed condition of tier C, and `opens` the change that would let it in.
    """

    listing_id: str
    role_id: str | None
    name: str
    role: str | None
    tier: str
    rank: int
    score: float
    low: float
    high: float
    base: float
    parts: Mapping[str, float]
    reasons: tuple[Reason, ...]
    weak: tuple[Reason, ...]
    unknown: tuple[Unknown, ...]
    missing: str | None
    opens: str | None
    depends: bool
    phone: str | None
    phone_hours: str | None
    contact: str
    fail: int = 0
    unknown_bits: int = 0


@dataclass(frozen=True)
class LeftOut:
    """A place, or a role there, that is not shown. `staff_only`: its name does not leave the desk."""

    listing_id: str
    name: str
    role: str | None
    staff_only: bool


@dataclass(frozen=True)
class Hidden:
    """How many are not shown for this reason; every hidden one is counted once.

    `places`: the nearest of them, where they were asked for, and `sentence` the reason aloud; never of 「その他」.
    """

    label: str
    count: int
    sentence: str = ""
    places: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class Ask:
    """One call and what to ask there, in the order of what it buys."""

    listing_id: str
    role_id: str | None
    name: str
    items: tuple[Unknown, ...]
    worth: float
    phone: str | None


@dataclass(frozen=True)
class Question:
    """What to ask the person next, at a time that suits them."""

    key: str
    sentence: str


@dataclass(frozen=True)
class Unmet:
    """A draft for the gap register: no person in it. need × area × times × loads × why nothing fits."""

    needs: tuple[str, ...]
    area: str | None
    slots: tuple[str, ...]
    loads: Mapping[str, int]
    causes: tuple[Hidden, ...]
    found: int
    sentence: str


@dataclass(frozen=True)
class MatchResult:
    """Everything a page of candidates shows. `shown` is the list to talk about: A and B in one order.

    `a`, `b`, `c`: the tiers, best first, at most LISTED each; `counts` says how many there are in all. `questions` is not
    empty when neither a need nor an interest was heard; then there is no list. `unmet` when little or nothing fits.
    `ignored`: sentences about what could not be used (a listing that was withdrawn).
    """

    weights_version: str
    catalog_revision: int
    total: int
    counts: Mapping[str, int]
    shown: tuple[Match, ...]
    a: tuple[Match, ...]
    b: tuple[Match, ...]
    c: tuple[Match, ...]
    hidden: tuple[Hidden, ...]
    changes: tuple[Change, ...]
    asks: tuple[Ask, ...]
    questions: tuple[Question, ...]
    unmet: Unmet | None
    ignored: tuple[str, ...] = ()
