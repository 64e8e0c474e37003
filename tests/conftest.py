"""What does a test find ready? An empty, migrated database of either kind, and a browser; nothing else is shared."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from fcntl import LOCK_EX, flock
from itertools import count
from os import cpu_count, environ
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import URL, Engine, create_engine, make_url, text

from directory import migrations
from directory.catalog import CatalogKeeper
from directory.db import make_engine
from directory.sample import load_sample
from directory.vocabulary import load_vocabulary
from tests.postgres import cluster

ROOT = Path(__file__).parents[1]
# A busy machine is no failure; and in continuous integration the same commit gives the same answer.
settings.register_profile("house", deadline=None, derandomize=environ.get("CI") == "true")
settings.load_profile("house")
SAMPLE_DAY = date(2026, 11, 24)
# What takes longest begins first, so that no process is left alone with it at the end.
LONGEST_FIRST = ("web", "scripts", "matcher", "directory")
BOTH_DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: browsers, databases and disks are waited for."""
    return (cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers, then whole scripts, then what is quick; within a folder as it stands there."""
    def turn(item: pytest.Item) -> int:
        folder = item.path.relative_to(ROOT / "tests").parts[0]
        return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)

    items.sort(key=turn)


@pytest.fixture(params=BOTH_DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty, migrated database of the test's own: the test runs once on SQLite, once on PostgreSQL."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on `database_url`, closed after the test."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_file: Path) -> str:
    """The same on SQLite only, for tests in which the database plays no part of its own."""
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'directory.db')}"


@pytest.fixture
def postgres_url(postgres_server: URL, postgres_names: Iterator[int]) -> Iterator[str]:
    """The same on PostgreSQL: a copy of a migrated template, dropped after the test."""
    name = f"test_{next(postgres_names)}"
    _administer(postgres_server, f"CREATE DATABASE {name} TEMPLATE migrated")
    yield postgres_server.set(database=name).render_as_string(hide_password=False)
    _administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file in the newest shape, to be copied."""
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """The sample city on the 24th of November 2026, its words analysed: a SQLite file to be copied, one for all processes."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in environ else own
    path = shared / "sample.db"
    with (shared / "sample.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not path.exists():
            begun = Path(shutil.copy(migrated_file, shared / "sample.begun"))
            engine = make_engine(f"sqlite:///{begun}")
            load_sample(engine, ROOT / "data", today=SAMPLE_DAY, now=datetime(2026, 11, 24, 9))
            CatalogKeeper(engine, load_vocabulary(ROOT / "data/vocabulary")).current(datetime(2026, 11, 24, 9))
            engine.dispose()
            begun.rename(path)
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """A PostgreSQL server of the test session's own, with a migrated template."""
    with cluster() as address:
        server = make_url(address)
        _administer(server, "CREATE DATABASE migrated")
        _migrate(server.set(database="migrated").render_as_string(hide_password=False))
        yield server


@pytest.fixture(scope="session")
def postgres_names() -> Iterator[int]:
    """Numbers that make the names of test databases."""
    return count()


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium, driven by Playwright; mark the test `browser`. Each test opens a context of its own."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which(environ.get("CHROMIUM", "chromium")), args=["--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe_source() -> str:
    """axe-core as one script, for `page.evaluate`: the strict content policy allows no script tag."""
    return (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


def _migrate(url: str) -> None:
    engine = make_engine(url)
    migrations.upgrade(engine)
    engine.dispose()


def _administer(server: URL, statement: str) -> None:
    engine = create_engine(server.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
