"""The rule `late-import`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("apps/billing/services.py", "def pay():\n    from alicerce.apps.orders import public"),
    ("kernel/jobs.py", "def run():\n    import asyncio"),
]
GOOD = [
    ("apps/billing/apps.py", "def ready():\n    from alicerce.apps.billing import jobs"),
    ("project/cli/up.py", "def main():\n    import django"),
    ("apps/billing/tests/test_dun.py", "def test():\n    import json"),
    ("apps/billing/services.py", "import json"),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("late-import", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("late-import", place, code) == []
