"""By API nobody sets what no operation offers, nor sends a body that cannot be read."""

import pytest
from django.apps import apps

from alicerce.surfaces.api.document import document
from tests.architecture.isolation.programs import id_of, operations, ours
from tests.architecture.isolation.scratch import django_on
from tests.architecture.test_isolation_api import filled

pytest_plugins = ["tests.architecture.isolation.fixtures"]

WRITING = [o for o in operations() if o.method in {"post", "patch"} and o.body is not None]
SILENT = [o for o in operations() if o.method in {"post", "patch"} and o.body is None]
COLUMNS = sorted(
    {field.attname for model in apps.get_models() for field in model._meta.concrete_fields}
    | {field.name for model in apps.get_models() for field in model._meta.concrete_fields}
)


@pytest.fixture(scope="module", autouse=True)
def on_stage(stage, django_db_blocker):
    with django_db_blocker.unblock(), django_on(stage.database):
        from django.conf import settings

        before, settings.QUOTAS = settings.QUOTAS, dict.fromkeys(settings.QUOTAS, (10**6, 1))
        yield
        settings.QUOTAS = before


@pytest.fixture(scope="module")
def program(on_stage, stage):
    return ours(stage)


def offered(operation):
    content = operation.node["requestBody"]["content"]["application/json"]["schema"]
    name = content["$ref"].rpartition("/")[2]
    return document()["components"]["schemas"][name]


def place(operation, world):
    return operation.path.format(
        **{name: id_of(world, world.ours, name) for name in operation.path_ids}
    )


def named(operation):
    return operation.id


def test_there_is_something_to_try():
    assert len(WRITING) > 6
    assert {"tenant_id", "is_active", "status", "total_cents", "role", "paid_at"} <= set(
        COLUMNS
    )


@pytest.mark.parametrize("operation", WRITING, ids=named)
def test_a_body_takes_what_its_schema_offers_and_nothing_else(operation, program, stage):
    schema = offered(operation)
    strange = {name: 1 for name in COLUMNS if name not in schema["properties"]}
    body = filled(operation, stage.world, **strange)

    answer = program.call(operation.method, place(operation, stage.world), body)

    assert schema["additionalProperties"] is False
    assert answer.status_code == 422
    refused = {
        fault["pointer"].rpartition("/")[2]
        for fault in answer.json()["errors"]
        if fault["code"] == "unknown"
    }
    assert strange.keys() - refused == set()


@pytest.mark.parametrize("operation", SILENT, ids=named)
def test_an_operation_without_a_body_reads_none(operation, program, stage):
    without, with_body = (
        program.call(operation.method, place(operation, stage.world), body)
        for body in (None, dict.fromkeys(COLUMNS, 1))
    )

    assert with_body.status_code in {without.status_code, 422, 409}


@pytest.mark.parametrize("operation", WRITING, ids=named)
@pytest.mark.parametrize("said", [b"[" * 10_000, b'{"name":' * 10_000], ids=["list", "object"])
def test_a_body_may_not_be_nested_for_ever(operation, said, program, stage):
    answer = program._client.generic(
        operation.method.upper(),
        place(operation, stage.world),
        data=said,
        content_type="application/json",
        headers=program._headers,
    )

    assert answer.status_code == 400
