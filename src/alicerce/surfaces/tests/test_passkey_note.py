"""A passkey belongs to a name: where the page was opened by a number, it says so."""

import pytest
from django.urls import reverse

from alicerce.apps.tenancy.models import Host


@pytest.mark.parametrize(
    ("host", "is_told", "way_out"),
    [("testserver", False, False), ("127.0.0.1:8000", True, True), ("192.0.2.7", True, False)],
)
def test_says_where_a_browser_makes_no_passkey(colleague, site, host, is_told, way_out):
    if is_told:
        name = host.partition(":")[0]
        Host.objects.create(domain=name, tenant_id=site.id, base_url=f"http://{host}")

    page = colleague.get(reverse("mfa_index"), headers={"host": host}).text

    assert ("pertence a um nome" in page) is is_told
    assert ("http://localhost" in page) is way_out
