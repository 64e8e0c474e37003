"""Who runs it? HSDS organization 団体."""

from sqlalchemy.orm import Mapped

from sqlalchemy.orm import mapped_column
from sqlalchemy import String

from directory.db import Base
from directory.models.columns import Id, LongText, ShortText, Word


class Organization(Base):
    """A 団体: 市, 社協, NPO, 自治会, 企業, 任意団体, 医療法人, 学校, 宗教法人, 個人."""

    __tablename__ = "organization"

    id: Mapped[Id]
    name: Mapped[ShortText]
    name_kana: Mapped[ShortText | None]
    # NFKC, no spaces, company form folded: the match key when there is no 法人番号.
    normalised_name: Mapped[str] = mapped_column(String(400), index=True)
    kind: Mapped[Word | None]
    corporate_number: Mapped[str | None] = mapped_column(String(13), index=True)
    description: Mapped[LongText | None]
    url: Mapped[ShortText | None]
