"""The interface is complete in English."""

from tools import i18n


def test_nothing_is_missing_left_over_or_guessed():
    assert i18n.check() == []
