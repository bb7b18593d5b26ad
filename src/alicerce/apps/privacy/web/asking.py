"""A copy of one's data and their end: whoever only holds a session asks for neither."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _

from alicerce.apps.privacy.errors import AlreadyAsked, CannotErase
from alicerce.apps.privacy.services import ask
from alicerce.kernel.access import ACCOUNT, Request
from alicerce.kernel.clock import now
from alicerce.kernel.sensitive import Foreseen, sensitive

COPY, ERASE = "privacy.copy_approved", "privacy.erasure_approved"


def me(request: Request) -> UUID:
    assert request.user.is_authenticated
    return UUID(str(request.user.pk))


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
    path(
        "conta/privacidade/apagar/confirmar/",
        confirm_erasure,
        name="account_privacy_erase_confirm",
    ),
]
