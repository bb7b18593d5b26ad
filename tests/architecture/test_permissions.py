"""A closed world of permissions: declared by an app, worded for people, held by some role."""

import pytest

from alicerce.apps.tenancy.rules import (
    ABROAD,
    EVERYTHING,
    GRANTS,
    LOCKED,
    NEVER_OF_A_ROLE,
    PLATFORM_ONLY,
)
from alicerce.kernel.access import needs_of, public_page, requires
from alicerce.kernel.permissions import Permission, declared
from alicerce.kernel.products import product_of
from alicerce.kernel.route_checks import check_routes, faults
from tests.architecture.isolation.addresses import addresses
from tools import matrix


def test_every_route_says_who_may_enter_in_keys_that_exist():
    assert check_routes() == []


class TestFaults:
    def test_of_a_view_that_says_nothing(self):
        assert [trouble.id for trouble in faults(lambda request: None)] == ["alicerce.E001"]

    def test_of_a_key_that_no_app_declares_behind_others(self):
        view = requires("workspace:enter")(requires("made:up")(lambda request: None))

        assert [trouble.id for trouble in faults(view)] == ["alicerce.E002"]

    def test_of_a_page_that_is_open_on_purpose_are_none(self):
        assert list(faults(public_page(lambda request: None))) == []


def test_every_permission_is_worded():
    assert [each.key for each in declared().values() if str(each.label) == each.key] == []


def test_every_grant_is_declared():
    granted = frozenset().union(*GRANTS.values()) | ABROAD
    assert granted - declared().keys() == set()


def test_owners_hold_everything_a_company_can_grant():
    assert declared().keys() - PLATFORM_ONLY - NEVER_OF_A_ROLE == EVERYTHING
    assert all(GRANTS[role] >= EVERYTHING for role in LOCKED)


def test_the_matrix_is_the_one_that_was_looked_at():
    assert (matrix.ROOT / matrix.MATRIX).read_text(encoding="utf-8") == matrix.draw(), (
        "changed on purpose? run `python -m tools.matrix` and read the difference"
    )


WORKSPACE = [address for address in addresses() if address.name.startswith("workspace:")]


@pytest.mark.parametrize("address", WORKSPACE, ids=lambda address: address.name)
def test_every_page_of_a_workspace_takes_entering_it(address):
    assert "workspace:enter" in needs_of(address.view)


CORE = (
    "site:",
    "workspace:",
    "client:automatic",  # of whatever product the invoices are
    "client:card",  # likewise
    "client:home",
    "client:people",
    "client:customer_",
    "client:invoice",
    "client:credit_note_pdf",
    "client:pay",
    "client:privacy",
    "client:subscription",  # of whatever product it renews, as its invoices are
    "client:wallet",
    "hooks:",
    "console:",
    "docs:",
    "api:",  # asked of each operation at the door (surfaces/api/running.py)
)


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.name)
def test_every_page_belongs_to_a_product_or_to_everybody(address):
    is_core = address.name.startswith(CORE) or ":" not in address.name
    product = product_of(address.view)

    assert product or is_core, "say its product: `product` in AppConfig, or @part_of"


def test_a_permission_is_its_key():
    assert Permission("dns:read", "Ver") == "dns:read"
