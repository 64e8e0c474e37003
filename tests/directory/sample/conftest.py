"""What does a test of the sample city find ready? The loaded city, its raw entries, and a copy that may be spoiled."""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from directory.db import make_engine
from directory.yaml_files import read_yaml

DATA = Path(__file__).resolve().parents[3] / "data"
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 0)


@pytest.fixture(scope="package")
def city(tmp_path_factory: pytest.TempPathFactory, sample_file: Path) -> Iterator[Engine]:
    """An engine on the loaded sample city; read-only for every test."""
    path = shutil.copy(sample_file, tmp_path_factory.mktemp("city") / "city.db")
    engine = make_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="package")
def entries() -> list[dict]:
    """Every listing as its file says it."""
    return [entry for file in sorted((DATA / "sample").glob("*.yml")) for entry in read_yaml(file)]


@pytest.fixture
def own_data(tmp_path: Path) -> Path:
    """A copy of the city's data that a test may spoil."""
    return Path(shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("gold")))
