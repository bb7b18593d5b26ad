"""An approval passes one action, as it was shown, once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from alicerce.apps.audit.models import Entry
from alicerce.apps.identity.models import Approval
from alicerce.apps.identity.services.approvals import ask_approval, prove, spend_approval
from alicerce.apps.identity.tests.factories import a_person
from alicerce.apps.identity.types import Claim
from alicerce.kernel.sensitive import Foreseen, Sensitive

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
REFUND = Sensitive("payment.refunded", "billing:settle")
SHOWN = Foreseen(
    title="Estornar o pagamento",
    facts=[("Valor", "R$ 49,90")],
    button="Estornar",
    entity="payment",
    entity_id=uuid4(),
    amount_cents=4990,
)


@pytest.fixture
def claim(tenant):
    return Claim(a_person().pk, "a" * 64)


@pytest.fixture
def proven(claim):
    asked = ask_approval(claim=claim, what=REFUND, foreseen=SHOWN, path="/x/", at=NOON)
    prove(approval_id=asked, claim=claim, kind="totp", at=NOON)
    return asked


def spend(approval_id, claim, **other):
    given = {"what": REFUND, "foreseen": SHOWN, "at": NOON + timedelta(minutes=1)}
    return spend_approval(approval_id=approval_id, claim=claim, **given | other)


class TestApproval:
    def test_passes_once_and_leaves_a_trace(self, proven, claim):
        assert [spend(proven, claim) for _ in range(3)] == [True, False, False]

        entry = Entry.objects.get(action="payment.refunded")
        assert entry.entity_id == SHOWN.entity_id
        assert entry.after == {"approval": str(proven), "amount_cents": 4990}

    def test_passes_nothing_before_it_is_proven(self, claim):
        asked = ask_approval(claim=claim, what=REFUND, foreseen=SHOWN, path="/x/", at=NOON)

        assert not spend(asked, claim)

    def test_passes_no_other_amount(self, proven, claim):
        assert not spend(proven, claim, foreseen=replace(SHOWN, amount_cents=499000))

    def test_passes_no_other_object(self, proven, claim):
        assert not spend(proven, claim, foreseen=replace(SHOWN, entity_id=uuid4()))

    def test_passes_no_other_action(self, proven, claim):
        assert not spend(proven, claim, what=Sensitive("payment.settled", "billing:settle"))

    def test_passes_nobody_else(self, proven, claim):
        other = Claim(a_person("bia@padaria.example").pk, claim.session)

        assert not spend(proven, other)
        assert not spend(proven, Claim(claim.user_id, "b" * 64))

    def test_passes_nothing_after_five_minutes(self, proven, claim):
        assert not spend(proven, claim, at=NOON + timedelta(minutes=5, seconds=1))

    def test_is_proven_once(self, proven, claim):
        prove(approval_id=proven, claim=claim, kind="totp", at=NOON + timedelta(minutes=4))

        assert Approval.objects.get(pk=proven).proven_at == NOON

    def test_of_another_company_is_none(self, proven, claim, other_tenant):
        with other_tenant:
            assert not spend(proven, claim)
