"""What taxes know of one customer: where it is, and what it does not pay."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alicerce.apps.customers import public as customers
from alicerce.apps.customers.errors import NoSuchCustomer
from alicerce.apps.taxes import permissions, services
from alicerce.apps.taxes.errors import NoSuchExemption
from alicerce.apps.taxes.queries import exemptions_of, local_day, place_of
from alicerce.apps.taxes.types import PlaceCard, TaxKind
from alicerce.apps.taxes.web import components as parts
from alicerce.apps.taxes.web.forms import ExemptionForm, PlaceForm
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, form_field
from alicerce.ui.layout import Card, Fold, Section
from alicerce.ui.panels import KeyValues, Pair


def customer_taxes(request: Request, customer_id: UUID) -> list[Content]:
    """The tab of a customer's page."""
    may_write = permissions.WRITE in request.permissions
    today, place = local_day(now()), place_of(customer_id)
    table = parts.exemptions_table(exemptions_of(customer_id), today=today, may_write=may_write)
    shown: list[Content] = [
        KeyValues(
            [
                Pair(
                    _("Município"),
                    place.city_code if place and place.city_code else _("O do endereço"),
                )
            ]
        )
    ]
    if not may_write:
        return [Card(shown, title=_("Onde está")), Section(_("Isenções"), [table])]
    initial = {"city_code": place.city_code if place else ""}
    shown.append(
        _form(
            "customer_tax_place", customer_id, PlaceForm(initial=initial), _("Salvar município")
        )
    )
    exempt = _form(
        "customer_exempt",
        customer_id,
        ExemptionForm(initial={"starts_on": today}),
        _("Salvar isenção"),
    )
    return [
        Card(shown, title=_("Onde está")),
        Section(_("Isenções"), [table, Fold(_("Nova isenção"), [exempt], icon="plus")]),
    ]


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def place(request: Request, customer_id: UUID) -> HttpResponse:
    _require(customer_id)
    form = PlaceForm(request.POST)
    if form.is_valid():
        wanted = PlaceCard(city_code=form.cleaned_data["city_code"])
        _try(
            request,
            _("Município salvo."),
            lambda: services.place_customer(customer_id=customer_id, place=wanted, at=now()),
        )
    else:
        messages.error(request, _("O código do município tem 7 números."))
    return _back(customer_id)


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def exempt(request: Request, customer_id: UUID) -> HttpResponse:
    _require(customer_id)
    form = ExemptionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Diga desde quando, e por quê."))
        return _back(customer_id)
    said = form.cleaned_data
    _try(
        request,
        _("Isenção salva. Ela vale nas próximas faturas."),
        lambda: services.exempt_customer(
            customer_id=customer_id,
            kind=TaxKind(said["kind"]) if said["kind"] else None,
            reason=said["reason"],
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            at=now(),
        ),
    )
    return _back(customer_id)


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def exemption_end(request: Request, exemption_id: UUID) -> HttpResponse:
    try:
        customer_id = services.end_exemption(exemption_id=exemption_id, at=now())
    except NoSuchExemption:
        raise Http404 from None
    messages.success(request, _("A isenção acaba hoje."))
    return _back(customer_id)


def _require(customer_id: UUID) -> None:
    try:
        customers.customer_detail(customer_id)
    except NoSuchCustomer:
        raise Http404 from None


def _try(request: Request, done: str, act: Any) -> None:
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)


def _form(name: str, customer_id: UUID, form: Any, button: str) -> Form:
    fields = [form_field(bound, span=3) for bound in form]
    return Form(reverse(f"workspace:{name}", args=[customer_id]), fields, [Button(button)])


def _back(customer_id: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("workspace:customer_taxes", args=[customer_id]))


urlpatterns = [
    path("clientes/<uuid:customer_id>/impostos/municipio/", place, name="customer_tax_place"),
    path("clientes/<uuid:customer_id>/impostos/isentar/", exempt, name="customer_exempt"),
    path(
        "financeiro/isencoes/<uuid:exemption_id>/encerrar/",
        exemption_end,
        name="customer_exemption_end",
    ),
]
