"""What the pages are made of on which a product's plan is changed, or the product ended."""

from django.utils.translation import gettext as _

from alicerce.apps.billing.types import LineKind
from alicerce.apps.payers.queries.buying import others_of
from alicerce.apps.payers.types import Ware, plan_of
from alicerce.apps.payers.web import shop_parts as parts
from alicerce.apps.payers.web.forms import EndForm
from alicerce.apps.subscriptions.types.changes import ChangeLine, ChangePreview
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day, money
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Row
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair
from alicerce.ui.plans import CYCLES
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import MoneyText


def choices(ware: Ware, *, action: str) -> list[Content]:
    """Other plans and cycles of the same product."""
    rows = [
        TableRow(
            [
                Cell(one.plan, "", parts.more_of(one)),
                parts.price_of(one),
                LinkButton(_("Ver valores"), f"{action}?preco={one.price_id}", size="sm"),
            ]
        )
        for one in others_of(ware)
    ]
    table = Table(
        _("Planos"),
        [
            Column(_("Plano"), "name"),
            Column(_("Preço"), "number"),
            Column(_("Ações"), "actions"),
        ],
        rows,
        empty=EmptyState(
            _("Nenhum outro plano"), _("Não há outro plano deste produto à venda.")
        ),
    )
    return [Note("info", _("Antes de confirmar, você vê cada valor da mudança.")), table]


def change_cards(shown: ChangePreview, *, action: str) -> list[Content]:
    sent = {"price_id": str(shown.price_id), "expected_cents": str(shown.net_cents)}
    confirm = PostButton(Button(_("Confirmar mudança"), variant="primary"), action, sent)
    other = LinkButton(_("Escolher outro plano"), action)
    summary = Card([KeyValues(_change_sums(shown)), Row([confirm, other])], title=_("Resumo"))
    if not shown.lines:
        told = _("Nada muda até lá: o plano de agora vale até o fim do período já faturado.")
        return [Note("info", told), summary]
    table = Table(
        _("Valores da mudança"),
        [Column(_("Item"), "name"), Column(_("Valor"), "number")],
        [_change_row(line, shown.amount.currency) for line in shown.lines],
    )
    return [Card([table], title=_("Valores da mudança")), summary]


def _change_row(line: ChangeLine, currency: str) -> TableRow:
    detail = _("Crédito do que não foi usado")
    if line.kind == LineKind.DEBIT:
        detail = _("Cobrança pelos dias que faltam")
    return TableRow(
        [Cell(line.description, "", detail), MoneyText(Money(line.cents, currency))]
    )


def _change_sums(shown: ChangePreview) -> list[Pair]:
    currency = shown.amount.currency
    begins = day(shown.effective_on)
    if shown.due_now.cents:
        begins = _("Assim que a fatura for paga")
    pairs = [
        Pair(_("Novo plano"), plan_of(shown.description)),
        Pair(_("Valor"), f"{money(shown.amount)} · {CYCLES[shown.cycle]}"),
        Pair(_("Vale a partir de"), begins),
        *(Pair(words, MoneyText(Money(cents, currency))) for words, cents in shown.taxes),
        Pair(_("A pagar agora"), MoneyText(shown.due_now)),
    ]
    if shown.to_wallet.cents:
        pairs.append(Pair(_("Fica no seu saldo"), MoneyText(shown.to_wallet)))
    renews = _("%(amount)s em %(day)s")
    told = {"amount": money(shown.renewal), "day": day(shown.renews_on)}
    return [*pairs, Pair(_("Próxima renovação"), renews % told)]


def end_cards(ware: Ware, form: EndForm, *, back: str) -> list[Content]:
    assert ware.sale, "it is paid for"
    period = ware.sale.subscription.period
    told = _("O produto é desligado, e nada mais é cobrado por ele. Nada é apagado.")
    if period:
        told = _(
            "O produto vale até %(day)s, que já foi pago; depois é desligado e nada mais é cobrado. "
            "Nada é apagado."
        ) % {"day": day(period.last_day)}
    ask = Form(
        "",
        form_fields(form),
        [Button(_("Encerrar"), icon="ban", variant="danger"), parts.back_button(back)],
        FormErrors(form) if form.errors else "",
    )
    return [Note("warn", told), Card([ask])]
