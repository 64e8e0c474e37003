"""Which criteria are there? Every file of this folder is one; adding a file adds it, nothing else needs to know.

A file holds `CRITERION`, a Hard or a Soft; its docstring is the help text. Hard ones are ordered by `first`, so the plain
facts (ages, who it is for) name a hidden row before a limit does, and 「その他」 comes after all that can be named.
"""

from functools import cache
from importlib import import_module
from inspect import getdoc
from pkgutil import iter_modules

from matcher.ranking.criterion import Hard, Soft


@cache
def _criteria() -> dict[str, Hard | Soft]:
    names = sorted(module.name for module in iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}").CRITERION for name in names}


@cache
def hard_criteria() -> tuple[Hard, ...]:
    """Every constraint, in the order in which a hidden row is counted."""
    found = [criterion for criterion in _criteria().values() if isinstance(criterion, Hard)]
    return tuple(sorted(found, key=lambda criterion: (criterion.measured, criterion.first, criterion.key)))


@cache
def soft_criteria() -> tuple[Soft, ...]:
    """Every row of the scorecard, by key."""
    found = [criterion for criterion in _criteria().values() if isinstance(criterion, Soft)]
    return tuple(sorted(found, key=lambda criterion: criterion.key))


def help_text(key: str) -> str:
    """What a criterion means, for the help page: the docstring of its file."""
    name = next(name for name, criterion in _criteria().items() if criterion.key == key)
    return getdoc(import_module(f"{__name__}.{name}")) or ""
