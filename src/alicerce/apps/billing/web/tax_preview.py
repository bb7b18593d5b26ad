"""What an invoice would show: asked before a tax is changed, answered by who will write it."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alicerce.apps.billing.services.levy_taxes import preview_for
from alicerce.apps.billing.types import NewLine
from alicerce.apps.billing.types.taxes import TaxPreview
from alicerce.apps.billing.web.tax_parts import taxes_table
from alicerce.apps.taxes import public as taxes
from alicerce.apps.taxes.types import Payer
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_field
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.money_field import MoneyField
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, KeyValues, Pair
from alicerce.ui.texts import MoneyText

READ = "taxes:read"


class PreviewForm(forms.Form):
    amount = MoneyField(label=gettext_lazy("Preço"), max_cents=10_000_000_00)
    kind = forms.ChoiceField(
        label=gettext_lazy("Cliente"),
        choices=[
            ("company", gettext_lazy("Uma empresa")),
            ("person", gettext_lazy("Uma pessoa")),
        ],
    )
    city_code = forms.RegexField(
        r"^\d{7}$",
        label=gettext_lazy("Município (código do IBGE)"),
        required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    service_code = forms.RegexField(
        r"^\d{6}$",
        label=gettext_lazy("Código de serviço"),
        required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    withholds = forms.BooleanField(label=gettext_lazy("Este cliente retém ISS"), required=False)


START = {"amount": 10_000, "kind": "company", "city_code": "3550308"}


@requires("workspace:enter")
@requires(READ)
@require_safe
def tax_preview(request: Request) -> HttpResponse:
    asked = PreviewForm(request.GET) if "amount" in request.GET else PreviewForm(_typed(START))
    shown: list[Content] = _answer(asked.cleaned_data) if asked.is_valid() else []
    title = _("Simular impostos")
    ask = Form(
        "",
        [form_field(bound, span=3) for bound in asked],
        [Button(_("Simular"), variant="primary")],
        FormErrors(asked) if asked.errors else "",
        method="get",
    )
    page = Page(
        title,
        "workspace",
        [Card([ask]), *shown],
        lead=_("O que uma fatura emitida hoje mostraria. Nada é gravado."),
        breadcrumbs=[Crumb(_("Impostos"), reverse("workspace:taxes")), Crumb(title)],
        width="narrow",
        status=422 if asked.errors else 200,
    )
    return render_page(request, page)


def _typed(start: dict[str, Any]) -> dict[str, Any]:
    return {**start, "amount": "100,00"}


def _answer(said: dict[str, Any]) -> list[Content]:
    payer = Payer(
        kind=said["kind"],
        city_code=said["city_code"],
        state=taxes.state_of(said["city_code"]),
        withholds_iss=said["withholds"],
    )
    line = NewLine(
        _("Serviço"), 1, Money(said["amount"] or 0), service_code=said["service_code"]
    )
    found = preview_for(payer=payer, lines=[line], at=now())
    return [Card([KeyValues(_sums(line, found)), _taxes(found)], title=_("A fatura mostraria"))]


def _sums(line: NewLine, found: TaxPreview) -> list[Pair]:
    return [
        Pair(line.description, MoneyText(line.total)),
        *(Pair(extra.words, MoneyText(extra.amount)) for extra in found.extra),
        Pair(_("Total a pagar"), MoneyText(found.total)),
    ]


def _taxes(found: TaxPreview) -> Content:
    if not found.taxes:
        return EmptyState(_("Nenhum imposto"), _("Nada recai sobre esta fatura."))
    return taxes_table(found.taxes)


urlpatterns = [path("financeiro/impostos/simular/", tax_preview, name="tax_preview")]
