"""A copy of one's data and their end: whoever only holds a session asks for neither, nor fetches it."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _

from alicerce.apps.privacy.errors import AlreadyAsked, CannotErase, ExportGone
from alicerce.apps.privacy.queries import copy_lives_until
from alicerce.apps.privacy.services import ask
from alicerce.apps.privacy.services.export import hand_out
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import ACCOUNT, Request
from alicerce.kernel.clock import now
from alicerce.kernel.sensitive import Foreseen, sensitive
from alicerce.ui.formats import moment_in

COPY, DOWNLOAD = "privacy.copy_approved", "privacy.download_approved"
ERASE = "privacy.erasure_approved"
Answer = Callable[[Request, UUID], HttpResponseBase]


def me(request: Request) -> UUID:
    assert request.user.is_authenticated
    return UUID(str(request.user.pk))


def _zone() -> ZoneInfo:
    return ZoneInfo(tenancy.tenant_card().time_zone)


def _foresee_copy(request: Request) -> Foreseen:
    return Foreseen(
        title=_("Pedir cópia dos meus dados"),
        facts=[
            (_("O que sai"), _("Tudo o que guardamos sobre você, em JSON e CSV.")),
            (_("Como chega"), _("O link vale por 72 horas e só abre com a sua conta.")),
        ],
        button=_("Pedir cópia"),
        entity="person",
        entity_id=me(request),
        back=reverse("account_privacy"),
    )


@sensitive(COPY, permission=ACCOUNT, foresee=_foresee_copy)
def copy(request: Request) -> HttpResponseBase:
    try:
        ask.ask_for_export(user_id=me(request), at=now())
    except AlreadyAsked as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("Estamos preparando a cópia. Você recebe um e-mail quando ficar pronta.")
        )
    return HttpResponseRedirect(reverse("account_privacy"))


def _foresee_download(request: Request, export_id: UUID) -> Foreseen:
    until = copy_lives_until(export_id=export_id, user_id=me(request))
    if until is None:
        raise Http404
    return Foreseen(
        title=_("Baixar a cópia dos meus dados"),
        facts=[
            (_("O que sai"), _("Tudo o que guardamos sobre você, em JSON e CSV.")),
            (_("Disponível até"), moment_in(_zone(), until)),
            (_("Fica registrado"), _("cada vez que o arquivo foi baixado")),
        ],
        button=_("Baixar"),
        entity="person",
        entity_id=me(request),
        back=reverse("account_privacy"),
    )


def _while_it_lives(view: Answer) -> Answer:
    """Nobody proves who they are only to read that the copy is gone."""

    @wraps(view)
    def lively(request: Request, export_id: UUID) -> HttpResponseBase:
        if request.user.is_authenticated and _is_gone(request, export_id):
            messages.error(request, str(ExportGone()))
            return HttpResponseRedirect(reverse("account_privacy"))
        return view(request, export_id)

    return lively


def _is_gone(request: Request, export_id: UUID) -> bool:
    until = copy_lives_until(export_id=export_id, user_id=me(request))
    return until is not None and now() >= until


@_while_it_lives
@sensitive(DOWNLOAD, permission=ACCOUNT, foresee=_foresee_download)
def download(request: Request, export_id: UUID) -> HttpResponseBase:
    """The archive, only to whom it is about, and only while its link lives."""
    content = hand_out(export_id=export_id, user_id=me(request), at=now())
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="meus-dados.zip"'
    return response


def _foresee_erasure(request: Request) -> Foreseen:
    return Foreseen(
        title=_("Apagar meus dados"),
        facts=[
            (
                _("Quando"),
                _("O pedido será cumprido em 7 dias. Até lá você pode desistir."),
            ),
            (
                _("Depois"),
                _("Sua conta deixa de existir e não há como voltar."),
            ),
        ],
        button=_("Apagar meus dados"),
        entity="person",
        entity_id=me(request),
        back=reverse("account_privacy_erase"),
    )


@sensitive(ERASE, permission=ACCOUNT, foresee=_foresee_erasure)
def confirm_erasure(request: Request) -> HttpResponseBase:
    try:
        ask.ask_for_erasure(user_id=me(request), at=now())
    except (AlreadyAsked, CannotErase) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("Pedido registrado. Será cumprido em 7 dias; até lá você pode desistir.")
        )
    return HttpResponseRedirect(reverse("account_privacy"))


urlpatterns = [
    path("conta/privacidade/copia/", copy, name="account_privacy_copy"),
    path("conta/privacidade/copia/<uuid:export_id>/", download, name="account_privacy_export"),
    path(
        "conta/privacidade/apagar/confirmar/",
        confirm_erasure,
        name="account_privacy_erase_confirm",
    ),
]
