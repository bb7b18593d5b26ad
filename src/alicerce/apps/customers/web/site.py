"""The page behind the link of an invitation. Opening it changes nothing; the button does."""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.customers.errors import InvitationOver
from alicerce.apps.customers.queries.access import invitation_of_token
from alicerce.apps.customers.services.give_access import accept_invitation
from alicerce.apps.customers.types import InvitationCard
from alicerce.apps.customers.web.words import ROLE
from alicerce.apps.identity import public as identity
from alicerce.kernel.access import Request, public_page
from alicerce.kernel.clock import now
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.layout import Card
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, KeyValues, Pair
from alicerce.ui.texts import Text, TimeText

GONE = 410


@public_page
@require_http_methods(["GET", "POST"])
def access(request: Request, token: str) -> HttpResponse:
    found = invitation_of_token(token, at=now())
    if found is None:
        response = render_page(request, _over())
    elif request.method == "POST":
        response = _accept(request, token, found)
    else:
        response = render_page(request, _page(request, found))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _accept(request: Request, token: str, found: InvitationCard) -> HttpResponse:
    user_id = request.user.pk if request.user.is_authenticated else None
    try:
        let_in = accept_invitation(token=token, user_id=user_id, at=now())
    except InvitationOver:
        return render_page(request, _over())
    if let_in is None:
        here = quote(reverse("site:customer_access", args=[token]))
        return HttpResponseRedirect(f"{reverse('site:sign_in')}?next={here}")
    if user_id is None:
        return HttpResponseRedirect(identity.set_password_link(email=found.email, base_url=""))
    messages.success(request, _("Agora você acessa %(name)s.") % {"name": found.customer_name})
    return HttpResponseRedirect(reverse("client:home"))


def _page(request: Request, found: InvitationCard) -> Page:
    who = _("Crie uma senha no próximo passo, ou entre se já tem uma conta.")
    if request.user.is_authenticated:
        who = _("O acesso fica na conta em que você está agora: %(email)s.") % {
            "email": request.user.email
        }
    facts = [
        Pair(_("Cliente"), found.customer_name),
        Pair(_("Papel"), ROLE[found.role]),
        Pair(_("Vale até"), TimeText(found.expires_at)),
    ]
    accept = Button(_("Aceitar acesso"), variant="primary", block=True)
    body = Card([KeyValues(facts), Text(who, "muted"), PostButton(accept, "")])
    return Page(_("Acesso à área do cliente"), "bare", [body], width="narrow")


def _over() -> Page:
    back = LinkButton(_("Ir para o início"), reverse("site:home"))
    gone = EmptyState(
        _("Este link não vale mais"),
        _(
            "Convites valem por 72 horas e funcionam uma vez. Peça um novo a quem convidou você."
        ),
        back,
        icon="mail",
    )
    return Page(_("Acesso à área do cliente"), "bare", [gone], width="narrow", status=GONE)


urlpatterns = [path("acesso/<str:token>/", access, name="customer_access")]
