"""The rule `user-url`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("apps/endpoints/services/deliver.py", "from alicerce.kernel.http import OutsideWorld"),
    ("surfaces/site/pages.py", "from alicerce.kernel.http import Refusal, OutsideWorld"),
    ("kernel/jobs.py", "from alicerce.kernel.http import OutsideWorld"),
]
GOOD = [
    ("vendors/whm/client.py", "from alicerce.kernel.http import OutsideWorld"),
    ("apps/endpoints/services/deliver.py", "from alicerce.kernel.http import Unknown"),
    ("apps/endpoints/services/deliver.py", "from alicerce.kernel import safe_http"),
    ("apps/billing/tests/test_hooks.py", "from alicerce.kernel.http import OutsideWorld"),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("user-url", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("user-url", place, code) == []
