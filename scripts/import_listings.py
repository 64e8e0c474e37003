"""Load a department's list into the directory: 部署の一覧やオープンデータを取り込みます。

    python -m scripts.import_listings サロン一覧.xlsx --source "社協 サロン一覧" --dry-run
    python -m scripts.import_listings 全国の一覧.csv.gz --desk
"""

import argparse
import gc
import json
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import yaml
from sqlalchemy import Engine
from tqdm import tqdm

from directory import migrations
from directory.city import load_city
from directory.db import BACKGROUND_SECONDS, make_engine, read_session
from directory.errors import DirectoryError, ImportRefused
from directory.geocoding import online_geocoder
from directory.importers.fields import LABELS
from directory.importers.importing import ImportOptions, import_listings
from directory.importers.reading.limits import LIMITS
from directory.importers.registry import all_formats
from directory.importers.report import Report
from directory.reading_store import remember_changed
from directory.settings import Settings
from directory.uploads.receiving import Arrival, receive
from directory.uploads.working import work
from directory.vocabulary import load_vocabulary
from directory.wording import words_of
from directory.writing import current_revision

SHOWN_WARNINGS = 30
PROGRESS_FROM = 2_000
# Who put a file on the desk from the command line
ON_DESK = "コマンド"
ENDING = """終了コード: 0 = すべての行を取り込んだ（確認待ち・注意を含む）  1 = 取り込めない行があった（ほかの行は取り込んだ）
2 = ファイルを取り込めない（データベースは変わらない）
取り込んだ掲載は「確認中」になります。--publish を付けたときだけ公開します。"""


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, import, print; returns the exit code."""
    options = _parser().parse_args(arguments)
    settings = Settings.from_environment(os.environ)
    try:
        engine = ready_engine(options.database or settings.directory_database_url)
        if options.desk:
            return finish_on_desk(put_on_desk(engine, options, settings), settings, options.json)
        with read_session(engine) as session:
            before = current_revision(session)
        vocabulary = words_of(engine, load_vocabulary(settings.data / "vocabulary"))
        report = import_listings(engine, options.file, vocabulary, _options(options, settings), _now(), _bar)
        remember_changed(engine, since=before)
    except DirectoryError as error:
        return finish(error, options.json)
    return finish(report, options.json)


def ready_engine(url: str) -> Engine:
    """The directory's database, brought to the newest shape where it is not."""
    engine = make_engine(url, BACKGROUND_SECONDS)
    if migrations.current(engine) != migrations.newest():
        migrations.upgrade(engine)
    return engine


def put_on_desk(engine: Engine, options: argparse.Namespace, settings: Settings) -> str:
    """Lay a file on the curation desk, also one too large for a browser to send; returns the upload's id."""
    arrival = Arrival(options.file.name, bytes_of(options.file))
    upload_id = receive(
        engine, arrival, by=ON_DESK, staff_id="", now=_now(), source=options.source or "", largest=LIMITS.file_bytes)
    work(engine, settings, upload_id, _now())
    return upload_id


def finish_on_desk(upload_id: str, settings: Settings, as_json: bool) -> int:
    """Say where a person goes on."""
    address = f"{settings.url}/desk/curation/uploads/{upload_id}"
    print(f"整備デスクに置きました。まだ何も取り込んでいません。表を確かめて取り込んでください: {address}")
    if as_json:
        print(json.dumps({"desk": address}, ensure_ascii=False))
    return 0


def bytes_of(path: Path) -> bytes:
    """The file as it is. Raises ImportRefused when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ImportRefused(f"「{path.name}」を開けません。ファイルの場所と名前と許可を確かめてください。") from error


def finish(outcome: Report | DirectoryError, as_json: bool) -> int:
    """Print a report or a refusal, JSON last; returns the exit code (see ENDING)."""
    if isinstance(outcome, DirectoryError):
        print(str(outcome), file=sys.stderr)
        last: dict[str, object] = {"refused": str(outcome)}
    else:
        for line in sentences(outcome):
            print(line)
        last = outcome.as_json()
    if as_json:
        print(json.dumps(last, ensure_ascii=False))
    if isinstance(outcome, DirectoryError):
        return 2
    return 1 if outcome.reject else 0


def sentences(report: Report) -> Iterable[str]:
    """The report as a person reads it."""
    yield f"形式: {report.format}　文字コード: {report.encoding}　出典の名前: {report.source}"
    for each in report.maps:
        name = f"「{each.table}」" if each.table else ""
        pairs = "、".join(f"{title} → {LABELS.get(field, field)}" for title, field in each.columns.items())
        yield f"列の読み方{name}（{each.label}）: {pairs}"
        if each.kept:
            yield f"　項目のない列は、そのまま「その他の事実」に残します: {'、'.join(each.kept)}"
    yield from report.notes
    yield from (f"取り込めない行: {finding.sentence}" for finding in report.rejects)
    yield from (f"注意: {finding.sentence}" for finding in report.warnings[:SHOWN_WARNINGS])
    if len(report.warnings) > SHOWN_WARNINGS:
        yield f"注意はほかに {len(report.warnings) - SHOWN_WARNINGS:,} 件あります（--json で 500 件まで見られます）。"
    others = "".join(f"、{name} {count:,}" for name, count in report.others.items())
    yield (
        f"{report.rows:,} 行のうち、新しく {report.insert:,}、変更 {report.update:,}、変わりなし {report.noop:,}、"
        f"取り込めない {report.reject:,}{others}。"
    )
    if report.missing:
        yield f"前のファイルにあって今回ない行が {report.missing:,} あります。消さずに、確認待ちに入れました。"
    if report.dry_run:
        yield "試しの読み込みです。データベースには何も書いていません。"


def read_map(path: Path) -> dict[str, str | None]:
    """The --map file, YAML or JSON: our field → the file's column title. Raises ImportRefused when it is neither."""
    try:
        content = yaml.safe_load(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise ImportRefused(f"--map の「{path.name}」を読めません。「name: 列の見出し」の形の YAML か JSON にしてください。") from error
    if not isinstance(content, dict):
        raise ImportRefused(f"--map の「{path.name}」は「name: 列の見出し」の形で書いてください。")
    return {str(name): title for name, title in content.items()}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.import_listings", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="部署の一覧やオープンデータを取り込みます。CSV・TSV・Excel（.xlsx）・JSON・GeoJSON・.gz を読めます。", epilog=ENDING,
    )
    parser.add_argument("file", type=Path, help="取り込むファイル")
    parser.add_argument("--format", help=f"形式を決める（ふつうは自動）: {'、'.join(sorted(all_formats()))}")
    parser.add_argument("--map", type=Path, help="列の読み方を書いた YAML か JSON。出典ごとに覚えます")
    parser.add_argument("--kind", help="すべての行の種類（data/vocabulary/kinds.yml の名前）")
    parser.add_argument("--source", help="出典の名前（ふつうはファイルの名前）。次に同じ名前で取り込むと、前回と比べます")
    parser.add_argument("--publish", action="store_true", help="取り込んだ掲載をすぐ公開する")
    parser.add_argument("--dry-run", action="store_true", help="試しに読むだけで、書き込まない")
    parser.add_argument("--desk", action="store_true", help="取り込まずに整備デスクに置く。人が表を見て取り込む（5 MB を超えるファイルも）")
    parser.add_argument("--json", action="store_true", help="最後の行に結果を JSON で出す")
    parser.add_argument("--database", help="データベースの URL")
    return parser


def _options(options: argparse.Namespace, settings: Settings) -> ImportOptions:
    return ImportOptions(
        municipality=load_city(settings.data / "city.yml").name,
        geocoder=online_geocoder(os.environ, settings.instance / "geocoder.json"),
        source=options.source, format=options.format, kind=options.kind,
        overrides=read_map(options.map) if options.map else {}, publish=options.publish, dry_run=options.dry_run,
    )


def _bar(steps: Iterable, total: int) -> Iterable:
    """A progress bar on standard error for long work."""
    return tqdm(steps, total=total, unit="行", file=sys.stderr, mininterval=0.5) if total >= PROGRESS_FROM else steps


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


if __name__ == "__main__":
    # A short life full of rows that all stay: collecting would only look at them again and again (a fifth of the time).
    gc.disable()
    sys.exit(main())
