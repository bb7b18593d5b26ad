"""The company's sandbox: what time it is there, and what happened in it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from alicerce.apps.catalog.types import Mirrored
from alicerce.apps.developers import permissions
from alicerce.apps.developers import public as developers
from alicerce.apps.endpoints import public as endpoints
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.permissions import WORKSPACE
from alicerce.apps.tenancy.types import ClockView
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting, current_tenant_id
from alicerce.kernel.db import transaction
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Columns, Crumb, Stack
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, KeyValues, Pair, Timeline, TimelineItem
from alicerce.ui.texts import Mono, Text, TimeText

NOON = time(12)


class ClockForm(forms.Form):
    """The day to go to, at noon by the company's clock."""

    day = forms.DateField(
        label=gettext_lazy("Adiantar até"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("O que vence até lá acontece em ordem, dia por dia."),
    )

    def goal(self) -> datetime:
        zone = ZoneInfo(tenancy.tenant_card().time_zone)
        return datetime.combine(self.cleaned_data["day"], NOON, zone)


@requires(WORKSPACE)
@requires(permissions.SANDBOX)
@require_http_methods(["GET", "POST"])
def sandbox(request: Request) -> HttpResponse:
    with acting(tenant_id=developers.sandbox_of(current_tenant_id())), transaction():
        page = _inside(request) if tenancy.is_open(current_tenant_id()) else _not_open()
    if page is None:
        return HttpResponseRedirect(reverse("workspace:sandbox"))
    return render_page(request, page)


def _inside(request: Request) -> Page | None:
    """Nothing once the clock was sent off."""
    form = ClockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            tenancy.move_clock(to=form.goal(), at=now())
        except Refused as refusal:
            form.add_error("day", str(refusal))
        else:
            return None
    clock = tenancy.sandbox_clock(at=now())
    return _page(
        [Columns([_happenings()], [_clock_card(clock, form), _plans_card()], side_first=True)],
        refresh=2 if clock.until else 0,
        status=422 if form.errors else 200,
    )


def _page(body: list[Content], *, refresh: int = 0, status: int = 200) -> Page:
    return Page(
        _("Ambiente de testes"),
        "workspace",
        body,
        lead=_("Onde as chaves de teste agem: nada dali chega a clientes nem a servidores."),
        breadcrumbs=[
            Crumb(_("Desenvolvedores"), reverse("workspace:api_keys")),
            Crumb(_("Ambiente de testes")),
        ],
        refresh=refresh,
        status=status,
    )


def _not_open() -> Page:
    empty = EmptyState(
        _("Ainda não há ambiente de testes"),
        _("Ele abre com a primeira chave de teste."),
        LinkButton(_("Criar chave"), reverse("workspace:api_key_new"), icon="plus"),
        icon="code-xml",
    )
    return _page([empty])


def _clock_card(clock: ClockView, form: ClockForm) -> Card:
    reads = Pair(_("Agora"), TimeText(clock.reads_at))
    if clock.until:
        on_its_way = Text(_("O relógio está a caminho. Esta página se atualiza sozinha."))
        pairs = KeyValues([reads, Pair(_("Indo até"), TimeText(clock.until))])
        return Card([Stack([pairs, on_its_way])], title=_("Relógio"))
    form.fields["day"].widget.attrs["min"] = _tomorrow(clock).isoformat()
    move = Form(
        reverse("workspace:sandbox"),
        form_fields(form),
        [Button(_("Adiantar o relógio"), variant="primary", icon="clock")],
        errors=FormErrors(form) if form.errors else "",
    )
    return Card([Stack([KeyValues([reads]), move])], title=_("Relógio"))


def _plans_card() -> Card:
    words = _(
        "Deixa planos, preços, opções e termos daqui como os da empresa agora. O que já foi vendido "
        "aqui fica como foi vendido."
    )
    renew = PostButton(
        Button(_("Renovar os planos"), icon="refresh-cw"), reverse("workspace:sandbox_refresh")
    )
    return Card([Stack([Text(words, "muted"), renew])], title=_("Planos"))


def _tomorrow(clock: ClockView) -> date:
    return clock.reads_at.date() + timedelta(days=1)


def _happenings() -> Card:
    """The latest facts of the sandbox, in words."""
    words = {one.type: one.description for one in endpoints.offered()}
    items = [
        TimelineItem(str(words.get(one.type, one.type)), one.at, detail=Mono(one.type))
        for one in endpoints.logged_events()
    ]
    body: Content = Timeline(items) if items else Text(_("Nada aconteceu ainda."), "muted")
    return Card([body], title=_("O que aconteceu"))


@requires(WORKSPACE)
@requires(permissions.SANDBOX)
@require_POST
def refresh(request: Request) -> HttpResponse:
    """Copies of the company's plans, as they are now. Pressed twice it does no harm."""
    try:
        mirrored = developers.refresh_sandbox(at=now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _said(mirrored))
    return HttpResponseRedirect(reverse("workspace:sandbox"))


def _said(mirrored: Mirrored) -> str:
    if mirrored == Mirrored():
        return _("Os planos e cupons já estavam como os da empresa.")
    words = _(
        "Planos novos: %(added)d. Mudados: %(changed)d. Fora da loja: %(hidden)d. "
        "Cupons: %(coupons)d."
    )
    return words % {
        "added": mirrored.added,
        "changed": mirrored.changed,
        "hidden": mirrored.hidden,
        "coupons": mirrored.coupons,
    }


urlpatterns = [
    path("desenvolvedores/testes/", sandbox, name="sandbox"),
    path("desenvolvedores/testes/planos/", refresh, name="sandbox_refresh"),
]
