"""A new master key, and nothing lost."""

import pytest
from allauth.mfa.models import Authenticator

from alicerce.apps.hosting.models import Server
from alicerce.apps.hosting.tests.factories import a_server
from alicerce.apps.identity.services.sealing import open_factor
from alicerce.apps.identity.tests.factories import SECRET, a_code_app, a_person
from alicerce.kernel.crypto import CannotOpen, reveal
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
