"""A mailed way in: digits beside the link, for a member or for somebody who is joining."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_21_10_mail_codes"
down_revision = "2026_11_21_9_joining"
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("mail_codes") as codes:
        codes.alter_column("account_id", existing_type=big, nullable=True)
        codes.add_column(sa.Column("joining_id", big, nullable=True))
        codes.add_column(sa.Column("seed", sa.String, nullable=True))
        codes.add_column(sa.Column("key_version", big, nullable=True))
        codes.add_column(sa.Column("browser_hash", sa.LargeBinary(length=32), nullable=True))
        codes.add_column(sa.Column("tries", big, nullable=False, server_default="0"))
        codes.create_foreign_key("fk_mail_codes_joining_id_joinings", "joinings", ["joining_id"], ["id"])
        codes.create_check_constraint("one_purpose", "(account_id IS NULL) <> (joining_id IS NULL)")
    op.create_index("ix_mail_codes_joining_id", "mail_codes", ["joining_id"])
    op.create_index("ix_mail_codes_browser_hash", "mail_codes", ["browser_hash"])


def downgrade() -> None:
    op.drop_index("ix_mail_codes_browser_hash", "mail_codes")
    op.drop_index("ix_mail_codes_joining_id", "mail_codes")
    op.execute("DELETE FROM mail_codes WHERE account_id IS NULL")
    with op.batch_alter_table("mail_codes") as codes:
        codes.drop_constraint(op.f("ck_mail_codes_one_purpose"), type_="check")
        codes.drop_constraint("fk_mail_codes_joining_id_joinings", type_="foreignkey")
        for name in ("tries", "browser_hash", "key_version", "seed", "joining_id"):
            codes.drop_column(name)
        codes.alter_column("account_id", existing_type=big, nullable=False)
