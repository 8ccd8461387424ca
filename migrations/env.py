"""Runs the migrations on the address that `portal.migrating` hands over."""

from alembic import context

from portal.core import schema
from portal.web import db


def run() -> None:
    engine = db.make_engine(context.config.attributes["url"])
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=schema.metadata,
            render_as_batch=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
