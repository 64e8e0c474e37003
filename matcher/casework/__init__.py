"""What can be done for one person? Every use case of the worker desk, one subject a module.

Each takes the desk, the actor and the moment (UTC without zone), checks access, leaves its trace in the same
transaction, and returns frozen records. Errors: directory/errors.py and matcher/errors.py.
"""

from matcher.casework.answers import EMPTY, NOT_HEARD, UNASKED, VALUE, Heard, read_answers, save_answer
from matcher.casework.asking import FACTS, ask_to_confirm, enquire, enquiries
from matcher.casework.confidential import NoContact, add_no_contact, no_contacts, remove_no_contact
from matcher.casework.consents import (
    GIVEN_BY, HOW, ConsentGiven, ConsentKept, consents_of, give_consents, withdraw_consent,
)
from matcher.casework.emergency import (
    MINUTES, EmergencyKept, break_glass, emergencies, end_emergency, own_emergency, take_note, unseen_emergencies,
)
from matcher.casework.fields import CONDITIONS, IDENTITY, Field, fields
from matcher.casework.log import Access, LogFilter, access_log, everybody_in_the_log, whole_log
from matcher.casework.notes import NoteKept, notes, write_note
from matcher.casework.people import (
    Case, cases, close_case, erase, open_participant, read_case, rename, suggest_code_name,
)
from matcher.casework.placements import HostLoad, PlacementKept, Step, advance, host_loads, introduce, placements
from matcher.casework.profiles import profile_from, profile_of
from matcher.casework.proposals import (
    HIDE, PIN, ChoiceKept, Override, RecommendationKept, Shown, choices, choose, log_recommendation, override,
    recommendations, take_back,
)
from matcher.casework.team import (
    Colleague, ConferenceShown, assign, colleagues, conferences, create_conference, curators, put_on_agenda, seat, team_of,
    unassign,
)
from matcher.casework.unmet import LEAST_TOLD, unmet_counts

__all__ = [
    "Access", "CONDITIONS", "Case", "ChoiceKept", "Colleague", "ConferenceShown", "ConsentGiven", "ConsentKept",
    "EMPTY", "EmergencyKept", "FACTS", "Field", "GIVEN_BY", "HIDE", "HOW", "Heard", "HostLoad", "IDENTITY",
    "LEAST_TOLD", "LogFilter", "MINUTES", "NOT_HEARD", "NoContact", "NoteKept", "Override", "PIN", "PlacementKept",
    "RecommendationKept", "Shown", "Step", "UNASKED", "VALUE", "access_log", "add_no_contact", "advance",
    "ask_to_confirm", "assign", "break_glass", "cases", "choices", "choose", "close_case", "colleagues",
    "conferences", "consents_of", "create_conference", "curators", "emergencies", "end_emergency", "enquire",
    "enquiries", "erase", "everybody_in_the_log", "fields", "give_consents", "host_loads", "introduce",
    "log_recommendation", "no_contacts", "notes", "open_participant", "override", "own_emergency", "placements",
    "profile_from", "profile_of", "put_on_agenda", "read_answers", "read_case", "recommendations",
    "remove_no_contact", "rename", "save_answer", "seat", "suggest_code_name", "take_back", "take_note", "team_of",
    "unassign", "unmet_counts", "unseen_emergencies", "whole_log", "withdraw_consent", "write_note",
]
