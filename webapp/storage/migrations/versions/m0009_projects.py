"""Projects, versions of parts lists, and what was worked out of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "building_projects",
        *(_text(name) for name in ("id", "organisation_id", "admin_code", "name")),
        sa.Column("snapshot", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("changed_by"),
        _instant("changed_at"),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_building_projects_organisation_id_organisations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_building_projects")),
    )
    for column in ("organisation_id", "admin_code"):
        name = op.f(f"ix_building_projects_{column}")
        op.create_index(name, "building_projects", [column])
    op.create_table(
        "parts_lists",
        *(_text(name) for name in ("id", "project_id", "filename", "digest", "uploaded_by")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("revision", "pieces")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("skipped", "parts")),
        _instant("uploaded_at"),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["building_projects.id"],
            name=op.f("fk_parts_lists_project_id_building_projects"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parts_lists")),
        sa.UniqueConstraint("project_id", "revision", name=op.f("uq_parts_lists_project_id")),
    )
    op.create_table(
        "project_results",
        *(_text(name) for name in ("id", "parts_list_id", "made_by")),
        _instant("made_at"),
        sa.Column("result", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parts_list_id"],
            ["parts_lists.id"],
            name=op.f("fk_project_results_parts_list_id_parts_lists"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_results")),
    )
    name = op.f("ix_project_results_parts_list_id")
    op.create_index(name, "project_results", ["parts_list_id"])


def downgrade() -> None:
    """Take the change back."""
    for name in ("project_results", "parts_lists", "building_projects"):
        op.drop_table(name)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _instant(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)
