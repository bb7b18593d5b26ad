"""Another plan: which ones there are, what each costs to the cent, and the change that waits."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.billing.types import LineKind
from alicerce.apps.catalog.errors import NotForSale
from alicerce.apps.catalog.types import CyclePrice, StorefrontPlan
from alicerce.apps.subscriptions.errors import PreviewOutdated
from alicerce.apps.subscriptions.queries.changing import (
    open_change,
    plans_to_choose,
    preview_change,
)
from alicerce.apps.subscriptions.services.change_plan import change_plan
from alicerce.apps.subscriptions.types import SubscriptionCard
from alicerce.apps.subscriptions.types.changes import (
    ChangeKind,
    ChangeLine,
    ChangePreview,
    ChangeStatus,
    ChangeView,
    ChangeWhen,
)
from alicerce.apps.subscriptions.web.components import days_of, name_of, price_of, state_of
from alicerce.apps.subscriptions.web.confirming import Desk, confirm_button, was_confirmed
from alicerce.apps.subscriptions.web.forms import ConfirmChangeForm
from alicerce.apps.subscriptions.web.price_notes import price_words
from alicerce.apps.subscriptions.web.words import CYCLES
from alicerce.kernel.access import Request
from alicerce.kernel.brazil import display_domains
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day, money
from alicerce.ui.layout import Card, Crumb, Row
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import MoneyText

TITLES = {
    ChangeKind.PLAN: gettext_lazy("Mudança de plano"),
    ChangeKind.ITEMS: gettext_lazy("Mudança de opções"),
    ChangeKind.PRICE: gettext_lazy("Novo preço"),
}


def change(desk: Desk, request: Request, card: SubscriptionCard) -> HttpResponse:
    """Choose, look, confirm: one address, that says which price by its question."""
    if request.method == "POST":
        return _confirm(request, card, desk)
    price_id = said_id(request, "preco")
    if price_id is None:
        return _plans(request, card, desk)
    try:
        shown = preview_change(
            subscription_id=card.id, price_id=price_id, at=now(), when=when_of(request, desk)
        )
    except Refused as refused:
        return refusal(desk, request, card, refused)
    return render_page(request, _preview_page(request, card, desk, shown))


def change_notes(
    card: SubscriptionCard, *, withdraw: str, invoice_url: Callable[[UUID], str]
) -> list[Content]:
    """What waits to come into force, and how to take that back; nothing without a way to do so."""
    waiting = open_change(card.id)
    if waiting is None or card.has_ended:
        return []
    actions: list[Content] = []
    if waiting.invoice_id:
        url = invoice_url(waiting.invoice_id)
        actions.append(LinkButton(_("Ver a fatura"), url, variant="primary", size="sm"))
    if withdraw and waiting.kind != ChangeKind.PRICE:
        actions.append(PostButton(Button(_("Desistir da mudança"), size="sm"), withdraw))
    title = TITLES[waiting.kind]
    return [Note("info", _waiting(waiting), title=title, actions=actions)]


def _waiting(waiting: ChangeView) -> str:
    if waiting.kind == ChangeKind.PRICE:
        return price_words(waiting)
    told = {"plan": display_domains(waiting.description)}
    if waiting.kind == ChangeKind.ITEMS:
        told["plan"] = _("A mudança das opções")
    if waiting.status == ChangeStatus.AWAITING and waiting.drop_on:
        told["day"] = day(waiting.drop_on)
        words = _(
            "%(plan)s vale assim que a fatura for paga. Sem pagamento até %(day)s, fica tudo como está."
        )
        return words % told
    told["day"] = day(waiting.effective_on)
    return _("%(plan)s vale a partir de %(day)s.") % told


def _confirm(request: Request, card: SubscriptionCard, desk: Desk) -> HttpResponse:
    form = ConfirmChangeForm(request.POST)
    if not form.is_valid():
        return refusal(desk, request, card, NotForSale())
    asked = form.cleaned_data
    try:
        confirmed = change_plan(
            subscription_id=card.id,
            price_id=asked["price"],
            expected_cents=asked["expected_cents"],
            when=ChangeWhen(asked["when"]) if desk.chooses_when and asked["when"] else None,
            at=now(),
        )
    except PreviewOutdated as outdated:
        messages.error(request, str(outdated))
        return HttpResponseRedirect(f"{desk.action}?preco={asked['price']}")
    except Refused as refused:
        return refusal(desk, request, card, refused)
    return was_confirmed(desk, request, confirmed)


def _plans(request: Request, card: SubscriptionCard, desk: Desk) -> HttpResponse:
    rows = [
        _row(plan, price, desk) for plan in plans_to_choose(card.id) for price in plan.prices
    ]
    table = Table(
        _("Planos"),
        [Column(_("Plano"), "name"), Column(_("Valor"), "number"), Column(_("Ação"))],
        rows,
        empty=EmptyState(
            _("Nenhum outro plano"), _("Não há outro plano deste produto à venda.")
        ),
    )
    told = _("Antes de confirmar, você vê cada valor da mudança.")
    page = page_of(card, desk, _("Mudar de plano"), [Note("info", told), table])
    return render_page(request, page)


def _row(plan: StorefrontPlan, price: CyclePrice, desk: Desk) -> TableRow:
    look = LinkButton(_("Ver valores"), f"{desk.action}?preco={price.price_id}", size="sm")
    cost = f"{money(price.amount)} {CYCLES.get(price.cycle, '')}"
    return TableRow([Cell(plan.name, "", plan.summary), cost, look])


def _preview_page(
    request: Request, card: SubscriptionCard, desk: Desk, shown: ChangePreview
) -> Page:
    body: list[Content] = []
    if shown.lines:
        body.append(Card([lines_table(shown)], title=_("Valores da mudança")))
    else:
        told = _("Nada muda até lá: o plano de agora vale até o fim do período já faturado.")
        body.append(Note("info", told))
    body.append(
        Card([KeyValues(sums(shown)), _buttons(request, desk, shown)], title=_("Resumo"))
    )
    return page_of(card, desk, _("Confira a mudança"), body)


def lines_table(shown: ChangePreview) -> Table:
    return Table(
        _("Valores da mudança"),
        [
            Column(_("Item"), "name"),
            Column(_("Período")),
            Column(_("Valor"), "number"),
        ],
        [_line(line, shown.amount.currency) for line in shown.lines],
    )


def _line(line: ChangeLine, currency: str) -> TableRow:
    detail = _("Crédito do que não foi usado")
    if line.kind == LineKind.DEBIT:
        detail = _("Cobrança pelos dias que faltam")
    return TableRow(
        [
            Cell(display_domains(line.description), "", detail),
            days_of(line.period),
            MoneyText(Money(line.cents, currency)),
        ]
    )


def sums(shown: ChangePreview) -> list[Pair]:
    renews = _("%(amount)s em %(day)s") % {
        "amount": money(shown.renewal),
        "day": day(shown.renews_on),
    }
    pairs = [
        *([] if shown.kind == ChangeKind.ITEMS else [_new_plan(shown)]),
        Pair(_("Valor"), f"{money(shown.amount)} {CYCLES.get(shown.cycle, '')}"),
        Pair(_("Vale a partir de"), _starts(shown)),
        *_taxes(shown),
        Pair(_("A pagar agora"), MoneyText(shown.due_now)),
    ]
    if shown.to_wallet.cents:
        pairs.append(Pair(_("Fica no seu saldo"), MoneyText(shown.to_wallet)))
    return [*pairs, Pair(_("Próxima renovação"), renews)]


def _taxes(shown: ChangePreview) -> list[Pair]:
    currency = shown.amount.currency
    return [Pair(words, MoneyText(Money(cents, currency))) for words, cents in shown.taxes]


def _new_plan(shown: ChangePreview) -> Pair:
    return Pair(_("Novo plano"), display_domains(shown.description))


def _starts(shown: ChangePreview) -> str:
    if shown.due_now.cents:
        return _("Assim que a fatura for paga")
    return day(shown.effective_on)


def _buttons(request: Request, desk: Desk, shown: ChangePreview) -> Row:
    sent = {
        "price": str(shown.price_id),
        "expected_cents": str(shown.net_cents),
        "when": shown.when.value if desk.chooses_when else "",
    }
    confirm = confirm_button(desk, shown, sent)
    others: list[Content] = [LinkButton(_("Escolher outro plano"), desk.action)]
    if desk.chooses_when:
        others.append(other_time(request, shown))
    return Row([confirm, *others])


def other_time(request: Request, shown: ChangePreview) -> LinkButton:
    if shown.when == ChangeWhen.NOW:
        return LinkButton(_("Só no próximo período"), here(request, quando="period_end"))
    return LinkButton(_("Mudar agora"), here(request, quando="now"))


def when_of(request: Request, desk: Desk) -> ChangeWhen | None:
    said = request.GET.get("quando", "")
    return ChangeWhen(said) if desk.chooses_when and said in set(ChangeWhen) else None


def refusal(
    desk: Desk, request: Request, card: SubscriptionCard, refused: Refused
) -> HttpResponse:
    """Why it may not change, where it was asked."""
    note = Note("warn", str(refused), actions=[LinkButton(_("Voltar à assinatura"), desk.back)])
    title = desk.title or _("Mudar de plano")
    page = page_of(card, desk, title, [note], status=refused.status)
    return render_page(request, page)


def page_of(
    card: SubscriptionCard, desk: Desk, title: str, body: list[Content], *, status: int = 200
) -> Page:
    return Page(
        title,
        desk.surface,
        body,
        lead=f"{name_of(card)}: {price_of(card)}",
        badge=state_of(card),
        breadcrumbs=[*desk.breadcrumbs, Crumb(desk.title or _("Mudar de plano"))],
        status=status,
    )
