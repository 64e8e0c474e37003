"""How does the directory reach the public? As a snapshot of published rows and public fields in a database of its own.

The snapshot is written from public Listings, the very records the public pages show: what is not in one of them cannot
get into it. It has the same tables, so the public process reads it with the same code.
"""

from directory.publishing.renewing import PublishReport, publish

__all__ = ["PublishReport", "publish"]
