"""What the order pages are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alicerce.apps.billing.types.taxes import TaxPreview
from alicerce.apps.catalog.types import (
    MONTHS,
    Cycle,
    CyclePrice,
    Discount,
    Item,
    ItemKind,
    OfferedOption,
    OptionKind,
    Quote,
    StorefrontPlan,
)
from alicerce.apps.orders.ports import prices_by_use
from alicerce.apps.orders.services.asked_for import discount_words
from alicerce.apps.orders.types import LineItem
from alicerce.apps.orders.web.choosing import cards_of
from alicerce.apps.orders.web.forms import ChoosingForm, OrderForm
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Component, Content
from alicerce.ui.formats import money
from alicerce.ui.forms import Choice, Form, FormErrors, RadioCards, form_field
from alicerce.ui.layout import Card
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair
from alicerce.ui.plans import CYCLES, limit_pairs
from alicerce.ui.texts import Amount, Badge, Link, MoneyText

REVIEW = "conferir"


@dataclass(frozen=True)
class FeatureList(Component):
    template = "orders/components/feature_list.html"

    features: tuple[str, ...]


def storefront(plans: list[StorefrontPlan]) -> list[Content]:
    if not plans:
        return [
            EmptyState(
                _("Nada à venda ainda"), _("Os planos aparecem aqui quando forem publicados.")
            )
        ]
    return [_plan_card(plan) for plan in plans]


def _plan_card(plan: StorefrontPlan) -> Card:
    first = plan.prices[0]
    choose: Content = LinkButton(
        _("Escolher %(plan)s") % {"plan": plan.name},
        f"/pedir/{plan.plan_id}/",
        variant="primary",
        block=True,
    )
    if plan.is_sold_out:
        choose = Badge("", _("Esgotado"))
    limits = limit_pairs(plan.limits)
    return Card(
        [
            Amount(first.amount, detail=CYCLES[first.cycle]),
            *_trial(first),
            *([KeyValues(limits)] if limits else []),
            FeatureList(plan.features),
            choose,
        ],
        title=plan.name,
        lead=plan.summary,
    )


def _trial(price: CyclePrice) -> list[Content]:
    if not price.trial_days:
        return []
    words = _("%(days)s dias de teste")
    if price.trial_card:
        words = _("%(days)s dias de teste com cartão guardado")
    return [Badge("ok", words % {"days": price.trial_days})]


def sold_out_note(plan: StorefrontPlan, *, is_told: bool) -> list[Content]:
    """Before anybody types: whoever comes by an old link need not learn it from the answer."""
    if not plan.is_sold_out or is_told:
        return []
    words = _("Este plano está esgotado por enquanto: um pedido dele seria recusado.")
    return [Note("warn", words, actions=[Link(_("Ver os outros planos"), "/")])]


def by_use(plan_id: UUID) -> list[Content]:
    """What is counted and asked for later; nothing for a plan that costs the same whatever is used."""
    pairs = [
        Pair(name, words) for told in prices_by_use.values() for name, words in told(plan_id)
    ]
    lead = _("Contado durante o período e cobrado na renovação.")
    return [Card([KeyValues(pairs)], title=_("Cobrado pelo uso"), lead=lead)] if pairs else []


def order_form(form: OrderForm, plan: StorefrontPlan) -> Form:
    return Form(
        action="",
        fields=[
            *choosing_fields(form, plan),
            form_field(form["domain"]),
            form_field(form["name"]),
            form_field(form["email"], span=3),
            form_field(form["document"], span=3),
            *(form_field(form[name]) for name in form.asked),
            *_agreeing(form),
        ],
        actions=[
            Button(_go_on(plan), variant="primary", size="lg"),
            Button(_("Conferir o total"), name=REVIEW, value="1", size="lg"),
        ],
        errors=FormErrors(form) if form.errors else "",
    )


def _go_on(plan: StorefrontPlan) -> str:
    """Where something may be tried, the next page is not for paying."""
    if any(price.trial_days for price in plan.prices):
        return _("Continuar")
    return _("Continuar para o pagamento")


def choosing_fields(form: ChoosingForm, plan: StorefrontPlan) -> list[Content]:
    prices = {str(price.price_id): _cycle_choice(price) for price in plan.prices}
    cycles = [price.cycle for price in plan.prices]
    return [
        RadioCards(form["price"], prices),
        *(_option(form, name, option, cycles) for name, option in form.options.items()),
        *(form_field(form[name]) for name in ("sem_teste", "cupom") if name in form.fields),
    ]


def _agreeing(form: OrderForm) -> list[Content]:
    if "termos" not in form.fields:
        return []
    read = Link(_("Ler os termos de venda"), reverse("site:terms"), external=True)
    return [form["termos_versao"], form_field(form["termos"]), read]


def _option(
    form: ChoosingForm, name: str, option: OfferedOption, cycles: Sequence[Cycle]
) -> Content:
    if option.kind == OptionKind.CHOICE:
        return RadioCards(form[name], cards_of(option, cycles))
    return form_field(form[name])


def _cycle_choice(price: CyclePrice) -> Choice:
    months = MONTHS.get(price.cycle, 1)
    monthly = _("%(amount)s por mês") % {"amount": money(price.amount.per(months))}
    said = [monthly] if months > 1 else []
    if price.trial_days:
        words = _("%(days)s dias de teste, sem pagar")
        if price.trial_card:
            words = _("%(days)s dias de teste, sem pagar, com cartão guardado")
        said.append(words % {"days": price.trial_days})
    if price.setup.cents:
        said.append(_("mais %(amount)s de instalação") % {"amount": money(price.setup)})
    return Choice(detail=" · ".join(said), aside=MoneyText(price.amount))


def summary(plan: StorefrontPlan, quote: Quote | None) -> Card:
    limits = limit_pairs(quote.limits if quote else plan.limits)
    pairs = [Pair(_("Plano"), plan.name), Pair(_("Produto"), plan.product_name), *limits]
    return Card(
        [KeyValues(pairs), FeatureList(plan.features)],
        title=_("O seu plano"),
        footer=[_renewal_words(plan, quote)],
    )


def _renewal_words(plan: StorefrontPlan, quote: Quote | None) -> str:
    """No promise that the next charge is the same, where part of the first is charged or taken off once."""
    if (quote and quote.discount) or any(price.setup.cents for price in plan.prices):
        return _(
            "A renovação é pelo preço do plano; se ele mudar, avisamos antes. Cancele quando quiser."
        )
    return _(
        "O preço da renovação é o mesmo; se ele mudar, avisamos antes. Cancele quando quiser."
    )


def quote_card(
    quote: Quote, taxes: TaxPreview, addons: Sequence[Quote] = (), *, is_later: bool = False
) -> Card:
    """What would be charged now, part by part. Taxes may depend on who turns out to buy."""
    pairs = [Pair(item_words(item), MoneyText(item.total)) for item in quote.items]
    if quote.discount:
        words = discount_words(code=quote.discount.code)
        pairs.append(Pair(words, MoneyText(-quote.discount.amount)))
    for addon in addons:
        pairs += [Pair(item_words(item), MoneyText(item.total)) for item in addon.items]
    pairs += [Pair(extra.words, MoneyText(extra.amount)) for extra in taxes.extra]
    may_differ = _("Impostos podem mudar com o seu documento e endereço.")
    total = taxes.total
    if quote.trial_days:
        words = _("Depois de %(days)s dias de teste") % {"days": quote.trial_days}
        pairs.append(Pair(words, MoneyText(total)))
        total = quote.due_now
    whole = _("Total da primeira fatura") if is_later else _("Total agora")
    return Card(
        [KeyValues([*pairs, Pair(whole, MoneyText(total))])],
        title=_("Quanto fica"),
        footer=[*_how_long(quote.discount), *([may_differ] if taxes.extra else [])],
    )


def _how_long(discount: Discount | None) -> list[Content]:
    """For how many charges the coupon holds; nothing to say where there is none."""
    if discount is None:
        return []
    if discount.coupon_id is None:
        return [_("O desconto vale na primeira cobrança.")]
    if discount.cycles is None:
        return [_("O cupom vale em todas as cobranças.")]
    words = ngettext(
        "O cupom vale na primeira cobrança.",
        "O cupom vale nas primeiras %(count)s cobranças.",
        discount.cycles,
    )
    return [words % {"count": discount.cycles}]


def item_words(item: Item | LineItem) -> str:
    words = _("Taxa de instalação") if item.kind == ItemKind.SETUP else item.name
    return f"{item.quantity} × {words}" if item.quantity > 1 else words
