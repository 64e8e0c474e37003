"""Which act of matcher/access.py does each private page stand for? What is not named here opens to nobody.

The guard asks only whether somebody with these roles may do such a thing at all. Whose case it is, and whether this
person may see it, is decided by the use case itself, in the transaction that leaves the trace.
"""

from matcher.access import BREAK_GLASS, CONFERENCES, CURATE, EMERGENCIES, OPEN_CASE, READ_WHOLE_LOG, SEE_DESK

# Before signing in; and for everybody who has
ANYBODY, STAFF = "anybody", "staff"

ACTS: dict[str, str] = {
    "desk_front.front": ANYBODY,
    "auth.sign_in": ANYBODY, "auth.give_password": ANYBODY,
    "auth.code": ANYBODY, "auth.give_code": ANYBODY,
    "auth.start": STAFF, "auth.sign_out": STAFF, "auth.stay": STAFF,
    "desk.home": SEE_DESK, "desk.new": OPEN_CASE, "desk.open_case": OPEN_CASE,
    "case.show": SEE_DESK, "case.rename": SEE_DESK, "case.close": SEE_DESK,
    "conditions.show": SEE_DESK, "conditions.save": SEE_DESK,
    "candidates.show": SEE_DESK, "candidates.look": SEE_DESK, "candidates.keep": SEE_DESK, "candidates.choose": SEE_DESK,
    "candidates.take_back": SEE_DESK, "candidates.exclude": SEE_DESK, "candidates.override": SEE_DESK,
    "candidates.confirm": SEE_DESK,
    "hand_over.compare": SEE_DESK, "hand_over.sheet": SEE_DESK, "hand_over.paper": SEE_DESK, "hand_over.chosen": SEE_DESK,
    "placements.show": SEE_DESK, "placements.introduce": SEE_DESK, "placements.advance": SEE_DESK,
    "notes.show": SEE_DESK, "notes.write": SEE_DESK,
    "enquiries.show": SEE_DESK, "enquiries.ask": SEE_DESK,
    "consents.show": SEE_DESK, "consents.give": SEE_DESK, "consents.withdraw": SEE_DESK,
    "confidential.show": SEE_DESK, "confidential.add": SEE_DESK, "confidential.remove": SEE_DESK,
    "access_log.show": SEE_DESK,
    "emergency.show": BREAK_GLASS, "emergency.open_record": BREAK_GLASS, "emergency.end": BREAK_GLASS,
    "emergency.told": EMERGENCIES, "emergency.take_note": EMERGENCIES,
    "erasing.show": CONFERENCES, "erasing.erase": CONFERENCES, "audit.show": READ_WHOLE_LOG,
    "team.show": CONFERENCES, "team.change": CONFERENCES, "team.agenda": CONFERENCES,
    "team.conferences": CONFERENCES, "team.open_conference": CONFERENCES, "team.seat": CONFERENCES,
    "curation.home": CURATE, "curation.queue": CURATE, "curation.confirm": CURATE, "curation.undo": CURATE,
    "curation.aside": CURATE,
    "letters.show": CURATE, "letters.act": CURATE,
    "proposals.show": CURATE, "proposals.decide": CURATE, "proposals.close": CURATE,
    "listings.index": CURATE, "listings.show": CURATE, "linking.offers": CURATE,
    "new_entry.show": CURATE, "new_entry.create": CURATE,
    "edit.show": CURATE, "edit.save": CURATE, "history.show": CURATE, "history.restore": CURATE,
    "status.change": CURATE, "status.assure": CURATE, "status.call_off": CURATE,
    "gaps.show": CURATE, "gaps.cell": CURATE, "gaps.draft": CURATE,
    "freshness.show": CURATE, "freshness.progress": CURATE, "freshness.call": CURATE, "freshness.record": CURATE,
    "duplicates.index": CURATE, "duplicates.search": CURATE, "duplicates.show": CURATE, "duplicates.join": CURATE,
    "duplicates.different": CURATE, "duplicates.part": CURATE,
    "activity.show": CURATE, "activity.workbook": CURATE,
    "curation_applications.show": CURATE, "curation_applications.tell": CURATE,
    "mailings.index": CURATE, "mailings.make": CURATE, "mailings.show": CURATE, "mailings.sheets": CURATE,
    "returns.show": CURATE, "returns.record": CURATE,
    "duties.show": CURATE, "duties.change": CURATE, "duties.pass_on": CURATE,
    "words.index": CURATE, "words.edit": CURATE, "words.attempt": CURATE, "words.trial": CURATE, "words.save": CURATE,
    "words.undo": CURATE,
    **{f"uploads.{page}": CURATE for page in (
        "index", "send", "show", "columns", "back", "decide", "confirm", "take_back", "drop", "again", "copy", "make_copy")},
}
