"""Which column types do all our tables share?"""

from datetime import datetime
from typing import Annotated
from uuid import uuid4

from sqlalchemy import JSON, DateTime, ForeignKey, String, Text
from sqlalchemy.orm import mapped_column


def new_id() -> str:
    """A random UUID as text: the only kind of id other systems may keep."""
    return str(uuid4())


Id = Annotated[str, mapped_column(String(36), primary_key=True, default=new_id)]
ShortText = Annotated[str, mapped_column(String(400))]
LongText = Annotated[str, mapped_column(Text)]
Word = Annotated[str, mapped_column(String(60))]
# Always UTC without offset, so SQLite and PostgreSQL give back the same value.
Moment = Annotated[datetime, mapped_column(DateTime())]
TextList = Annotated[list, mapped_column(JSON, default=list)]
Facts = Annotated[dict, mapped_column(JSON, default=dict)]


def reference(target: str, **options: object) -> object:
    """A column holding the id of another table's row, indexed."""
    return mapped_column(String(36), ForeignKey(target, ondelete=options.pop("ondelete", None)), index=True, **options)
