"""Which column types do the tables of casework share?"""

from typing import Annotated

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import mapped_column

# Written by matcher/crypto.py only; the database never sees what is inside.
Sealed = Annotated[bytes, mapped_column(LargeBinary)]
# core, consented:conference, support_conference:<id> … (matcher/access.py)
LabelText = Annotated[str, mapped_column(String(60))]
Code = Annotated[str, mapped_column(String(20))]
Mac = Annotated[str, mapped_column(String(64))]


def of_participant(**options: object) -> object:
    """A column naming the participant; the row goes when the participant goes."""
    options.setdefault("index", not options.get("primary_key"))
    return mapped_column(String(36), ForeignKey("participant.id", ondelete="CASCADE"), **options)
