"""Profile fields have words in each language, and some have to be filled in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_21_17_field_words"
down_revision = "2026_11_21_16_offer_images"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
fields = sa.table(
    "profile_fields",
    sa.column("id", big),
    sa.column("kind", sa.String),
    sa.column("editor", sa.String),
    sa.column("label", sa.String),
    sa.column("purpose", sa.String),
    sa.column("options", document),
    sa.column("texts", document),
)


def upgrade() -> None:
    with op.batch_alter_table("profile_fields") as table:
        table.add_column(sa.Column("required", sa.Boolean, nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("texts", document, nullable=False, server_default="{}"))
    for row in op.get_bind().execute(sa.select(fields)).all():
        words = {"label": row.label, "purpose": row.purpose, "options": {one: one for one in row.options}}
        op.execute(fields.update().where(fields.c.id == row.id).values(texts={"en": words}))
    with op.batch_alter_table("profile_fields") as table:
        table.drop_column("label")
        table.drop_column("purpose")


def downgrade() -> None:
    with op.batch_alter_table("profile_fields") as table:
        table.add_column(sa.Column("label", sa.String, nullable=False, server_default=""))
        table.add_column(sa.Column("purpose", sa.String, nullable=False, server_default=""))
    for row in op.get_bind().execute(sa.select(fields)).all():
        words = row.texts.get("en") or next(iter(row.texts.values()))
        older = {"label": words["label"], "purpose": words["purpose"]}
        op.execute(fields.update().where(fields.c.id == row.id).values(older))
    with op.batch_alter_table("profile_fields") as table:
        table.alter_column("label", server_default=None)
        table.alter_column("purpose", server_default=None)
        table.drop_column("texts")
        table.drop_column("required")
