"""What the page of payment accounts is made of."""

from collections.abc import Mapping, Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.queries.connect_words import due_words, state_sentence
from alicerce.apps.billing.queries.words import METHODS
from alicerce.apps.billing.types import GatewayKind, GatewayView, PaymentMethod
from alicerce.apps.billing.types.connecting import (
    ConnectTerms,
    EarnedOfCompany,
    LinkStatus,
    MerchantState,
    MerchantView,
    OfferView,
    PlatformFeeView,
)
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day, money, number
from alicerce.ui.layout import Card, Row
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair, Waiting
from alicerce.ui.status import MERCHANT, badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import MoneyText, Text, TimeText, Tone

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


def connecting(
    merchants: Sequence[MerchantView],
    offers: Sequence[OfferView],
    *,
    ended: Sequence[MerchantView] = (),
    other_ways: Sequence[PaymentMethod] = (),
) -> list[Content]:
    """The company's account in each mode, or how to open it where the platform offers that."""
    modes = {one.livemode for one in merchants}
    open_to = {one.livemode: one for one in offers}
    body: list[Content] = [
        _merchant(one, open_to.get(one.livemode), other_ways) for one in merchants
    ]
    body += [_ended(one, other_ways) for one in ended]
    return body + [_offer(one) for one in offers if one.livemode not in modes]


def fees_card(kept: Sequence[Money]) -> Card:
    """What the platform kept this month, and the way to each of it."""
    said = ", ".join(money(one) for one in kept) or money(Money(0, "BRL"))
    every = LinkButton(_("Ver cada uma"), reverse("workspace:platform_fees"))
    return Card(
        [KeyValues([Pair(_("Neste mês"), said)]), every], title=_("Tarifas da plataforma")
    )


def fees_table(found: Sequence[PlatformFeeView], *, newer: str = "", older: str = "") -> Table:
    return Table(
        _("Tarifas da plataforma"),
        [
            Column(_("Tarifa"), "name"),
            Column(_("Quando")),
            Column(_("Do pagamento"), "number"),
            Column(_("Valor"), "number"),
        ],
        [_fee_row(one) for one in found],
        empty=EmptyState(
            _("Nenhuma tarifa"),
            _("O que a plataforma retém de um pagamento aparece aqui em segundos."),
            icon="receipt",
        ),
        newer=newer,
        older=older,
    )


def earned_table(
    found: Sequence[EarnedOfCompany], names: Mapping[UUID, str], *, title: str
) -> Table:
    """What the companies' payments left the platform."""
    return Table(
        title,
        [
            Column(_("Empresa"), "name"),
            Column(_("Dinheiro")),
            Column(_("Tarifas"), "number"),
        ],
        [
            TableRow(
                [
                    Cell(names.get(one.tenant_id, "–")),
                    _mode(livemode=one.livemode),
                    MoneyText(one.amount),
                ]
            )
            for one in found
        ],
        empty=EmptyState(
            _("Nenhuma tarifa neste mês"),
            _("O que cada empresa deixa à plataforma aparece aqui."),
            icon="receipt",
        ),
    )


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
        Pair(_("Tarifa da plataforma"), fee_words(offer.terms)),
        Pair(_("Dinheiro"), _mode(livemode=offer.livemode)),
    ]
    return Card([Text(told), KeyValues(facts), ask], title=_("Receber por cartão e boleto"))


def _fee_row(one: PlatformFeeView) -> TableRow:
    words = _("Voltou com um estorno") if one.refund_reference else _("Retida de um pagamento")
    url = reverse("workspace:invoice", args=[one.invoice_id]) if one.invoice_id else ""
    cells = [TimeText(one.happened_at), MoneyText(one.of), MoneyText(one.amount)]
    return TableRow([Cell(words, url, one.external_id), *cells])


def _ended(found: MerchantView, other_ways: Sequence[PaymentMethod]) -> Note:
    """What became of an account that was lost, as long as no other took its place."""
    told = f"{state_sentence(found)} {_fallback(other_ways)}"
    title = _("A conta %(name)s está desligada") % {"name": found.external_id}
    return Note("warn", told, title=title)


def _fallback(other_ways: Sequence[PaymentMethod]) -> str:
    """How customers pay meanwhile."""
    if not other_ways:
        return _("Os clientes não têm outra forma de pagar por aqui: ligue uma conta.")
    said = ", ".join(str(METHODS[one]) for one in other_ways)
    return _("Os clientes pagam por: %(ways)s.") % {"ways": said}


def _merchant(
    found: MerchantView, offer: OfferView | None, other_ways: Sequence[PaymentMethod]
) -> Card:
    facts = [
        Pair(_("Estado"), badge(MERCHANT, found.state)),
        Pair(_("Cobra"), _yes(said=found.state == MerchantState.ENABLED)),
        Pair(_("Repassa ao banco"), _yes(said=found.can_pay_out)),
        Pair(_("Tarifa da plataforma"), fee_words(found.terms)),
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
    if found.changed_at:
        facts.append(Pair(_("Assim desde"), TimeText(found.changed_at)))
    if found.checked_at:
        facts.append(Pair(_("Conferida"), TimeText(found.checked_at)))
    body: list[Content] = [_told(found, other_ways), KeyValues(facts), _buttons(found, offer)]
    return Card(body, title="Stripe")


def _told(found: MerchantView, other_ways: Sequence[PaymentMethod]) -> Note:
    """What its state means, what is due by when, and how customers pay while it does not charge."""
    charges, due = found.state == MerchantState.ENABLED, due_words(found.due)
    said = [state_sentence(found)]
    if due and found.due_by:
        until = {"day": day(found.due_by.astimezone(ZoneInfo(tenancy.time_zone())).date())}
        said.append((_("Até %(day)s falta: ") % until) + "; ".join(due) + ".")
    elif due:
        said.append(_("Falta: %(due)s.") % {"due": "; ".join(due)})
    if found.state == MerchantState.RESTRICTED:
        said.append(_fallback(other_ways))
    tone: Tone = "ok" if charges and found.can_pay_out and not due else "warn"
    return Note(tone, " ".join(said))


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
            Pair(_("Tarifa de cada pagamento"), fee_words(offer.terms)),
            Pair(_("Avisos de contas desconhecidas"), str(offer.strays)),
        ]
    return Card([KeyValues(facts), change], title=account.name)


def fee_words(terms: ConnectTerms) -> str:
    """The part and what is fixed, as people say them."""
    part, fixed = terms.fee_basis_points, terms.fee_fixed_cents
    said = [f"{number(part / 100)}%"] if part else []
    said += [money(Money(fixed, "BRL"))] if fixed else []
    return " + ".join(said) or _("Nenhuma")


def _yes(*, said: bool) -> str:
    return _("Sim") if said else _("Não")


def _mode(*, livemode: bool) -> str:
    return _("De verdade") if livemode else _("De teste")
