"""Coming in through Google: it vouches, by OpenID Connect, that somebody reads an e-mail."""

import logging
from typing import Any

from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alicerce.apps.identity.web import throttle
from alicerce.apps.identity.web.account import MAY_CONNECT
from alicerce.apps.identity.web.as_page import AsPage
from alicerce.apps.identity.web.components import one_form_page
from alicerce.apps.identity.web.entrance import door
from alicerce.kernel.access import Request, opens_its_own_transactions, public_page
from alicerce.ui.buttons import LinkButton
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState

logger = logging.getLogger("alicerce.identity")


@public_page
@opens_its_own_transactions
@require_POST
def leave(request: Request, provider_id: str) -> HttpResponseBase:
    """To the provider; it asks the person, and sends them back."""
    asks = {said.get("process") for said in (request.GET, request.POST)}
    if "connect" in asks and request.session.pop(MAY_CONNECT, "") != provider_id:
        return HttpResponseRedirect(reverse("account_connect", args=[provider_id]))
    try:
        response: HttpResponseBase = openid.login(request, provider_id=provider_id)
    except (OSError, KeyError):  # asked where to send people, it says nothing we can use
        logger.warning("%s does not say where people sign in", provider_id, exc_info=True)
        return HttpResponseRedirect(reverse("socialaccount_login_error"))
    return response


@public_page
@opens_its_own_transactions
def come_back(request: Request, provider_id: str) -> HttpResponseBase:
    """With a code, which only a call to the provider turns into a person: no transaction is open."""
    response: HttpResponseBase = openid.callback(request, provider_id=provider_id)
    return response


class Introduce(AsPage, social.SignupView):
    """When the provider did not say all that we ask."""

    def page(self, context: dict[str, Any]) -> Page:
        return one_form_page(
            title=_("Abrir uma conta"),
            lead=_("Falta só isto para entrar com a conta que você escolheu."),
            form=context["form"],
            button=_("Continuar"),
        )


@public_page
def refused(request: Request) -> HttpResponse:
    """The provider said no, or nothing that we could read."""
    if request.user.is_authenticated:
        return HttpResponseRedirect("/conta/")
    again = LinkButton(_("Voltar para a entrada"), "/entrar/", variant="primary")
    body = EmptyState(
        _("Não foi possível entrar por ali"),
        _("Tente de novo ou entre com e-mail e senha."),
        again,
        icon="circle-alert",
    )
    return render_page(request, Page(_("Entrar"), "bare", [body], width="narrow", status=401))


introduce = door(Introduce, *throttle.SIGN_UP)
