"""Where the letter of a new sign-in leads: only who was not there comes here."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.identity.errors import LinkExpired
from alicerce.apps.identity.queries import device_told_of
from alicerce.apps.identity.services.devices import disown_device
from alicerce.apps.identity.web import throttle
from alicerce.apps.identity.web.throttle import throttled
from alicerce.kernel.access import Request, public_page
from alicerce.kernel.clock import wall
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.layout import Card, Stack
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState
from alicerce.ui.texts import Text

EVERYWHERE = "everywhere"


@public_page
@throttled(*throttle.CODE)
@require_http_methods(["GET", "POST"])
def not_me(request: Request, token: str) -> HttpResponse:
    """Nothing happens by opening it: programs that read letters open every link."""
    if request.method == "POST":
        return _disown(request, token)
    if device_told_of(token, at=wall()) is None:
        return render_page(request, _gone_page())
    return render_page(request, _page())


def _disown(request: Request, token: str) -> HttpResponse:
    try:
        disown_device(token=token, everywhere=EVERYWHERE in request.POST, at=wall())
    except LinkExpired:
        return render_page(request, _gone_page())
    messages.success(request, _("A sessão foi encerrada. Agora escolha uma nova senha."))
    return HttpResponseRedirect(reverse("account_reset_password"))


def _page() -> Page:
    there = Button(_("Encerrar essa sessão"), variant="primary", size="lg", block=True)
    everywhere = Button(_("Encerrar todas as sessões"), size="lg", block=True)
    words = _("Todas inclui este aparelho, se a sua conta estiver aberta nele.")
    body = Card(
        [
            Stack(
                [
                    PostButton(there, ""),
                    PostButton(everywhere, "", {EVERYWHERE: "1"}),
                    Text(words),
                ]
            )
        ]
    )
    return Page(
        _("Não foi você?"),
        "bare",
        [body],
        lead=_("Encerre o que foi aberto na sua conta e escolha em seguida uma nova senha."),
        width="narrow",
    )


def _gone_page() -> Page:
    way_out = LinkButton(
        _("Escolher uma nova senha"), reverse("account_reset_password"), variant="primary"
    )
    words = _(
        "Ele já foi usado ou venceu. Se não foi você, escolha uma nova senha:"
        " as sessões abertas terminam com a antiga."
    )
    body = EmptyState(_("O link não vale mais"), words, way_out, icon="clock")
    return Page(_("Não foi você?"), "bare", [body], width="narrow", status=410)
