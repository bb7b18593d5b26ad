"""Paying an invoice, wherever a page offers it: the card, and what its buttons do."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.billing.errors import InvoiceNotOpen, MethodNotOffered
from alicerce.apps.billing.ports import ways_to_pay
from alicerce.apps.billing.queries.charges import offered_methods
from alicerce.apps.billing.queries.due_words import charge_sentences
from alicerce.apps.billing.rules.charging import KIND_OF
from alicerce.apps.billing.services.begin_charge import begin_charge
from alicerce.apps.billing.types import (
    ChargeStatus,
    ChargeView,
    InvoiceStatus,
    InvoiceSummary,
    PaymentMethod,
)
from alicerce.apps.billing.types.cards import CardUse
from alicerce.apps.billing.web.card_forms import CardForm
from alicerce.kernel.access import Request
from alicerce.kernel.clock import now
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content, Words
from alicerce.ui.copying import CopyBox, Countdown, QrBox
from alicerce.ui.forms import Form, form_fields
from alicerce.ui.icons import IconName
from alicerce.ui.layout import Card, Row, Stack
from alicerce.ui.live import LiveRegion
from alicerce.ui.panels import Done, EmptyState, Instructions, Note, Waiting
from alicerce.ui.texts import Amount, Text, TimeText

WATCH, SETTLED = 2, 0
CONTESTED: Mapping[InvoiceStatus, Words] = {
    InvoiceStatus.DISPUTED: gettext_lazy(
        "O pagamento desta fatura foi contestado e está em disputa. "
        "Se foi um engano, peça ao seu banco que retire a contestação."
    ),
    InvoiceStatus.CHARGED_BACK: gettext_lazy(
        "O pagamento desta fatura foi contestado e devolvido pelo banco. Fale com a nossa equipe."
    ),
}


def begin(invoice_id: UUID, *, request: Request, back: str) -> HttpResponse:
    """Ask for a charge; a worker talks to the provider, and the page shows it when it is there."""
    method = request.POST.get("method", "")
    if method not in KIND_OF:
        raise Http404
    try:
        begin_charge(
            invoice_id=invoice_id,
            method=PaymentMethod(method),
            return_url=request.build_absolute_uri(back),
            at=now(),
            card=CardUse(keeps=method == PaymentMethod.CARD and "keep" in request.POST),
        )
    except (InvoiceNotOpen, MethodNotOffered) as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(back)
    return HttpResponseRedirect(f"{back}?forma={method}")


def paying_region(
    invoice: InvoiceSummary,
    charges: Sequence[ChargeView],
    *,
    chosen: str,
    page: str,
    action: str,
    before: Sequence[Content] = (),
) -> LiveRegion:
    """The part of an invoice's page that moves on by itself when the money arrives."""
    is_open = invoice.is_payable
    body = payment_card(invoice, charges, chosen=chosen, action=action)
    url = f"{page}?forma={chosen}" if chosen else page
    return LiveRegion(
        "pagamento",
        url,
        WATCH if is_open else SETTLED,
        [*before, body] if is_open else [_settled(invoice)],
    )


def _settled(invoice: InvoiceSummary) -> Card:
    if invoice.paid_at is None:
        return Card([Text(_("Esta fatura foi cancelada: não há o que pagar."))])
    if invoice.status in CONTESTED:
        return Card([Note("warn", CONTESTED[invoice.status]), Amount(invoice.total)])
    return Card([Done(_("Fatura paga"), TimeText(invoice.paid_at)), Amount(invoice.total)])


def payment_card(
    invoice: InvoiceSummary, charges: Sequence[ChargeView], *, chosen: str, action: str
) -> Card:
    """The total, the charge being paid, and the other ways to pay. `action` takes the choice."""
    charge = _current(charges, chosen)
    amount = Amount(invoice.remaining, label=_("Total a pagar"))
    parts: list[Content] = [Row([amount, *_time_left(charge)], spread=True)]
    if charge:
        parts += _charge(charge)
    parts += _failure(charges, chosen)
    parts.append(_methods(action, but=charge.method if charge else None))
    parts += _more_ways(invoice)
    return Card(parts, title=_("Pagamento"))


def _more_ways(invoice: InvoiceSummary) -> list[Content]:
    ways = [way for name in sorted(ways_to_pay) for way in ways_to_pay[name](invoice)]
    return [LinkButton(way.words, way.url, icon="refresh-cw", block=True) for way in ways]


def _current(charges: Sequence[ChargeView], chosen: str) -> ChargeView | None:
    """The live charge of the chosen method; of the latest one while nothing was chosen."""
    live = [charge for charge in charges if charge.is_live and not charge.debit_on]
    wanted = [charge for charge in live if chosen in {"", charge.method}]
    return wanted[0] if wanted else None


def _failure(charges: Sequence[ChargeView], chosen: str) -> list[Content]:
    shown = [charge for charge in charges if not charge.debit_on]
    latest = next((charge for charge in shown if chosen == charge.method), None)
    if latest is None or latest.is_live or latest.uses_kept_card:
        return []  # why a kept card was not charged is told beside it
    if latest.method not in offered_methods():
        return [
            Note("warn", _("Esta forma de pagamento não está mais disponível. Escolha outra."))
        ]
    if latest.status == ChargeStatus.EXPIRED:
        return [Note("warn", _("O prazo deste pagamento acabou. Gere outro: leva um segundo."))]
    if latest.status == ChargeStatus.FAILED:
        why = latest.error or _("Tente de novo ou escolha outra forma.")
        return [Note("bad", why, title=_("A cobrança não foi aceita."))]
    return []


def _time_left(charge: ChargeView | None) -> list[Content]:
    if charge is None or not charge.pix_code or charge.due:
        return []
    life = int((charge.expires_at - charge.begun_at).total_seconds())
    return [Countdown(charge.expires_at, max(life, 1), _("Este Pix vale por"))]


def _charge(charge: ChargeView) -> list[Content]:
    if charge.method == PaymentMethod.PIX:
        return _pix(charge)
    if charge.uses_kept_card:
        return [Waiting(_("Cobrando o cartão guardado…"))]
    if charge.method == PaymentMethod.BOLETO:
        return _boleto(charge)
    if not charge.redirect_url:
        return [Waiting(_("Preparando o pagamento com cartão…"))]
    button = LinkButton(
        _("Ir para o pagamento com cartão"),
        charge.redirect_url,
        icon="credit-card",
        variant="primary",
        size="lg",
        block=True,
    )
    return [button, Waiting(_("Assim que for confirmado, esta página segue sozinha."))]


def _boleto(charge: ChargeView) -> list[Content]:
    if not charge.redirect_url:
        return [Waiting(_("Preparando o boleto…"))]
    button = LinkButton(
        _("Ir para o boleto"),
        charge.redirect_url,
        icon="receipt",
        variant="primary",
        size="lg",
        block=True,
    )
    return [
        button,
        Waiting(_("O banco leva até dois dias úteis para confirmar um boleto pago.")),
    ]


def _pix(charge: ChargeView) -> list[Content]:
    if not charge.pix_code:
        return [Waiting(_("Gerando o Pix…"))]
    terms = [Text(said) for said in charge_sentences(charge, at=now())]
    return [
        *([Stack(terms)] if terms else []),
        CopyBox(charge.pix_code, _("Copiar código Pix")),
        QrBox(charge.pix_code, _("QR code do Pix")),
        Waiting(_("Confirmamos sozinhos, em segundos. Pode deixar esta página aberta.")),
        Instructions(
            [
                _("Abra o aplicativo do seu banco e escolha Pix."),
                _("Aponte a câmera para o QR code ou cole o código."),
                _("Confira o nome e o valor, e confirme."),
            ]
        ),
    ]


def _methods(action: str, *, but: PaymentMethod | None) -> Content:
    offered = offered_methods()
    others = [method for method in offered if method != but]
    if not offered:
        return EmptyState(
            _("Ainda não dá para pagar por aqui"),
            _("Esta empresa ainda não ligou uma forma de pagamento. Fale com ela."),
            icon="wallet",
        )
    return Stack([_method(method, action, is_first=but is None) for method in others])


def _method(method: PaymentMethod, action: str, *, is_first: bool) -> Content:
    looks: dict[PaymentMethod, tuple[str, IconName]] = {
        PaymentMethod.PIX: (_("Pagar com Pix"), "qr-code"),
        PaymentMethod.CARD: (_("Pagar com cartão"), "credit-card"),
        PaymentMethod.BOLETO: (_("Pagar com boleto"), "receipt"),
    }
    words, icon = looks[method]
    main = is_first and method == PaymentMethod.PIX
    button = Button(words, icon, "primary" if main else "", "lg", block=True)
    if method == PaymentMethod.CARD:
        return Form(action, form_fields(CardForm()), [button])
    return PostButton(button, action, {"method": method.value})
