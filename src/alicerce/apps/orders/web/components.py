"""What the order pages are made of."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alicerce.apps.catalog.types import MONTHS, CyclePrice, StorefrontPlan
from alicerce.apps.orders.web.forms import OrderForm
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Component, Content
from alicerce.ui.formats import money
from alicerce.ui.forms import Choice, Form, FormErrors, RadioCards, form_field
from alicerce.ui.layout import Card
from alicerce.ui.panels import EmptyState, KeyValues, Pair
from alicerce.ui.plans import CYCLES
from alicerce.ui.texts import Amount, MoneyText


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
    choose = LinkButton(
        _("Escolher %(plan)s") % {"plan": plan.name},
        f"/pedir/{plan.plan_id}/",
        variant="primary",
        block=True,
    )
    return Card(
        [
            Amount(first.amount, detail=CYCLES[first.cycle]),
            FeatureList(plan.features),
            choose,
        ],
        title=plan.name,
        lead=plan.summary,
    )


def order_form(form: OrderForm, plan: StorefrontPlan) -> Form:
    cycles = {str(price.price_id): _cycle_choice(price) for price in plan.prices}
    return Form(
        action="",
        fields=[
            RadioCards(form["price"], cycles),
            form_field(form["domain"]),
            form_field(form["name"]),
            form_field(form["email"], span=3),
            form_field(form["document"], span=3),
        ],
        actions=[Button(_("Continuar para o pagamento"), variant="primary", size="lg")],
        errors=FormErrors(form) if form.errors else "",
    )


def _cycle_choice(price: CyclePrice) -> Choice:
    months = MONTHS.get(price.cycle, 1)
    monthly = _("%(amount)s por mês") % {"amount": money(price.amount.per(months))}
    detail = monthly if months > 1 else ""
    return Choice(detail=detail, aside=MoneyText(price.amount))


def summary(plan: StorefrontPlan) -> Card:
    return Card(
        [
            KeyValues([Pair(_("Plano"), plan.name), Pair(_("Produto"), plan.product_name)]),
            FeatureList(plan.features),
        ],
        title=_("O seu plano"),
        footer=[_("O preço da renovação é o mesmo. Cancele quando quiser.")],
    )
