"""Tables × roles × verbs × contexts: all that the manifest does not promise is refused."""

import psycopg
import pytest

from tests.architecture.isolation import cube, listing
from tests.architecture.isolation.manifest import tenant_tables
from tests.architecture.isolation.scratch import app_url

pytest_plugins = ["tests.architecture.isolation.fixtures"]


def test_the_story_has_rows_of_both_tenants_everywhere(stage):
    both = {stage.world.ours, stage.world.theirs}
    untold = [
        table.name
        for table in tenant_tables()
        if stage.world.samples[table.name].rows.keys() != both
    ]

    assert untold == [], "extend isolation/story.py"


def test_every_cell_is_as_the_manifest_says(stage, connection, record_testsuite_property):
    cells = [
        cell for table in stage.tables.values() for cell in cube.every_cell(table, stage.world)
    ]
    record_testsuite_property("cells", len(cells))

    found = cube.complaints(connection, cells)

    assert not found, listing(found)


def test_a_connection_that_never_heard_of_a_tenant_sees_nothing(stage, connection):
    cells = [
        cell
        for table in stage.tables.values()
        for cell in cube.cells(table, stage.world, {"unset": None})
    ]

    found = cube.complaints(connection, cells)

    assert not found, listing(found)


@pytest.mark.parametrize("used", [False, True], ids=["fresh", "given back"])
def test_the_application_sees_nothing_before_a_tenant_is_named(stage, used):
    with psycopg.connect(app_url(stage.database)) as bare:
        if used:
            bare.execute("select set_config('app.tenant_id', %s, true)", [stage.world.ours])
            bare.rollback()
            bare.autocommit = True
            bare.execute("discard all")
        for table in tenant_tables():
            assert bare.execute(stage.world.samples[table.name].count()).fetchone() == (0,)


@pytest.mark.parametrize("role", ["owner", "auth", "backup"])
def test_the_application_becomes_nobody_it_is_not(stage, role):
    with (
        psycopg.connect(app_url(stage.database)) as bare,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        bare.execute(f"set role alicerce_{role}")
