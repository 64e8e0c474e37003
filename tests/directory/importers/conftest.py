"""What do the importer tests share? The vocabulary, a way to import with few words, and a digest of the directory."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from directory.db import make_engine
from directory.importers.importing import ImportOptions, import_listings
from directory.importers.report import Report
from directory.models import (
    Attribute, ChangeRequest, CostOption, Location, Organization, Schedule, Service, ServiceAtLocation, ServiceNeed,
)
from directory.vocabulary import Vocabulary, load_vocabulary

ROOT = Path(__file__).parents[3]
FIXTURES = ROOT / "tests" / "fixtures" / "imports"
NOW = datetime(2026, 11, 24, 9, 0)
Importer = Callable[..., Report]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary(ROOT / "data" / "vocabulary")


@pytest.fixture
def run(engine: Engine, vocabulary: Vocabulary) -> Importer:
    """Import a file: run(path, source="…", publish=True, now=…)."""

    def importer(path: Path, now: datetime = NOW, **options: object) -> Report:
        report = import_listings(engine, path, vocabulary, ImportOptions(**options), now)
        assert report.accounted, report.as_json()
        return report

    return importer


def digest(engine: Engine) -> str:
    """One fingerprint of everything the directory says, ids of child rows and times left out."""
    models = (
        Organization, Location, Service, ServiceAtLocation, Schedule, CostOption, ServiceNeed, Attribute, ChangeRequest
    )
    left_out = {"last_modified", "source_id", "created"}
    said = []
    with engine.connect() as connection:
        for model in models:
            columns = [
                column for column in model.__table__.columns
                if column.name not in left_out and not (
                    column.name == "id" and model in (Schedule, CostOption, ChangeRequest)
                )
            ]
            rows = [[str(cell) for cell in row] for row in connection.execute(select(*columns))]
            said.append([model.__tablename__, sorted(rows)])
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@pytest.fixture
def sqlite_engine(sqlite_url: str):
    """A database where only the file matters."""
    engine = make_engine(sqlite_url)
    yield engine
    engine.dispose()
