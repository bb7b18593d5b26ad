"""An address that is a key stands in no log: whoever reads the log could use it."""

from django.urls import reverse

from alicerce.kernel.logs import redact
from tests.architecture.isolation.addresses import addresses

KEYS = {"token", "secret", "proof"}


def test_no_address_with_a_key_in_it_is_written_down():
    """Invitations, links of invoices and orders, letters to one person: all there will ever be."""
    found = [one for one in addresses() if KEYS & set(one.parameters)]
    assert len(found) > 10

    told = {}
    for one in found:
        values = {name: "canary" if name in KEYS else "MDFh" for name in one.parameters}
        told[one.name] = redact(f"Forbidden: {reverse(one.name, kwargs=values)}")
    assert [name for name, line in told.items() if "canary" in line] == []
