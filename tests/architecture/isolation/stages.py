"""A database with the story of two tenants in it."""

from contextlib import contextmanager
from dataclasses import dataclass

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


@contextmanager
def built_stage(name, django_db_blocker):
    tables = manifest()
    with copy_of_template(name) as database:
        with django_db_blocker.unblock(), django_on(database):
            ours, theirs = map(str, story.tell())
        with superuser(database) as connection:
            taken = samples.take(connection, tables.values(), (ours, theirs))
            world = World(connection.info.user, ours, theirs, taken)
        yield Stage(database, tables, world)
