"""What does the public search find? The same search as the site's, printed for people or as one JSON object.

    python -m scripts.search '水曜 午前 佐伯 体操' --today 2026-11-24 --json
    python -m scripts.search '体操' --filter area=佐伯 --filter wheelchair=yes --page 2
"""

import argparse
import json
import os
import sys
from datetime import date, datetime, time

from sqlalchemy.exc import OperationalError, ProgrammingError

from directory.catalog import CatalogKeeper
from directory.db import make_engine
from directory.errors import DirectoryError
from directory.search import Hit, SearchPage, read_parameters, search
from directory.settings import Settings
from directory.vocabulary import load_vocabulary

FAILED = 1


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, search, print."""
    options = _parser().parse_args(arguments)
    try:
        page = _page(options, Settings.from_environment(os.environ))
    except DirectoryError as error:
        print(error, file=sys.stderr)
        return FAILED
    except (OperationalError, ProgrammingError):
        print("データベースがまだありません。scripts/run を動かすか、--database を付けてください。", file=sys.stderr)
        return FAILED
    print(json.dumps(as_json(page), ensure_ascii=False) if options.json else as_text(page))
    return 0


def as_json(page: SearchPage) -> dict[str, object]:
    """The page as plain data: ids, names, scores, chips, facets and everything said to the reader."""
    return {
        "query": page.query.q, "parameters": page.query.parameters(), "heading": page.heading, "total": page.total,
        "page": page.query.page, "pages": page.pages, "partial": page.partial, "unmapped": page.unmapped,
        "hits": [{
            "id": hit.listing.id, "key": hit.listing.source_key, "name": hit.listing.name, "kind": hit.listing.kind,
            "score": hit.score, "distance_km": hit.distance_km, "next": _next(hit),
        } for hit in page.hits],
        "chips": [{"label": chip.label, "words": chip.words, "without": chip.without} for chip in page.chips],
        "facets": {facet.parameter: [
            {"value": option.value, "label": option.label, "count": option.count, "selected": option.selected}
            for option in (*facet.options, *facet.asks)
        ] for facet in page.facets},
        "aloud": list(page.aloud), "corrections": [found.query.q for found in page.corrections],
        "urgent": [help_.key for help_ in page.urgent], "ignored": list(page.ignored),
        "advice": None if page.advice is None else {
            "removed_everything": list(page.advice.removed_everything),
            "relaxations": [{"label": it.label, "count": it.count} for it in page.advice.relaxations],
            "neighbours": [{"label": it.label, "count": it.count} for it in page.advice.neighbours],
        },
    }


def as_text(page: SearchPage) -> str:
    """The page as a person reads it."""
    lines = [f"{page.heading}  {page.total}件（{page.query.page}/{page.pages}ページ）"]
    lines += [f"［{chip.label}］外すと{chip.without}件" for chip in page.chips]
    lines += [f"「{'」「'.join(page.aloud)}」に近い言葉でも探しました。"] if page.aloud else []
    lines += list(page.ignored)
    for help_ in page.urgent:
        lines.append(help_.say)
        lines += [f"    {line.name} {line.number}" for line in help_.lines if line.number]
    for hit in page.hits:
        coming = _next(hit)
        when = f"次回 {coming['date']} {coming['start'] or ''}" if coming else "日時は要確認"
        planned = "（予定）" if coming and not coming["certain"] else ""
        lines.append(f"{hit.number:>3}. {hit.listing.name}  {when}{planned}")
    if page.advice:
        lines += [f"→ {it.label}：{it.count}件" for it in (*page.advice.relaxations, *page.advice.neighbours)]
    return "\n".join(lines)


def _next(hit: Hit) -> dict[str, object] | None:
    if hit.next is None:
        return None
    return {
        "date": hit.next.date.isoformat(), "start": hit.next.start and hit.next.start.isoformat("minutes"),
        "end": hit.next.end and hit.next.end.isoformat("minutes"), "certain": hit.next.certain,
    }


def _page(options: argparse.Namespace, settings: Settings) -> SearchPage:
    engine = make_engine(options.database or settings.directory_database_url)
    # From the start of the day, so that what is on today counts as coming.
    now = datetime.combine(options.today or settings.today or date.today(), time.min)
    catalog = CatalogKeeper(engine, load_vocabulary(settings.data / "vocabulary")).current(now)
    given = [("q", " ".join(options.words)), ("page", str(options.page)), ("sort", options.sort)]
    filters = [tuple(pair.partition("=")[::2]) for pair in options.filter]
    return search(catalog, read_parameters([*given, *filters], catalog), now)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.search", description=__doc__.splitlines()[0])
    parser.add_argument("words", nargs="*", help="what to search for; nothing lists all places")
    parser.add_argument("--today", type=date.fromisoformat, help="search as if it were this day (YYYY-MM-DD)")
    parser.add_argument("--filter", action="append", default=[], metavar="NAME=VALUE",
                        help="a filter of the search page, e.g. area=佐伯; may repeat")
    parser.add_argument("--sort", default="", help="recommended, near, next or updated")
    parser.add_argument("--page", type=int, default=1)
    parser.add_argument("--database", help="SQLAlchemy URL; the directory's database by default")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


if __name__ == "__main__":
    sys.exit(main())
