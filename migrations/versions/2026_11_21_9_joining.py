"""Who wants to join, and what members have agreed to."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_9_joining"
down_revision = "2026_11_21_8_delivery"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "joinings",
        sa.Column("id", big, nullable=False),
        sa.Column("email", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("terms_version", sa.String, nullable=False),
        sa.Column("marketing", sa.Boolean, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("offer_id", big, nullable=True),
        sa.Column("offer_version", big, nullable=True),
        sa.Column("asked_at", instant, nullable=False),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name="fk_joinings_offer_id_offers"),
        sa.PrimaryKeyConstraint("id", name="pk_joinings"),
    )
    op.create_index("ix_joinings_asked_at", "joinings", ["asked_at"])
    op.create_table(
        "consents",
        sa.Column("id", big, nullable=False),
        sa.Column("member_id", big, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("version", sa.String, nullable=True),
        sa.Column("given", sa.Boolean, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("happened_at", instant, nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_consents_member_id_members"),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_member_id_id", "consents", ["member_id", "id"])
    _refuse_change("consents")


def downgrade() -> None:
    op.drop_table("consents")
    op.drop_table("joinings")


def _refuse_change(table: str) -> None:
    """The triggers go with their table."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
