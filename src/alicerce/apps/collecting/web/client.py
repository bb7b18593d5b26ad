"""A customer's ways to be charged: the cards that are kept, and whether they pay by themselves.

To keep a card, to let it pay and to charge it is theirs alone: it is their word to their bank, and whoever
stands in their place gives it for nobody.
"""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import NoSuchInvoice
from alicerce.apps.collecting.errors import NoSuchCard
from alicerce.apps.collecting.queries import cards as queries
from alicerce.apps.collecting.services import choose, visit
from alicerce.apps.collecting.services.begin_attempt import begin_attempt
from alicerce.apps.collecting.services.keep_cards import remove_card
from alicerce.apps.collecting.types import (
    CardView,
    Trigger,
    VisitKind,
    VisitStatus,
    VisitView,
    Way,
)
from alicerce.apps.collecting.web import card_parts as parts
from alicerce.apps.collecting.web import client_automatic
from alicerce.apps.collecting.web.client_automatic import mandates_of_customer
from alicerce.kernel.access import Request, in_person, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.live import LiveRegion
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note, Waiting

WATCH, SETTLED = 2, 0


@requires("client:billing")
@require_safe
def cards(request: Request) -> HttpResponse:
    """Polled for a while after they come back from the provider: the news may be slower than they are."""
    is_back = "aguardando" in request.GET
    in_person = not getattr(request, "impersonation", None)
    told = _("Você está no lugar de outra pessoa: cartões e autorizações, só ela mesma muda.")
    body: list[Content] = [] if in_person else [Note("info", told)]
    for customer_id in _customers(request):
        body += parts.cards_of_customer(customer_id, at=now(), in_person=in_person)
        body += mandates_of_customer(customer_id, in_person=in_person)
    url = f"{_here()}?aguardando=1" if is_back else _here()
    page = Page(
        _("Formas de pagamento"),
        "client",
        [LiveRegion("cartoes", url, WATCH if is_back else SETTLED, body)],
        lead=_("O cartão guardado paga cada fatura no vencimento, sem você fazer nada."),
        breadcrumbs=[
            Crumb(_("Faturas"), reverse("client:invoices")),
            Crumb(_("Formas de pagamento")),
        ],
    )
    return render_page(request, page)


@requires("client:billing")
@require_safe
def back(request: Request) -> HttpResponse:
    """Where the provider's page leads back to: whatever they did there is asked of the provider."""
    for customer_id in _customers(request):
        visit.look_again(customer_id=customer_id, at=now())
    return HttpResponseRedirect(f"{_here()}?aguardando=1")


@requires("client:billing")
@in_person
@require_POST
def leave(request: Request, kind: str) -> HttpResponse:
    """On their way to a page of the provider."""
    kinds = {"guardar": VisitKind.KEEP_CARD, "portal": VisitKind.PORTAL}
    if kind not in kinds:
        raise Http404
    try:
        visit_id = visit.ask_visit(
            customer_id=_said_customer(request),
            kind=kinds[kind],
            return_url=request.build_absolute_uri(reverse("client:cards_back")),
            at=now(),
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(_here())
    return HttpResponseRedirect(reverse("client:cards_visit", args=[visit_id]))


@requires("client:billing")
@require_safe
def on_the_way(request: Request, visit_id: UUID) -> HttpResponse:
    """A worker opens the page; the way there is shown as soon as it is open."""
    found = _visit(request, visit_id)
    is_asked = found.status == VisitStatus.ASKED
    region = LiveRegion(
        "ida",
        reverse("client:cards_visit", args=[visit_id]),
        WATCH if is_asked else SETTLED,
        [Card([_way(found)])],
    )
    page = Page(
        _("Página segura da operadora"),
        "client",
        [region],
        width="narrow",
        breadcrumbs=[Crumb(_("Formas de pagamento"), _here()), Crumb(_("Operadora"))],
    )
    return render_page(request, page)


@requires("client:billing")
@in_person
@require_POST
def make_default(request: Request, card_id: UUID) -> HttpResponse:
    card = _card(request, card_id)
    return _do(
        request,
        lambda: choose.choose_default(card_id=card.id, customer_id=card.customer_id, at=now()),
        _("Este cartão paga as próximas faturas."),
    )


@requires("client:billing")
@in_person
@require_POST
def remove(request: Request, card_id: UUID) -> HttpResponse:
    card = _card(request, card_id)
    return _do(
        request,
        lambda: remove_card(card_id=card.id, customer_id=card.customer_id, at=now()),
        _("O cartão foi removido e não será mais cobrado."),
    )


@requires("client:billing")
@in_person
@require_POST
def switch(request: Request) -> HttpResponse:
    customer_id, is_on = _said_customer(request), request.POST.get("ligado") == "1"
    words = {
        True: _("O pagamento automático está ligado."),
        False: _("O pagamento automático está desligado: nada é cobrado sozinho."),
    }
    return _do(
        request,
        lambda: choose.set_autopay(customer_id=customer_id, is_on=is_on, at=now()),
        words[is_on],
    )


@requires("client:billing")
@in_person
@require_POST
def charge(request: Request, invoice_id: UUID) -> HttpResponse:
    """Try the card now, because its owner says so."""
    try:
        invoice = billing.invoice(invoice_id)
    except NoSuchInvoice:
        raise Http404 from None
    if invoice.customer_id not in _customers(request):
        raise Http404
    trigger = Trigger.PURCHASE if invoice.order_id else Trigger.CLIENT_RETRY
    is_there = request.POST.get("volta") == "fatura"
    page = reverse("client:invoice", args=[invoice_id])
    return _do(
        request,
        lambda: begin_attempt(invoice_id=invoice_id, trigger=trigger, at=now()),
        _("Estamos cobrando o cartão. O resultado aparece aqui em instantes."),
        to=f"{page}?forma=card" if is_there else f"{_here()}?aguardando=1",
    )


@requires("client:billing")
@in_person
@require_POST
def choose_way(request: Request) -> HttpResponse:
    """Which pays first, where both their card and their bank could."""
    customer_id, said = _said_customer(request), request.POST.get("forma", "")
    words = {
        Way.CARD: _("As próximas faturas são pagas com o cartão guardado."),
        Way.BANK: _("As próximas faturas são debitadas por Pix Automático."),
    }
    if said not in words:
        raise Http404
    way = Way(said)
    return _do(
        request,
        lambda: choose.choose_way(customer_id=customer_id, way=way, at=now()),
        words[way],
    )


def _do(
    request: Request, work: Callable[[], object], words: str, *, to: str = ""
) -> HttpResponse:
    try:
        work()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return HttpResponseRedirect(to or _here())


def _way(found: VisitView) -> Content:
    if found.status == VisitStatus.ASKED:
        return Waiting(_("Abrindo a página segura…"))
    if found.status == VisitStatus.FAILED:
        again = LinkButton(_("Voltar"), _here())
        return Note("bad", _("A operadora não abriu a página. Tente de novo."), actions=[again])
    return LinkButton(
        _("Continuar na página segura"),
        found.url,
        icon="lock",
        variant="primary",
        size="lg",
        block=True,
    )


def _here() -> str:
    return reverse("client:cards")


def _card(request: Request, card_id: UUID) -> CardView:
    """Somebody else's card is as absent as one that never was."""
    try:
        found = queries.card(card_id)
    except NoSuchCard:
        raise Http404 from None
    if found.customer_id not in _customers(request):
        raise Http404
    return found


def _visit(request: Request, visit_id: UUID) -> VisitView:
    try:
        found = queries.visit(visit_id)
    except NoSuchCard:
        raise Http404 from None
    if found.customer_id not in _customers(request):
        raise Http404
    return found


def _said_customer(request: Request) -> UUID:
    said = request.POST.get("cliente", "")
    named = [each for each in _customers(request) if str(each) == said]
    if not named:
        raise Http404
    return named[0]


def _customers(request: Request) -> tuple[UUID, ...]:
    customers: tuple[UUID, ...] = request.client.having("client:billing")  # type: ignore[attr-defined]
    return customers


urlpatterns = [
    *client_automatic.urlpatterns,
    path("cartoes/", cards, name="cards"),
    path("cartoes/volta/", back, name="cards_back"),
    path("cartoes/automatico/", switch, name="cards_autopay"),
    path("cartoes/primeiro/", choose_way, name="cards_way"),
    path("cartoes/ida/<uuid:visit_id>/", on_the_way, name="cards_visit"),
    path("cartoes/ir/<str:kind>/", leave, name="cards_leave"),
    path("cartoes/<uuid:card_id>/principal/", make_default, name="card_default"),
    path("cartoes/<uuid:card_id>/remover/", remove, name="card_remove"),
    path("cartoes/faturas/<uuid:invoice_id>/", charge, name="card_charge"),
]
