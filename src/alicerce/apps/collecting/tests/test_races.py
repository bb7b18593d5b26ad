"""Many at once, on connections of their own and data that is really there: a card is charged once."""

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.models import Charge, Payment
from alicerce.apps.billing.services.record_payment import record_payment
from alicerce.apps.billing.services.request_charge import request_charge
from alicerce.apps.billing.tests.factories import an_account, by_hand
from alicerce.apps.billing.tests.test_races import company, crowd, looking
from alicerce.apps.billing.types import GatewayKind, PaymentMethod
from alicerce.apps.billing.types.cards import CardUse
from alicerce.apps.billing.types.debits import DebitUse
from alicerce.apps.collecting.models import Attempt, Card
from alicerce.apps.collecting.services.begin_attempt import begin_attempt
from alicerce.apps.collecting.services.carry_out import carry_out
from alicerce.apps.collecting.services.choose import choose_default
from alicerce.apps.collecting.services.collect import collect_due
from alicerce.apps.collecting.services.follow import follow_invoice
from alicerce.apps.collecting.tests.factories import DUE, MORNING, OPENED, an_owed_invoice
from alicerce.apps.collecting.types import Trigger
from alicerce.apps.customers.tests.factories import a_customer
from alicerce.apps.ledger.public import ledger_imbalance
from alicerce.kernel.db import transaction
from alicerce.kernel.errors import Refused
from alicerce.kernel.http import Unavailable, Unknown
from alicerce.vendors.stripe.simulator.plastic import GOOD

__all__ = ["company"]
INVOICES, TIMES = 3, 24


@transaction()
def a_payer(stripe):
    return stripe.known(a_customer().id, stripe.connect(at=OPENED))


def as_workers_do():
    """Whatever waits to be done, by whoever comes first."""
    attempts, charges = looking(
        lambda: (
            list(Attempt.objects.under_way().values_list("id", flat=True)),
            list(Charge.objects.values_list("id", "invoice_id")),
        )
    )
    for attempt_id in attempts:
        carry_out(attempt_id=attempt_id, at=MORNING)
    for charge_id, invoice_id in charges:
        request_charge(charge_id=charge_id, at=MORNING)
        follow_invoice(invoice_id=invoice_id, at=MORNING)


def until_nothing_waits():
    for _ in range(3):
        as_workers_do()


def a_turn(turn, invoices):
    """The clock finds what is due, a customer clicks, a person writes a payment down, a worker works."""
    invoice_id = invoices[turn % INVOICES]
    try:
        if turn % 4 == 1:
            begin_attempt(invoice_id=invoice_id, trigger=Trigger.CLIENT_RETRY, at=MORNING)
        elif turn % 8 == 3:
            record_payment(invoice_id=invoices[0], told=by_hand(4990), at=MORNING)
        collect_due(at=MORNING)
        as_workers_do()
    except (Refused, Unavailable, Unknown):
        return


def test_schedulers_clicks_and_workers_at_once_charge_each_invoice_once(company, clock, stripe):
    clock.at = MORNING
    payer = a_payer(stripe)
    stripe.keep_card(payer, at=OPENED)
    with transaction():
        invoices = [an_owed_invoice(payer.customer_id).id for _ in range(INVOICES)]

    crowd(company, lambda turn: a_turn(turn, invoices), times=TIMES)
    until_nothing_waits()

    paid = [one for one in stripe.charged() if one["status"] == "succeeded"]
    with transaction():
        states = {billing.invoice(one).status for one in invoices}
        by_card = Payment.objects.filter(method="card").count()
        kept = Charge.objects.filter(status="paid").values_list("invoice_id", flat=True)
        assert len(set(kept)) == len(kept) == by_card == len(paid)
        assert set(invoices[1:]) <= set(kept)
        assert not Attempt.objects.under_way().exists()
    assert states == {"paid"}
    assert looking(ledger_imbalance) == 0


def test_a_card_and_a_bank_at_once_never_collect_the_same_invoice(company):
    """Who comes first has it; only when that is over may the other begin."""
    automatic = {"conta": "1", "tipoConta": "CORRENTE"}
    with transaction():
        card = CardUse("cus_1", "pm_1", account_id=an_account(GatewayKind.STRIPE).id)
        pix = an_account(settings={"pix_key": "k", "automatic": automatic})
        debit = DebitUse(pix.id, "RN1", DUE)
        invoice = an_owed_invoice()

    def either(turn):
        if turn % 3 == 2:
            return give_up_one(invoice.id)
        try:
            if turn % 3:
                billing.begin_debit(invoice_id=invoice.id, use=debit, at=OPENED)
            else:
                billing.begin_charge(
                    invoice_id=invoice.id,
                    method=PaymentMethod.CARD,
                    return_url="",
                    at=OPENED,
                    card=card,
                )
        except Refused:
            return None
        return None

    ended = crowd(company, either, times=TIMES)

    assert [one for one in ended if isinstance(one, Exception)] == []
    live = looking(lambda: Charge.objects.live().filter(invoice_id=invoice.id).count())
    begun = looking(lambda: Charge.objects.filter(invoice_id=invoice.id).count())
    assert live <= 1 <= begun


@transaction()
def give_up_one(invoice_id):
    billing.hold_invoice(invoice_id=invoice_id)
    for charge in Charge.objects.live().filter(invoice_id=invoice_id):
        charge.fail("refused")


def test_cards_chosen_at_once_leave_one_that_is_charged(company, stripe):
    payer = a_payer(stripe)
    for _ in range(2):
        stripe.keep_card(payer, GOOD, at=OPENED)
    cards = looking(lambda: list(Card.objects.values_list("id", flat=True)))

    crowd(
        company,
        lambda turn: choose_default(
            card_id=cards[turn % 2], customer_id=payer.customer_id, at=OPENED
        ),
        times=16,
    )

    assert looking(Card.objects.filter(is_default=True).count) == 1
