"""A receiver, and a clock that tests move."""

import pytest

from alicerce.apps.endpoints.tests.factories import NOON
from alicerce.apps.endpoints.tests.receiver import receiving


class HandClock:
    def __init__(self):
        self.at = NOON

    def __call__(self):
        return self.at

    def forward(self, by):
        self.at += by


@pytest.fixture
def receiver(settings):
    with receiving() as receiver:
        settings.LOOPBACK_PORTS = frozenset({receiver.port})
        settings.RETRY_PACE = 1
        yield receiver


@pytest.fixture
def clock():
    return HandClock()
