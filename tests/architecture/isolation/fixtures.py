"""One database with the story of two tenants in it, for every proof."""

from dataclasses import dataclass

import pytest

from tests.architecture.isolation import samples, story
from tests.architecture.isolation.cube import World
from tests.architecture.isolation.manifest import manifest
from tests.architecture.isolation.scratch import copy_of_template, django_on, superuser


@dataclass(frozen=True)
class Stage:
    """The database, its two tenants (ours first), and their rows."""

    database: str
    tables: dict
    world: World


@pytest.fixture(scope="session")
def stage(worker_id, django_db_blocker):
    tables = manifest()
    with copy_of_template(f"isolation_{worker_id}") as database:
        with django_db_blocker.unblock(), django_on(database):
            ours, theirs = map(str, story.tell())
        with superuser(database) as connection:
            taken = samples.take(connection, tables.values(), (ours, theirs))
            world = World(connection.info.user, ours, theirs, taken)
        yield Stage(database, tables, world)


@pytest.fixture
def connection(stage):
    """The superuser's, rolled back."""
    with superuser(stage.database) as connection:
        yield connection
        connection.rollback()
