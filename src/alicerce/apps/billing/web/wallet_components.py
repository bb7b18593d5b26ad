"""What the page of a customer's balance is made of."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.queries.payments import wallet_balance
from alicerce.apps.billing.web.money_forms import FundsForm
from alicerce.apps.customers import public as customers
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, View, Views
from alicerce.ui.texts import Amount


def wallet_parts(own: Sequence[UUID], form: FundsForm, *, whose: UUID) -> list[Content]:
    """The balance of one customer; a choice where the person acts for several."""
    parts: list[Content] = []
    if len(own) > 1:
        parts.append(_choice(own, whose))
    held = wallet_balance(whose) or (Money(0),)
    parts.append(Card([Amount(one, label=_("Seu saldo")) for one in held]))
    ask = Form(
        f"?cliente={whose}",
        form_fields(form),
        [Button(_("Gerar fatura"), variant="primary")],
        FormErrors(form) if form.errors else "",
    )
    return [*parts, Card([ask], title=_("Adicionar saldo"))]


def _choice(own: Sequence[UUID], whose: UUID) -> Views:
    names = customers.customers_by_id(set(own))
    return Views(
        [
            View(
                names[one]["name"],
                f"{reverse('client:wallet')}?cliente={one}",
                current=one == whose,
            )
            for one in own
        ],
        _("Clientes"),
    )
