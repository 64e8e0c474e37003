"""Which tables does casework have? Whoever copies the database learns UUIDs, stages and dates, but no person."""

from matcher.models.audit import AuditEntry, AuditHead
from matcher.models.case import (
    Answer, Assignment, CaseKey, Conference, ConferenceCase, ConferenceMember, Consent, Note, Participant,
)
from matcher.models.emergency import Emergency
from matcher.models.proposals import Choice, Enquiry, Hold, Placement, PlacementStep, Recommendation
from matcher.models.staff import PrintedCode, SignInTry, Staff, StaffSession

__all__ = [
    "Answer", "Assignment", "AuditEntry", "AuditHead", "CaseKey", "Choice", "Conference", "ConferenceCase",
    "ConferenceMember", "Consent", "Emergency", "Enquiry", "Hold", "Note", "Participant", "Placement", "PlacementStep",
    "PrintedCode", "Recommendation", "SignInTry", "Staff", "StaffSession",
]
