"""Which shape should the casework database have, and how does it get there?"""

from pathlib import Path

from directory.migrating import Migrations
from matcher import models  # noqa: F401 — importing the models fills Base.metadata
from matcher.db import Base

MIGRATIONS = Migrations(Path(__file__).parent, Base.metadata)
