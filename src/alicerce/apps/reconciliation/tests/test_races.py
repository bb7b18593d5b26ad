"""Many at once, on connections of their own and data that is really there: still one of each."""

from datetime import timedelta

from alicerce.apps.billing.tests.factories import NOON, an_account
from alicerce.apps.billing.tests.test_races import company, crowd, looking
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.identity.tests.factories import a_person
from alicerce.apps.ledger.models import LedgerEntry
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.apps.reconciliation.models import BankLine, Difference, Match, Payout, Run
from alicerce.apps.reconciliation.services.begin_run import ask_run, begin_due_runs
from alicerce.apps.reconciliation.services.match_lines import confirm_match
from alicerce.apps.reconciliation.services.take_run import take_run
from alicerce.apps.reconciliation.services.upload_statement import (
    add_bank_account,
    upload_statement,
)
from alicerce.apps.reconciliation.tests.factories import (
    LATER,
    a_booked_payment,
    a_card_payment,
)
from alicerce.apps.reconciliation.tests.test_bank import ofx
from alicerce.apps.reconciliation.types import MatchKind, RunStatus
from alicerce.kernel.db import transaction
from alicerce.kernel.errors import Refused
from alicerce.kernel.ids import uuid7

__all__ = ["company"]
TIMES = 16


@transaction()
def a_story(said):
    """A payment with its fee, another that only the provider knows, and a payout of the first."""
    account = an_account(GatewayKind.STRIPE)
    said.receive(a_booked_payment(account), fee=238, at=NOON)
    said.pay_out(at=NOON)
    said.arrive()
    said.receive(a_card_payment(), at=NOON)
    return account.id


def test_runs_of_all_kinds_at_once_write_each_thing_once(company, said):
    account_id = a_story(said)

    def act(turn):
        begin_due_runs(at=LATER)
        run_id = ask_run(account_id=account_id, at=LATER)
        for known in looking(lambda: list(Run.objects.values_list("id", flat=True))):
            take_run(run_id=known, at=LATER)
        return run_id

    crowd(company, act, times=TIMES)

    with transaction():
        assert set(Run.objects.values_list("status", flat=True)) == {RunStatus.DONE}
        assert Run.objects.exclude(span="asked").count() == 2
        assert list(Difference.objects.values_list("kind", flat=True)) == ["missing_here"]
        assert LedgerEntry.objects.filter(account="fees:stripe").count() == 1
        assert Payout.objects.get().parts_cents == 4752
    assert looking(ledger_imbalance) == 0


def test_one_file_and_one_match_by_many_is_one_of_each(company, said):
    account_id = a_story(said)
    take_run(run_id=ask_run(account_id=account_id, at=LATER), at=LATER)
    bank = add_bank_account(name="Itaú", bank="", number="", currency="BRL", at=NOON)
    with transaction():
        person = a_person(email=f"{uuid7().hex}@padaria.example").id
    raw = ofx((NOON.date() + timedelta(days=1), "47.52", "R1", "STRIPE"))
    payout_id = looking(lambda: Payout.objects.get().id)

    def act(turn):
        upload_statement(bank_account_id=bank, raw=raw, filename="x", user_id=person, at=LATER)
        line_id = looking(lambda: BankLine.objects.get().id)
        try:
            confirm_match(
                line_id=line_id, kind=MatchKind.PAYOUT, subject=str(payout_id), at=LATER
            )
        except Refused:
            return False
        return True

    assert sum(crowd(company, act, times=TIMES)) == 1
    with transaction():
        assert (BankLine.objects.count(), Match.objects.count()) == (1, 1)
        assert LedgerEntry.objects.filter(account="bank").count() == 1
