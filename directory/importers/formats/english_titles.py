"""Lists with English titles as 高松市 publishes them: #property, latitude, longitude, name, address …"""

from directory.importers.registry import Format

FORMAT = Format(
    "english_titles", "英語の見出しの施設一覧", public_contact=True,
    signature=("#property", "latitude", "longitude", "name", "address"),
)
