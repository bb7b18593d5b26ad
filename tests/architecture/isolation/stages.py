"""A database with the story of two tenants in it: told once, copied for whoever wants to act in it."""

from contextlib import contextmanager
from dataclasses import dataclass

from tests.architecture.isolation import samples, story
from tests.architecture.isolation.cube import World
from tests.architecture.isolation.manifest import manifest
from tests.architecture.isolation.scratch import copy_of, copy_of_template, django_on, superuser


@dataclass(frozen=True)
class Stage:
    """The database, its two tenants (ours first), and their rows."""

    database: str
    tables: dict
    world: World


@dataclass(frozen=True)
class Told:
    """The database in which the story was told and nothing happened since; whose it is about."""

    database: str
    ours: str
    theirs: str


@contextmanager
def told_story(name, django_db_blocker):
    with copy_of_template(name) as database:
        with django_db_blocker.unblock(), django_on(database):
            ours, theirs = map(str, story.tell())
        yield Told(database, ours, theirs)


@contextmanager
def built_stage(name, told):
    tables = manifest()
    with copy_of(told.database, name) as database:
        with superuser(database) as connection:
            taken = samples.take(connection, tables.values(), (told.ours, told.theirs))
            world = World(connection.info.user, told.ours, told.theirs, taken)
        yield Stage(database, tables, world)
