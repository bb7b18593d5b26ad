"""Secrets of programs: long enough, and seen for what they are."""

import pytest

from alicerce.kernel import tokens

PREFIX = "sk_live_"


def test_has_at_least_190_random_bits():
    assert len(tokens.ALPHABET) ** tokens.RANDOM > 2**190


def test_is_another_each_time():
    assert len({tokens.new_token(PREFIX) for _ in range(100)}) == 100


class TestIsToken:
    def test_knows_its_own(self):
        assert tokens.is_token(tokens.new_token(PREFIX), "app_at_", PREFIX)

    def test_knows_it_by_its_beginning(self):
        assert not tokens.is_token(tokens.new_token(PREFIX), "app_at_")

    @pytest.mark.parametrize("place", [0, 8, 20, 40, 46])
    def test_sees_a_typo(self, place):
        secret = tokens.new_token(PREFIX)
        other = "a" if secret[place] != "a" else "b"

        assert not tokens.is_token(secret[:place] + other + secret[place + 1 :], PREFIX)

    @pytest.mark.parametrize("text", ["", PREFIX, PREFIX + "é" * 39, "\0", "x" * 39])
    def test_sees_what_is_none(self, text):
        assert not tokens.is_token(text, PREFIX, "")
