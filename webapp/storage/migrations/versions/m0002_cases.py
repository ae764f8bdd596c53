"""Cases, acts, passes, trips, relief records, libraries and the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON_DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "audit_events",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("event", JSON_DOCUMENT, nullable=False),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_events")),
    )
    op.create_index(op.f("ix_audit_events_actor_id"), "audit_events", ["actor_id"], unique=False)
    op.create_index(op.f("ix_audit_events_subject"), "audit_events", ["subject"], unique=False)
    op.create_table(
        "cases",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("organisation_name", sa.String(), nullable=False),
        sa.Column("factory_id", sa.String(), nullable=False),
        sa.Column("enquiry_id", sa.String(), nullable=False),
        sa.Column("official_number", sa.String(), nullable=False),
        sa.Column("official_pass_number", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("application", JSON_DOCUMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_cases_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
    )
    op.create_index(op.f("ix_cases_created_at"), "cases", ["created_at"], unique=False)
    op.create_index(op.f("ix_cases_factory_id"), "cases", ["factory_id"], unique=False)
    op.create_index(op.f("ix_cases_official_number"), "cases", ["official_number"], unique=False)
    op.create_index(op.f("ix_cases_organisation_id"), "cases", ["organisation_id"], unique=False)
    op.create_table(
        "components",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("snapshot", JSON_DOCUMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_components_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_components")),
        sa.UniqueConstraint("organisation_id", "number", name="uq_components_organisation_number"),
    )
    op.create_index(
        op.f("ix_components_organisation_id"), "components", ["organisation_id"], unique=False
    )
    op.create_table(
        "enquiries",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("factory_id", sa.String(), nullable=False),
        sa.Column("carrier_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("snapshot", JSON_DOCUMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["factory_id"], ["organisations.id"], name=op.f("fk_enquiries_factory_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enquiries")),
    )
    op.create_index(op.f("ix_enquiries_carrier_id"), "enquiries", ["carrier_id"], unique=False)
    op.create_index(op.f("ix_enquiries_factory_id"), "enquiries", ["factory_id"], unique=False)
    op.create_table(
        "vehicles",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("snapshot", JSON_DOCUMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_vehicles_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicles")),
        sa.UniqueConstraint("organisation_id", "name", name="uq_vehicles_organisation_name"),
    )
    op.create_index(
        op.f("ix_vehicles_organisation_id"), "vehicles", ["organisation_id"], unique=False
    )
    op.create_table(
        "acts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("office_id", sa.String(), nullable=False),
        sa.Column("snapshot", JSON_DOCUMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_acts_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acts")),
    )
    op.create_index(op.f("ix_acts_case_id"), "acts", ["case_id"], unique=False)
    op.create_index(op.f("ix_acts_office_id"), "acts", ["office_id"], unique=False)
    op.create_index(op.f("ix_acts_state"), "acts", ["state"], unique=False)
    op.create_table(
        "permits",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("holder_id", sa.String(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snapshot", JSON_DOCUMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_permits_case_id_cases")),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["organisations.id"], name=op.f("fk_permits_holder_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permits")),
        sa.UniqueConstraint("number", "revision", name="uq_permits_number_revision"),
    )
    op.create_index(op.f("ix_permits_case_id"), "permits", ["case_id"], unique=False)
    op.create_index(op.f("ix_permits_holder_id"), "permits", ["holder_id"], unique=False)
    op.create_index(op.f("ix_permits_number"), "permits", ["number"], unique=False)
    op.create_index(op.f("ix_permits_revoked_at"), "permits", ["revoked_at"], unique=False)
    op.create_index(op.f("ix_permits_valid_until"), "permits", ["valid_until"], unique=False)
    op.create_table(
        "trips",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("carrier_id", sa.String(), nullable=False),
        sa.Column("factory_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("snapshot", JSON_DOCUMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_trips_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trips")),
    )
    op.create_index(op.f("ix_trips_carrier_id"), "trips", ["carrier_id"], unique=False)
    op.create_index(op.f("ix_trips_case_id"), "trips", ["case_id"], unique=False)
    op.create_index(op.f("ix_trips_factory_id"), "trips", ["factory_id"], unique=False)
    op.create_index(op.f("ix_trips_state"), "trips", ["state"], unique=False)
    op.create_table(
        "relief_claims",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("trip_id", sa.String(), nullable=False),
        sa.Column("carrier_id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("snapshot", JSON_DOCUMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["carrier_id"],
            ["organisations.id"],
            name=op.f("fk_relief_claims_carrier_id_organisations"),
        ),
        sa.ForeignKeyConstraint(
            ["trip_id"], ["trips.id"], name=op.f("fk_relief_claims_trip_id_trips")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relief_claims")),
        sa.UniqueConstraint("number", name=op.f("uq_relief_claims_number")),
        sa.UniqueConstraint("trip_id", name=op.f("uq_relief_claims_trip_id")),
    )
    op.create_index(
        op.f("ix_relief_claims_carrier_id"), "relief_claims", ["carrier_id"], unique=False
    )
    op.create_index(op.f("ix_relief_claims_month"), "relief_claims", ["month"], unique=False)
    op.create_index(op.f("ix_relief_claims_state"), "relief_claims", ["state"], unique=False)
    _protect_audit_events()


def downgrade() -> None:
    """Undo the change."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_events_append_only ON audit_events")
        op.execute("DROP FUNCTION refuse_audit_change()")
    op.drop_index(op.f("ix_relief_claims_state"), table_name="relief_claims")
    op.drop_index(op.f("ix_relief_claims_month"), table_name="relief_claims")
    op.drop_index(op.f("ix_relief_claims_carrier_id"), table_name="relief_claims")
    op.drop_table("relief_claims")
    op.drop_index(op.f("ix_trips_state"), table_name="trips")
    op.drop_index(op.f("ix_trips_factory_id"), table_name="trips")
    op.drop_index(op.f("ix_trips_case_id"), table_name="trips")
    op.drop_index(op.f("ix_trips_carrier_id"), table_name="trips")
    op.drop_table("trips")
    op.drop_index(op.f("ix_permits_valid_until"), table_name="permits")
    op.drop_index(op.f("ix_permits_revoked_at"), table_name="permits")
    op.drop_index(op.f("ix_permits_number"), table_name="permits")
    op.drop_index(op.f("ix_permits_holder_id"), table_name="permits")
    op.drop_index(op.f("ix_permits_case_id"), table_name="permits")
    op.drop_table("permits")
    op.drop_index(op.f("ix_acts_state"), table_name="acts")
    op.drop_index(op.f("ix_acts_office_id"), table_name="acts")
    op.drop_index(op.f("ix_acts_case_id"), table_name="acts")
    op.drop_table("acts")
    op.drop_index(op.f("ix_vehicles_organisation_id"), table_name="vehicles")
    op.drop_table("vehicles")
    op.drop_index(op.f("ix_enquiries_factory_id"), table_name="enquiries")
    op.drop_index(op.f("ix_enquiries_carrier_id"), table_name="enquiries")
    op.drop_table("enquiries")
    op.drop_index(op.f("ix_components_organisation_id"), table_name="components")
    op.drop_table("components")
    op.drop_index(op.f("ix_cases_organisation_id"), table_name="cases")
    op.drop_index(op.f("ix_cases_official_number"), table_name="cases")
    op.drop_index(op.f("ix_cases_factory_id"), table_name="cases")
    op.drop_index(op.f("ix_cases_created_at"), table_name="cases")
    op.drop_table("cases")
    op.drop_index(op.f("ix_audit_events_subject"), table_name="audit_events")
    op.drop_index(op.f("ix_audit_events_actor_id"), table_name="audit_events")
    op.drop_table("audit_events")


def _protect_audit_events() -> None:
    # The chain of hashes finds a change; these triggers stop one made by mistake.
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger AS $$ "
            "BEGIN RAISE EXCEPTION 'audit events are only ever added'; END $$ LANGUAGE plpgsql"
        )
        op.execute(
            "CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE ON audit_events "
            "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_events_no_{change.lower()} BEFORE {change} ON audit_events "
            "BEGIN SELECT RAISE(ABORT, 'audit events are only ever added'); END"
        )
