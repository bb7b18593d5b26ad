"""Add-ons of a subscription: which it has, which go with it, what each costs to the cent."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import BadAnswers, NotForSale
from alicerce.apps.catalog.types import CyclePrice, StorefrontPlan
from alicerce.apps.subscriptions.errors import PreviewOutdated
from alicerce.apps.subscriptions.queries import cards
from alicerce.apps.subscriptions.queries.addons import (
    addon_choices,
    addons_to_choose,
    preview_addon,
)
from alicerce.apps.subscriptions.services.add_on import add_addon
from alicerce.apps.subscriptions.types import SubscriptionCard
from alicerce.apps.subscriptions.types.addons import AddonPreview
from alicerce.apps.subscriptions.web.addon_answers import AddonAnswers
from alicerce.apps.subscriptions.web.addon_form import LOOK, PRICE, AddonForm
from alicerce.apps.subscriptions.web.changing import page_of, refusal
from alicerce.apps.subscriptions.web.components import (
    days_of,
    name_of,
    next_renewal,
    price_of,
    state_of,
)
from alicerce.apps.subscriptions.web.confirming import Desk
from alicerce.apps.subscriptions.web.forms import ConfirmChangeForm
from alicerce.apps.subscriptions.web.words import CYCLES
from alicerce.kernel.access import Request
from alicerce.kernel.brazil import display_domains
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day, money, number
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Row
from alicerce.ui.links import said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Link, MoneyText


def add(desk: Desk, request: Request, card: SubscriptionCard) -> HttpResponse:
    """Choose, look, confirm: one address, that says which price by its question."""
    try:
        if request.method == "POST":
            return _confirm(request, card, desk)
        price_id = said_id(request, PRICE)
        if price_id is None:
            return render_page(request, _choices_page(card, desk))
        return _look(request, card, desk, _form(card, price_id, request.GET))
    except Refused as refused:
        return refusal(desk, request, card, refused)


def _form(card: SubscriptionCard, price_id: UUID, typed: QueryDict) -> AddonForm:
    plan, options = addon_choices(subscription_id=card.id, price_id=price_id)
    is_typed = LOOK in typed
    return AddonForm(
        typed if is_typed else None,
        plan=plan,
        options=options,
        takes_coupons=catalog.coupons_are_offered(at=now()),
    )


def _look(
    request: Request, card: SubscriptionCard, desk: Desk, form: AddonForm
) -> HttpResponse:
    """What cannot be sold as it was typed is typed again."""
    if form.is_bound and not form.is_valid():
        return render_page(request, _again(card, desk, form))
    try:
        shown = preview_addon(subscription_id=card.id, wanted=form.wanted(), at=now())
    except Refused as refused:
        if not form.is_bound:
            raise
        form.add_error(None, str(refused))
        return render_page(request, _again(card, desk, form))
    return render_page(request, _preview_page(card, desk, form, shown, _answers(form)))


def _answers(form: AddonForm, typed: QueryDict | None = None) -> AddonAnswers:
    return AddonAnswers(typed, asked=catalog.fields_of([form.plan_id])[form.plan_id])


def addons_cards(card: SubscriptionCard, *, url_of: Callable[[UUID], str]) -> list[Content]:
    """What was sold onto it, and what it was sold onto; nothing where there is neither."""
    found: list[Content] = []
    if card.parent_id:
        parent = cards.subscription(card.parent_id)
        words = _("Adicional de %(name)s.") % {"name": name_of(parent)}
        link = Link(_("Abrir a assinatura"), url_of(parent.id))
        found.append(Note("info", words, actions=[link]))
    if addons := cards.addons_of(card.id):
        found.append(Card([_addons_table(addons, url_of)], title=_("Adicionais")))
    return found


def _addons_table(addons: tuple[SubscriptionCard, ...], url_of: Callable[[UUID], str]) -> Table:
    return Table(
        _("Adicionais"),
        [
            Column(_("Adicional"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Valor"), "number"),
            Column(_("Próxima renovação")),
        ],
        [
            TableRow(
                [
                    Cell(name_of(one), url_of(one.id)),
                    state_of(one),
                    price_of(one),
                    next_renewal(one),
                ]
            )
            for one in addons
        ],
    )


def _confirm(request: Request, card: SubscriptionCard, desk: Desk) -> HttpResponse:
    asked = ConfirmChangeForm(request.POST)
    if not asked.is_valid():
        raise NotForSale
    form = _form(card, asked.cleaned_data["price"], request.POST)
    if form.is_bound and not form.is_valid():
        return render_page(request, _again(card, desk, form))
    answers = _answers(form, request.POST)
    if not answers.is_valid():
        return _ask_again(request, card, desk, form, answers)
    try:
        add_addon(
            subscription_id=card.id,
            wanted=replace(form.wanted(), answers=answers.said()),
            expected_cents=asked.cleaned_data["expected_cents"],
            at=now(),
        )
    except BadAnswers as refused:
        answers.show_faults(refused)
        return _ask_again(request, card, desk, form, answers)
    except PreviewOutdated as outdated:
        messages.error(request, str(outdated))
        return HttpResponseRedirect(f"{desk.action}?{urlencode(_said(form))}")
    messages.success(request, _("Adicional incluído. Ele vai na próxima fatura."))
    return HttpResponseRedirect(desk.back)


def _ask_again(
    request: Request,
    card: SubscriptionCard,
    desk: Desk,
    form: AddonForm,
    answers: AddonAnswers,
) -> HttpResponse:
    """What it costs now, and the answers as they were typed."""
    shown = preview_addon(subscription_id=card.id, wanted=form.wanted(), at=now())
    page = _preview_page(card, desk, form, shown, answers)
    return render_page(request, replace(page, status=422))


def _said(form: AddonForm) -> dict[str, str]:
    looks = {LOOK: "1"} if form.is_bound else {}
    return {PRICE: str(form.price_id), **looks, **form.kept()}


def _choices_page(card: SubscriptionCard, desk: Desk) -> Page:
    table = Table(
        _("Adicionais"),
        [Column(_("Adicional"), "name"), Column(_("Valor"), "number"), Column(_("Ação"))],
        [_choice(plan, price, desk) for plan, price in addons_to_choose(card.id)],
        empty=EmptyState(
            _("Nenhum adicional"), _("Não há adicional à venda para esta assinatura.")
        ),
    )
    told = _(
        "Um adicional começa hoje e se renova junto com a assinatura. Os dias até lá são cobrados "
        "em proporção; antes de confirmar, você vê cada valor."
    )
    return page_of(card, desk, _("Incluir adicional"), [Note("info", told), table])


def _choice(plan: StorefrontPlan, price: CyclePrice, desk: Desk) -> TableRow:
    look = LinkButton(_("Ver valores"), f"{desk.action}?preco={price.price_id}", size="sm")
    cost = f"{money(price.amount)} {CYCLES.get(price.cycle, '')}"
    return TableRow([Cell(plan.full_name, "", plan.summary), cost, look])


def _again(card: SubscriptionCard, desk: Desk, form: AddonForm) -> Page:
    return page_of(card, desk, _("Confira o adicional"), [_asking(desk, form)], status=422)


def _asking(desk: Desk, form: AddonForm) -> Card:
    """What of it, and how many: the figures follow."""
    ask = Form(
        desk.action,
        form_fields(form),
        [
            Button(_("Atualizar valores"), name=LOOK, value="1"),
            LinkButton(_("Escolher outro adicional"), desk.action),
        ],
        FormErrors(form) if form.errors else "",
        method="get",
    )
    return Card([ask], title=_("O que você quer"))


def _preview_page(
    card: SubscriptionCard,
    desk: Desk,
    form: AddonForm,
    shown: AddonPreview,
    answers: AddonAnswers,
) -> Page:
    sent = {
        **_said(form),
        "price": str(shown.price_id),
        "expected_cents": str(shown.total.cents),
        "when": "",
    }
    others = [] if form.asks else [LinkButton(_("Escolher outro adicional"), desk.action)]
    body: list[Content] = [_asking(desk, form)] if form.asks else []
    sums, yes = KeyValues(_sums(shown)), Button(_("Incluir adicional"), variant="primary")
    if not answers.fields:
        confirm = PostButton(yes, desk.action, sent)
        body.append(Card([sums, Row([confirm, *others])], title=_("Resumo")))
        return page_of(card, desk, _("Confira o adicional"), body)
    ask = Form(
        desk.action,
        answers.with_hidden(sent),
        [yes, *others],
        FormErrors(answers) if answers.errors else "",
    )
    body += [
        Card([sums], title=_("Resumo")),
        Card([ask], title=_("O que precisamos saber")),
    ]
    return page_of(card, desk, _("Confira o adicional"), body)


def _sums(shown: AddonPreview) -> list[Pair]:
    currency = shown.first.currency
    taxes = [Pair(words, MoneyText(Money(cents, currency))) for words, cents in shown.taxes]
    renews = _("%(amount)s em %(day)s") % {
        "amount": money(shown.renewal),
        "day": day(shown.period.ends_on),
    }
    return [
        Pair(_("Adicional"), display_domains(shown.description)),
        Pair(_("Quantidade"), number(shown.quantity)),
        Pair(_("Valor"), f"{money(shown.amount)} {CYCLES.get(shown.cycle, '')}"),
        Pair(_("Primeiros dias"), days_of(shown.period)),
        *_parts(shown),
        Pair(_("Valor destes dias"), MoneyText(shown.first)),
        *taxes,
        Pair(_("Vai na próxima fatura"), MoneyText(shown.total)),
        Pair(_("Vence em"), day(shown.due_on)),
        Pair(_("Próxima renovação"), renews),
    ]


def _parts(shown: AddonPreview) -> list[Pair]:
    """What these days cost, part by part, where there is more than one."""
    if len(shown.lines) == 1:
        return []
    currency = shown.first.currency
    return [
        Pair(display_domains(words), MoneyText(Money(cents, currency)))
        for words, cents in shown.lines
    ]
