"""What people do about differences, and that who may see to them is told once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alicerce.apps.billing.models import Payment
from alicerce.apps.identity.tests.factories import a_person
from alicerce.apps.ledger.public import ledger_balance
from alicerce.apps.notify.models import Message
from alicerce.apps.reconciliation.errors import DifferenceOver, NotAMember, NotBookable
from alicerce.apps.reconciliation.models import Difference
from alicerce.apps.reconciliation.services.book_it import book_it
from alicerce.apps.reconciliation.services.handle_difference import (
    ask_booking,
    assign_difference,
    explain_difference,
)
from alicerce.apps.reconciliation.services.write_letters import warn_of_old_differences
from alicerce.apps.reconciliation.tests.factories import (
    LATER,
    NOON,
    a_booked_payment,
    a_card_payment,
    compared,
    standing,
)
from alicerce.apps.tenancy.tests.factories import a_member
from alicerce.kernel.http import Unavailable
from alicerce.kernel.money import Money


@pytest.fixture
def missing(account, said):
    """A payment that only the provider knows."""
    told = said.receive(a_card_payment(), fee=238, at=NOON)
    compared(account)
    return told, Difference.objects.get().id


class TestBooking:
    def test_asks_the_provider_and_books_with_its_fee_once(self, account, missing):
        told, difference_id = missing
        ask_booking(difference_id=difference_id, at=LATER)

        assert book_it(difference_id=difference_id, at=LATER)
        assert not book_it(difference_id=difference_id, at=LATER)

        assert Payment.objects.get().reference == told.reference
        assert ledger_balance("fees:stripe") == (Money(238),)
        assert standing() == {}
        with pytest.raises(DifferenceOver):
            ask_booking(difference_id=difference_id, at=LATER)

    @pytest.mark.parametrize("trouble", [Unavailable("down"), None])
    def test_says_why_it_could_not(self, said, missing, trouble):
        _told, difference_id = missing
        ask_booking(difference_id=difference_id, at=LATER)
        said.trouble = [trouble] if trouble else []
        if not trouble:
            said.told.clear()

        assert not book_it(difference_id=difference_id, at=LATER)

        row = Difference.objects.get()
        assert row.booking_asked_at is None
        assert row.booking_trouble
        assert Payment.objects.count() == 0

    def test_is_nothing_for_another_amount(self, account, said):
        paid = a_booked_payment(account)
        said.receive(replace(paid, amount=Money(5000)), at=NOON)
        compared(account)

        with pytest.raises(NotBookable):
            ask_booking(difference_id=Difference.objects.get().id, at=LATER)


def test_one_is_taken_by_members_only_and_explained_by_a_reason(tenant, missing):
    _told, difference_id = missing
    ana = a_person()
    asked = {"difference_id": difference_id, "owner_id": ana.id, "at": LATER}
    with pytest.raises(NotAMember):
        assign_difference(**asked)
    a_member(tenant, ana, "finance")

    assert assign_difference(**asked)
    assert not assign_difference(**asked)
    explain_difference(difference_id=difference_id, reason="taxa combinada", at=LATER)

    row = Difference.objects.get()
    assert (row.owner_id, row.state, row.reason) == (ana.id, "explained", "taxa combinada")


def test_who_may_reconcile_is_told_of_old_ones_once(tenant, missing):
    a_member(tenant, a_person(), "finance")
    a_member(tenant, a_person(email="vera@padaria.example"), "sales")
    day = LATER + timedelta(days=1)

    assert warn_of_old_differences(at=LATER) == 0
    assert warn_of_old_differences(at=day) == 1
    assert warn_of_old_differences(at=day + timedelta(days=9)) == 0

    (letter,) = Message.objects.filter(template="differences_open")
    assert letter.to == "ana@padaria.example"
