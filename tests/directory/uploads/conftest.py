"""What do the tests of uploads share? A desk that takes lists in without a process of its own."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from directory.db import make_engine, read_session
from directory.models import Upload, UploadFile, UploadRow
from directory.settings import Settings
from directory.uploads.choosing import choose_columns, confirm
from directory.uploads.history import ask_undo
from directory.uploads.receiving import Arrival, receive
from directory.uploads.states import upload
from directory.uploads.working import work

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 24, 3, 0)
SOURCE = "社協 サロン一覧"
TITLES = ("サロン名", "住所", "電話番号", "日時", "内容")
SALONS = (
    ("つつじサロン", "津田1", "0829-00-0001", "毎週水曜 10時～12時", "お茶"),
    ("もみじサロン", "津田2", "0829-00-0002", "第2火曜 13時～15時", "体操"),
    ("やまびこサロン", "玖島3", "0829-00-0003", "不定期", "歌"),
)
Rows = Sequence[Sequence[str]]


def csv_of(rows: Rows, titles: Sequence[str] = TITLES) -> bytes:
    """A list as a department saves it."""
    return "\r\n".join(",".join(cells) for cells in (titles, *rows)).encode("utf-8-sig")


@dataclass
class UploadDesk:
    """Lists on their way, on one database."""

    engine: Engine
    settings: Settings
    # The upload that was taken in before the test began
    first: str = ""

    def send(self, content: bytes, name: str = "list.csv", source: str = SOURCE) -> str:
        """Take a file in and read it."""
        upload_id = receive(self.engine, Arrival(name, content), by="SC 佐伯", staff_id="s", now=NOW, source=source)
        self.work(upload_id)
        return upload_id

    def compared(self, content: bytes, name: str = "list.csv", source: str = SOURCE, **columns: str) -> str:
        """The same, up to the table of its rows."""
        upload_id = self.send(content, name, source)
        choose_columns(self.engine, upload_id, self.now(upload_id).version, columns=columns, kind=None, now=NOW)
        self.work(upload_id)
        return upload_id

    def taken_in(self, content: bytes, source: str = SOURCE, rest: str = "separate") -> str:
        """The same, up to the end."""
        upload_id = self.compared(content, source=source)
        self.confirm(upload_id, rest)
        return upload_id

    def confirm(self, upload_id: str, rest: str = "separate", publish: bool = False) -> None:
        """Say yes, and do it."""
        confirm(self.engine, upload_id, self.now(upload_id).version, by="SC 佐伯", publish=publish, rest=rest, now=NOW)
        self.work(upload_id)

    def work(self, upload_id: str, now: datetime = NOW) -> None:
        """The next step in the background."""
        work(self.engine, self.settings, upload_id, now)

    def now(self, upload_id: str) -> Upload:
        """The upload as it stands."""
        with read_session(self.engine) as session:
            return upload(session, upload_id)

    def rows(self, upload_id: str) -> list[UploadRow]:
        """Its table."""
        with read_session(self.engine) as session:
            wanted = select(UploadRow).where(UploadRow.upload_id == upload_id).order_by(UploadRow.position)
            return list(session.scalars(wanted))

    def kinds(self, upload_id: str) -> list[tuple[str, str]]:
        """Kind and name of every row, as they are shown."""
        return [(row.kind, row.name) for row in self.rows(upload_id)]

    def copy(self, upload_id: str) -> bytes | None:
        """The annotated Excel file."""
        with read_session(self.engine) as session:
            return session.scalar(select(UploadFile.copy).where(UploadFile.upload_id == upload_id))

    def take_back(self, upload_id: str, by: str = "SC 佐伯", now: datetime = NOW) -> None:
        """Take the import back."""
        ask_undo(self.engine, upload_id, self.now(upload_id).version, by, now)
        self.work(upload_id, now)


def changed(row: int, column: int, value: str) -> list[list[str]]:
    """The list with one cell changed."""
    rows = [list(cells) for cells in SALONS]
    rows[row][column] = value
    return rows


def desk_on(url: str, folder: Path) -> UploadDesk:
    """A desk on the database of this URL."""
    settings = Settings(directory_database_url=url, casework_database_url="", data=ROOT / "data", instance=folder)
    return UploadDesk(make_engine(url), settings)


@pytest.fixture(scope="session")
def salons_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database in which the list of salons was taken in, to be copied; and the id of that upload."""
    folder = tmp_path_factory.mktemp("salons")
    path = Path(shutil.copy(migrated_file, folder / "salons.db"))
    desk = desk_on(f"sqlite:///{path}", folder)
    first = desk.taken_in(csv_of(SALONS))
    desk.engine.dispose()
    return path, first


@pytest.fixture
def begun(salons_file: tuple[Path, str], tmp_path: Path):
    """A desk whose directory knows the salons already."""
    path, first = salons_file
    made = desk_on(f"sqlite:///{shutil.copy(path, tmp_path / 'begun.db')}", tmp_path / "instance")
    made.first = first
    yield made
    made.engine.dispose()


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path):
    """A desk on a database of its own."""
    made = desk_on(sqlite_url, tmp_path / "instance")
    yield made
    made.engine.dispose()
