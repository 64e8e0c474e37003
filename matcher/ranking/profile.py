"""What does the engine know of one person? One frozen record; what nobody has heard is left out, never guessed.

Keys are those of data/vocabulary (needs, interests, load_levels, attributes, accommodations) and zones of
data/city.yml. No name, no address, no free text about the person; `matcher.matching.check` refuses unknown keys and
contradictions with a sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# What a person said about themselves; None is 「聞けなかった」. `other`: places for one gender only are not proposed.
GENDERS = ("female", "male", "other")
MODES = ("walk", "bike", "car", "bus")
AUDIENCES = ("parents", "carers", "foreigners", "disabled")
MAINLAND = "mainland"


@dataclass(frozen=True, order=True)
class Slot:
    """A time of the week the person can go: weekday 月=0 … 日=6, minutes after midnight, `until_minute` not included."""

    weekday: int
    from_minute: int
    until_minute: int


@dataclass(frozen=True)
class Profile:
    """Wishes, needs and limits of one person. Ceilings are limits, comfort is what is easy; both 0–4."""

    # need key → 0–1, how much it matters
    needs: Mapping[str, float] = field(default_factory=dict)
    # keys of interests.yml, or free words
    interests: tuple[str, ...] = ()
    age: int | None = None
    gender: str | None = None
    # lives in the city (True), does not (False), not heard (None)
    resident: bool | None = None
    # whom the person counts among, of parents, carers, foreigners, disabled: only what was heard
    audiences: tuple[str, ...] = ()
    # 地域 of the home
    home_area: str | None = None
    # load key → 0–4; a key left out was not heard
    ceilings: Mapping[str, int] = field(default_factory=dict)
    comfort: Mapping[str, int] = field(default_factory=dict)
    # somebody goes along: 刺激, 人数 and 会話 may be one level higher
    accompanied: bool = False
    # the person asked for a little more than what is easy
    stretch: bool = False
    # attribute keys; `phone_duty` may be avoided too, of roles
    required: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    # 受け入れの配慮 the person needs
    accommodations: tuple[str, ...] = ()
    # attribute or 受け入れの配慮 keys that would help but are no condition
    helpful: tuple[str, ...] = ()
    # yen a time
    cost_limit: int | None = None
    # () = any time, or not heard
    slots: tuple[Slot, ...] = ()
    # mode → minutes one way at most; {} = not heard
    travel: Mapping[str, int] = field(default_factory=dict)
    # (latitude, longitude) the person sets out from
    start: tuple[float, float] | None = None
    zone: str = MAINLAND
    # takes the ferry; minutes of the whole way when a crossing is part of it (None: the limit of the mode)
    ferry: bool = False
    ferry_limit: int | None = None
    # walks slowly
    frail: bool = False
    # language codes the person can use; () = Japanese
    languages: tuple[str, ...] = ()
    # needs somebody allowed to stay along
    companion: bool = False
    # 知り合いのいない地区がよい
    away_from_neighbours: bool = False
    # 相談者≠本人, 本人未接触: only places for families
    family_only: bool = False
    # may wait for a place to become free: full ones count as possible
    waits: bool = False
    # listing ids of the places the person goes to already, trying them or for good
    attends: frozenset[str] = frozenset()
    # listing ids: 「この場所は除く」 (no reason is kept), and the confidential no-contact pairs
    excluded: frozenset[str] = frozenset()
    no_contact: frozenset[str] = frozenset()
