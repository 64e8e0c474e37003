"""How does the directory stay true? Every decision of a person about a listing becomes a write here, and nowhere else.

    with acting(engine, by="SC 佐伯", kind="edit", why="電話で確認", now=now) as act:
        act.change(listing_id, values, version=3)
"""

from directory.curation.acting import Act, acting, recorded
from directory.curation.assurance import assure, overdue
from directory.curation.checking import checked
from directory.curation.deciding import Decision, decide
from directory.curation.duties import areas_of, assign, duties, hand_over, hand_overs
from directory.curation.fields import FIELDS, GROUPS, RECORDS, Field, choices_of, label_of
from directory.curation.proposals import Proposal, ProposedField, open_proposals, proposal, propose, propose_in
from directory.curation.restoring import HistoryEntry, history, restore, values_at
from directory.curation.undoing import ActEntry, Undone, act_entry, acts, undo
from directory.curation.values import marks_of, shared_with, values_of
from directory.curation.work import KINDS, queue, set_aside, take_up, waiting
from directory.curation.work_items import Item

__all__ = [
    "Act", "ActEntry", "Decision", "FIELDS", "Field", "GROUPS", "HistoryEntry", "Item", "KINDS", "Proposal",
    "ProposedField", "RECORDS", "Undone", "act_entry", "acting", "acts", "areas_of", "assign", "assure", "checked",
    "choices_of", "decide", "duties", "hand_over", "hand_overs", "history", "label_of", "marks_of", "open_proposals",
    "overdue", "proposal", "propose", "propose_in", "queue", "recorded", "restore", "set_aside", "shared_with",
    "take_up", "undo", "values_at", "values_of", "waiting",
]
