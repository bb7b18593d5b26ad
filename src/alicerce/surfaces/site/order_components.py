"""What the order's page is made of, in each of its moments."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.types import ChargeView, InvoiceSummary
from alicerce.apps.billing.web.paying import payment_card
from alicerce.apps.catalog.types import TermsVersion
from alicerce.apps.hosting import public as hosting
from alicerce.apps.hosting.web.progress import activation
from alicerce.apps.orders.types import OrderCard, OrderStatus
from alicerce.kernel.brazil import display_domain
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton, PostButton
from alicerce.ui.component import Component, Content
from alicerce.ui.formats import day, money
from alicerce.ui.forms import Form
from alicerce.ui.layout import Card, Columns, Row
from alicerce.ui.live import LiveRegion
from alicerce.ui.panels import Done, EmptyState, KeyValues, Note, Pair
from alicerce.ui.plans import CYCLES
from alicerce.ui.status import ORDER, badge
from alicerce.ui.texts import Badge, Link, MoneyText, Text, TimeText

WAITING, LIVE, SETTLED = 2, 1, 0


def order_badge(order: OrderCard, invoice: InvoiceSummary | None, *, on: date) -> Badge:
    if order.status == OrderStatus.COMPLETED:
        return Badge("ok", _("Ativo"))
    if order.status == OrderStatus.CANCELED:
        return badge(ORDER, order.status)
    if order.awaits_proof:
        return Badge("warn", _("Aguardando a sua confirmação"))
    if order.waits(on) and (invoice is None or invoice.paid_at is not None):
        return Badge("info", _("Agendado"))
    if invoice is None or invoice.paid_at is not None:
        return Badge("info", _("Ativando"), live=True)
    return Badge("warn", _("Aguardando pagamento"))


def order_body(
    order: OrderCard,
    invoice: InvoiceSummary | None,
    charges: list[ChargeView],
    chosen: str,
    *,
    is_theirs: bool = False,
    on: date,
) -> Component:
    """An order that is tried first has no invoice, nor has one that begins later, for a time."""
    here = reverse("site:order", args=[order.token])
    if order.status == OrderStatus.CANCELED:
        return _columns([_canceled()], [_summary(order, invoice)])
    if order.awaits_proof:
        card = own_trial_card(order) if is_theirs else trial_card(order)
        return _columns([card], [_summary(order, invoice), _way_out(order)])
    if invoice and invoice.paid_at is None:
        action = reverse("site:order_payment", args=[order.token])
        pay = payment_card(invoice, charges, chosen=chosen, action=action)
        region = LiveRegion("pedido", f"{here}?forma={chosen}", WAITING, [pay])
        return _columns([region], [_summary(order, invoice), _way_out(order)])
    if order.starts_on and (invoice is None or order.waits(on)):
        out = [] if invoice else [_way_out(order)]
        return _columns([_scheduled(order)], [_summary(order, invoice), *out])
    progress = hosting.progress_of_line(order.lines[0].id)
    if order.status == OrderStatus.COMPLETED and progress is None:
        return _columns([_ready()], [_summary(order, invoice)])
    story = activation(progress)
    every = SETTLED if order.status == OrderStatus.COMPLETED else LIVE
    region = LiveRegion("entrega", here, every, [_delivery(order, story)])
    return _columns([region], [_summary(order, invoice)])


def terms_cards(order: OrderCard, terms: TermsVersion | None) -> list[Content]:
    """Of what somebody of the company ordered for them: what there is to agree to, before it is paid."""
    if terms is None or order.status == OrderStatus.CANCELED:
        return []
    read = Link(_("Ler os termos de venda"), reverse("site:terms"), external=True)
    words = _("Aceitar os termos (versão %(version)s)") % {"version": terms.version}
    ask = PostButton(
        Button(words, variant="primary"),
        reverse("site:order_terms", args=[order.token]),
        {"versao": str(terms.version)},
    )
    told = _(
        "Este pedido foi feito para você. Leia os termos de venda e diga que concorda com eles."
    )
    return [Card([Text(told), Row([ask, read])], title=_("Termos de venda"))]


def _columns(main: list[Content], side: list[Content]) -> Columns:
    return Columns(main, side, side_label=_("Resumo"), side_first=False)


def _scheduled(order: OrderCard) -> Card:
    """Ordered for a day that is not here yet, paid for or not."""
    assert order.starts_on, "it begins later"
    begins = _("Começa em %(day)s") % {"day": day(order.starts_on)}
    told = _("O pagamento entrou. Não há nada a fazer até lá.")
    if order.invoice_on:
        told = _("A fatura sai em %(day)s. Não há nada a pagar antes.") % {
            "day": day(order.invoice_on)
        }
    return Card([Text(told)], title=begins)


def _ready() -> Card:
    """Of what no server has to make, and nobody waits for."""
    told = Done(_("Tudo pronto!"), _("O pagamento entrou, e o que você contratou já vale."))
    return Card([told, _to_area()], title=_("Pedido"))


def _canceled() -> EmptyState:
    return EmptyState(
        _("Este pedido foi cancelado"),
        _("Não pague mais o código ou o link dele. O que for pago mesmo assim vira crédito."),
        LinkButton(_("Fazer outro pedido"), reverse("site:home")),
        icon="ban",
    )


def _way_out(order: OrderCard) -> ConfirmDialog:
    """Outside of what asks for itself again: a question stays open until it is answered."""
    told = _("A fatura é cancelada e o código ou o link de pagamento deixa de valer.")
    if order.trial_days:
        told = _("O teste não começa, e você pode pedi-lo de novo outro dia.")
    return ConfirmDialog(
        "cancelar",
        Button(_("Cancelar pedido"), icon="x", variant="ghost"),
        _("Cancelar este pedido?"),
        [
            told,
            _("Se você não entrou na conta do cliente, ele confirma por e-mail."),
        ],
        _("Cancelar pedido"),
        reverse("site:order_cancel", args=[order.token]),
    )


def trial_card(order: OrderCard) -> Card:
    """What begins the trial: a letter that only the owner of the mailbox reads."""
    told = _(
        "Mandamos um e-mail a quem fez o pedido. O teste de %(days)s dias começa quando o link dele "
        "for aberto e confirmado. Nada é cobrado durante o teste."
    )
    again = Form(
        reverse("site:order_trial", args=[order.token]),
        [],
        [Button(_("Mandar o e-mail de novo"), icon="mail")],
    )
    return Card(
        [Text(told % {"days": order.trial_days}), *card_notes(order), again],
        title=_("Confirme o e-mail"),
    )


def own_trial_card(order: OrderCard) -> Card:
    """For who is signed in as its buyer: no letter has to prove anything."""
    told = _("São %(days)s dias sem pagar, e nada é cobrado durante o teste.")
    if order.trial_card:
        told = _(
            "São %(days)s dias sem pagar. O teste começa sozinho quando você guardar um cartão."
        )
    begin = Form(
        reverse("site:order_trial", args=[order.token]), [], [Button(_("Começar o teste"))]
    )
    return Card(
        [Text(told % {"days": order.trial_days}), *card_notes(order), begin],
        title=_("Comece o teste"),
    )


def card_notes(order: OrderCard) -> list[Content]:
    """That a card comes first, and where to keep one."""
    if not order.trial_card:
        return []
    told = _(
        "Este teste começa com um cartão guardado. Ele é cobrado quando o teste acabar, se você "
        "não cancelar antes: %(amount)s. Nunca entrou aqui? O e-mail do pedido leva o link da senha."
    ) % {"amount": money(order.later)}
    keep = LinkButton(_("Guardar um cartão"), reverse("client:cards"), size="sm")
    return [Note("info", told, actions=[keep])]


def begin_trial_card(order: OrderCard, back: str) -> Card:
    """The button that the letter leads to: it posts to the very address that was opened."""
    told = _(
        "São %(days)s dias sem pagar. Avisamos antes do fim; cancelar no teste não custa nada."
    )
    return Card(
        [
            Text(told % {"days": order.trial_days}),
            *card_notes(order),
            Form(
                "",
                [],
                [
                    LinkButton(_("Voltar ao pedido"), back, variant="ghost"),
                    Button(_("Começar o teste"), variant="primary"),
                ],
            ),
        ]
    )


def confirm_card(back: str) -> Card:
    """The button that the letter leads to: it posts to the very address that was opened."""
    return Card(
        [
            Text(_("A fatura é cancelada e o código ou o link de pagamento deixa de valer.")),
            Form(
                "",
                [],
                [
                    LinkButton(_("Voltar ao pedido"), back, variant="ghost"),
                    Button(_("Cancelar pedido"), variant="danger"),
                ],
            ),
        ]
    )


def _delivery(order: OrderCard, story: list[Content]) -> Card:
    parts: list[Content] = []
    if order.status == OrderStatus.COMPLETED:
        text = _("Como entrar na área do cliente está no seu e-mail.")
        parts.append(Done(_("No ar!"), text))
    return Card([*parts, *story, _to_area()], title=_("Ativação"))


def _to_area() -> LinkButton:
    return LinkButton(_("Abrir a área do cliente"), reverse("client:home"), icon="user")


def _summary(order: OrderCard, invoice: InvoiceSummary | None) -> Card:
    pairs = [
        *([Pair(_("Domínio"), display_domain(order.domain))] if order.domain else []),
        Pair(_("Cobrança"), CYCLES.get(order.cycle, order.cycle)),
        Pair(_("Pedido em"), TimeText(order.placed_at)),
        *([Pair(_("Começa em"), day(order.starts_on))] if order.starts_on else []),
        Pair(_("Total"), MoneyText(order.total)),
    ]
    if invoice:
        pairs.insert(-2, Pair(_("Fatura"), _("nº %(number)s") % {"number": invoice.code}))
    if order.trial_days:
        pairs.insert(2, Pair(_("Teste"), _("%(days)s dias") % {"days": order.trial_days}))
        pairs.append(Pair(_("Depois do teste"), MoneyText(order.later)))
    return Card([KeyValues(pairs)], title=_("Resumo"))
