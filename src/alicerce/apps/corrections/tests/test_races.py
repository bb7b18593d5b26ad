"""Many people at once, on connections of their own: one credit note, and one end."""

from alicerce.apps.billing.models import CreditNote
from alicerce.apps.billing.tests.factories import NOON, an_invoice
from alicerce.apps.billing.tests.test_races import company, crowd, looking
from alicerce.apps.corrections.errors import CorrectionIsOver
from alicerce.apps.corrections.models import Correction
from alicerce.apps.corrections.queries.corrections import correction
from alicerce.apps.corrections.services.ask import request_correction
from alicerce.apps.corrections.services.decide import carry_out, refuse
from alicerce.apps.corrections.types import CorrectionKind, Wanted
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.kernel.db import transaction
from alicerce.kernel.ids import uuid7

__all__ = ["company"]
TIMES = 8


@transaction()
def a_request():
    kind, of = CorrectionKind.CREDIT_NOTE, an_invoice().id
    asked = request_correction(wanted=Wanted(kind, "x", invoice_id=of, cents=100), at=NOON)
    return correction(asked)


def test_approvals_and_refusals_at_once_are_one_decision(company):
    asked = a_request()

    def decide(turn):
        try:
            if turn % 4 == 0:
                refuse(correction_id=asked.id, reason="x", by=uuid7(), at=NOON)
                return "refused"
            carry_out(correction_id=asked.id, seen=asked.foreseen, by=uuid7(), at=NOON)
        except CorrectionIsOver:
            return ""
        return "carried_out"

    [said] = [one for one in crowd(company, decide, times=TIMES) if one]

    assert said == looking(lambda: Correction.objects.get().state)
    assert looking(CreditNote.objects.count) == (said == "carried_out")
    assert looking(ledger_imbalance) == 0
