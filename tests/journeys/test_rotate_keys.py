"""A new master key, and nothing lost."""

import pytest
from allauth.mfa.models import Authenticator

from alicerce.apps.audit import public as audit
from alicerce.apps.audit import queries as trail
from alicerce.apps.audit.rules.verifying import verify
from alicerce.apps.audit.services.seal_entries import seal_entries
from alicerce.apps.audit.types import Fault, Personal
from alicerce.apps.hosting.models import Server
from alicerce.apps.hosting.tests.factories import a_server
from alicerce.apps.identity.services.sealing import open_factor
from alicerce.apps.identity.tests.factories import SECRET, a_code_app, a_person
from alicerce.kernel.clock import now
from alicerce.kernel.crypto import CannotOpen, reveal
from alicerce.kernel.db import transaction
from alicerce.project.key_rotation import rotate_keys

NEW = b"n" * 32


def test_second_factors_move_too(tenant, settings):
    old, person = settings.MASTER_KEYS[0], a_person()
    a_code_app(person)

    settings.MASTER_KEYS = [NEW, old]
    assert rotate_keys() == 2
    settings.MASTER_KEYS = [NEW]

    app = Authenticator.objects.get(user=person, type="totp")
    assert open_factor(sealed=app.data["secret"]) == SECRET


def test_every_secret_moves_to_the_new_key(tenant, settings):
    old = settings.MASTER_KEYS[0]
    server = a_server()
    token = reveal(server, "token")

    settings.MASTER_KEYS = [NEW, old]
    assert rotate_keys() >= 1
    assert rotate_keys() == 0

    settings.MASTER_KEYS = [NEW]
    assert reveal(Server.objects.get(pk=server.pk), "token") == token
    settings.MASTER_KEYS = [old]
    with pytest.raises(CannotOpen):
        reveal(Server.objects.get(pk=server.pk), "token")


def write_down(domain):
    with transaction():
        audit.record(
            action="order.placed",
            entity="order",
            after={"domain": Personal(domain, of="customer:1")},
            at=now(),
        )


def judged():
    (found,) = trail.trails()
    return verify(found, at=now(), keys=trail.keys())


def test_the_trail_stays_legible_and_goes_on_under_the_new_key(tenant, settings):
    old = settings.MASTER_KEYS[0]
    write_down("antes.com.br")
    seal_entries(at=now())

    settings.MASTER_KEYS = [NEW, old]
    assert rotate_keys() >= 1
    write_down("depois.com.br")
    seal_entries(at=now())

    assert judged().intact
    settings.MASTER_KEYS = [NEW]
    said = [entry.after["domain"] for entry in trail.entries(trail.EntryFilter())]
    assert said == ["depois.com.br", "antes.com.br"]


def test_rows_of_an_older_key_are_believed_as_long_as_it_is_given(tenant, settings):
    old = settings.MASTER_KEYS[0]
    write_down("antes.com.br")
    seal_entries(at=now())

    settings.MASTER_KEYS = [NEW, old]
    assert judged().intact
    settings.MASTER_KEYS = [NEW]
    assert (judged().fault, judged().where) == (Fault.FORGED, "seal 1")
