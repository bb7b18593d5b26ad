"""A new master key, and nothing lost."""

import pytest

from alicerce.apps.hosting.models import Server
from alicerce.apps.hosting.tests.factories import a_server
from alicerce.kernel.crypto import CannotOpen, reveal
from alicerce.project.key_rotation import rotate_keys

NEW = b"n" * 32


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
