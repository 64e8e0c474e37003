"""How does what waits look in a list? One row each, with the page on which it is decided."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """One choice of a filter; `here`: the one in force."""

    label: str
    url: str
    here: bool
    count: int | None = None


@dataclass(frozen=True)
class Door:
    """One kind of waiting things on the home page."""

    label: str
    count: int
    about: str
    url: str


@dataclass(frozen=True)
class Waiting:
    """One waiting thing. `tick`: the listing that can be confirmed as unchanged together with others; `here`: being looked at."""

    url: str
    name: str
    what: str
    facts: tuple[str, ...]
    tick: str = ""
    here: bool = False
