"""Which tables does the directory have? HSDS 3.0 nouns; one file a subject."""

from directory.models.curation import (
    ChangeRequest, ChangeRequestField, ColumnMap, Revision, Source, SourceRecord,
)
from directory.models.desk import (
    ActRow, AreaDuty, ContactAttempt, CurationAct, EditDraft, FieldMark, HandOver, SetAside,
)
from directory.models.duplicates import DuplicateDecision, DuplicatePair, DuplicateSearch, ListingMerge
from directory.models.gaps import GapLink, Population
from directory.models.location import Area, Boundary, Location, Town
from directory.models.organization import Organization
from directory.models.schedule import Closure, Schedule
from directory.models.service import CostOption, Service, ServiceNeed
from directory.models.service_at_location import (
    Attribute, ListingArea, Role, ServiceAtLocation,
)
from directory.models.state import ChangedListing, DirectoryState, TextReading, TextTokens
from directory.models.uploads import Upload, UploadFile, UploadRow
from directory.models.usage import (
    DemandCount, InboxItem, InboxReceipt, PageViews, Publication, ViewerMark, ViewerMonth,
)
from directory.models.ways_in import Application, Mailing, MailingItem, UpdateLink
from directory.models.words import VocabularyAct, VocabularyChange, VocabularyTrial

__all__ = [
    "ActRow", "Application", "Area", "AreaDuty", "Attribute", "Boundary", "ChangeRequest", "ChangeRequestField",
    "ChangedListing", "Closure", "ColumnMap", "ContactAttempt", "CostOption", "CurationAct", "DemandCount",
    "DirectoryState", "DuplicateDecision", "DuplicatePair", "DuplicateSearch", "EditDraft", "FieldMark", "GapLink",
    "HandOver", "InboxItem", "InboxReceipt", "ListingArea", "ListingMerge", "Location", "Mailing", "MailingItem",
    "Organization", "PageViews", "Population", "Publication", "Revision", "Role", "Schedule", "Service",
    "ServiceAtLocation", "ServiceNeed", "SetAside", "Source", "SourceRecord", "TextReading", "TextTokens", "Town",
    "UpdateLink", "Upload", "UploadFile", "UploadRow", "ViewerMark", "ViewerMonth", "VocabularyAct", "VocabularyChange",
    "VocabularyTrial",
]
