"""The company's sandbox: what time it is there, who pays there, and what happened in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time
from uuid import UUID
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
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.permissions import WORKSPACE
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now, wall
from alicerce.kernel.context import acting, current_tenant_id
from alicerce.kernel.db import transaction
from alicerce.kernel.errors import Refused
from alicerce.kernel.ids import rehearses
from alicerce.surfaces.workspace import sandbox_parts as parts
from alicerce.ui.component import Content
from alicerce.ui.layout import Columns, Crumb, Stack
from alicerce.ui.page import Page, render_page

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


def _twin() -> UUID:
    """The sandbox, whether it is looked at from the company or from within."""
    here = current_tenant_id()
    return here if rehearses(here) else developers.sandbox_of(here)


@contextmanager
def _inside_it() -> Iterator[bool]:
    """Whether there is one, while acting in it."""
    with acting(tenant_id=_twin()), transaction():
        yield tenancy.is_open(current_tenant_id())


@requires(WORKSPACE)
@requires(permissions.SANDBOX)
@require_http_methods(["GET", "POST"])
def sandbox(request: Request) -> HttpResponse:
    is_home = not rehearses(current_tenant_id())
    home_url = tenancy.home_url_of(current_tenant_id())
    with _inside_it() as is_open:
        page = _inside(request, is_home, home_url) if is_open else _page([parts.not_open()])
    if page is None:
        return HttpResponseRedirect(reverse("workspace:sandbox"))
    return render_page(request, replace(page, breadcrumbs=_trail() if is_home else ()))


def _trail() -> list[Crumb]:
    """Within the sandbox nobody has keys: there the page is its own beginning."""
    keys = reverse("workspace:api_keys")
    return [Crumb(_("Desenvolvedores"), keys), Crumb(_("Ambiente de testes"))]


def _inside(request: Request, is_home: bool, home_url: str) -> Page | None:  # noqa: FBT001
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
    beside = [parts.clock_card(clock, form)]
    if is_home:
        beside += [parts.plans_card()]
    rooms = parts.rooms_card() if is_home else parts.way_home(home_url)
    return _page(
        [
            Columns(
                [Stack([rooms, parts.providers_card(), parts.happenings()])],
                beside,
                side_first=True,
            )
        ],
        refresh=2 if clock.until else 0,
        status=422 if form.errors else 200,
    )


def _page(body: list[Content], *, refresh: int = 0, status: int = 200) -> Page:
    return Page(
        _("Ambiente de testes"),
        "workspace",
        body,
        lead=_(
            "Uma cópia da empresa para ensaiar: tem loja, pedidos e faturas próprios, e um relógio "
            "que você adianta."
        ),
        refresh=refresh,
        status=status,
    )


@requires(WORKSPACE)
@requires(permissions.SANDBOX)
@require_POST
def open_it(request: Request) -> HttpResponse:
    """The company's twin, and an address for it. Pressed twice it does no harm."""
    if not rehearses(current_tenant_id()):
        developers.open_sandbox(at=wall())
        messages.success(request, _("O ambiente de testes está aberto."))
    return HttpResponseRedirect(reverse("workspace:sandbox"))


@requires(WORKSPACE)
@requires(permissions.SANDBOX)
@require_POST
def simulate(request: Request) -> HttpResponse:
    """Simulated providers for the sandbox. Pressed twice it does no harm."""
    with _inside_it():
        _say(request, _simulated)
    return HttpResponseRedirect(reverse("workspace:sandbox"))


@requires(WORKSPACE)
@requires(permissions.SANDBOX)
@require_POST
def refresh(request: Request) -> HttpResponse:
    """Copies of the company's plans, as they are now. Pressed twice it does no harm."""
    _say(request, lambda: _said(developers.refresh_sandbox(at=wall())))
    return HttpResponseRedirect(reverse("workspace:sandbox"))


def _simulated() -> str:
    developers.use_stand_ins(at=wall())
    return _("Os provedores simulados estão ligados.")


def _say(request: Request, deed: Callable[[], str]) -> None:
    """What was done, or why it was not."""
    try:
        messages.success(request, deed())
    except Refused as refusal:
        messages.error(request, str(refusal))


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
    path("desenvolvedores/testes/abrir/", open_it, name="sandbox_open"),
    path("desenvolvedores/testes/planos/", refresh, name="sandbox_refresh"),
    path("desenvolvedores/testes/provedores/", simulate, name="sandbox_providers"),
]
