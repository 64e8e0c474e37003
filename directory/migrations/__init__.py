"""Which shape should the directory's database have, and how does it get there?"""

from pathlib import Path

from directory import models  # noqa: F401 — importing the models fills Base.metadata
from directory.db import Base
from directory.migrating import Migrations

MIGRATIONS = Migrations(Path(__file__).parent, Base.metadata)

upgrade, downgrade, write_migration = MIGRATIONS.upgrade, MIGRATIONS.downgrade, MIGRATIONS.write_migration
current, newest, differences = MIGRATIONS.current, MIGRATIONS.newest, MIGRATIONS.differences
