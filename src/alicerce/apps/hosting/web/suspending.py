"""Suspending, resuming and removing a service, in the workspace of the company that sold it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from alicerce.apps.hosting import permissions
from alicerce.apps.hosting.queries.services import (
    ServiceView,
    holds_of,
    service_view,
)
from alicerce.apps.hosting.services.operations.hold_back import (
    resume_service,
    suspend_service,
)
from alicerce.apps.hosting.services.operations.remove import (
    call_off_removal,
    confirm_removal,
    plan_removal,
)
from alicerce.apps.hosting.types import MANUAL, Cause
from alicerce.apps.hosting.web.life import CAUSES
from alicerce.apps.hosting.web.workspace import service_url
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.brazil import display_domain
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, sensitive
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import moment_in
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note

REMOVAL = "service.removal_approved"


class ReasonFields(forms.Form):
    """Why. It stays among the company's people."""

    reason = forms.CharField(
        label=gettext_lazy("Motivo"),
        help_text=gettext_lazy("Fica entre a equipe: não vai ao servidor nem ao cliente."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SuspensionFields(ReasonFields):
    cause = forms.ChoiceField(
        label=gettext_lazy("Causa"),
        help_text=gettext_lazy("O cliente lê a causa na carta e na página do serviço."),
        choices=[(str(cause), CAUSES[cause]) for cause in MANUAL],
    )
    field_order = ("cause", "reason")


def find(service_id: UUID) -> ServiceView:
    """A service of the current company; a page that is not there otherwise."""
    found = service_view(service_id)
    if found is None:
        raise Http404
    return found


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.OPERATE)
@require_http_methods(["GET", "POST"])
def suspend(request: Request, service_id: UUID) -> HttpResponse:
    service = find(service_id)
    form = SuspensionFields(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def act() -> object:
            cause = Cause(typed["cause"])
            return suspend_service(
                service_id=service_id, cause=cause, reason=typed["reason"], at=now()
            )

        return _acted(request, service_id, act, _("A suspensão foi pedida ao servidor."))
    note = _(
        "O servidor suspende a conta inteira: site, e-mails e acesso. Nada é apagado, o cliente é "
        "avisado, e um pagamento não desfaz esta suspensão."
    )
    return render_page(request, _page(service, form, _("Suspender serviço"), note))


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.OPERATE)
@require_http_methods(["GET", "POST"])
def resume(request: Request, service_id: UUID) -> HttpResponse:
    service, form = find(service_id), ReasonFields(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def act() -> object:
            return resume_service(service_id=service_id, reason=typed["reason"], at=now())

        return _acted(request, service_id, act, _("A reativação foi pedida ao servidor."))
    causes = ", ".join(str(CAUSES[hold.cause]) for hold in holds_of(service_id))
    note = _("Todas as causas são levantadas: %(causes)s. Uma remoção prevista é desmarcada.")
    return render_page(
        request, _page(service, form, _("Reativar serviço"), note % {"causes": causes or "–"})
    )


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.OPERATE)
@require_POST
def removal(request: Request, service_id: UUID) -> HttpResponse:
    find(service_id)

    def act() -> object:
        return plan_removal(service_id=service_id, at=now())

    return _acted(
        request, service_id, act, _("A remoção tem dia marcado, e o cliente foi avisado.")
    )


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.OPERATE)
@require_POST
def keep_it(request: Request, service_id: UUID) -> HttpResponse:
    find(service_id)

    def act() -> object:
        return call_off_removal(service_id=service_id, at=now())

    return _acted(request, service_id, act, _("A remoção foi desmarcada."))


def _foresee_removal(request: Request, service_id: UUID) -> Foreseen:
    service = find(service_id)
    if service.removal_due_at is None or service.removal_confirmed_at:
        raise Http404
    return Foreseen(
        title=_("Remover conta do servidor"),
        facts=[
            (_("Domínio"), display_domain(service.domain)),
            (_("Servidor"), service.server_name or "–"),
            (_("Usuário"), service.username or "–"),
            (_("Prevista para"), _local(service.removal_due_at)),
            (
                _("Depois"),
                _(
                    "Arquivos, bancos de dados e e-mails somem para sempre. Confira a cópia antes."
                ),
            ),
        ],
        button=_("Remover para sempre"),
        entity="service",
        entity_id=service_id,
        name=display_domain(service.domain),
        back=service_url(service_id),
    )


def _local(at: datetime) -> str:
    """Of the company: what is foreseen is written before any page chose a time zone."""
    return moment_in(ZoneInfo(tenancy.tenant_card().time_zone), at)


@requires("workspace:enter")
@sensitive(REMOVAL, permission=permissions.REMOVE, foresee=_foresee_removal, destroys=True)
def remove(request: Request, service_id: UUID) -> HttpResponseBase:
    def act() -> object:
        return confirm_removal(service_id=service_id, at=now())

    return _acted(request, service_id, act, _("A remoção começou."))


def _acted(
    request: Request, service_id: UUID, act: Callable[[], object], done: str
) -> HttpResponseRedirect:
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(service_url(service_id))


def _page(service: ServiceView, form: forms.Form, title: str, note: str) -> Page:
    domain, back = display_domain(service.domain), service_url(service.id)
    actions: list[Content] = [
        Button(title, variant="primary"),
        LinkButton(_("Voltar"), back, variant="ghost"),
    ]
    return Page(
        title,
        "workspace",
        [
            Note("info", note),
            Card(
                [
                    Form(
                        "",
                        form_fields(form),
                        actions,
                        errors=FormErrors(form) if form.errors else "",
                    )
                ]
            ),
        ],
        lead=domain,
        breadcrumbs=[
            Crumb(_("Serviços"), reverse("workspace:services")),
            Crumb(domain, back),
            Crumb(title),
        ],
        width="narrow",
        status=422 if form.errors else 200,
    )


SERVICE = "servicos/<uuid:service_id>/"
urlpatterns = [
    path(f"{SERVICE}suspender/", suspend, name="service_suspend"),
    path(f"{SERVICE}reativar/", resume, name="service_resume"),
    path(f"{SERVICE}remocao/", removal, name="service_removal"),
    path(f"{SERVICE}manter/", keep_it, name="service_keep"),
    path(f"{SERVICE}remover/", remove, name="service_remove"),
]
