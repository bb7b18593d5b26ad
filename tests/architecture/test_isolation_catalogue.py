"""Every table is walled as its model says, and nothing around the tables opens the wall."""

import os

from alicerce.kernel.isolation import MINE
from tests.architecture.isolation import catalogue, listing, surroundings
from tests.architecture.isolation.manifest import manifest, undeclared
from tests.architecture.isolation.scratch import TEMPLATE

pytest_plugins = ["tests.architecture.isolation.fixtures"]


def test_every_model_says_whose_its_rows_are():
    assert list(undeclared()) == []


def test_tenant_tables_are_most_of_the_schema():
    kinds = [table.kind for table in manifest().values()]

    assert kinds.count("tenant") > kinds.count("platform") > 0


def test_every_table_is_as_declared(stage, connection):
    found = catalogue.complaints(connection, stage.tables)

    assert not found, listing(found)


def test_roles_schema_and_functions_are_as_decided(stage, connection):
    found = surroundings.complaints(connection, stage.tables)

    assert not found, listing(found)


def test_the_database_lets_nobody_make_temporary_tables(connection):
    found = list(surroundings.database_complaints(connection, os.environ[TEMPLATE]))

    assert not found, listing(found)


def test_the_wall_is_the_expression_that_was_measured(connection):
    connection.execute("create table pg_temp.t (tenant_id uuid)")
    connection.execute(f"create policy p on pg_temp.t using ({MINE})")
    (seen,) = connection.execute(
        "select pg_get_expr(polqual, polrelid) from pg_policy where polname = 'p'"
    ).fetchone()

    assert seen == catalogue.MINE
