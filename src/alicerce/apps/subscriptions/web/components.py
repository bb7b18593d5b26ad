"""What the pages of subscriptions are made of."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import Period
from alicerce.apps.orders import public as orders
from alicerce.apps.subscriptions.queries.limits import limits_of, uses_of
from alicerce.apps.subscriptions.queries.metered import usage_so_far
from alicerce.apps.subscriptions.queries.pages import items_of, periods_of
from alicerce.apps.subscriptions.types import LimitUse, NewItem, SubscriptionCard
from alicerce.apps.subscriptions.web.words import CYCLES, ENDINGS, KINDS, SUSPENSIONS
from alicerce.kernel.brazil import display_domains
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.ui.component import Content
from alicerce.ui.formats import day, money, number
from alicerce.ui.layout import Card, Row, Stack
from alicerce.ui.panels import KeyValues, Note, Pair
from alicerce.ui.plans import LIMITS, limit_pairs, used_amount
from alicerce.ui.status import SUBSCRIPTION, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Link, MoneyText, Text, TimeText

NOTHING = "–"
UrlOf = Callable[[UUID], str]


def name_of(card: SubscriptionCard) -> str:
    return display_domains(card.description)


def state_of(card: SubscriptionCard) -> Badge:
    return badge(SUBSCRIPTION, card.status)


def price_of(card: SubscriptionCard) -> str:
    return f"{money(card.amount)} {CYCLES.get(card.cycle, '')}"


def days_of(period: Period) -> str:
    """The first and the last day, as people say a period."""
    return _("%(first)s a %(last)s") % {
        "first": day(period.starts_on, style="short"),
        "last": day(period.last_day, style="short"),
    }


def next_renewal(card: SubscriptionCard) -> str:
    """On which day the next period begins, or why none will."""
    if card.has_ended or not card.has_started:
        return NOTHING
    if card.cancel_at_period_end and card.ends_on:
        return _("Termina em %(day)s") % {"day": day(card.ends_on)}
    if card.is_paused:
        return _("Cobrança em pausa")
    return day(card.next_starts_on) if card.next_starts_on and card.next_bill_on else NOTHING


def subscriptions_table(
    cards: Sequence[SubscriptionCard],
    *,
    url_of: UrlOf,
    empty: Content,
    customers: Mapping[UUID, Content] | None = None,
    newer: str = "",
    older: str = "",
) -> Table:
    return Table(
        _("Assinaturas"),
        [
            Column(_("Assinatura"), "name"),
            Column(_("Estado"), "status"),
            *([Column(_("Cliente"))] if customers is not None else []),
            Column(_("Valor"), "number"),
            Column(_("Próxima renovação")),
        ],
        [
            TableRow(
                [
                    Cell(name_of(card), url_of(card.id)),
                    state_of(card),
                    *([customers[card.customer_id]] if customers is not None else []),
                    price_of(card),
                    next_renewal(card),
                ]
            )
            for card in cards
        ],
        empty=empty,
        newer=newer,
        older=older,
    )


def facts_card(card: SubscriptionCard, *more: Pair) -> Card:
    pairs = [
        *more,
        Pair(_("Valor"), price_of(card)),
        Pair(_("Período"), days_of(card.period) if card.period else NOTHING),
        Pair(_("Próxima renovação"), next_renewal(card)),
        Pair(_("Próxima fatura"), day(card.next_bill_on) if card.next_bill_on else NOTHING),
    ]
    pairs += _limits(card)
    if card.end_cause:
        pairs.append(Pair(_("Por quê"), ENDINGS[card.end_cause]))
    return Card([KeyValues(pairs)], title=_("Sobre a assinatura"))


def answers_cards(card: SubscriptionCard) -> list[Content]:
    """What its buyer answered when they ordered it, for themselves."""
    if card.order_id is None:
        return []
    said = orders.answers_in_words(card.order_id, with_personal=True)
    pairs = [Pair(label, words) for label, words in said]
    return [Card([KeyValues(pairs)], title=_("Respostas do pedido"))] if pairs else []


def _limits(card: SubscriptionCard) -> list[Pair]:
    """With what there is of each; what an add-on allows is counted with its subscription's."""
    if card.parent_id:
        return limit_pairs(limits_of(card.id))
    uses = {one.key: one for one in uses_of(card.id)}
    return [_use(uses[key]) for key in LIMITS if key in uses]


def _use(one: LimitUse) -> Pair:
    words = used_amount(one.key, one.most, one.used, used_bytes=one.used_bytes)
    said: Content = Badge("warn", words) if one.is_full else words
    if one.seen_at:
        read = TimeText(one.seen_at, "relative")
        said = Stack([said, Row([Text(_("Lido do servidor"), "muted"), read])])
    return Pair(LIMITS[one.key], said)


def notes_of(card: SubscriptionCard) -> list[Content]:
    """What is unusual about it, before everything else."""
    found: list[Content] = []
    if card.cause:
        why = _("Suspensa: %(cause)s.") % {"cause": SUSPENSIONS[card.cause]}
        found.append(Note("warn", why))
    if card.cancel_at_period_end and card.ends_on and not card.has_ended:
        when = day(card.ends_on)
        found.append(Note("info", _("Funciona até %(day)s e então termina.") % {"day": when}))
    if card.is_trialing and card.trial_ends_on:
        when = day(card.trial_ends_on)
        told = _(
            "Teste até %(day)s. Nesse dia começa o primeiro período; cancelar antes não custa nada."
        )
        found.append(Note("info", told % {"day": when}))
    if card.is_paused and not card.has_ended:
        found.append(Note("info", _("A cobrança está em pausa; o serviço continua.")))
    return found


def items_card(card: SubscriptionCard) -> Card:
    table = Table(
        _("Itens"),
        [
            Column(_("Item"), "name"),
            Column(_("Tipo")),
            Column(_("Quantidade"), "number"),
            Column(_("Valor"), "number"),
        ],
        [_item(item, card.amount.currency) for item in items_of(card.id)],
    )
    return Card([table], title=_("Itens"))


def usage_cards(card: SubscriptionCard) -> list[Content]:
    """What its meters counted since it was last asked for, and what that would cost; nothing without meters."""
    rows = usage_so_far(card.id, at=now())
    if not rows:
        return []
    table = Table(
        _("Uso medido"),
        [
            Column(_("Medidor"), "name"),
            Column(_("Desde")),
            Column(_("Usado"), "number"),
            Column(_("Estimativa"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(one.name),
                    day(one.starts_on, style="short"),
                    f"{number(one.quantity)} {one.unit}",
                    MoneyText(one.amount),
                ]
            )
            for one in rows
        ],
    )
    told = _("Vai na próxima fatura. O valor muda com o que ainda for usado.")
    return [Card([table], title=_("Uso medido"), footer=[told])]


def periods_card(card: SubscriptionCard, *, invoice_url: Callable[[UUID, str], str]) -> Card:
    """Every period that was invoiced, the latest first, each with its invoice."""
    rows = []
    for billed in periods_of(card.id):
        invoice = billing.invoice(billed.invoice_id)
        name = _("Fatura nº %(number)s") % {"number": invoice.code}
        link = Link(name, invoice_url(invoice.id, invoice.token))
        rows.append(TableRow([Cell(days_of(billed.period)), link, MoneyText(billed.amount)]))
    table = Table(
        _("Períodos"),
        [
            Column(_("Período"), "name"),
            Column(_("Fatura")),
            Column(_("Valor"), "number"),
        ],
        rows,
        empty=_("Nenhum período faturado ainda."),
    )
    return Card([table], title=_("Períodos"))


def _item(item: NewItem, currency: str) -> TableRow:
    return TableRow(
        [
            Cell(display_domains(item.description)),
            KINDS[item.kind],
            number(item.quantity),
            MoneyText(Money(item.total_cents, currency)),
        ]
    )
