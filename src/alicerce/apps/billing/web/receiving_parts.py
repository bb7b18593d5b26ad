"""What the page of payment accounts is made of."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.queries.connect_words import due_words, state_sentence
from alicerce.apps.billing.types import GatewayKind, GatewayView
from alicerce.apps.billing.types.connecting import (
    LinkStatus,
    MerchantState,
    MerchantView,
    OfferView,
)
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.formats import number
from alicerce.ui.layout import Card, Row
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair, Waiting
from alicerce.ui.status import MERCHANT, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Text, TimeText, Tone

NAMES = {GatewayKind.PIX: "Pix", GatewayKind.STRIPE: "Stripe"}


def accounts_table(found: Sequence[GatewayView]) -> Table:
    return Table(
        _("Contas ligadas"),
        [
            Column(_("Conta"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Dinheiro")),
            Column(_("Lida até")),
        ],
        [
            TableRow(
                [
                    Cell(one.name, "", one.trouble or NAMES[one.kind]),
                    _("Ligada") if one.enabled else _("Desligada"),
                    _mode(livemode=one.livemode),
                    TimeText(one.reconciled_at),
                ]
            )
            for one in found
        ],
        empty=EmptyState(
            _("Nenhuma conta ligada"),
            _("Sem uma conta de recebimento, os clientes só pagam à mão."),
            icon="credit-card",
        ),
    )


def connecting(merchants: Sequence[MerchantView], offers: Sequence[OfferView]) -> list[Content]:
    """The company's account in each mode, or how to open it where the platform offers that."""
    modes = {one.livemode for one in merchants}
    open_to = {one.livemode: one for one in offers}
    body: list[Content] = [_merchant(one, open_to.get(one.livemode)) for one in merchants]
    return body + [_offer(one) for one in offers if one.livemode not in modes]


def own_offers(
    accounts: Sequence[GatewayView], offers: Mapping[UUID, OfferView]
) -> list[Content]:
    """What the platform offers, for each of its accounts at Stripe."""
    return [_own_offer(one, offers.get(one.id)) for one in accounts]


def way(found: MerchantView, *, back: str) -> Content:
    if found.link == LinkStatus.ASKED:
        return Waiting(_("Abrindo a página segura…"))
    if found.link != LinkStatus.OPEN:
        again = LinkButton(_("Voltar"), back)
        return Note("bad", _("A Stripe não abriu a página. Tente de novo."), actions=[again])
    return LinkButton(
        _("Continuar na Stripe"),
        found.link_url,
        icon="lock",
        variant="primary",
        size="lg",
        block=True,
    )


def late_note() -> Note:
    return Note("warn", _("O acesso à página da Stripe venceu ou já foi usado. Peça outro."))


def _offer(offer: OfferView) -> Card:
    ask = PostButton(
        Button(_("Conectar com Stripe"), icon="plus", variant="primary"),
        reverse("workspace:merchant_connect", args=[offer.account_id]),
    )
    told = _(
        "Abra uma conta sua na Stripe por aqui, sem copiar chaves. Os pagamentos caem nela e "
        "a Stripe repassa ao seu banco."
    )
    facts = [
        Pair(_("Tarifa da plataforma"), _fee(offer.terms.fee_basis_points)),
        Pair(_("Dinheiro"), _mode(livemode=offer.livemode)),
    ]
    return Card([Text(told), KeyValues(facts), ask], title=_("Receber por cartão e boleto"))


def _merchant(found: MerchantView, offer: OfferView | None) -> Card:
    facts = [
        Pair(_("Estado"), badge(MERCHANT, found.state)),
        Pair(_("Tarifa da plataforma"), _fee(found.terms.fee_basis_points)),
        Pair(
            _("Em um estorno"),
            _("A tarifa volta")
            if found.terms.gives_fee_back
            else _("A tarifa fica com a plataforma"),
        ),
        Pair(_("Dinheiro"), _mode(livemode=found.livemode)),
    ]
    if found.external_id:
        facts.append(Pair(_("Nome na Stripe"), found.external_id, copy=found.external_id))
    if found.checked_at:
        facts.append(Pair(_("Conferida"), TimeText(found.checked_at)))
    body: list[Content] = [_told(found), KeyValues(facts), _buttons(found, offer)]
    return Card(body, title="Stripe")


def _told(found: MerchantView) -> Note:
    tone: Tone = "ok" if found.state == MerchantState.ENABLED else "warn"
    due = due_words(found.due)
    if not due:
        return Note(tone, state_sentence(found))
    told = {"told": state_sentence(found), "due": "; ".join(due)}
    return Note("warn", _("%(told)s Falta: %(due)s.") % told)


def _buttons(found: MerchantView, offer: OfferView | None) -> Row:
    leave = LinkButton(
        _("Desligar"),
        reverse("workspace:merchant_disconnect", args=[found.id]),
        variant="danger",
    )
    if offer is None:
        return Row([leave])
    go_on = PostButton(
        Button(_("Continuar na Stripe"), icon="external-link"),
        reverse("workspace:merchant_connect", args=[offer.account_id]),
    )
    return Row([go_on, leave])


def _own_offer(account: GatewayView, offer: OfferView | None) -> Card:
    change = LinkButton(_("Mudar"), reverse("workspace:connect_offer", args=[account.id]))
    is_open = offer is not None and offer.terms.is_open
    facts = [
        Pair(_("Aberta às empresas"), _("Sim") if is_open else _("Não")),
        Pair(_("Dinheiro"), _mode(livemode=account.livemode)),
    ]
    if offer:
        facts += [
            Pair(_("Tarifa de cada pagamento"), _fee(offer.terms.fee_basis_points)),
            Pair(_("Avisos de contas desconhecidas"), str(offer.strays)),
        ]
    return Card([KeyValues(facts), change], title=account.name)


def _fee(basis_points: int) -> str:
    return f"{number(basis_points / 100)}%" if basis_points else _("Nenhuma")


def _mode(*, livemode: bool) -> str:
    return _("De verdade") if livemode else _("De teste")
