"""Many customers asked into the client area at once: whom that is, the proof, and how far it is."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.customers import permissions
from alicerce.apps.customers.errors import NoSuchRound
from alicerce.apps.customers.queries.rounds import latest_rounds, outlook, round_card
from alicerce.apps.customers.rules import USUAL_LETTERS_A_DAY
from alicerce.apps.customers.services.invite_many import start_round, stop_round
from alicerce.apps.customers.types.rounds import Outlook
from alicerce.apps.customers.web import asked
from alicerce.apps.customers.web import inviting_components as parts
from alicerce.apps.customers.web.editing import trail
from alicerce.apps.customers.web.forms import RoundFields
from alicerce.apps.customers.web.words import ROUND
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, keep, kept, sensitive
from alicerce.ui.formats import number
from alicerce.ui.layout import Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.status import badge

INVITE = "customers.round_approved"


@requires("workspace:enter")
@requires(permissions.UPDATE)
@require_http_methods(["GET", "POST"])
def preview(request: Request) -> HttpResponse:
    """The address says whom, as that of the list does."""
    form = RoundFields(request.POST or None, initial={"a_day": USUAL_LETTERS_A_DAY})
    if request.method == "POST" and form.is_valid():
        said = {name: request.GET[name] for name in asked.NARROWING if name in request.GET}
        keep(request, INVITE, typed={**said, "a_day": form.cleaned_data["a_day"]})
        return HttpResponseRedirect(reverse("workspace:customers_invite_confirm"))
    seen = outlook(asked.wanted_of(request.GET), at=now())
    page = Page(
        _("Convidar para a área do cliente"),
        "workspace",
        [*parts.foreseen(seen, form), *parts.before(latest_rounds())],
        lead=_(
            "Cada pessoa recebe um link, que vale por 72 horas, para entrar sem senha nova."
        ),
        breadcrumbs=trail(Crumb(_("Convites"))),
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _foresee(request: Request) -> Foreseen:
    said = kept(request, INVITE)
    seen = outlook(asked.wanted_of(said), at=now())
    return Foreseen(
        title=_("Convidar para a área do cliente"),
        facts=[
            (_("Recebem convite"), _people(seen)),
            (_("Ficam de fora"), parts.left_out_words(seen.left_out)),
            (_("Por dia"), _("até %(count)s e-mails") % {"count": number(said["a_day"])}),
            (_("Horário"), _("o da régua de cobrança")),
        ],
        button=_("Enviar convites"),
        entity="invitation_round",
        back=reverse("workspace:customers"),
    )


def _people(seen: Outlook) -> str:
    return number(seen.invited)


@requires("workspace:enter")
@sensitive(INVITE, permission=permissions.UPDATE, foresee=_foresee)
def confirm(request: Request) -> HttpResponseBase:
    said = kept(request, INVITE)
    try:
        round_id = start_round(
            wanted=asked.wanted_of(said),
            a_day=said["a_day"],
            user_id=asked.user_id(request),
            at=now(),
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("workspace:customers_invite"))
    return HttpResponseRedirect(reverse("workspace:customers_round", args=[round_id]))


@requires("workspace:enter")
@requires(permissions.UPDATE)
@require_safe
def round_page(request: Request, round_id: UUID) -> HttpResponse:
    try:
        found = round_card(round_id)
    except NoSuchRound:
        raise Http404 from None
    page = Page(
        _("Convites para a área do cliente"),
        "workspace",
        [parts.progress(found)],
        badge=badge(ROUND, found.state),
        breadcrumbs=trail(Crumb(_("Convites"), reverse("workspace:customers_invite"))),
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.UPDATE)
@require_POST
def stop(request: Request, round_id: UUID) -> HttpResponse:
    try:
        stop_round(round_id=round_id, at=now())
    except NoSuchRound:
        raise Http404 from None
    return HttpResponseRedirect(reverse("workspace:customers_round", args=[round_id]))


urlpatterns = [
    path("clientes/convites/", preview, name="customers_invite"),
    path("clientes/convites/confirmar/", confirm, name="customers_invite_confirm"),
    path("clientes/convites/<uuid:round_id>/", round_page, name="customers_round"),
    path("clientes/convites/<uuid:round_id>/parar/", stop, name="customers_round_stop"),
]
