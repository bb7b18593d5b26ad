"""A code, and a refresh token, sent many times at once: one is answered, and then all are shut out."""

from collections import Counter
from uuid import UUID

import pytest

from alicerce.apps.identity.models import User
from alicerce.apps.marketplace.models import Grant, Installation
from alicerce.apps.marketplace.queries.faces import face_of
from alicerce.apps.marketplace.services.giving import give_code
from alicerce.apps.marketplace.tests.factories import BACK, SCOPES, an_application, challenge_of
from alicerce.apps.marketplace.types import CODE, Yes
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.tokens import new_token
from alicerce.surfaces.tests.oauth import App, call
from tests.architecture.test_api_races import crowd

pytest_plugins = ["tests.architecture.isolation.fixtures"]

__all__ = ["crowd"]


@pytest.fixture
def code(crowd):
    return new_token(CODE)


@pytest.fixture
def app(code, crowd, stage):
    """An app of Oficina's that Padaria's owner said yes to a moment ago."""
    ours, theirs = UUID(stage.world.ours), UUID(stage.world.theirs)
    person = User.objects.get(email="ana@padaria.example")
    made = an_application(type("Publisher", (), {"id": theirs}), person)
    with acting(tenant_id=ours), transaction():
        yes = Yes(face_of(made.id), SCOPES, person.id)
        give_code(yes=yes, code=code, redirect_uri=BACK, challenge=challenge_of(), at=now())
    return App(made)


def is_revoked(stage, app):
    with acting(tenant_id=UUID(stage.world.ours)), transaction():
        installation = Installation.objects.get(application_id=app.registered.id)
        return Grant.objects.get(installation=installation).revoked_at is not None


def test_one_of_many_equal_exchanges_wins(crowd, app, code, stage):
    answers = crowd(lambda: app.exchange(code))

    assert Counter(answer.status_code for answer in answers) == {200: 1, 400: len(answers) - 1}
    refused = [answer for answer in answers if answer.status_code == 400]
    assert {answer.json()["error"] for answer in refused} == {"invalid_grant"}
    (won,) = [answer for answer in answers if answer.status_code == 200]
    assert is_revoked(stage, app)
    assert call(won.json()["access_token"]).status_code == 401


def test_one_of_many_equal_refreshes_wins(crowd, app, code, stage):
    first = app.exchange(code).json()
    assert call(first["access_token"]).status_code == 200

    answers = crowd(lambda: app.refresh(first["refresh_token"]))

    assert Counter(answer.status_code for answer in answers) == {200: 1, 400: len(answers) - 1}
    assert is_revoked(stage, app)
