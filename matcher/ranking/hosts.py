"""What does casework know of the hosts? Places free, places held, how often they were asked, who stayed.

All of it is optional and empty by default; keys are listing ids. Counts only: no person is in here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Places:
    """枠 as the host declared it to us: `free` of `total` on `day`."""

    free: int
    total: int
    day: date


@dataclass(frozen=True)
class Kept:
    """Of `count` people who came, how many stayed (`observed`) and how many one would expect to (`expected`)."""

    observed: float
    expected: float
    count: int


@dataclass(frozen=True)
class Hosts:
    """`held`: places kept free by a 紹介; `resting`: hosts that take no new 紹介 now (one a month, a pause).

    `aged`: those whose declaration is too old to be counted on; `match` fills it in.
    """

    declared: Mapping[str, Places] = field(default_factory=dict)
    held: Mapping[str, int] = field(default_factory=dict)
    resting: frozenset[str] = frozenset()
    offered: Mapping[str, int] = field(default_factory=dict)
    kept: Mapping[str, Kept] = field(default_factory=dict)
    aged: frozenset[str] = frozenset()
