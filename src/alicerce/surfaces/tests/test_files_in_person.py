"""Files leave with their own person: whoever stands in another's place takes none."""

import re
from inspect import getsource, unwrap

from django.urls import reverse

from alicerce.apps.identity.public import kept_in_place_of
from alicerce.kernel.access import needs_of
from tests.architecture.isolation.addresses import addresses

MAKES_A_FILE = re.compile(r"attachment|\b_?file\(|spreadsheet\(|\bcsv\(|press_file\(|Streaming")


def files():
    """Each address of a company and of its customers whose view answers a file to take away."""
    return {
        address.name: address.view
        for address in addresses()
        if address.name.startswith(("workspace:", "client:"))
        and MAKES_A_FILE.search(getsource(unwrap(address.view)))
    }


def test_no_file_is_for_whoever_stands_in():
    found = files()
    open_to_them = {
        name
        for name, view in found.items()
        if not getattr(view, "in_person", False)
        and needs_of(view) <= kept_in_place_of(needs_of(view))
    }
    assert len(found) > 10, "files are looked for in the source of views"
    assert open_to_them == set()


def test_the_trial_balance_is_a_file_of_its_own(colleague):
    page = reverse("workspace:trial_balance")
    there = colleague.get(f"{page}?formato=csv", follow=True)

    assert "Saldo devedor" in there.text
    assert there.headers["Content-Disposition"] == 'attachment; filename="balancete.csv"'
