"""How does a cleaner say that it is not sure? With what is wrong and what to do, in words an SC can act on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Doubt:
    """One thing found wrong with one cell."""

    problem: str
    advice: str
