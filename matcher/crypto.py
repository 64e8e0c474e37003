"""How is a text sealed so that only its own place can open it? AES-256-GCM; the only door to the cryptography package.

A sealed value is bound to `table|column|row|key id`: moved to another row, or changed by one bit, it does not open.
"""

import hmac
import os
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from matcher.errors import Unreadable

KEY_BYTES = 32
KEY_ID_BYTES = 8
NONCE_BYTES = 12
# The first byte of every sealed value, should the manner of sealing ever change.
MANNER = b"\x01"
KEY_ID_AT = slice(1, 1 + KEY_ID_BYTES)
NONCE_AT = slice(KEY_ID_AT.stop, KEY_ID_AT.stop + NONCE_BYTES)


@dataclass(frozen=True)
class Key:
    """A secret and the name it goes by (16 hexadecimal digits). Its secret is never printed."""

    id: str
    secret: bytes = field(repr=False)

    @classmethod
    def make(cls) -> "Key":
        """A new random key."""
        return cls(os.urandom(KEY_ID_BYTES).hex(), os.urandom(KEY_BYTES))


@dataclass(frozen=True)
class Place:
    """Where a sealed value belongs."""

    table: str
    column: str
    row: str

    def bound_to(self, key_id: str) -> bytes:
        """The data the seal answers for."""
        return f"{self.table}|{self.column}|{self.row}|{key_id}".encode()


def seal(key: Key, place: Place, text: str) -> bytes:
    """`text` as bytes that say nothing but their length."""
    nonce = os.urandom(NONCE_BYTES)
    closed = AESGCM(key.secret).encrypt(nonce, text.encode("utf-8"), place.bound_to(key.id))
    return MANNER + bytes.fromhex(key.id) + nonce + closed


def unseal(key: Key, place: Place, sealed: bytes) -> str:
    """The text again. Raises Unreadable for another key, another place or a changed value."""
    if sealed[:1] != MANNER or key_id_of(sealed) != key.id:
        raise Unreadable("封をした記録が、この鍵では開きません。鍵のファイルとデータベースの組み合わせを確かめてください。")
    try:
        opened = AESGCM(key.secret).decrypt(sealed[NONCE_AT], sealed[NONCE_AT.stop:], place.bound_to(key.id))
    except (InvalidTag, ValueError) as error:
        raise Unreadable(
            "封をした記録が書きかえられているため開けません。データベースの控えと見くらべてください。"
        ) from error
    return opened.decode("utf-8")


def key_id_of(sealed: bytes) -> str:
    """Which key a value was sealed with."""
    return sealed[KEY_ID_AT].hex()


def keyed_hash(secret: bytes, purpose: str, text: str) -> str:
    """A hash nobody can recompute without the secret; another purpose gives another hash."""
    return hmac.new(secret, f"{purpose}\0{text}".encode("utf-8", "surrogatepass"), sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Equality that takes as long for a near miss as for a far one."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))
