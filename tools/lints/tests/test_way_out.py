"""The rule `way-out`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    ("apps/billing/services.py", "import httpx"),
    ("apps/billing/adapters/stripe.py", "from stripe import Webhook"),
    ("apps/dns/adapters/resolver.py", "import socket"),
    ("kernel/jobs.py", "from urllib.request import urlopen"),
    ("surfaces/client/pages.py", "from urllib import request"),
    ("apps/notify/adapters/smtp.py", "import smtplib"),
    ("kernel/crypto.py", "import httpcore"),
]
GOOD = [
    ("kernel/http.py", "import httpx"),
    ("kernel/safe_http.py", "import httpcore"),
    ("vendors/whm/client.py", "import httpx"),
    ("project/cli/up.py", "import socket"),
    ("apps/billing/tests/test_hooks.py", "import httpx"),
    ("apps/billing/web/client.py", "from urllib.parse import urlencode"),
    ("apps/billing/web/client.py", "from http import HTTPStatus"),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("way-out", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("way-out", place, code) == []
