"""The proof is itself proved: every hole that is made on purpose, it finds."""

from random import Random

import pytest

from tests.architecture.isolation import catalogue, cube, listing, surroundings
from tests.architecture.isolation.manifest import manifest
from tests.architecture.isolation.mutants import AROUND, ON_TABLES
from tests.architecture.isolation.scratch import superuser

pytest_plugins = ["tests.architecture.isolation.fixtures"]

SEED = 20_260_901
TABLES_EACH = 2
ENOUGH = 100


def tables_only(connection, tables):
    return catalogue.complaints(connection, tables)


def everything(connection, tables):
    return surroundings.complaints(connection, tables) + tables_only(connection, tables)


@pytest.fixture(scope="module")
def known(stage):
    """What is complained about before anything is broken: finding it again finds nothing."""
    with superuser(stage.database) as connection:
        return frozenset(everything(connection, stage.tables))


def missed(connection, mutation, table, *, stage, judge, known):
    """What the proof fails to say of a broken table. The table is whole again afterwards."""
    statement = mutation.statement(table, stage.database)
    try:
        connection.execute(statement)
        news = set(judge(connection, stage.tables)) - known
        if not any(mutation.says in text for text in news):
            yield f"catalogue is silent: {statement}"
        cells = cube.every_cell(table, stage.world) if mutation.leaks else []
        if cells and not cube.complaints(connection, cells):
            yield f"cube is silent: {statement}"
    finally:
        connection.rollback()


def chosen(mutation):
    """Some of the tables that can be broken so, always the same."""
    fitting = [table for table in manifest().values() if mutation.fits(table)]
    return Random(SEED).sample(fitting, min(TABLES_EACH, len(fitting)))  # noqa: S311


def test_there_are_holes_enough(record_testsuite_property):
    holes = sum(len(chosen(mutation)) for mutation in ON_TABLES) + len(AROUND)
    record_testsuite_property("mutants", holes)

    assert holes > ENOUGH


@pytest.mark.parametrize("mutation", ON_TABLES, ids=lambda mutation: mutation.says)
def test_a_broken_table_is_found(stage, connection, known, mutation):
    tables = chosen(mutation)
    found = [
        text
        for table in tables
        for text in missed(
            connection, mutation, table, stage=stage, judge=tables_only, known=known
        )
    ]

    assert tables
    assert not found, listing(found)


@pytest.mark.parametrize("mutation", AROUND, ids=lambda mutation: mutation.says)
def test_broken_surroundings_are_found(stage, connection, known, mutation):
    table = stage.tables["notify_message"]
    found = list(
        missed(connection, mutation, table, stage=stage, judge=everything, known=known)
    )

    assert not found, listing(found)
