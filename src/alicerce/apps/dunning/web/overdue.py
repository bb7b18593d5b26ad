"""Who is late, where each invoice stands, and what comes next for it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import NoSuchInvoice
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.customers import public as customers
from alicerce.apps.dunning import permissions
from alicerce.apps.dunning.errors import NotOnLadder
from alicerce.apps.dunning.queries import walks as queries
from alicerce.apps.dunning.queries.futures import future_of
from alicerce.apps.dunning.types import Standing
from alicerce.apps.dunning.web import components as parts
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day
from alicerce.ui.layout import Crumb, Section
from alicerce.ui.links import here
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def overdue(request: Request) -> HttpResponse:
    after = request.GET.get("depois", "")
    found = queries.overdue(after=after, at=now())
    ids = [each.invoice_id for each in found.standings]
    may_name = "customers:read" in request.permissions
    whose = {each.customer_id for each in found.standings}
    table = parts.overdue_table(
        found.standings,
        billing.summaries_by_id(ids),
        customers.customers_by_id(whose) if may_name else {},
        newer=here(request, depois="") if after else "",
        older=here(request, depois=found.next_after) if found.next_after else "",
    )
    page = Page(
        _("Em atraso"),
        "workspace",
        [parts.views("dunning"), table],
        lead=_("As faturas que passaram do vencimento, da mais antiga para a mais nova."),
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def invoice(request: Request, invoice_id: UUID) -> HttpResponse:
    found = _found(invoice_id)
    title = _("Fatura nº %(number)s") % {"number": found.code}
    page = Page(
        title,
        "workspace",
        _story(invoice_id),
        lead=_("Vence em %(day)s") % {"day": day(found.due_on)},
        breadcrumbs=[Crumb(_("Em atraso"), reverse("workspace:dunning")), Crumb(title)],
        actions=_actions(request, found),
    )
    return render_page(request, page)


def _found(invoice_id: UUID) -> InvoiceSummary:
    try:
        return billing.invoice(invoice_id)
    except NoSuchInvoice:
        raise Http404 from None


def _story(invoice_id: UUID) -> list[Content]:
    """What comes, and what was."""
    try:
        standing = queries.standing(invoice_id, at=now())
    except NotOnLadder:
        return [Note("", NotOnLadder.message)]
    taken = parts.taken_table(standing.taken)
    return [*_coming(standing), Section(_("O que já aconteceu"), [taken])]


def _coming(standing: Standing) -> list[Content]:
    if standing.ended_at:
        return [Note("ok", _("Esta fatura saiu da régua: não há mais nada a cobrar."))]
    future = future_of(standing.invoice_id, standing.ladder.spec, at=now())
    return [Section(_("O que vem, se ninguém pagar"), [parts.future_table(future)])]


def _actions(request: Request, found: InvoiceSummary) -> list[Content]:
    link = reverse("site:invoice", args=[found.token])
    actions: list[Content] = [LinkButton(_("Abrir como o cliente vê"), link, icon="eye")]
    if permissions.MANAGE in request.permissions:
        actions.append(parts.override_button(found.customer_id))
    return actions


urlpatterns = [
    path("cobranca/", overdue, name="dunning"),
    path("cobranca/faturas/<uuid:invoice_id>/", invoice, name="dunning_invoice"),
]
