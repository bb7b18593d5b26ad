"""The rule `plain-words`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("apps/billing/errors.py", "from django.http import Http404"),
    ("apps/billing/events.py", "import django.db"),
    ("apps/billing/permissions.py", "from django.contrib.auth import models"),
]
GOOD = [
    ("apps/billing/errors.py", "from django.utils.translation import gettext_lazy as _"),
    ("apps/billing/events.py", "from alicerce.kernel.events import Event"),
    ("apps/billing/services.py", "from django.http import Http404"),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("plain-words", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("plain-words", place, code) == []
