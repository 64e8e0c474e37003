"""What can be found at this moment? One immutable, in-memory edition of all listings: columns, timetable, text index.

Search and matching read it and nothing else. It is derived: losing it costs a rebuild, never a fact.
"""

from directory.catalog.assembler import Assembler
from directory.catalog.edition import Catalog, Place
from directory.catalog.keeper import CatalogKeeper

__all__ = ["Assembler", "Catalog", "CatalogKeeper", "Place"]
