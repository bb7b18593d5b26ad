"""One database with the story of two tenants in it, for every proof."""

import pytest

from tests.architecture.isolation.scratch import superuser
from tests.architecture.isolation.stages import built_stage


@pytest.fixture(scope="session")
def stage(worker_id, django_db_blocker):
    with built_stage(f"isolation_{worker_id}", django_db_blocker) as built:
        yield built


@pytest.fixture
def connection(stage):
    """The superuser's, rolled back."""
    with superuser(stage.database) as connection:
        yield connection
        connection.rollback()
