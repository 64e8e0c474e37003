"""What does a test of the site find ready? A small town in a database of its own, and a client that asks its pages."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from directory.db import make_engine
from directory.inbox import Inbox
from directory.settings import Settings
from tests.web.serving import served
from tests.web.town import Town, build_town
from web import create_app

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Site:
    """A running site over a small town."""

    app: Flask
    town: Town
    settings: Settings


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[Site]:
    """The public site of the small town, on the 24th of November 2026; tests only look at it."""
    path = tmp_path_factory.mktemp("site") / "directory.db"
    path.write_bytes(migrated_file.read_bytes())
    engine: Engine = make_engine(f"sqlite:///{path}")
    town = build_town(engine)
    engine.dispose()
    settings = settings_for(f"sqlite:///{path}", path.parent)
    app = create_app(settings, "all")
    yield Site(app, town, settings)
    app.extensions["yoridokoro"].engine.dispose()


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory, sample_file: Path) -> Iterator[Flask]:
    """The public site of the whole sample city on the same day; tests only look at it."""
    path = tmp_path_factory.mktemp("city") / "directory.db"
    path.write_bytes(sample_file.read_bytes())
    app = create_app(settings_for(f"sqlite:///{path}", path.parent), "public")
    yield app
    app.extensions["yoridokoro"].engine.dispose()


@pytest.fixture(scope="session")
def address(city: Flask) -> Iterator[str]:
    """Where a real browser finds the sample city's site."""
    with served(city) as url:
        yield url


@pytest.fixture
def client(site: Site) -> FlaskClient:
    """A client without cookies."""
    return site.app.test_client()


@pytest.fixture
def town(site: Site) -> Town:
    """The ids of the small town's listings."""
    return site.town


@pytest.fixture
def app(site: Site, tmp_path: Path) -> Flask:
    """The public site with an instance folder of its own."""
    return create_app(replace(site.settings, instance=tmp_path), "public")


@pytest.fixture
def inbox(app: Flask, tmp_path: Path) -> Iterator[Inbox]:
    """The inbox of this site; `letters(inbox)` tells what lies in it."""
    opened = Inbox.open(f"sqlite:///{tmp_path / 'inbox.db'}")
    yield opened
    opened.close()


def settings_for(url: str, instance: Path, today: date | None = TODAY) -> Settings:
    """Settings of a site on this database with the project's own data."""
    return Settings(
        directory_database_url=url, casework_database_url="sqlite://", data=ROOT / "data", instance=instance,
        today=today,
    )
