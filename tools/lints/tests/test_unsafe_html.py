"""The rule `unsafe-html`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("apps/billing/web/components.py", "text = mark_safe(name)"),
    ("ui/icons.py", "text = safestring.mark_safe(name)"),
    ("ui/icons.py", "text = SafeString(name)"),
]
GOOD = [
    ("ui/icons.py", 'text = format_html("<b>{}</b>", name)'),
    ("ui/icons.py", "def icon() -> SafeString: ..."),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("unsafe-html", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("unsafe-html", place, code) == []
