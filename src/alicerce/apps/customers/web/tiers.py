"""The tiers to choose from: made, renamed, and dropped while nobody is in them."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alicerce.apps.customers import permissions
from alicerce.apps.customers.services import keep_details
from alicerce.apps.customers.types import TierCard
from alicerce.apps.customers.web.forms import TierFields
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, PostButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, form_fields


def tier_forms(tiers: Sequence[TierCard]) -> list[Content]:
    """One form for each tier, and one for another."""
    forms: list[Content] = []
    for tier in tiers:
        forms += [_rename(tier), _drop(tier)]
    new = TierFields(auto_id="nivel_%s")
    action = reverse("workspace:customer_tier_new")
    return [*forms, Form(action, form_fields(new), [Button(_("Criar nível"))])]


def _rename(tier: TierCard) -> Form:
    form = TierFields(auto_id=f"nivel_{tier.id}_%s", initial={"name": tier.name})
    save = Button(_("Salvar nome"), size="sm", name="id", value=str(tier.id))
    return Form(reverse("workspace:customer_tier_rename"), form_fields(form), [save])


def _drop(tier: TierCard) -> PostButton:
    label = _("Apagar %(name)s") % {"name": tier.name}
    return PostButton(
        Button(label, size="sm", variant="ghost"),
        reverse("workspace:customer_tier_drop"),
        {"id": str(tier.id)},
    )


@requires("workspace:enter")
@requires(permissions.UPDATE)
@require_POST
def tier_new(request: Request) -> HttpResponse:
    form = TierFields(request.POST)
    if form.is_valid():
        name = form.cleaned_data["name"]
        _do(request, lambda: keep_details.add_tier(name=name, at=now()))
    return _back()


@requires("workspace:enter")
@requires(permissions.UPDATE)
@require_POST
def tier_rename(request: Request) -> HttpResponse:
    form, tier_id = TierFields(request.POST), _said(request)
    if form.is_valid():
        name = form.cleaned_data["name"]
        _do(request, lambda: keep_details.rename_tier(tier_id=tier_id, name=name, at=now()))
    return _back()


@requires("workspace:enter")
@requires(permissions.UPDATE)
@require_POST
def tier_drop(request: Request) -> HttpResponse:
    tier_id = _said(request)
    _do(request, lambda: keep_details.drop_tier(tier_id=tier_id, at=now()))
    return _back()


def _do(request: Request, act: Callable[[], object]) -> None:
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))


def _said(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        raise Http404 from None


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("workspace:customers"))


urlpatterns = [
    path("clientes/niveis/", tier_new, name="customer_tier_new"),
    path("clientes/niveis/renomear/", tier_rename, name="customer_tier_rename"),
    path("clientes/niveis/apagar/", tier_drop, name="customer_tier_drop"),
]
