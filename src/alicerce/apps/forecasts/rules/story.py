"""A customer's book as it goes on: the rules of the billing run, of taxes, of the ladder and of cards, in one order.

It is told twice of one copy where something would be different: the two are compared to the cent.
"""

from datetime import date, datetime, timedelta
from functools import partial

from alicerce.apps.billing import public as billing
from alicerce.apps.collecting import public as collecting
from alicerce.apps.forecasts.rules.book import Book, Told, World
from alicerce.apps.forecasts.rules.changing import ladder_of, repricing, taxes_of
from alicerce.apps.forecasts.rules.climbing import climb
from alicerce.apps.forecasts.rules.diary import CARD, LADDER, NIGHT, Diary
from alicerce.apps.forecasts.rules.ending import adopt, end_subscription, void_of_change
from alicerce.apps.forecasts.rules.owed import debt
from alicerce.apps.forecasts.rules.till import Till
from alicerce.apps.forecasts.types import Assumption, HappeningKind, WhatIf
from alicerce.apps.subscriptions import public as subscriptions


def tell(book: Book, world: World, what_if: WhatIf | None = None) -> Told:
    """From now to the last day. The book is used up: a copy of it is told another time."""
    change = what_if or WhatIf()
    story = Story(
        Diary(
            book,
            world,
            ladder_of(change, book),
            taxes_of(change, book.taxes),
            repricing(change, world.plans),
            dict(book.wallet),
        )
    )
    return story.told()


class Story:
    def __init__(self, diary: Diary) -> None:
        self.diary = diary
        self.till = Till(diary)
        self.planned: date | None = None

    def told(self) -> Told:
        self._begin(self.diary.world.begins_at)
        while found := self.diary.next():
            at, deed = found
            deed(at)
            self._close_what_ended(at)
            self._plan_night(at)
        invoices = [one.told() for one in self.diary.owed]
        return Told(invoices, self.diary.happenings)

    def _begin(self, at: datetime) -> None:
        diary, book = self.diary, self.diary.book
        if diary.shelf.parked:
            reason, detail = diary.shelf.parked
            diary.write(HappeningKind.PARK, at, what=reason.value, step=detail[:40])
        if diary.world.assumption == Assumption.HABIT and book.paid_after:
            self._write_habit(at)
        for told in book.debts:
            self._take_up(told, at)
        for card in book.cards:
            self._warn_of(card, at)
        self._plan_night(at)

    def _write_habit(self, at: datetime) -> None:
        told = self.diary.book.paid_after
        days = str(self.till.habit) if self.till.habit is not None else ""
        self.diary.write(HappeningKind.HABIT, at, what=days, step=str(len(told)))

    def _take_up(self, told: billing.Debt, at: datetime) -> None:
        diary, book = self.diary, self.diary.book
        invoice = debt(told, issued_on=diary.world.day(told.opened_at))
        invoice.services = book.services.get(told.id, ())
        if walk := book.walking.get(told.id):
            invoice.marks, invoice.is_overdue = walk.marks, walk.is_overdue
            invoice.holds = set(walk.holds)
        invoice.failures = book.failures.get(told.id, 0)
        diary.owed.append(invoice)
        diary.plan(at, LADDER, partial(climb, diary, invoice))
        waits = book.next_at.get(told.id)
        if waits and self.till.has_card(at):
            diary.plan(max(waits, at), CARD, partial(self.till.charge, invoice))
        else:
            self.till.wait_for_payment(invoice, at)

    def _warn_of(self, card: collecting.CardAhead, at: datetime) -> None:
        world = self.diary.world
        if card.is_told or card.expires_on < world.day(at):
            return
        when = world.moment(card.expires_on - collecting.WARN_BEFORE)
        self.diary.plan(max(when, at), NIGHT, partial(self.diary.mail, "card_expiring"))

    def _plan_night(self, at: datetime) -> None:
        """Whenever something new is to be done on a day, that day's night is waited for."""
        day = self.diary.shelf.next_day()
        if day is None or day == self.planned:
            return
        self.planned = day
        when = max(self.diary.world.moment(day), at)
        self.diary.plan(when, NIGHT, partial(self._night, day))

    def _night(self, day: date, at: datetime) -> None:
        if day != self.planned:
            return  # something else came before it: another night was planned
        self.planned = None
        today = self.diary.world.day(at)
        for one in list(self.diary.shelf.kept.values()):
            self._end_what_is_over(one, today, at)
            self._settle_change(one, today, at)
            if one.is_live and one.tells_on and one.tells_on <= today:
                one.is_told = True
                self.diary.mail("trial_ending", at)
        self._bill(today, at)

    def _end_what_is_over(self, one: subscriptions.Kept, today: date, at: datetime) -> None:
        if one.is_live and one.cancels and one.ends_on and one.ends_on <= today:
            end_subscription(self.diary, one, at, what="period_end")

    def _close_what_ended(self, at: datetime) -> None:
        for one in self.diary.shelf.kept.values():
            if one.usage and one.has_ended:
                self._close_usage(one, at)

    def _close_usage(self, one: subscriptions.Kept, at: datetime) -> None:
        """No renewal will ask for it. What was only tried costs nothing."""
        was_only_tried = one.trial_ends_on is not None and not one.asked
        lines = subscriptions.usage_lines(one.usage, price_id=one.price_id)
        one.usage = ()
        if lines and not was_only_tried:
            due_on = self.diary.world.day(at) + timedelta(
                days=self.diary.shelf.terms.days_ahead
            )
            self.till.issue(lines, due_on, at)

    def _settle_change(self, one: subscriptions.Kept, today: date, at: datetime) -> None:
        change = one.change
        if change is None or change.look_on > today or not one.is_live:
            return
        if change.invoice_id is None:
            adopt(self.diary, one, change, at)
            return
        void_of_change(self.diary, change, at)
        one.drop_change(self.diary.shelf.terms)

    def _bill(self, today: date, at: datetime) -> None:
        shelf = self.diary.shelf
        was_parked = shelf.parked
        for asked in shelf.bill(today, self.diary.reprice):
            self.till.issue(
                asked.draft.lines, asked.draft.due_on, at, services=asked.subscription_ids
            )
        if shelf.parked and not was_parked:
            reason, detail = shelf.parked
            self.diary.write(HappeningKind.PARK, at, what=reason.value, step=detail[:40])
