"""What is offered, to whom, and for how much? HSDS service 活動・サービス with its eligibility and fees."""

from decimal import Decimal

from sqlalchemy import JSON, Boolean, ForeignKey, Integer, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.db import Base
from directory.models.columns import Id, LongText, ShortText, TextList, Word, reference


class Service(Base):
    """An activity an organization offers, perhaps at many places.

    Each part of the eligibility has a state: unknown (nobody asked), none (asked: no limit), stated. Only `none`
    passes by itself; a stated part carries its value.
    """

    __tablename__ = "service"

    id: Mapped[Id]
    organization_id: Mapped[str] = reference("organization.id")
    name: Mapped[ShortText]
    name_kana: Mapped[ShortText | None]
    kind: Mapped[Word] = mapped_column(index=True)
    summary: Mapped[ShortText | None]
    description: Mapped[LongText | None]
    easy_description: Mapped[LongText | None]
    languages: Mapped[TextList]
    # 予約不要 none, 電話 phone, 申込 apply; None = 未確認
    application: Mapped[Word | None]
    steps: Mapped[TextList]

    age_state: Mapped[str] = mapped_column(String(10), default="unknown")
    minimum_age: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    maximum_age: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    age_text: Mapped[ShortText | None]
    gender_state: Mapped[str] = mapped_column(String(10), default="unknown")
    gender_only: Mapped[Word | None]
    residency_state: Mapped[str] = mapped_column(String(10), default="unknown")
    residency_text: Mapped[ShortText | None]
    exclusion: Mapped[LongText | None]
    # Who it is meant for, as written, when the source says only that.
    audience_text: Mapped[LongText | None]
    # part of the eligibility → day it was verified; a stored unknown with a day means “asked, could not tell”.
    eligibility_verified: Mapped[dict] = mapped_column(JSON, default=dict)
    fees_state: Mapped[str] = mapped_column(String(10), default="unknown")

    organization = relationship("Organization")
    needs = relationship("ServiceNeed", cascade="all, delete-orphan", order_by="ServiceNeed.position")
    cost_options = relationship("CostOption", cascade="all, delete-orphan", order_by="CostOption.position")


class ServiceNeed(Base):
    """A need the service meets, primary or secondary; `need` is a key of the vocabulary."""

    __tablename__ = "service_need"

    service_id: Mapped[str] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), primary_key=True)
    need: Mapped[str] = mapped_column(String(60), primary_key=True)
    primary: Mapped[bool] = mapped_column(Boolean)
    position: Mapped[int] = mapped_column(Integer)


class CostOption(Base):
    """One fee row: 毎回, 月, 年, 材料, 食事, 保険 …; `yen` None is 「実費」 or 「要問合せ」, never 0."""

    __tablename__ = "cost_option"

    id: Mapped[Id]
    service_id: Mapped[str] = reference("service.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer)
    per: Mapped[Word]
    yen: Mapped[int | None] = mapped_column(Integer)
    for_whom: Mapped[ShortText | None]
    note: Mapped[LongText | None]
    first_free: Mapped[bool] = mapped_column(Boolean, default=False)
