"""A secret opens only where it was put."""

import pytest

from alicerce.kernel.crypto import CannotOpen, decrypt, encrypt, rewrap

HERE, THERE = b"tenant-a|server|1|token", b"tenant-b|server|1|token"


def test_opens_where_it_was_sealed():
    assert decrypt(encrypt(b"segredo", HERE), HERE) == b"segredo"


def test_does_not_open_anywhere_else():
    with pytest.raises(CannotOpen):
        decrypt(encrypt(b"segredo", HERE), THERE)


@pytest.mark.parametrize("position", [0, 3, 20, 70, -1])
def test_does_not_open_when_a_byte_changed(position):
    sealed = bytearray(encrypt(b"segredo", HERE))
    sealed[position] ^= 1

    with pytest.raises(CannotOpen):
        decrypt(bytes(sealed), HERE)


def test_never_looks_the_same_twice():
    assert encrypt(b"segredo", HERE) != encrypt(b"segredo", HERE)


def test_master_keys_are_rotated_without_losing_anything(settings):
    old = settings.MASTER_KEYS[0]
    sealed = encrypt(b"segredo", HERE)

    settings.MASTER_KEYS = [b"1" * 32, old]
    moved = rewrap(sealed, HERE)
    settings.MASTER_KEYS = [b"1" * 32]

    assert decrypt(moved, HERE) == b"segredo"
    with pytest.raises(CannotOpen):
        decrypt(sealed, HERE)
