"""What can be chosen in a form of the curation desk beyond the fixed lists? The areas and the halls there are already."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models import Area, Location
from directory.vocabulary import Vocabulary

OF_THE_CITY = "地域"
MOST_AREAS = 200


def areas_offered(session: Session, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """(kind, name): the city's own areas in their order, then every other that a listing lies in."""
    own = [(OF_THE_CITY, area.name) for area in vocabulary.areas]
    rows = session.execute(select(Area.kind, Area.name).distinct().order_by(Area.kind, Area.name).limit(MOST_AREAS))
    return list(dict.fromkeys([*own, *((row.kind, row.name) for row in rows)]))


def halls_offered(session: Session) -> dict[str, str]:
    """Id → name and town of every place that has a name, for 回り持ち会場."""
    rows = session.execute(select(Location.id, Location.name, Location.town).where(Location.name.is_not(None)))
    return {row.id: f"{row.name}（{row.town}）" if row.town else row.name for row in rows}
