"""Which act of matcher/access.py does each private page stand for? What is not named here opens to nobody.

The guard asks only whether somebody with these roles may do such a thing at all. Whose case it is, and whether this
person may see it, is decided by the use case itself, in the transaction that leaves the trace.
"""

# Before signing in; and for everybody who has
ANYBODY, STAFF = "anybody", "staff"

ACTS: dict[str, str] = {
    "desk_front.front": ANYBODY,
    "auth.sign_in": ANYBODY, "auth.give_password": ANYBODY,
    "auth.code": ANYBODY, "auth.give_code": ANYBODY,
    "auth.start": STAFF, "auth.sign_out": STAFF, "auth.stay": STAFF,
}
