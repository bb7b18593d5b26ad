"""A key that is made while another ends, each on a connection of its own: nothing stays behind."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from alicerce.apps.billing.tests.test_races import company
from alicerce.apps.developers.models import ApiKey
from alicerce.apps.developers.services.make_key import make_key
from alicerce.apps.developers.services.retire_key import revoke_key, rotate_key
from alicerce.apps.developers.tests.factories import NOON
from alicerce.apps.developers.types import SCOPES, Maker, NewKey
from alicerce.apps.orders.tests.test_races import SOON, until_somebody_waits
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7
from alicerce.kernel.rest.problems import Unauthenticated

__all__ = ["company"]

PERSON = Maker(uuid7(), frozenset(SCOPES))
HOUR = timedelta(hours=1)


def made(by):
    new = NewKey(name="Integração", scopes=frozenset({"keys:read"}))
    return make_key(new=new, maker=by, at=NOON).id


def program(key_id):
    return Maker(PERSON.user_id, frozenset(SCOPES), key_id=key_id)


def swapped(key_id, by):
    return rotate_key(key_id=key_id, maker=by, overlap=HOUR, at=NOON).id


def overlapping(company, first, second):
    """What both ended with; the second begins once the first is done, and before it is committed."""
    held = threading.Event()

    def slowly():
        with transaction():
            ended = first()
            held.set()
            until_somebody_waits()
        return ended

    def meanwhile():
        assert held.wait(timeout=SOON)
        return second()

    def attempt(act):
        try:
            with acting(tenant_id=company.id):
                return act()
        except Unauthenticated:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(attempt, [slowly, meanwhile]))


def test_what_is_made_by_a_key_that_ends_meanwhile_ends_with_it(company):
    with transaction():
        root, other = made(PERSON), made(PERSON)
        child = made(program(root))
    begetting = [lambda: made(program(child)), lambda: swapped(other, program(child))]

    begot, _ = overlapping(
        company, lambda: [act() for act in begetting], lambda: revoke_key(key_id=root, at=NOON)
    )

    with transaction():
        open_still = set(ApiKey.objects.filter(revoked_at=None).values_list("id", flat=True))
    assert len(begot) == len(begetting)
    assert open_still == {other}


@pytest.mark.parametrize("is_exchange", [False, True])
def test_a_key_that_just_ended_makes_and_exchanges_none(company, is_exchange):
    with transaction():
        root, other = made(PERSON), made(PERSON)
        child = program(made(program(root)))

    ended = overlapping(
        company,
        lambda: revoke_key(key_id=root, at=NOON),
        lambda: swapped(other, child) if is_exchange else made(child),
    )

    assert ended == [None, None]
    with transaction():
        assert ApiKey.objects.filter(revoked_at=None).values_list(
            "id", "replaced_by"
        ).get() == (
            other,
            None,
        )
