"""What is being asked for? One frozen query, the same for the URL, the page and the command line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

PAGE_SIZE = 20
MAXIMUM_PAGE = 10_000
SORTS = {"recommended": "おすすめ順", "near": "近い順（直線距離）", "next": "次の開催順", "updated": "更新順"}


@dataclass(frozen=True)
class SearchQuery:
    """Words, filter values, order and page. `values` holds (parameter, values) in the order of FILTERS.

    `ignored` holds whole sentences about parameters that could not be used.
    """

    q: str = ""
    values: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sort: str = "recommended"
    page: int = 1
    ignored: tuple[str, ...] = ()

    def get(self, parameter: str) -> tuple[str, ...]:
        """The values of one parameter, () when it is not in use."""
        return dict(self.values).get(parameter, ())

    def first(self, parameter: str) -> str | None:
        """The single value of a parameter, or None."""
        return next(iter(self.get(parameter)), None)

    def setting(self, parameter: str, values: Iterable[str]) -> "SearchQuery":
        """This query with exactly these values of one parameter, back on page 1."""
        kept = dict(self.values)
        kept[parameter] = tuple(dict.fromkeys(values))
        ordered = tuple((name, given) for name, given in kept.items() if given)
        return replace(self, values=ordered, page=1)

    def adding(self, parameter: str, value: str) -> "SearchQuery":
        """This query with one more value (OR within a parameter)."""
        return self.setting(parameter, (*self.get(parameter), value))

    def removing(self, parameter: str, value: str | None = None) -> "SearchQuery":
        """This query without one value, or without the whole parameter."""
        return self.setting(parameter, () if value is None else (v for v in self.get(parameter) if v != value))

    def with_words(self, q: str) -> "SearchQuery":
        """This query with other words."""
        return replace(self, q=q, page=1)

    def on_page(self, page: int) -> "SearchQuery":
        """This query on another page."""
        return replace(self, page=page)

    def parameters(self) -> list[tuple[str, str]]:
        """Pairs for the query string; defaults are left out, so equal queries have equal URLs."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, value) for name, values in self.values for value in values]
        if self.sort != "recommended":
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs
