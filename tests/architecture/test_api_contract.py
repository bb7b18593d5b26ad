"""Whatever is sent, in every role, the API answers as its document says, and never with a 500.

More of the same: `ALICERCE_API_EXAMPLES=200 ./alicerce test tests/architecture/test_api_contract.py`.
"""

import os

import pytest
import schemathesis
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from alicerce.apps.developers.types import Mode
from alicerce.project.settings import base
from tests.architecture.isolation import story
from tests.architecture.isolation.programs import TABLES, a_secret, id_of
from tests.architecture.isolation.scratch import django_on
from tests.architecture.isolation.stages import built_stage

pytest_plugins = ["tests.architecture.isolation.fixtures"]

EXAMPLES = int(os.environ.get("ALICERCE_API_EXAMPLES", "3"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ROLES = {
    "stranger": None,
    "bookkeeper": {"scopes": {"billing:read", "orders:read"}},
    "rehearsal": {"mode": Mode.TEST},
    "owner": {},
}


@pytest.fixture(scope="module")
def stage(worker_id, told):
    """Its own: whoever tries everything also deletes what other proofs look at."""
    with built_stage(f"contract_{worker_id}", told) as built:
        yield built


@pytest.fixture(scope="module", autouse=True)
def on_stage(stage, django_db_blocker):
    with django_db_blocker.unblock(), django_on(stage.database):
        before = django_settings.QUOTAS, django_settings.API_KEY_MEMORY
        django_settings.QUOTAS = dict.fromkeys(django_settings.QUOTAS, (10**6, 1))
        django_settings.API_KEY_MEMORY = base.API_KEY_MEMORY  # as long as a real server
        yield
        django_settings.QUOTAS, django_settings.API_KEY_MEMORY = before


@pytest.fixture(scope="module")
def schema(on_stage):
    schemathesis.openapi.format("uuid", st.uuids().map(str))
    return schemathesis.openapi.from_wsgi(
        "/docs/openapi.json",
        get_wsgi_application(),
        headers={"Host": story.host_of(story.SLUGS[0])},
    )


@pytest.fixture(scope="module")
def one_connection():
    """A server keeps its connections in a pool; a handler without one would open another each time."""
    request_finished.disconnect(close_old_connections)
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
def test_keeps_to_its_document(mode, schema, stage):
    doors = {role: _key(stage.world, rights) for role, rights in ROLES.items()}
    for found in schema.get_all_operations():
        _try(found.ok(), mode, doors, stage.world)


def _key(world, rights):
    if rights is None:
        return {}
    return {"Authorization": f"Bearer {a_secret(world.ours, story.SLUGS[0], **rights)}"}


def _try(operation, mode, doors, world):
    """The same in every role, those who may least first. Half of the examples name things that are there."""

    @given(case=operation.as_strategy(generation_mode=mode), real=st.booleans())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case, real):
        if real:
            _point(case.path_parameters, world)
            _point(case.query, world)
            _point(case.body, world)
        case.headers.pop("Authorization", None)
        for headers in doors.values():
            case.call_and_validate(headers=headers, checks=CHECKS)

    send()


def _point(values, world):
    """Put our own ids in place of those that were made up."""
    if isinstance(values, dict):
        for name in values.keys() & TABLES.keys():
            values[name] = id_of(world, world.ours, name)
