"""Where a customer arrives: what needs them first, then what they have."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.billing.web import client as billing
from alicerce.apps.hosting.web import client as hosting
from alicerce.kernel.access import Request, requires
from alicerce.surfaces.standing_in_bar import subject_of
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Section
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note


@requires("client:area")
@require_safe
def home(request: Request) -> HttpResponse:
    parts: list[Content] = []
    if "client:billing" in request.permissions:
        parts.append(_to_pay(request))
    if "client:services" in request.permissions:
        parts.append(_services(request))
    title = _("Olá, %(name)s") % {"name": _first_name(request)}
    return render_page(request, Page(title, "client", parts))


def _to_pay(request: Request) -> Content:
    invoices = billing.open_invoices(request)
    if invoices:
        return Section(_("Para você resolver"), [invoices])
    return Note("ok", _("Nenhuma fatura em aberto."), title=_("Tudo em dia."))


def _services(request: Request) -> Content:
    order = LinkButton(_("Contratar"), reverse("site:home"), icon="plus", size="sm")
    return Section(_("Seus serviços"), [hosting.latest_services(request)], aside=order)


def _first_name(request: Request) -> str:
    assert request.user.is_authenticated
    who = subject_of(request) or request.user
    name: str = who.name or who.email
    return name.split(maxsplit=1)[0]
