"""What a correction says of itself: on its own page, and where it is confirmed."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.corrections.types import CorrectionView, Effect
from alicerce.apps.corrections.web.components import figures, invoice_name
from alicerce.apps.corrections.web.words import METHODS
from alicerce.apps.customers import public as customers
from alicerce.kernel.access import Request
from alicerce.ui.component import Content, Words
from alicerce.ui.formats import day, moment_in, money
from alicerce.ui.layout import Card
from alicerce.ui.panels import KeyValues, Pair
from alicerce.ui.texts import Link, TimeText

Facts = Sequence[tuple[Words, Words]]


def of_confirmation(request: Request, view: CorrectionView, effect: Effect) -> Facts:
    """As the page that does the same has them, and what becomes of every sum."""
    changes = [
        (label, f"{before} → {after}")
        for label, before, after in figures(effect)
        if before != after
    ]
    return [
        *_about(request, view),
        (_("Valor"), money(effect.amount)),
        *_details(view),
        *changes,
        (_("Motivo"), view.reason),
        (_("Pedida pela API em"), moment_in(billing.zone(), view.requested_at)),
    ]


def _about(request: Request, view: CorrectionView) -> Iterator[tuple[Words, Words]]:
    if view.customer_id and "customers:read" in request.permissions:
        yield _("Cliente"), customers.customer_detail(view.customer_id).profile.name
    if view.invoice_id:
        yield _("Fatura"), invoice_name(billing.invoice(view.invoice_id))
    if view.payment_id:
        paid = billing.find_payment(view.payment_id)
        yield _("Pagamento"), f"{METHODS[paid.method]} · {paid.reference}"


def _details(view: CorrectionView) -> Iterator[tuple[Words, Words]]:
    if view.position is not None and view.invoice_id:
        yield _("De que item"), _line(view)
    if view.method:
        yield _("Como chegou"), METHODS[PaymentMethod(view.method)]
    if view.received_on:
        yield _("Recebido em"), day(view.received_on)
    if view.reference:
        yield _("Referência"), view.reference
    if view.proof:
        yield _("Comprovante"), view.proof


def _line(view: CorrectionView) -> str:
    assert view.invoice_id
    lines = billing.invoice_detail(view.invoice_id).lines
    found = next((line for line in lines if line.position == view.position), None)
    return found.description if found else str(view.position)


def asked_card(
    request: Request, view: CorrectionView, *, requested_by: str, decided_by: str
) -> Card:
    """Who asked for what, and what a person made of it."""
    pairs = [Pair(label, _linked(view, label, value)) for label, value in _about(request, view)]
    pairs.append(Pair(_("Valor"), money(view.amount)))
    pairs += [Pair(label, value) for label, value in _details(view)]
    pairs += [
        Pair(_("Motivo"), view.reason or "–"),
        Pair(_("Pedida por"), requested_by),
        Pair(_("Pedida em"), TimeText(view.requested_at)),
    ]
    if view.is_waiting:
        pairs.append(Pair(_("Vale até"), TimeText(view.expires_at)))
    if view.decided_at:
        pairs.append(Pair(_("Terminou em"), TimeText(view.decided_at)))
    if decided_by:
        pairs.append(Pair(_("Decidida por"), decided_by))
    if view.refusal:
        pairs.append(Pair(_("Por que foi recusada"), view.refusal))
    return Card([KeyValues(pairs)], title=_("O que foi pedido"))


def _linked(view: CorrectionView, label: Words, value: Words) -> Content:
    if label == _("Fatura") and view.invoice_id:
        return Link(value, reverse("workspace:invoice", args=[view.invoice_id]))
    return value
