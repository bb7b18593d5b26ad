"""By API, another tenant's thing is as absent as none: in paths, queries, bodies and cursors."""

import re
from uuid import UUID, uuid4

import pytest

from alicerce.apps.developers import public as developers
from alicerce.apps.developers.types import SCOPES
from alicerce.kernel.db import showing_rows_of
from alicerce.surfaces.api import door
from tests.architecture.isolation import story
from tests.architecture.isolation.programs import (
    OF_ACCOUNTS,
    TABLES,
    Program,
    a_secret,
    id_of,
    operations,
    ours,
)
from tests.architecture.isolation.scratch import django_on

pytest_plugins = ["tests.architecture.isolation.fixtures"]

OPERATIONS = operations()
IDS = r"[0-9a-f]{8}-[0-9a-f-]{27}"
BY_PATH = [(o, name) for o in OPERATIONS for name in o.path_ids]
BY_QUERY = [(o, name) for o in OPERATIONS for name in o.query_ids]
BY_BODY = [(o, name) for o in OPERATIONS for name in (o.body or {}) if name.endswith("_id")]


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


def named(pair):
    return f"{pair[0].id}.{pair[1]}"


def told(answer):
    return answer.status_code, re.sub(IDS, "…", answer.content.decode())


def place(operation, world, **ids):
    """Where the operation is asked for; what is not given is ours."""
    values = {
        name: ids.get(name) or id_of(world, world.ours, name) for name in operation.path_ids
    }
    return operation.path.format(**values, **operation.words)


def filled(operation, world, **ids):
    """The body, with ids that exist; of two that exclude each other, the one in question."""
    if operation.body is None:
        return None
    kept = {
        name: id_of(world, world.ours, name) if name in TABLES else value
        for name, value in operation.body.items()
    }
    return {**kept, **ids}


def test_every_id_is_known():
    pairs = [*BY_PATH, *BY_BODY]
    assert sorted({name for _, name in pairs} - TABLES.keys()) == []
    assert len(BY_PATH) > 6
    assert len(BY_BODY) >= 4
    assert len(BY_QUERY) > 4


@pytest.mark.parametrize("pair", BY_PATH, ids=named)
def test_a_foreign_path_is_as_absent_as_none(pair, program, stage):
    operation, name = pair
    body, world = filled(operation, stage.world), stage.world
    answers = [
        told(program.call(operation.method, place(operation, world, **{name: thing}), body))
        for thing in (id_of(world, world.theirs, name), str(uuid4()))
    ]

    assert answers[0] == answers[1]
    assert answers[0][0] == 404


@pytest.mark.parametrize("pair", [p for p in BY_PATH if p[0].method == "get"], ids=named)
def test_ones_own_path_is_there(pair, program, stage):
    """Else absence would prove nothing."""
    operation, _ = pair

    assert program.call("get", place(operation, stage.world)).status_code == 200


@pytest.mark.parametrize("pair", BY_QUERY, ids=named)
def test_a_foreign_filter_finds_as_little_as_none(pair, program, stage):
    operation, name = pair
    path, world = place(operation, stage.world), stage.world
    answers = [
        program.call("get", f"{path}?{name}={thing}")
        for thing in (id_of(world, world.theirs, name), str(uuid4()))
    ]

    assert told(answers[0]) == told(answers[1])
    assert answers[0].json()["data"] == []


@pytest.mark.parametrize("pair", BY_BODY, ids=named)
def test_a_foreign_id_in_a_body_is_as_absent_as_none(pair, program, stage):
    operation, name = pair
    path, world = place(operation, stage.world), stage.world
    answers = [
        told(program.call(operation.method, path, filled(operation, world, **{name: thing})))
        for thing in (id_of(world, world.theirs, name), str(uuid4()))
    ]

    assert answers[0] == answers[1]
    assert answers[0][0] in {404, 422}


@pytest.mark.parametrize(
    "operation",
    [o for o in OPERATIONS if o.id.startswith("list") and o.id not in OF_ACCOUNTS],
    ids=lambda o: o.id,
)
def test_a_list_shows_nothing_of_the_neighbor(operation, program, stage):
    path = place(operation, stage.world)
    said = program.call("get", f"{path}?limit=100").content.decode()
    theirs = {
        row["id"]
        for sample in stage.world.samples.values()
        for row in (sample.rows.get(stage.world.theirs),)
        if row and "id" in row
    }

    assert program.call("get", path).json()["data"]
    assert [thing for thing in theirs if str(thing) in said] == []
    assert "oficina" not in said.lower()


def test_a_cursor_of_the_neighbor_leads_to_ones_own_rows(program, stage):
    neighbor = Program(a_secret(stage.world.theirs, story.SLUGS[1]))
    cursor = neighbor.call("get", "/v1/customers?limit=1").json()["next_cursor"]

    said = program.call("get", f"/v1/customers?cursor={cursor}").json()["data"]

    mine = program.call("get", "/v1/customers?limit=100").json()["data"]
    assert cursor
    assert all(customer in mine for customer in said)


def test_the_host_chooses_no_company(program, stage):
    host = story.host_of(story.SLUGS[1])

    said = program.call("get", "/v1/me", Host=host).json()

    assert said["company"]["id"] == stage.world.ours


def test_a_key_of_one_is_nothing_to_manage_for_the_other(program, stage):
    with showing_rows_of(UUID(stage.world.theirs)):
        theirs = id_of(stage.world, stage.world.theirs, "key_id")

    assert program.call("post", f"/v1/keys/{theirs}/revoke").status_code == 404


@pytest.fixture
def busy(monkeypatch, settings):
    """A key that asks for everything at once: known since its first call, its calls logged in one go."""
    called = []
    settings.API_KEY_MEMORY = 3600
    monkeypatch.setattr(door, "note", called.append)
    yield
    developers.write_calls(calls=called)


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_opens_what_names_it_and_nothing_else(scope, stage):
    caller, world = ours(stage, {scope}), stage.world
    wrong = []
    for operation in OPERATIONS:
        absent = {name: str(uuid4()) for name in operation.path_ids}
        answer = caller.call(operation.method, place(operation, world, **absent), {"?": 1})
        is_open = operation.scope in {scope, None}
        if (answer.status_code == 403) == is_open:
            wrong.append(f"{operation.id} answered {answer.status_code} to {scope}")

    assert wrong == []


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.id)
def test_nothing_is_done_without_a_key(operation, stage):
    answer = Program().call(operation.method, place(operation, stage.world), {})

    assert answer.status_code == 401
