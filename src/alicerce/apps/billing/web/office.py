"""A company's invoices: the list, one of them with all that can be done to it, paying with the balance."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.billing import permissions
from alicerce.apps.billing.errors import NoSuchInvoice
from alicerce.apps.billing.queries.dossiers import dossier
from alicerce.apps.billing.queries.lists import invoice_list
from alicerce.apps.billing.queries.suspense import unclaimed
from alicerce.apps.billing.services.use_wallet import use_wallet
from alicerce.apps.billing.types import InvoiceStatus
from alicerce.apps.billing.types.corrections import Dossier, InvoicesWanted
from alicerce.apps.billing.web import office_components as parts
from alicerce.apps.billing.web.invoice_page import today
from alicerce.apps.customers import public as customers
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import money
from alicerce.ui.forms import Filters, FilterText
from alicerce.ui.layout import View, Views
from alicerce.ui.links import here, said_day, said_id, said_words
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState

NARROWING = ("q", "estado", "de", "ate")
NAMED = 200
"""How many customers the words of a search may name."""
OVERDUE = "vencidas"
STATES: dict[str, InvoiceStatus | None] = {
    "": None,
    "abertas": InvoiceStatus.OPEN,
    OVERDUE: None,
    "pagas": InvoiceStatus.PAID,
    "em-disputa": InvoiceStatus.DISPUTED,
    "perdidas": InvoiceStatus.UNCOLLECTIBLE,
    "canceladas": InvoiceStatus.VOID,
}


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def invoices(request: Request) -> HttpResponse:
    day = today()
    found = invoice_list(_wanted(request, day), before=said_id(request, "antes"))
    table = parts.invoices_table(
        request,
        found.invoices,
        today=day,
        empty=_nothing(request),
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found.next_before)) if found.next_before else "",
    )
    body = [_views(request), _filters(request), table]
    return render_page(request, Page(_("Faturas"), "workspace", body, actions=_of_nobody()))


def _of_nobody() -> list[Content]:
    """The way to money that waits for its owner, where there is any."""
    if not unclaimed(limit=1).found:
        return []
    return [LinkButton(_("Dinheiro sem dono"), reverse("workspace:suspense"))]


def _wanted(request: Request, day: date) -> InvoicesWanted:
    """What the address cannot mean narrows nothing."""
    words, state = said_words(request, "q"), request.GET.get("estado", "")
    return InvoicesWanted(
        text=words,
        customer_ids=_named(request, words),
        status=STATES.get(state),
        overdue_on=day if state == OVERDUE else None,
        due_from=said_day(request, "de"),
        due_until=said_day(request, "ate"),
    )


def _named(request: Request, words: str) -> tuple[UUID, ...]:
    """Customers are looked for by who may read them."""
    if not words or "customers:read" not in request.permissions:
        return ()
    return tuple(one.id for one in customers.find_customers(words, limit=NAMED))


def _views(request: Request) -> Views:
    chosen = request.GET.get("estado", "")
    words = {
        "": _("Todas"),
        "abertas": _("Em aberto"),
        OVERDUE: _("Vencidas"),
        "pagas": _("Pagas"),
        "em-disputa": _("Em disputa"),
        "perdidas": _("Perdidas"),
        "canceladas": _("Canceladas"),
    }
    return Views(
        [
            View(label, here(request, estado=key, antes=""), current=key == chosen)
            for key, label in words.items()
        ],
        _("Estados"),
    )


def _filters(request: Request) -> Filters:
    said = request.GET
    return Filters(
        request.path,
        search=said_words(request, "q"),
        search_label=_("Número ou cliente"),
        texts=[
            FilterText("de", _("Vence de"), said.get("de", ""), kind="date"),
            FilterText("ate", _("Vence até"), said.get("ate", ""), kind="date"),
        ],
        keep={"estado": said["estado"]} if said.get("estado") else {},
    )


def _nothing(request: Request) -> EmptyState:
    if any(request.GET.get(name) for name in NARROWING):
        return EmptyState(
            _("Nenhuma fatura com estes filtros"),
            _("Busque pelo número ou pelo cliente."),
            LinkButton(_("Limpar filtros"), request.path),
            icon="search",
        )
    return EmptyState(_("Nenhuma fatura ainda"), _("Cada pedido tem a sua."), icon="receipt")


def found(invoice_id: UUID) -> Dossier:
    """The invoice; a page that is not there otherwise."""
    try:
        return dossier(invoice_id)
    except NoSuchInvoice:
        raise Http404 from None


def invoice_url(invoice_id: UUID) -> str:
    return reverse("workspace:invoice", args=[invoice_id])


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.SETTLE)
@require_POST
def pay_with_balance(request: Request, invoice_id: UUID) -> HttpResponse:
    found(invoice_id)
    return use_balance(request, invoice_id, back=invoice_url(invoice_id))


def use_balance(request: Request, invoice_id: UUID, *, back: str) -> HttpResponse:
    """Pay as much as the balance allows, and say how much that was."""
    try:
        used = use_wallet(invoice_id=invoice_id, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(amount)s pago com o saldo.") % {"amount": money(used)})
    return HttpResponseRedirect(back)


def invoice_parts(request: Request, found: Dossier) -> tuple[list[Content], list[Content]]:
    """What fills its page, and what stands beside it."""
    return parts.main(request, found), parts.side(request, found)


urlpatterns = [
    path("faturas/", invoices, name="invoices"),
    path("faturas/<uuid:invoice_id>/saldo/", pay_with_balance, name="invoice_balance"),
]
