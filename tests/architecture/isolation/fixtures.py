"""One database with the story of two tenants in it, for every proof that leaves it as it was."""

import pytest

from tests.architecture.isolation.scratch import superuser
from tests.architecture.isolation.stages import built_stage, told_story


@pytest.fixture(scope="session")
def told(worker_id, django_db_blocker):
    """Nobody acts here; a stage is a copy of it."""
    with told_story(f"told_{worker_id}", django_db_blocker) as told:
        yield told


@pytest.fixture(scope="session")
def stage(worker_id, told):
    with built_stage(f"isolation_{worker_id}", told) as built:
        yield built


@pytest.fixture
def connection(stage):
    """The superuser's, rolled back."""
    with superuser(stage.database) as connection:
        yield connection
        connection.rollback()
