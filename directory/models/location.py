"""Where is it? HSDS location 場所, the areas a city thinks in, and its gazetteer of towns."""

from sqlalchemy import JSON, Boolean, Float, String
from sqlalchemy.orm import Mapped, mapped_column

from directory.db import Base
from directory.models.columns import Id, LongText, ShortText, Word


class Location(Base):
    """A building or spot. `masked` (個人宅, shelters): only its 地域 may ever be shown to the public.

    latitude, longitude in WGS84 degrees; precision 建物 building, 番地 block, 町丁目 town, None 不明.
    zone is `mainland` or the key of an island.
    """

    __tablename__ = "location"

    id: Mapped[Id]
    name: Mapped[ShortText | None]
    name_kana: Mapped[ShortText | None]
    postal_code: Mapped[str | None] = mapped_column(String(8))
    prefecture: Mapped[Word | None]
    municipality: Mapped[Word | None]
    town: Mapped[ShortText | None]
    address_rest: Mapped[ShortText | None]
    building: Mapped[ShortText | None]
    # NFKC, dashes folded, prefecture dropped, plus building: the match key of imports.
    normalised_address: Mapped[str | None] = mapped_column(String(600), index=True)
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    precision: Mapped[str | None] = mapped_column(String(10))
    zone: Mapped[str] = mapped_column(String(60), default="mainland")
    travel_notes: Mapped[LongText | None]
    masked: Mapped[bool] = mapped_column(Boolean, default=False)


class Area(Base):
    """A named area of one kind: 圏域, 地域, 小学校区, 市民センター, 民生委員担当区, 字/区, 団地 … Areas may overlap."""

    __tablename__ = "area"

    id: Mapped[Id]
    kind: Mapped[Word]
    name: Mapped[ShortText] = mapped_column(index=True)
    name_kana: Mapped[ShortText | None]
    polygon: Mapped[dict | None] = mapped_column(JSON)


class Town(Base):
    """One 町字 of the gazetteer with the coordinates of its middle."""

    __tablename__ = "town"

    id: Mapped[Id]
    prefecture: Mapped[Word]
    municipality: Mapped[Word]
    municipality_code: Mapped[str | None] = mapped_column(String(6))
    name: Mapped[ShortText] = mapped_column(index=True)
    name_kana: Mapped[ShortText | None]
    latitude: Mapped[float] = mapped_column(Float)
    longitude: Mapped[float] = mapped_column(Float)
    zone: Mapped[str] = mapped_column(String(60), default="mainland")


class Boundary(Base):
    """The outline of a municipality as GeoJSON, with the words its source asks to be shown."""

    __tablename__ = "boundary"

    id: Mapped[Id]
    municipality: Mapped[Word]
    geometry: Mapped[dict] = mapped_column(JSON)
    attribution: Mapped[ShortText | None]
