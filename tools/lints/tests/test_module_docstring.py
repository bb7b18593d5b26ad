"""The rule `module-docstring`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("apps/billing/services.py", "import json"),
]
GOOD = [
    ("apps/billing/services.py", '"""What billing does."""\nimport json'),
    ("apps/billing/__init__.py", ""),
    ("apps/billing/migrations/0001_initial.py", "import json"),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("module-docstring", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("module-docstring", place, code) == []
