"""Money of a story: an invoice is asked for with its taxes, and paid as it is assumed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import NewLine
from alicerce.apps.collecting import public as collecting
from alicerce.apps.forecasts.rules.book import NOON
from alicerce.apps.forecasts.rules.climbing import climb
from alicerce.apps.forecasts.rules.diary import CARD, HAND, LADDER, Diary
from alicerce.apps.forecasts.rules.ending import adopt
from alicerce.apps.forecasts.rules.owed import Owed
from alicerce.apps.forecasts.types import Assumption, HappeningKind
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.subscriptions.types import SubscriptionStatus

FEWEST_PAID = 3
"""Who paid fewer invoices than this has no habit yet: the due day is assumed."""
BY_CARD, BY_HAND, BY_BALANCE, REFUSED = "card", "hand", "balance", "refused"


class Till:
    """Where a customer is asked for money, and where it comes in."""

    def __init__(self, diary: Diary) -> None:
        self.diary = diary
        self.habit = habit_of(diary.book.paid_after)

    def issue(
        self,
        lines: Sequence[NewLine],
        due_on: date,
        at: datetime,
        *,
        services: tuple[UUID, ...] = (),
        asks_fee: bool = True,
    ) -> None:
        """With the taxes of that day; then the wallet, the letter, the ladder and who pays."""
        diary, day = self.diary, self.diary.world.day(at)
        payer = diary.taxes.payer(diary.book.customer_id, day)
        levying = billing.levied_from(lines=lines, payer=payer, book=diary.taxes.book, on=day)
        total = sum(line.total.cents for line in levying.lines)
        invoice = Owed(
            ref=self._ref(day, levying.lines[0].unit.currency),
            currency=levying.lines[0].unit.currency,
            total_cents=total,
            remaining_cents=total,
            due_on=due_on,
            opened_at=at,
            issued_on=day,
            services=services,
            lines=levying.lines,
            tax_cents=levying.tax_cents,
            withheld_cents=levying.withheld_cents,
            asks_fee=asks_fee,
        )
        diary.owed.append(invoice)
        if not total:
            self._settled(invoice, at)
            return
        self._use_wallet(invoice, at)
        if invoice.is_open:
            diary.mail("invoice_issued", at, invoice=invoice)
            diary.plan(at, LADDER, partial(climb, diary, invoice))
            self.wait_for_payment(invoice, at)

    def _ref(self, day: date, currency: str) -> str:
        stem = f"{day:%Y%m%d}{currency}"
        place = sum(one.ref.startswith(stem) for one in self.diary.owed)
        return f"{stem}{place or ''}"

    def _use_wallet(self, invoice: Owed, at: datetime) -> None:
        held = self.diary.wallet.get(invoice.currency, 0)
        if held and self.diary.world.money.uses_wallet:
            used = min(held, invoice.remaining_cents)
            self.diary.wallet[invoice.currency] = held - used
            self._receive(invoice, used, BY_BALANCE, at)

    def has_card(self, at: datetime) -> bool:
        day = self.diary.world.day(at)
        book = self.diary.book
        return book.is_willing and any(card.pays_on(day) for card in book.cards)

    def wait_for_payment(self, invoice: Owed, at: datetime) -> None:
        diary, world = self.diary, self.diary.world
        if invoice.invoice_id is None and self.has_card(at):
            when = collecting.first_try(invoice.due_on, zone=world.zone, at=at)
            diary.plan(when, CARD, partial(self.charge, invoice))
            return
        self._plan_hand(invoice, at)

    def _plan_hand(self, invoice: Owed, at: datetime) -> None:
        """Who pays without being charged, by what is assumed."""
        world = self.diary.world
        if world.assumption in {Assumption.NOBODY, Assumption.CARDS}:
            return
        late = (self.habit or 0) if world.assumption == Assumption.HABIT else 0
        day = max(invoice.due_on + timedelta(days=late), invoice.issued_on)
        when = max(world.moment(day, NOON), at)
        self.diary.plan(when, HAND, partial(self._pay, invoice, BY_HAND))

    def charge(self, invoice: Owed, at: datetime) -> None:
        if not invoice.is_open:
            return
        if not self.has_card(at):
            self._plan_hand(invoice, at)
            return
        world = self.diary.world
        is_refused = world.assumption == Assumption.NOBODY
        self.diary.write(
            HappeningKind.CHARGE,
            at,
            what=REFUSED if is_refused else "",
            invoice=invoice,
            cents=invoice.remaining_cents,
        )
        if not is_refused:
            self._pay(invoice, BY_CARD, at)
            return
        invoice.failures += 1
        self.diary.mail("card_failed", at, invoice=invoice)
        if when := collecting.next_try(at, failures=invoice.failures, zone=world.zone):
            self.diary.plan(when, CARD, partial(self.charge, invoice))

    def _pay(self, invoice: Owed, how: str, at: datetime) -> None:
        if invoice.is_open:
            self._receive(invoice, invoice.remaining_cents, how, at)

    def _receive(self, invoice: Owed, cents: int, how: str, at: datetime) -> None:
        invoice.remaining_cents -= cents
        day = self.diary.world.day(at)
        invoice.receipts.append(billing.Receipt(day, cents))
        self.diary.write(HappeningKind.PAYMENT, at, what=how, invoice=invoice, cents=cents)
        if not invoice.remaining_cents:
            self._settled(invoice, at)

    def _settled(self, invoice: Owed, at: datetime) -> None:
        """Thanked for, off the ladder, what it held goes on, and being late is asked for."""
        diary = self.diary
        invoice.paid_on = diary.world.day(at)
        diary.mail("invoice_paid", at, invoice=invoice)
        if invoice.failures:
            diary.mail("card_recovered", at, invoice=invoice)
        self._let_go(invoice, at)
        for one in diary.shelf.kept.values():
            change = one.change
            if change and change.invoice_id and change.invoice_id == invoice.invoice_id:
                adopt(diary, one, change, at)
        self._ask_fee(invoice, at)

    def _let_go(self, invoice: Owed, at: datetime) -> None:
        diary = self.diary
        for id_ in sorted(invoice.holds, key=str):
            one = diary.shelf.kept.get(id_)
            if one is None or diary.held_elsewhere(id_, invoice):
                continue
            if subscriptions.let_go(diary.shelf, one, diary.world.day(at)):
                diary.write(HappeningKind.RESUMPTION, at, invoice=invoice, subscription_id=id_)
        invoice.holds = set()
        late = diary.late_elsewhere(invoice)
        for one in diary.services_of(invoice):
            if one.id in late:
                one.move(SubscriptionStatus.ACTIVE, SubscriptionStatus.PAST_DUE)
            else:
                one.move(SubscriptionStatus.PAST_DUE, SubscriptionStatus.ACTIVE)

    def _ask_fee(self, invoice: Owed, at: datetime) -> None:
        world = self.diary.world
        if not invoice.asks_fee:
            return
        fee = billing.fee_for(invoice.receipts, due_on=invoice.due_on, terms=world.money.late)
        if not fee.total:
            return
        payer = self.diary.taxes.payer(self.diary.book.customer_id, world.day(at))
        lines = billing.fee_lines(
            fee=fee, code=invoice.code or "–", currency=invoice.currency, locale=payer.locale
        )
        self.issue(lines, world.day(at) + billing.FEE_DUE, at, asks_fee=False)


def habit_of(paid_after: Sequence[int]) -> int | None:
    """The middle of the days after the due date; none of too few invoices."""
    days = sorted(paid_after)
    return days[(len(days) - 1) // 2] if len(days) >= FEWEST_PAID else None
