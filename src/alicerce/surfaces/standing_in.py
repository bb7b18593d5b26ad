"""Seeing pages in another person's place: asking for it, proving who asks, and leaving."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alicerce.apps.customers import public as customers
from alicerce.apps.identity import public as identity
from alicerce.apps.identity.errors import MayNotImpersonate
from alicerce.apps.identity.permissions import IMPERSONATE
from alicerce.apps.identity.types import Area, Errand, Person
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.permissions import OPERATE, WORKSPACE
from alicerce.kernel.access import Request, public_page, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting, current_tenant_id
from alicerce.kernel.sensitive import Foreseen, sensitive
from alicerce.surfaces import standing_in_consent as consents
from alicerce.surfaces.standing_in_forms import ErrandForm, VisitForm
from alicerce.surfaces.standing_in_steps import (
    ACTION,
    actor,
    enter,
    foreseen,
    may,
    must_ask,
)
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card
from alicerce.ui.page import Page, render_page
from alicerce.ui.shell import ShellName

ASKED = "impersonation.asked"  # in the session: typed, and not yet proven


@requires(OPERATE)
@requires(IMPERSONATE)
@require_http_methods(["GET", "POST"])
def ask_as_operator(request: Request) -> HttpResponse:
    """An operator says whose place it is by the person's address in a company."""
    form = VisitForm(request.POST or None, companies=tenancy.tenant_names())
    if request.method == "POST" and form.is_valid():
        tenant_id, errand = form.tenant_id(), form.typed()
        subject = identity.person_with(email=form.cleaned_data["email"])
        if subject and may(request, tenant_id, subject.id, errand.area):
            if must_ask(request, tenant_id, errand.area):
                return consents.ask(request, tenant_id, subject.id, errand)
            _keep(request, tenant_id, subject.id, errand, reverse("console:stand_in"))
            return HttpResponseRedirect(reverse("console:stand_in_begin"))
        form.add_error(None, str(MayNotImpersonate.message))
    asked = consents.asked_table(request)
    return _form_page(request, form, "console", reverse("console:dashboard"), asked)


@requires(WORKSPACE)
@requires(IMPERSONATE)
@require_http_methods(["GET", "POST"])
def ask_as_staff(request: Request, customer_id: UUID, user_id: UUID) -> HttpResponse:
    """Who looks after a company's customers says why they need to see what one of them sees."""
    if customer_id not in customers.customers_of_user(user_id):
        raise Http404
    form = ErrandForm(request.POST or None)
    back = reverse("workspace:customer_people", args=[customer_id])
    if request.method == "POST" and form.is_valid():
        if may(request, current_tenant_id(), user_id, Area.CLIENT):
            errand = form.typed(Area.CLIENT)
            _keep(request, current_tenant_id(), user_id, errand, back)
            return HttpResponseRedirect(reverse("workspace:stand_in_begin"))
        form.add_error(None, str(MayNotImpersonate.message))
    return _form_page(request, form, "workspace", back)


def _form_page(
    request: Request, form: ErrandForm, shell: ShellName, back: str, asked: Content = ""
) -> HttpResponse:
    card = Card(
        [
            Form(
                "",
                form_fields(form),
                [
                    LinkButton(_("Cancelar"), back, variant="ghost"),
                    Button(_("Continuar"), variant="primary"),
                ],
                FormErrors(form) if form.errors else "",
            )
        ]
    )
    page = Page(
        _("Ver no lugar de outra pessoa"),
        shell,
        [card, asked] if asked else [card],
        lead=_(
            "Por 30 minutos no máximo. A pessoa recebe um aviso, e a empresa vê o registro."
        ),
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _keep(
    request: Request, tenant_id: UUID, subject_id: UUID, errand: Errand, back: str
) -> None:
    request.session[ASKED] = {
        "tenant": str(tenant_id),
        "subject": str(subject_id),
        "errand": asdict(errand),
        "back": back,
    }


def _asked(request: Request) -> tuple[UUID, Person, Errand, str]:
    """What was typed before the proof. Absent when nothing was, or the person is gone."""
    said: dict[str, Any] = request.session.get(ASKED) or {}
    subject = identity.person(UUID(said["subject"])) if said else None
    if subject is None:
        raise Http404
    errand = Errand(**said["errand"] | {"area": Area(said["errand"]["area"])})
    return UUID(said["tenant"]), subject, errand, said["back"]


def _foresee(request: Request) -> Foreseen:
    return foreseen(*_asked(request))


def _begin(request: Request) -> HttpResponseBase:
    tenant_id, subject, errand, back = _asked(request)
    del request.session[ASKED]
    allowed = may(request, tenant_id, subject.id, errand.area)
    if not allowed or must_ask(request, tenant_id, errand.area):
        messages.error(request, str(MayNotImpersonate.message))
        return HttpResponseRedirect(back)
    with acting(tenant_id=tenant_id):
        begun = identity.start_impersonation(
            actor_id=actor(request), subject_id=subject.id, errand=errand, at=now()
        )
    return enter(request, begun, tenant_id, errand.area, back)


@requires(OPERATE)
@sensitive(ACTION, permission=IMPERSONATE, foresee=_foresee)
def begin_as_operator(request: Request) -> HttpResponseBase:
    return _begin(request)


@requires(WORKSPACE)
@sensitive(ACTION, permission=IMPERSONATE, foresee=_foresee)
def begin_as_staff(request: Request) -> HttpResponseBase:
    return _begin(request)


@public_page
@require_POST
def leave(request: Request) -> HttpResponse:
    """Back to one's own session, where one came from. Pressed twice it does no harm."""
    back = identity.end_of_session(session=request.session, at=now())
    return HttpResponseRedirect(back or reverse("site:inside"))


console_urlpatterns = [
    path("ver-como/", ask_as_operator, name="stand_in"),
    path("ver-como/confirmar/", begin_as_operator, name="stand_in_begin"),
    *consents.console_urlpatterns,
]
workspace_urlpatterns = [
    path(
        "clientes/<uuid:customer_id>/pessoas/<uuid:user_id>/ver-como/",
        ask_as_staff,
        name="stand_in",
    ),
    path("ver-como/confirmar/", begin_as_staff, name="stand_in_begin"),
    *consents.workspace_urlpatterns,
]
site_urlpatterns = [path("ver-como/sair/", leave, name="stand_in_leave")]
