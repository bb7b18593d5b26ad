"""What the order's page is made of, in each of its moments."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.types import ChargeStatus, ChargeView, InvoiceSummary, PaymentMethod
from alicerce.apps.hosting import public as hosting
from alicerce.apps.hosting.types import RunView, StepView
from alicerce.apps.orders.types import OrderCard, OrderStatus
from alicerce.apps.orders.web.forms import CYCLES
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Component, Content
from alicerce.ui.copying import CopyBox, Countdown, QrBox
from alicerce.ui.formats import duration
from alicerce.ui.layout import Card, Columns, Stack
from alicerce.ui.live import LiveRegion
from alicerce.ui.panels import Done, Instructions, KeyValues, Note, Pair, Step, Steps, Waiting
from alicerce.ui.texts import Amount, Badge, MoneyText, TimeText

PIX_LIFE = timedelta(hours=1)
WAITING, LIVE, SETTLED = 2, 1, 0


def order_badge(order: OrderCard, invoice: InvoiceSummary) -> Badge:
    if order.status == OrderStatus.COMPLETED:
        return Badge("ok", _("Ativo"))
    if invoice.status == "paid":
        return Badge("info", _("Ativando"), live=True)
    return Badge("warn", _("Aguardando pagamento"))


def order_body(
    order: OrderCard, invoice: InvoiceSummary, charges: list[ChargeView], chosen: str
) -> Component:
    here = reverse("site:order", args=[order.token])
    if invoice.status != "paid":
        pay = _payment(order, invoice, charges, chosen)
        region = LiveRegion("pedido", f"{here}?forma={chosen}", WAITING, [pay])
        return Columns([region], [_summary(order, invoice)], side_label=_("Resumo"), side_first=False)
    progress = hosting.progress_of_line(order.lines[0].id)
    every = SETTLED if order.status == OrderStatus.COMPLETED else LIVE
    region = LiveRegion("pedido", here, every, [_delivery(order, progress)])
    return Columns([region], [_summary(order, invoice)], side_label=_("Resumo"), side_first=False)


def _payment(
    order: OrderCard, invoice: InvoiceSummary, charges: list[ChargeView], chosen: str
) -> Card:
    live = {charge.method: charge for charge in charges if charge.is_live}
    charge = live.get(PaymentMethod(chosen)) if chosen in set(PaymentMethod) else None
    failed = [c for c in charges if c.method == chosen and c.status == ChargeStatus.FAILED]
    parts: list[Content] = [Amount(invoice.total, label=_("Total a pagar"))]
    if charge:
        parts += _charge(order, charge)
    elif failed and failed[0].error:
        parts.append(Note("bad", failed[0].error, title=_("A cobrança não foi aceita")))
    parts.append(_methods(order, but=charge.method if charge else None))
    return Card(parts, title=_("Pagamento"))


def _charge(order: OrderCard, charge: ChargeView) -> list[Content]:
    if charge.method == PaymentMethod.PIX:
        return _pix(charge)
    if charge.redirect_url:
        button = LinkButton(
            _("Pagar com cartão"), charge.redirect_url, variant="primary", size="lg", block=True
        )
        return [button, Waiting(_("Assim que o pagamento for confirmado, esta página segue sozinha."))]
    return [Waiting(_("Preparando o pagamento com cartão…"))]


def _pix(charge: ChargeView) -> list[Content]:
    if not charge.pix_code:
        return [Waiting(_("Gerando o Pix…"))]
    parts: list[Content] = [
        CopyBox(charge.pix_code, _("Pix copia e cola")),
        QrBox(charge.pix_code, _("QR code do Pix")),
    ]
    if charge.expires_at:
        life = int(PIX_LIFE.total_seconds())
        parts.append(Countdown(charge.expires_at, life, _("Este Pix vale por")))
    steps = [
        _("Abra o aplicativo do seu banco e escolha Pix."),
        _("Aponte a câmera para o QR code ou cole o código."),
        _("Confira o nome e o valor, e confirme."),
    ]
    return [
        *parts,
        Waiting(_("Confirmamos sozinhos, em segundos. Pode deixar esta página aberta.")),
        Instructions(steps),
    ]


def _methods(order: OrderCard, *, but: PaymentMethod | None) -> Stack:
    labels = {
        PaymentMethod.PIX: (_("Pagar com Pix"), "qr-code"),
        PaymentMethod.CARD: (_("Pagar com cartão"), "credit-card"),
    }
    offered = [method for method in billing.offered_methods() if method != but]
    action = reverse("site:order_payment", args=[order.token])
    first = but is None
    return Stack(
        [
            PostButton(
                Button(
                    labels[method][0],
                    icon=labels[method][1],  # type: ignore[arg-type]
                    variant="primary" if first and method == PaymentMethod.PIX else "",
                    size="lg",
                    block=True,
                ),
                action,
                {"method": method.value},
            )
            for method in offered
        ]
    )


def _delivery(order: OrderCard, progress: RunView | None) -> Component:
    parts: list[Content] = []
    if order.status == OrderStatus.COMPLETED:
        parts.append(
            Done(
                _("No ar!"),
                _("O link para escolher a sua senha está no seu e-mail."),
            )
        )
    if progress is None:
        return Card([Waiting(_("Pagamento confirmado. A ativação começa agora…"))], title=_("Ativação"))
    parts.append(Steps([_step(step) for step in progress.steps], _("Etapas da ativação")))
    if progress.run.can_retry:
        parts.append(
            Note(
                "warn",
                _("Nossa equipe já foi avisada e cuida disto. Você não precisa fazer nada."),
                title=_("A ativação está demorando mais que o normal"),
            )
        )
    parts.append(LinkButton(_("Abrir a área do cliente"), "/area-do-cliente/", icon="user"))
    return Card(parts, title=_("Ativação"))


def _step(step: StepView) -> Step:
    took = step.milliseconds
    return Step(
        step.title,
        step.state,  # type: ignore[arg-type]
        detail=step.detail if step.state != "fail" else "",
        aside=duration(timedelta(milliseconds=took)) if took is not None else "",
        attempts=step.attempts,
    )


def _summary(order: OrderCard, invoice: InvoiceSummary) -> Card:
    return Card(
        [
            KeyValues(
                [
                    Pair(_("Domínio"), order.domain),
                    Pair(_("Cobrança"), CYCLES.get(order.cycle, order.cycle)),  # type: ignore[call-overload]
                    Pair(_("Fatura"), _("nº %(number)s") % {"number": invoice.number}),
                    Pair(_("Pedido em"), TimeText(order.placed_at)),
                    Pair(_("Total"), MoneyText(order.total)),
                ]
            )
        ],
        title=_("Resumo"),
    )
