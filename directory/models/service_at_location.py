"""What is one listing 掲載? HSDS service_at_location: one service at one place, the unit that is searched and shown."""

from datetime import date

from sqlalchemy import JSON, Boolean, Date, DateTime, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.db import Base
from directory.models.columns import Facts, Id, LongText, Moment, ShortText, TextList, Word, reference


class ServiceAtLocation(Base):
    """A listing. Without a location it is a visiting or telephone service with a `service_area`.

    Columns marked staff never leave the desk: representative, mobile, loads, accommodations, consent, pickup `ask`,
    keywords, and every field named in `staff_fields`.
    """

    __tablename__ = "service_at_location"

    id: Mapped[Id]
    service_id: Mapped[str] = reference("service.id")
    location_id: Mapped[str | None] = reference("location.id")
    service_area: Mapped[ShortText | None]
    # None: the service's own name
    name: Mapped[ShortText | None]
    name_kana: Mapped[ShortText | None]

    # draft, review, published, paused, closed
    status: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    paused_until: Mapped[date | None] = mapped_column(Date)
    status_reason: Mapped[LongText | None]
    # public 公開, staff 支援者のみ, none 載せない
    visibility: Mapped[str] = mapped_column(String(10), default="public")
    staff_fields: Mapped[TextList]
    consent_given: Mapped[bool | None] = mapped_column(Boolean)
    consent_by: Mapped[ShortText | None]
    consent_date: Mapped[date | None] = mapped_column(Date)
    consent_fields: Mapped[TextList]

    welcome: Mapped[Word] = mapped_column(default="unknown")
    # people 人数, ages 年代, men 男性の参加, alone 一人で来る人: text as told; a key left out is 未確認
    usual: Mapped[Facts]
    # entrance, ask_for, self_introduction, leave_early, bring, sign_in: text as told
    first_day: Mapped[Facts]
    # steps of 参加するには; empty: the service's own
    steps: Mapped[TextList]
    # service 事業として, ask 相談により (staff), none なし; None = 未確認
    pickup: Mapped[Word | None]
    # open 定員なし, places あと n 人, hard_now 今は難しい, not_asked; None = 未確認
    capacity_state: Mapped[Word | None]
    capacity_count: Mapped[int | None] = mapped_column(Integer)
    capacity_date: Mapped[date | None] = mapped_column(Date)
    # load key → level 0–4; a key left out was not observed (staff)
    loads: Mapped[Facts]
    accommodations: Mapped[TextList]

    contact_public: Mapped[bool] = mapped_column(Boolean, default=False)
    phone: Mapped[ShortText | None]
    phone_extension: Mapped[Word | None]
    phone_hours: Mapped[ShortText | None]
    email: Mapped[ShortText | None]
    web: Mapped[ShortText | None]
    representative: Mapped[ShortText | None]
    mobile: Mapped[ShortText | None]

    assured_date: Mapped[date | None] = mapped_column(Date)
    assured_by: Mapped[ShortText | None]
    assured_how: Mapped[Word | None]
    assurance_due: Mapped[date | None] = mapped_column(Date)

    source_id: Mapped[str | None] = reference("source.id")
    source_key: Mapped[str | None] = mapped_column(String(200), index=True)
    keywords: Mapped[TextList]
    # What a source said that has no column of its own: column title → text. Shown to staff, never dropped.
    other_facts: Mapped[Facts]
    merged_into: Mapped[str | None] = mapped_column(String(36))
    last_modified: Mapped[Moment] = mapped_column(DateTime())
    # Travels in every edit form: a stale form is told so instead of overwriting.
    version: Mapped[int] = mapped_column(Integer, default=1)

    service = relationship("Service")
    location = relationship("Location")
    schedules = relationship("Schedule", cascade="all, delete-orphan", order_by="Schedule.position")
    closures = relationship("Closure", cascade="all, delete-orphan", order_by="Closure.date")
    attributes = relationship("Attribute", cascade="all, delete-orphan", order_by="Attribute.term")
    roles = relationship("Role", cascade="all, delete-orphan", order_by="Role.position")
    areas = relationship("Area", secondary="listing_area", order_by="Area.kind, Area.name")


class ListingArea(Base):
    """The areas a listing lies in or serves."""

    __tablename__ = "listing_area"

    listing_id: Mapped[str] = mapped_column(
        ForeignKey("service_at_location.id", ondelete="CASCADE"), primary_key=True
    )
    area_id: Mapped[str] = mapped_column(ForeignKey("area.id"), primary_key=True, index=True)


class Attribute(Base):
    """Listing × term: yes, no, or unknown with a day (“asked, could not tell”). No row at all is 未確認 too."""

    __tablename__ = "attribute"

    listing_id: Mapped[str] = mapped_column(
        ForeignKey("service_at_location.id", ondelete="CASCADE"), primary_key=True
    )
    term: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(String(7))
    verified_at: Mapped[date | None] = mapped_column(Date)
    verified_by: Mapped[ShortText | None]
    source: Mapped[ShortText | None]


class Role(Base):
    """役割: something a person can do there, with its own loads (load key → 0–4).

    phone_duty: 電話番 or not; None = 未確認. stage: いるだけ → 手伝い → 役割 → 就労.
    """

    __tablename__ = "role"

    id: Mapped[Id]
    listing_id: Mapped[str] = reference("service_at_location.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[ShortText]
    what: Mapped[LongText | None]
    loads: Mapped[dict] = mapped_column(JSON, default=dict)
    times: Mapped[ShortText | None]
    wanted: Mapped[int | None] = mapped_column(Integer)
    phone_duty: Mapped[bool | None] = mapped_column(Boolean)
    stage: Mapped[Word | None]
