"""Migrations go up, down and up again on both databases, keep what they can, and match the models."""

import re
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Engine, func, inspect, select, table

from portal import migrating
from portal.core import schema
from portal.web import db
from tests.plumbing import command


@pytest.fixture
def blank_engine(blank_url: str) -> Iterator[Engine]:
    engine = db.make_engine(blank_url, sqlite_synchronous="NORMAL")
    yield engine
    engine.dispose()


@pytest.fixture
def demo_url(blank_url: str, tmp_path) -> str:
    """The demo club's database: some rows in nearly every table."""
    command.portal("demo", "--no-serve", folder=tmp_path, DATABASE_URL=blank_url)
    return blank_url


def test_up_down_and_up_again(blank_url, blank_engine):
    migrating.upgrade(blank_url)
    full = tables(blank_engine)
    migrating.downgrade(blank_url, "base")
    empty = tables(blank_engine)
    migrating.upgrade(blank_url)
    assert (empty, tables(blank_engine)) == ({"alembic_version"}, full)


def test_each_step_goes_down_and_up_over_data_and_leaves_the_other_tables_alone(demo_url, blank_engine):
    for step in steps():
        migrating.downgrade(demo_url, str(step.down_revision or "base"))
        kept = rows(blank_engine)
        migrating.upgrade(demo_url)
        assert {name: many for name, many in rows(blank_engine).items() if name in kept} == kept


def test_the_demo_fills_what_the_migrations_are_tried_on(demo_url, blank_engine):
    empty = {name for name, many in rows(blank_engine).items() if many == 0}
    assert (
        empty & {"accounts", "claims", "codes", "entries", "members", "offers", "redemptions", "stock"}
        == set()
    )


def test_migrations_and_models_say_the_same(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, schema.metadata) == []


def test_what_is_recorded_is_append_only(engine):
    with engine.connect() as connection:
        triggers = connection.exec_driver_sql(TRIGGERS[engine.dialect.name]).scalars().all()
    assert set(triggers) == set(schema.APPEND_ONLY)


def test_there_is_one_head_and_names_begin_with_the_date():
    names = [step.revision for step in steps()]
    assert [name for name in names if not re.match(r"\d{4}_\d\d_\d\d_", name)] == []
    assert names[0] == migrating.head()


TRIGGERS = {
    "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
}


def steps() -> list[Script]:
    """Every migration, the newest first."""
    return list(ScriptDirectory(str(migrating.folder())).walk_revisions())


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: connection.scalar(select(func.count()).select_from(table(name))) or 0
            for name in tables(engine) - {"alembic_version"}
        }
