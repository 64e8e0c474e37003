"""With which key is one case sealed? One of its own, so that destroying it destroys the case; it is itself sealed."""

from sqlalchemy.orm import Session

from matcher.crypto import Key, Place, key_id_of, seal, unseal
from matcher.errors import Unreadable
from matcher.key_file import KeyFile
from matcher.models import CaseKey


def case_key(session: Session, keys: KeyFile, participant_id: str) -> Key:
    """The key of one case. Raises Unreadable when it was destroyed."""
    row = session.get(CaseKey, participant_id)
    if row is None:
        raise Unreadable("この記録の鍵はもうありません。消された記録は、もとに戻せません。")
    place = Place(CaseKey.__tablename__, "sealed", participant_id)
    return Key(row.key_id, bytes.fromhex(unseal(keys.key(key_id_of(row.sealed)), place, row.sealed)))


def make_case_key(session: Session, keys: KeyFile, participant_id: str) -> Key:
    """A new key for a case, sealed with the master key."""
    key = Key.make()
    place = Place(CaseKey.__tablename__, "sealed", participant_id)
    session.merge(CaseKey(
        participant_id=participant_id, key_id=key.id, sealed=seal(keys.current, place, key.secret.hex())))
    session.flush()
    return key
