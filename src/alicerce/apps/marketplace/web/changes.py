"""What hands out an app's power or takes it back: each proven, seen once more, done."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _

from alicerce.apps.developers import public as developers
from alicerce.apps.marketplace import permissions
from alicerce.apps.marketplace.errors import NoSuchApplication, NoSuchInstallation
from alicerce.apps.marketplace.queries import lists
from alicerce.apps.marketplace.services.installing import uninstall_app
from alicerce.apps.marketplace.services.registering import (
    change_application,
    register_application,
    rotate_client_secret,
    withdraw_application,
)
from alicerce.apps.marketplace.types import (
    ApplicationForm,
    ApplicationKind,
    ApplicationView,
    InstallationView,
)
from alicerce.apps.marketplace.web import components as parts
from alicerce.apps.marketplace.web.forms import (
    HOURS,
    KINDS,
    ApplicationFields,
    NewApplicationFields,
    RotationForm,
)
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, kept, sensitive
from alicerce.ui.layout import Crumb
from alicerce.ui.page import Page, render_page

REGISTER, CHANGE = "application.registration_approved", "application.change_approved"
ROTATE, WITHDRAW = "application.exchange_approved", "application.withdrawal_approved"
REMOVE = "app.removal_approved"


def find(application_id: UUID) -> ApplicationView:
    try:
        return lists.application(application_id)
    except NoSuchApplication:
        raise Http404 from None


def find_installation(installation_id: UUID) -> InstallationView:
    try:
        return lists.installation(installation_id)
    except NoSuchInstallation:
        raise Http404 from None


def trail(*crumbs: Crumb) -> list[Crumb]:
    return [Crumb(_("Aplicativos"), reverse("workspace:applications")), *crumbs]


def _facts(form: ApplicationForm) -> list[tuple[str, str]]:
    return [
        (_("Nome"), form.name),
        (_("Site"), form.website),
        *((_("Endereço de retorno"), uri) for uri in form.redirect_uris),
        (_("O que pode pedir"), " · ".join(sorted(map(developers.scope_words, form.scopes)))),
    ]


def _new(request: Request) -> NewApplicationFields:
    form = NewApplicationFields(kept(request, REGISTER))
    if not form.is_valid():
        raise Http404
    return form


def _foresee_registration(request: Request) -> Foreseen:
    form = _new(request)
    kind = str(dict(KINDS)[ApplicationKind(form.cleaned_data["kind"])])
    return Foreseen(
        title=_("Registrar aplicativo"),
        facts=[*_facts(form.typed()), (_("Tipo"), kind)],
        button=_("Registrar aplicativo"),
        entity="application",
        back=reverse("workspace:application_new"),
    )


@requires("workspace:enter")
@sensitive(REGISTER, permission=permissions.WRITE, foresee=_foresee_registration)
def application_register(request: Request) -> HttpResponseBase:
    form = _new(request)
    try:
        made = register_application(
            form=form.typed(),
            kind=ApplicationKind(form.cleaned_data["kind"]),
            by=_me(request),
            at=now(),
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("workspace:applications"))
    url = parts.application_url(made.id)
    return _revealed(request, made.secret, url) if made.secret else HttpResponseRedirect(url)


def _changed(request: Request, application_id: UUID) -> ApplicationFields:
    form = ApplicationFields(kept(request, CHANGE, about=application_id))
    if not form.is_valid():
        raise Http404
    return form


def _foresee_change(request: Request, application_id: UUID) -> Foreseen:
    app, form = find(application_id), _changed(request, application_id)
    return Foreseen(
        title=_("Mudar %(app)s") % {"app": app.name},
        facts=_facts(form.typed()),
        button=_("Salvar aplicativo"),
        entity="application",
        entity_id=application_id,
        back=reverse("workspace:application_edit", args=[application_id]),
    )


@requires("workspace:enter")
@sensitive(CHANGE, permission=permissions.WRITE, foresee=_foresee_change)
def application_change(request: Request, application_id: UUID) -> HttpResponseBase:
    form = _changed(request, application_id)
    change_application(application_id=application_id, form=form.typed(), at=now())
    messages.success(request, _("Aplicativo salvo."))
    return HttpResponseRedirect(parts.application_url(application_id))


def _foresee_exchange(request: Request, application_id: UUID) -> Foreseen:
    app, said = find(application_id), kept(request, ROTATE, about=application_id)
    return Foreseen(
        title=_("Trocar segredo"),
        facts=[
            (_("Aplicativo"), app.name),
            (_("O antigo ainda vale"), str(dict(HOURS)[said["hours"]])),
        ],
        button=_("Trocar segredo"),
        entity="application",
        entity_id=application_id,
        back=parts.application_url(application_id),
    )


@requires("workspace:enter")
@sensitive(ROTATE, permission=permissions.WRITE, foresee=_foresee_exchange)
def application_exchange(request: Request, application_id: UUID) -> HttpResponseBase:
    form = RotationForm(kept(request, ROTATE, about=application_id))
    if not form.is_valid():
        raise Http404
    url = parts.application_url(application_id)
    try:
        secret = rotate_client_secret(
            application_id=application_id, by=_me(request), overlap=form.overlap, at=now()
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(url)
    return _revealed(request, secret, url)


def _foresee_withdrawal(request: Request, application_id: UUID) -> Foreseen:
    app = find(application_id)
    return Foreseen(
        title=_("Apagar %(app)s") % {"app": app.name},
        facts=[
            (_("Aplicativo"), app.name),
            (_("Depois"), _("Sai de todas as empresas em que está instalado. Não há volta.")),
        ],
        button=_("Apagar aplicativo"),
        entity="application",
        entity_id=application_id,
        name=app.name,
        back=parts.application_url(application_id),
    )


@requires("workspace:enter")
@sensitive(WITHDRAW, permission=permissions.WRITE, foresee=_foresee_withdrawal, destroys=True)
def application_withdraw(request: Request, application_id: UUID) -> HttpResponseBase:
    withdraw_application(application_id=find(application_id).id, at=now())
    messages.success(request, _("Aplicativo apagado."))
    return HttpResponseRedirect(reverse("workspace:applications"))


def _foresee_removal(request: Request, installation_id: UUID) -> Foreseen:
    one = find_installation(installation_id)
    if not one.is_live:
        raise Http404
    return Foreseen(
        title=_("Remover %(app)s") % {"app": one.name},
        facts=[
            (_("Aplicativo"), one.name),
            (_("Depois"), _("Deixa de entrar em até um segundo. O que ele criou continua.")),
        ],
        button=_("Remover aplicativo"),
        entity="installation",
        entity_id=installation_id,
        back=parts.installation_url(installation_id),
    )


@requires("workspace:enter")
@sensitive(REMOVE, permission=permissions.INSTALL, foresee=_foresee_removal)
def installation_remove(request: Request, installation_id: UUID) -> HttpResponseBase:
    uninstall_app(installation_id=find_installation(installation_id).id, at=now())
    messages.success(request, _("Aplicativo removido."))
    return HttpResponseRedirect(reverse("workspace:applications"))


def _me(request: Request) -> UUID:
    assert request.user.pk is not None
    return UUID(str(request.user.pk))


def _revealed(request: Request, secret: str, url: str) -> HttpResponse:
    """Shown here and now: no address leads to it, and no cache keeps it."""
    page = Page(
        _("Segredo criado"),
        "workspace",
        [parts.secret_card(secret, url)],
        breadcrumbs=trail(Crumb(_("Segredo criado"))),
        width="narrow",
    )
    return render_page(request, page)


APPS, APP = "desenvolvedores/aplicativos/", "desenvolvedores/aplicativos/<uuid:application_id>/"
urlpatterns = [
    path(f"{APPS}novo/confirmar/", application_register, name="application_register"),
    path(f"{APP}editar/confirmar/", application_change, name="application_change"),
    path(f"{APP}segredo/confirmar/", application_exchange, name="application_exchange"),
    path(f"{APP}apagar/", application_withdraw, name="application_withdraw"),
    path(
        f"{APPS}instalados/<uuid:installation_id>/remover/",
        installation_remove,
        name="installation_remove",
    ),
]
