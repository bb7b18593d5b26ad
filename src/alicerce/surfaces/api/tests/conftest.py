"""Programs that knock: one with every right of an owner, one with few, one of the neighbor."""

import json

import pytest
from django.test import Client

from alicerce.apps.developers.tests.factories import a_key, a_maker

RENATA = {"name": "Renata Souza", "email": "Renata@Example.com", "document": "529.982.247-25"}


def told(answer):
    return answer.status_code, answer.json()["code"]


def places(answer):
    return {(error["pointer"], error["code"]) for error in answer.json()["errors"]}


class Api:
    """A caller with a key, or without one."""

    def __init__(self, secret=None):
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def ask(self, method, path, body=None, **headers):
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        options = {"headers": self.headers | given}
        if body is not None:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            options |= {"data": content, "content_type": "application/json"}
        return self.client.generic(method.upper(), f"/v1{path}", **options)

    def get(self, path, **headers):
        return self.ask("get", path, **headers)

    def post(self, path, body=None, **headers):
        return self.ask("post", path, {} if body is None else body, **headers)

    def delete(self, path, **headers):
        return self.ask("delete", path, **headers)

    def patch(self, path, body, **headers):
        return self.ask("patch", path, body, **headers)


@pytest.fixture
def maker(tenant):
    return a_maker(tenant)


@pytest.fixture
def knock(tenant, maker):
    """Somebody with these scopes, or with all of an owner's."""
    return lambda *scopes, **given: Api(a_key(tenant, *scopes, maker=maker, **given).secret)


@pytest.fixture
def api(knock):
    return knock()


@pytest.fixture
def stranger(tenant):
    return Api()
