"""What a company has of each product, in the operators' panel: on or off, up to what, until when."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy.queries.products import products
from alicerce.apps.tenancy.queries.words import LIMITS, PRODUCTS
from alicerce.apps.tenancy.services.products import set_terms
from alicerce.apps.tenancy.types import LimitKey, ProductKey, ProductView, Terms
from alicerce.apps.tenancy.web.console import find
from alicerce.apps.tenancy.web.limit_components import until_words
from alicerce.apps.tenancy.web.refusals import explained
from alicerce.apps.tenancy.web.team_components import one_form
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.sensitive import Foreseen, keep, kept, sensitive
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page

CHANGE = "product.change_approved"
MOST = 10_000_000


class TermsForm(forms.Form):
    is_enabled = forms.BooleanField(label=gettext_lazy("Ligado"), required=False)
    ends_on = forms.DateField(
        label=gettext_lazy("Último dia"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Desliga no fim deste dia. Vazio: sem fim."),
    )

    def __init__(self, *given: Any, today: date, **options: Any) -> None:
        super().__init__(*given, **options)
        self.today = today
        for key, words in LIMITS.items():
            self.fields[key.value] = forms.IntegerField(
                label=str(words),
                required=False,
                min_value=0,
                max_value=MOST,
                help_text=_("Vazio: sem limite."),
            )

    def clean_ends_on(self) -> date | None:
        given: date | None = self.cleaned_data["ends_on"]
        if given and given < self.today:
            raise forms.ValidationError(_("Este dia já passou."))
        return given

    def typed(self) -> dict[str, Any]:
        """What waits in the session; dates are text there."""
        ends_on = self.cleaned_data["ends_on"]
        return {
            "is_enabled": self.cleaned_data["is_enabled"],
            "ends_on": ends_on.isoformat() if ends_on else "",
            "limits": {
                key.value: self.cleaned_data[key.value]
                for key in LimitKey
                if self.cleaned_data[key.value] is not None
            },
        }


@requires(permissions.OPERATE)
@requires(permissions.COMPANIES_WRITE)
@require_http_methods(["GET", "POST"])
def product(request: Request, tenant_id: UUID, key: str) -> HttpResponse:
    company, found = find(tenant_id), _product(tenant_id, key)
    zone = ZoneInfo(company.card.time_zone)
    form = TermsForm(
        request.POST or None, today=now().astimezone(zone).date(), initial=_initial(found, zone)
    )
    if request.method == "POST" and form.is_valid():
        keep(request, CHANGE, about=_about(tenant_id, key), typed=form.typed())
        url = reverse("console:company_product_change", args=[tenant_id, key])
        return HttpResponseRedirect(url)
    name, back = PRODUCTS[found.key][0], reverse("console:company", args=[tenant_id])
    page = Page(
        name,
        "console",
        [Card([one_form(form, _("Mudar produto"), back=back)])],
        lead=_("Vale o maior limite entre os produtos ligados; sem nenhum, não há limite."),
        breadcrumbs=[
            Crumb(_("Empresas"), reverse("console:companies")),
            Crumb(company.card.name, back),
            Crumb(name),
        ],
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _product(tenant_id: UUID, key: str) -> ProductView:
    with acting(tenant_id=tenant_id), transaction():
        found = next((one for one in products() if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _initial(found: ProductView, zone: ZoneInfo) -> dict[str, Any]:
    last = found.ends_at - timedelta(microseconds=1) if found.ends_at else None
    return {
        "is_enabled": found.is_enabled,
        "ends_on": last.astimezone(zone).date() if last else None,
        **found.limits,
    }


def _about(tenant_id: UUID, key: str) -> str:
    return f"{tenant_id} {key}"


def _terms(request: Request, tenant_id: UUID, key: str) -> Terms:
    typed = kept(request, CHANGE, about=_about(tenant_id, key))
    zone = ZoneInfo(find(tenant_id).card.time_zone)
    last = date.fromisoformat(typed["ends_on"]) if typed["ends_on"] else None
    return Terms(
        is_enabled=typed["is_enabled"],
        limits=typed["limits"],
        ends_at=_end_of(last, zone) if last and typed["is_enabled"] else None,
    )


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of the day after, where the company is."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def _foresee(request: Request, tenant_id: UUID, key: str) -> Foreseen:
    company, before = find(tenant_id), _product(tenant_id, key)
    after, zone = _terms(request, tenant_id, key), ZoneInfo(company.card.time_zone)
    return Foreseen(
        title=_("Mudar o que a empresa tem"),
        facts=[
            (_("Empresa"), company.card.name),
            (_("Produto"), PRODUCTS[before.key][0]),
            (_("Estado"), _ways(_on(before.is_enabled), _on(after.is_enabled))),
            (
                _("Até"),
                _ways(until_words(before.ends_at, zone), until_words(after.ends_at, zone)),
            ),
            *((LIMITS[one], _limit_words(one, before, after)) for one in LimitKey),
        ],
        button=_("Mudar produto"),
        entity="tenant",
        entity_id=tenant_id,
        back=reverse("console:company_product", args=[tenant_id, key]),
    )


def _limit_words(key: LimitKey, before: ProductView, after: Terms) -> str:
    return _ways(_most(before.limits.get(key)), _most(after.limits.get(key)))


def _ways(before: str, after: str) -> str:
    return after if before == after else f"{before} → {after}"


def _on(is_enabled: bool) -> str:  # noqa: FBT001 - one question, asked once
    return _("Ligado") if is_enabled else _("Desligado")


def _most(most: int | None) -> str:
    return _("sem limite") if most is None else str(most)


@requires(permissions.OPERATE)
@sensitive(CHANGE, permission=permissions.COMPANIES_WRITE, foresee=_foresee)
def product_change(request: Request, tenant_id: UUID, key: str) -> HttpResponseBase:
    terms = _terms(request, tenant_id, key)
    with explained(request, _("O produto mudou, e já vale.")), acting(tenant_id=tenant_id):
        set_terms(product=ProductKey(key), terms=terms, at=now())
    return HttpResponseRedirect(reverse("console:company", args=[tenant_id]))


urlpatterns = [
    path("empresas/<uuid:tenant_id>/produtos/<str:key>/", product, name="company_product"),
    path(
        "empresas/<uuid:tenant_id>/produtos/<str:key>/confirmar/",
        product_change,
        name="company_product_change",
    ),
]
