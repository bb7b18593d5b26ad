"""The rule `view-permission`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    (
        "apps/billing/web/client.py",
        'def invoices(request): ...\nurlpatterns = [path("", invoices)]',
    ),
    ("apps/billing/webhooks.py", "def hear(request) -> HttpResponse: ..."),
    ("surfaces/client/dashboard.py", "def home(request: Request) -> HttpResponse: ..."),
    ("surfaces/client/urls.py", 'urlpatterns = [path("", Home.as_view())]'),
]
GOOD = [
    (
        "apps/billing/web/client.py",
        '@requires(may.READ)\ndef invoices(request): ...\nurlpatterns = [path("", invoices)]',
    ),
    (
        "apps/billing/web/client.py",
        '@require_POST\n@public_page\ndef hear(request): ...\nurlpatterns = [path("", hear)]',
    ),
    ("apps/billing/web/client.py", "def _page(request) -> HttpResponse: ..."),
    ("apps/billing/web/components.py", "def label(request) -> str: ..."),
    ("apps/billing/services.py", "def answer(request) -> HttpResponse: ..."),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("view-permission", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("view-permission", place, code) == []
