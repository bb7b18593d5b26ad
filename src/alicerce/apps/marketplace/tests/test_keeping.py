"""What lapsed is forgotten after a day; what still opens something, or may be stolen twice, stays."""

from datetime import timedelta

import pytest

from alicerce.apps.marketplace.models import Grant, Token
from alicerce.apps.marketplace.queries.faces import face_of
from alicerce.apps.marketplace.services.giving import give_code, keep_tokens
from alicerce.apps.marketplace.services.keeping import forget_lapsed
from alicerce.apps.marketplace.tests.factories import (
    BACK,
    NOON,
    SCOPES,
    an_application,
    challenge_of,
)
from alicerce.apps.marketplace.types import ACCESS_LASTS, CODE_LASTS, REFRESH_LASTS, Yes
from alicerce.apps.tenancy.tests.factories import a_member, a_person

DAY, MOMENT = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def grant(tenant):
    person = a_person("ana@padaria.example")
    a_member(tenant, person, "owner")
    face = face_of(an_application(tenant, person).id)
    yes = Yes(face, SCOPES, person.id)
    give_code(yes=yes, code="c", redirect_uri=BACK, challenge=challenge_of(), at=NOON)
    return Grant.objects.get()


def test_a_code_that_nobody_fetched(grant):
    assert forget_lapsed(at=NOON + CODE_LASTS + DAY) == 0
    assert forget_lapsed(at=NOON + CODE_LASTS + DAY + MOMENT) == 1
    assert not Grant.objects.exists()


def test_tokens_and_then_what_they_came_from(grant):
    issued = {"access_token": "a", "refresh_token": "r", "scope": "billing:read"}
    keep_tokens(grant=grant, issued=issued, at=NOON)

    assert forget_lapsed(at=NOON + ACCESS_LASTS + DAY + MOMENT) == 1
    assert list(Token.objects.values_list("kind", flat=True)) == ["refresh"]
    assert Grant.objects.exists()
    assert forget_lapsed(at=NOON + REFRESH_LASTS + DAY + MOMENT) == 2
    assert not Grant.objects.exists()
