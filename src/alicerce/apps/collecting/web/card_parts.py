"""What one customer sees of their cards: what is kept, what is charged by itself, what is open."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.collecting.queries import cards as queries
from alicerce.apps.collecting.queries.collections import collections_for
from alicerce.apps.collecting.queries.foretold_words import self_payments
from alicerce.apps.collecting.queries.mandates import has_mandate
from alicerce.apps.collecting.types import CardView, CollectionView, Way
from alicerce.apps.collecting.web import components
from alicerce.apps.customers import public as customers
from alicerce.apps.tenancy import public as tenancy
from alicerce.ui.buttons import Button, ConfirmDialog, PostButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Row, Section
from alicerce.ui.panels import EmptyState, Note
from alicerce.ui.texts import Text


def cards_of_customer(
    customer_id: UUID, *, at: datetime, in_person: bool = True
) -> list[Content]:
    """Whoever stands in their place is shown what is kept, and no button: each would be refused."""
    kept = queries.cards_of(customer_id)
    name = customers.customer(customer_id).name
    offers = billing.card_account() is not None
    table = components.cards_table(
        kept,
        today=queries.today(at),
        actions=_actions if in_person else None,
        empty=EmptyState(
            _("Nenhum cartão guardado"),
            _("Guarde um cartão e as próximas faturas se pagam sozinhas.")
            if offers
            else _("Esta empresa ainda não guarda cartões."),
            icon="credit-card",
        ),
    )
    body: list[Content] = [Section(name, [table])]
    if not in_person:
        return body
    if offers:
        body.append(_ways(customer_id, is_known=bool(queries.payers_of(customer_id))))
    if kept:
        body += [
            _autopay(customer_id, kept),
            *_first(customer_id, at=at),
            *_open(customer_id, at=at),
        ]
    return body


def _ways(customer_id: UUID, *, is_known: bool) -> Card:
    hidden = {"cliente": str(customer_id)}
    keep = PostButton(
        Button(_("Guardar um cartão"), icon="plus", variant="primary"),
        reverse("client:cards_leave", args=["guardar"]),
        hidden,
    )
    portal = PostButton(
        Button(_("Abrir o portal da operadora"), icon="external-link"),
        reverse("client:cards_leave", args=["portal"]),
        hidden,
    )
    company = tenancy.tenant_card().name
    consent = _(
        "Ao guardar um cartão, você autoriza %(company)s a cobrar nele as suas faturas no "
        "vencimento, até você remover o cartão ou desligar o pagamento automático. O número "
        "do cartão fica só com a operadora."
    )
    return Card(
        [Text(consent % {"company": company}), Row([keep, portal] if is_known else [keep])]
    )


def _autopay(customer_id: UUID, kept: Sequence[CardView]) -> Note:
    if any(card.is_default and card.is_idle for card in kept):
        words = _(
            "O cartão principal não pode ser cobrado: pague cada fatura até o vencimento."
        )
        return Note("warn", words, title=_("Pagamento automático parado"))
    is_on = queries.pays_by_itself(customer_id)
    action = PostButton(
        Button(_("Desligar") if is_on else _("Ligar"), size="sm"),
        reverse("client:cards_autopay"),
        {"cliente": str(customer_id), "ligado": "0" if is_on else "1"},
    )
    if is_on:
        words = _("O cartão principal é cobrado sozinho no vencimento de cada fatura.")
        return Note("ok", words, title=_("Pagamento automático ligado"), actions=[action])
    words = _("Nada é cobrado sozinho: pague cada fatura até o vencimento.")
    return Note("warn", words, title=_("Pagamento automático desligado"), actions=[action])


def _first(customer_id: UUID, *, at: datetime) -> list[Content]:
    """Where both their card and their bank could pay: which does, said in words, and a way to choose."""
    if not has_mandate(customer_id) or not queries.pays_by_itself(customer_id):
        return []
    bank_first = queries.is_bank_first(customer_id, at=at)
    other = Way.CARD if bank_first else Way.BANK
    words = {
        Way.CARD: _("Pagar primeiro com o cartão"),
        Way.BANK: _("Pagar primeiro por Pix Automático"),
    }
    action = PostButton(
        Button(words[other], size="sm"),
        reverse("client:cards_way"),
        {"cliente": str(customer_id), "forma": other},
    )
    told = (
        _(
            "O seu banco debita cada fatura. O cartão só é cobrado quando o banco não puder, "
            "nunca os dois pela mesma fatura."
        )
        if bank_first
        else _(
            "O cartão é cobrado em cada fatura. O banco só debita as que vierem quando não houver "
            "cartão que sirva, nunca os dois pela mesma fatura."
        )
    )
    title = _("O Pix Automático paga primeiro") if bank_first else _("O cartão paga primeiro")
    return [Note("info", told, title=title, actions=[action])]


def _open(customer_id: UUID, *, at: datetime) -> list[Content]:
    invoices = billing.open_invoices_of(customer_id)
    if not invoices:
        return []
    collections = collections_for([each.id for each in invoices])
    table = components.open_table(
        invoices,
        self_payments(invoices, at),
        collections,
        url_of=lambda each: reverse("client:invoice", args=[each.id]),
        action=lambda each: _charge(each, collections.get(each.id)),
    )
    return [Section(_("Faturas em aberto"), [table])]


def _charge(invoice: InvoiceSummary, collection: CollectionView | None) -> Content:
    busy = collection is not None and collection.is_charging
    button = Button(_("Cobrar agora"), size="sm", variant="primary", disabled=busy)
    return PostButton(button, reverse("client:card_charge", args=[invoice.id]))


def _actions(card: CardView) -> Content:
    name = components.name_of(card)
    remove = ConfirmDialog(
        f"remover-{card.id}",
        Button(_("Remover"), icon="trash-2", variant="ghost", size="sm"),
        _("Remover o cartão %(card)s?") % {"card": name},
        [Text(_("Ele deixa de pagar as suas faturas. As que estão em aberto continuam."))],
        _("Remover cartão"),
        reverse("client:card_remove", args=[card.id]),
    )
    if card.is_default:
        return remove
    choose = PostButton(
        Button(_("Usar este"), size="sm"), reverse("client:card_default", args=[card.id])
    )
    return Row([choose, remove])
