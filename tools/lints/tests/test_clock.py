"""The rule `clock`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("apps/billing/services.py", "at = timezone.now()"),
    ("apps/billing/models.py", "at = DateTimeField(default=timezone.now)"),
    ("kernel/jobs.py", "at = datetime.datetime.now(UTC)"),
    ("vendors/pix/client.py", "at = time.time()"),
    ("apps/billing/rules.py", "day = date.today()"),
    ("apps/billing/services.py", "at = clock.now()"),
    ("apps/billing/services/dun.py", "from alicerce.kernel.clock import now"),
]
GOOD = [
    ("kernel/clock.py", "at = datetime.now(UTC)"),
    ("vendors/pix/simulator.py", "at = datetime.now(UTC)"),
    ("apps/billing/web/client.py", "at = clock.now()"),
    ("apps/billing/tests/test_dun.py", "at = datetime.now(UTC)"),
    ("vendors/pix/client.py", "left = time.monotonic()"),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("clock", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("clock", place, code) == []
