"""What a visitor sees while something of ours does not work."""

import pytest
from django.db import OperationalError
from django.test import Client

pytestmark = pytest.mark.usefixtures("tenant")


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.fixture
def broken(monkeypatch):
    """Break what every page asks first: whose host this is."""

    def break_with(error):
        def whose(_host):
            raise error

        monkeypatch.setattr("alicerce.project.middleware.tenancy.host_at", whose)

    return break_with


class TestAnErrorPage:
    def test_asks_to_come_back_while_the_database_is_away(self, visitor, broken):
        broken(OperationalError("the database system is shutting down"))

        answer = visitor.get("/")

        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "Tente de novo" in answer.text
        assert "database" not in answer.text

    def test_is_a_plain_failure_otherwise(self, visitor, broken):
        broken(ValueError("segredo"))

        answer = visitor.get("/")

        assert answer.status_code == 500
        assert "Retry-After" not in answer.headers
        assert "segredo" not in answer.text
