"""Which tables did the directory begin with? All of them, as they first were: never edited, only followed by others."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Float, ForeignKey, Integer, Numeric, String, Table, Text

from directory.db import CONSTRAINT_NAMES

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

records = sa.MetaData(naming_convention=CONSTRAINT_NAMES)


def of_listing() -> ForeignKey:
    """What belongs to a listing goes with it."""
    return ForeignKey("service_at_location.id", ondelete="CASCADE")


Table(
    "area", records,
    Column("id", String(36), primary_key=True), Column("kind", String(60), nullable=False),
    Column("name", String(400), nullable=False, index=True), Column("name_kana", String(400)), Column("polygon", JSON),
)
Table(
    "boundary", records,
    Column("id", String(36), primary_key=True), Column("municipality", String(60), nullable=False),
    Column("geometry", JSON, nullable=False), Column("attribution", String(400)),
)
Table(
    "changed_listing", records,
    Column("revision", Integer, primary_key=True), Column("listing_id", String(36), primary_key=True),
)
Table(
    "directory_state", records,
    Column("id", Integer, primary_key=True, autoincrement=False), Column("revision", Integer, nullable=False),
)
Table(
    "location", records,
    Column("id", String(36), primary_key=True), Column("name", String(400)), Column("name_kana", String(400)),
    Column("postal_code", String(8)), Column("prefecture", String(60)), Column("municipality", String(60)),
    Column("town", String(400)), Column("address_rest", String(400)), Column("building", String(400)),
    Column("normalised_address", String(600), index=True), Column("latitude", Float), Column("longitude", Float),
    Column("precision", String(10)), Column("zone", String(60), nullable=False), Column("travel_notes", Text),
    Column("masked", Boolean, nullable=False),
)
Table(
    "organization", records,
    Column("id", String(36), primary_key=True), Column("name", String(400), nullable=False),
    Column("name_kana", String(400)), Column("normalised_name", String(400), nullable=False, index=True),
    Column("kind", String(60)), Column("corporate_number", String(13), index=True), Column("description", Text),
    Column("url", String(400)),
)
Table(
    "revision", records,
    Column("id", String(36), primary_key=True), Column("number", Integer, nullable=False, index=True),
    Column("made_at", DateTime, nullable=False), Column("made_by", String(400), nullable=False),
    Column("why", String(400), nullable=False), Column("record_type", String(60), nullable=False),
    Column("record_id", String(36), nullable=False, index=True), Column("field", String(60)), Column("before", JSON),
    Column("after", JSON),
)
Table(
    "source", records,
    Column("id", String(36), primary_key=True), Column("name", String(400), nullable=False, unique=True),
    Column("format", String(60)), Column("licence", String(400)), Column("url", String(400)),
    Column("last_imported", DateTime),
)
Table(
    "text_tokens", records,
    Column("hash", String(64), primary_key=True), Column("fingerprint", String(64), nullable=False),
    Column("terms", Text, nullable=False),
)
Table(
    "town", records,
    Column("id", String(36), primary_key=True), Column("prefecture", String(60), nullable=False),
    Column("municipality", String(60), nullable=False), Column("municipality_code", String(6)),
    Column("name", String(400), nullable=False, index=True), Column("name_kana", String(400)),
    Column("latitude", Float, nullable=False), Column("longitude", Float, nullable=False),
    Column("zone", String(60), nullable=False),
)
Table(
    "column_map", records,
    Column("source_id", String(36), ForeignKey("source.id", ondelete="CASCADE"), primary_key=True),
    Column("columns", JSON, nullable=False),
)
Table(
    "service", records,
    Column("id", String(36), primary_key=True),
    Column("organization_id", String(36), ForeignKey("organization.id"), nullable=False, index=True),
    Column("name", String(400), nullable=False), Column("name_kana", String(400)),
    Column("kind", String(60), nullable=False, index=True), Column("summary", String(400)),
    Column("description", Text), Column("easy_description", Text), Column("languages", JSON, nullable=False),
    Column("application", String(60)), Column("steps", JSON, nullable=False),
    Column("age_state", String(10), nullable=False), Column("minimum_age", Numeric(precision=5, scale=2)),
    Column("maximum_age", Numeric(precision=5, scale=2)), Column("age_text", String(400)),
    Column("gender_state", String(10), nullable=False), Column("gender_only", String(60)),
    Column("residency_state", String(10), nullable=False), Column("residency_text", String(400)),
    Column("exclusion", Text), Column("audience_text", Text), Column("eligibility_verified", JSON, nullable=False),
    Column("fees_state", String(10), nullable=False),
)
Table(
    "cost_option", records,
    Column("id", String(36), primary_key=True),
    Column("service_id", String(36), ForeignKey("service.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False), Column("per", String(60), nullable=False), Column("yen", Integer),
    Column("for_whom", String(400)), Column("note", Text), Column("first_free", Boolean, nullable=False),
)
Table(
    "service_at_location", records,
    Column("id", String(36), primary_key=True),
    Column("service_id", String(36), ForeignKey("service.id"), nullable=False, index=True),
    Column("location_id", String(36), ForeignKey("location.id"), index=True), Column("service_area", String(400)),
    Column("name", String(400)), Column("name_kana", String(400)),
    Column("status", String(10), nullable=False, index=True), Column("paused_until", Date),
    Column("status_reason", Text), Column("visibility", String(10), nullable=False),
    Column("staff_fields", JSON, nullable=False), Column("consent_given", Boolean), Column("consent_by", String(400)),
    Column("consent_date", Date), Column("consent_fields", JSON, nullable=False),
    Column("welcome", String(60), nullable=False), Column("usual", JSON, nullable=False),
    Column("first_day", JSON, nullable=False), Column("steps", JSON, nullable=False), Column("pickup", String(60)),
    Column("capacity_state", String(60)), Column("capacity_count", Integer), Column("capacity_date", Date),
    Column("loads", JSON, nullable=False), Column("accommodations", JSON, nullable=False),
    Column("contact_public", Boolean, nullable=False), Column("phone", String(400)),
    Column("phone_extension", String(60)), Column("phone_hours", String(400)), Column("email", String(400)),
    Column("web", String(400)), Column("representative", String(400)), Column("mobile", String(400)),
    Column("assured_date", Date), Column("assured_by", String(400)), Column("assured_how", String(60)),
    Column("assurance_due", Date), Column("source_id", String(36), ForeignKey("source.id"), index=True),
    Column("source_key", String(200), index=True), Column("keywords", JSON, nullable=False),
    Column("other_facts", JSON, nullable=False), Column("merged_into", String(36)),
    Column("last_modified", DateTime, nullable=False), Column("version", Integer, nullable=False),
)
Table(
    "service_need", records,
    Column("service_id", String(36), ForeignKey("service.id", ondelete="CASCADE"), primary_key=True),
    Column("need", String(60), primary_key=True), Column("primary", Boolean, nullable=False),
    Column("position", Integer, nullable=False),
)
Table(
    "attribute", records,
    Column("listing_id", String(36), of_listing(), primary_key=True), Column("term", String(60), primary_key=True),
    Column("value", String(7), nullable=False), Column("verified_at", Date), Column("verified_by", String(400)),
    Column("source", String(400)),
)
Table(
    "change_request", records,
    Column("id", String(36), primary_key=True),
    Column("listing_id", String(36), of_listing(), nullable=False, index=True),
    Column("reason", String(60), nullable=False), Column("source_id", String(36), ForeignKey("source.id"), index=True),
    Column("evidence", Text), Column("state", String(10), nullable=False, index=True),
    Column("created", DateTime, nullable=False),
)
Table(
    "closure", records,
    Column("listing_id", String(36), of_listing(), primary_key=True), Column("date", Date, primary_key=True),
    Column("reason", String(400), nullable=False),
)
Table(
    "listing_area", records,
    Column("listing_id", String(36), of_listing(), primary_key=True),
    Column("area_id", String(36), ForeignKey("area.id"), primary_key=True, index=True),
)
Table(
    "role", records,
    Column("id", String(36), primary_key=True),
    Column("listing_id", String(36), of_listing(), nullable=False, index=True),
    Column("position", Integer, nullable=False), Column("name", String(400), nullable=False), Column("what", Text),
    Column("loads", JSON, nullable=False), Column("times", String(400)), Column("wanted", Integer),
    Column("phone_duty", Boolean), Column("stage", String(60)),
)
Table(
    "schedule", records,
    Column("id", String(36), primary_key=True),
    Column("listing_id", String(36), of_listing(), nullable=False, index=True),
    Column("position", Integer, nullable=False), Column("phrase", Text, nullable=False),
    Column("state", String(20), nullable=False, index=True), Column("plan", Text, nullable=False),
    Column("valid_from", Date), Column("valid_to", Date),
    Column("location_id", String(36), ForeignKey("location.id"), index=True), Column("note", String(400)),
)
Table(
    "source_record", records,
    Column("id", String(36), primary_key=True),
    Column("source_id", String(36), ForeignKey("source.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("key", String(400), nullable=False),
    Column("listing_id", String(36), of_listing(), nullable=False, index=True), Column("values", JSON, nullable=False),
    Column("row_hash", String(64), nullable=False), Column("row_number", Integer),
    Column("last_seen", DateTime, nullable=False), Column("missing_since", DateTime),
    sa.UniqueConstraint("source_id", "key"),
)
Table(
    "change_request_field", records,
    Column("change_request_id", String(36), ForeignKey("change_request.id", ondelete="CASCADE"), primary_key=True),
    Column("field", String(60), primary_key=True), Column("current", JSON), Column("proposed", JSON),
    Column("decision", String(10)),
)


def upgrade() -> None:
    """Make every table."""
    records.create_all(op.get_bind())


def downgrade() -> None:
    """Remove every table."""
    records.drop_all(op.get_bind())
