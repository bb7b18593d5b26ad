"""A customer's authorisations in their own area: what stands, a way to give one, and to take it back."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.billing import public as billing
from alicerce.apps.collecting.errors import NoSuchMandate
from alicerce.apps.collecting.queries import mandates as queries
from alicerce.apps.collecting.services.ask_mandate import ask_mandate
from alicerce.apps.collecting.services.revoke_mandate import revoke_mandate
from alicerce.apps.collecting.types import EndedBy, MandateLimit, MandateStatus, MandateView
from alicerce.apps.collecting.web.asking_bank import BankForm
from alicerce.apps.collecting.web.automatic import LimitForm
from alicerce.apps.collecting.web.automatic_parts import (
    consent,
    debits_table,
    mandates_table,
    over_sentence,
    waiting_parts,
)
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, in_person, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb, Row, Section
from alicerce.ui.links import said_id
from alicerce.ui.live import LiveRegion
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Done, EmptyState, Note
from alicerce.ui.texts import Text

WATCH, SETTLED = 2, 0


def mandates_of_customer(customer_id: UUID, *, in_person: bool = True) -> list[Content]:
    """The part of the page of ways to pay. Nothing where nobody offers it, or ever did."""
    found = queries.mandates_of(customer_id)
    offers = billing.automatic_account() is not None
    if not found and not offers:
        return []
    table = mandates_table(
        found,
        actions=_actions if in_person else None,
        empty=EmptyState(
            _("Nenhuma autorização"),
            _("Autorize uma vez e o seu banco debita cada fatura no vencimento."),
            icon="refresh-cw",
        ),
    )
    body: list[Content] = [table]
    if in_person and offers and not queries.has_mandate(customer_id):
        url = f"{reverse('client:automatic_ask')}?cliente={customer_id}"
        bank_url = f"{reverse('client:automatic_ask_bank')}?cliente={customer_id}"
        code = _("Autorizar Pix Automático com um código")
        ways = [LinkButton(code, url, icon="qr-code", variant="ghost")]
        if queries.may_ask_bank(customer_id):
            words = _("Pedir no aplicativo do meu banco")
            ways.insert(0, LinkButton(words, bank_url, icon="send"))
        body.append(Row(ways))
    if debits := queries.debits_of(customer_id):
        invoices = billing.summaries_by_id([each.invoice_id for each in debits])
        body.append(
            debits_table(
                debits, invoices, url_of=lambda each: reverse("client:invoice", args=[each.id])
            )
        )
    return [Section(_("Pix Automático"), body)]


@requires("client:billing")
@in_person
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Request) -> HttpResponse:
    """Without an invoice: reading the code authorises, and pays nothing."""
    form = LimitForm(request.POST or None)
    customer_id = said_id(request, "cliente") or _customers(request)[0]
    if customer_id not in _customers(request):
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            limit = MandateLimit(most_cents=form.cleaned_data["most"])
            mandate_id = ask_mandate(customer_id=customer_id, limit=limit, at=now())
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("client:cards"))
        return HttpResponseRedirect(reverse("client:automatic_code", args=[mandate_id]))
    wanted = Form(
        f"{reverse('client:automatic_ask')}?cliente={customer_id}",
        form_fields(form),
        [Button(_("Gerar o código"), "qr-code", "primary")],
        FormErrors(form) if form.errors else "",
    )
    body = [Card([Text(consent(tenancy.tenant_card().name)), wanted])]
    return render_page(request, _page(body, status=422 if form.errors else 200))


@requires("client:billing")
@in_person
@require_http_methods(["GET", "HEAD", "POST"])
def ask_bank(request: Request) -> HttpResponse:
    """Their bank's program shows it: nothing is read with a camera."""
    customer_id = said_id(request, "cliente") or _customers(request)[0]
    if customer_id not in _customers(request):
        raise Http404
    form = BankForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            mandate_id = ask_mandate(
                customer_id=customer_id,
                limit=form.limit(),
                in_app=form.payer_bank(now()),
                at=now(),
            )
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("client:cards"))
        return HttpResponseRedirect(reverse("client:automatic_code", args=[mandate_id]))
    wanted = form.ask(f"{reverse('client:automatic_ask_bank')}?cliente={customer_id}")
    body = [Card([Text(consent(tenancy.tenant_card().name)), wanted])]
    return render_page(request, _page(body, status=422 if form.errors else 200))


@requires("client:billing")
@require_safe
def code(request: Request, mandate_id: UUID) -> HttpResponse:
    mandate = _mandate(request, mandate_id)
    body: list[Content] = [Card(_standing(mandate))]
    url = reverse("client:automatic_code", args=[mandate_id])
    watch = WATCH if mandate.is_pending else SETTLED
    return render_page(request, _page([LiveRegion("automatico", url, watch, body)]))


@requires("client:billing")
@in_person
@require_POST
def revoke(request: Request, mandate_id: UUID) -> HttpResponse:
    _mandate(request, mandate_id)
    if revoke_mandate(mandate_id=mandate_id, by=EndedBy.CUSTOMER, at=now()):
        messages.success(request, _("A autorização foi encerrada: nada mais é debitado."))
    return HttpResponseRedirect(reverse("client:cards"))


def _standing(mandate: MandateView) -> list[Content]:
    if mandate.is_pending:
        return waiting_parts(mandate, amount=None)
    if mandate.status == MandateStatus.APPROVED:
        words = _("As próximas faturas são debitadas no vencimento.")
        return [Done(_("Pix Automático autorizado"), words)]
    again = LinkButton(_("Pedir outra"), reverse("client:cards"))
    return [Note("warn", over_sentence(mandate)), again]


def _actions(mandate: MandateView) -> Content:
    if mandate.ended_at:
        return ""
    end = ConfirmDialog(
        f"encerrar-{mandate.id}",
        Button(_("Encerrar"), icon="trash-2", variant="ghost", size="sm"),
        _("Encerrar o Pix Automático?"),
        [Text(_("Nada mais é debitado. As faturas em aberto você paga como preferir."))],
        _("Encerrar autorização"),
        reverse("client:automatic_revoke", args=[mandate.id]),
    )
    if not mandate.is_pending:
        return end
    url = reverse("client:automatic_code", args=[mandate.id])
    look = _("Ver o pedido") if mandate.is_in_app else _("Ver o código")
    return Row([LinkButton(look, url, size="sm"), end])


def _page(body: Sequence[Content], *, status: int = 200) -> Page:
    return Page(
        _("Autorizar Pix Automático"),
        "client",
        body,
        width="narrow",
        breadcrumbs=[
            Crumb(_("Formas de pagamento"), reverse("client:cards")),
            Crumb(_("Pix Automático")),
        ],
        status=status,
    )


def _mandate(request: Request, mandate_id: UUID) -> MandateView:
    """Somebody else's is as absent as one that never was."""
    try:
        found = queries.mandate(mandate_id)
    except NoSuchMandate:
        raise Http404 from None
    if found.customer_id not in _customers(request):
        raise Http404
    return found


def _customers(request: Request) -> tuple[UUID, ...]:
    customers: tuple[UUID, ...] = request.client.having("client:billing")  # type: ignore[attr-defined]
    return customers


urlpatterns = [
    path("pix-automatico/", ask, name="automatic_ask"),
    path("pix-automatico/banco/", ask_bank, name="automatic_ask_bank"),
    path("pix-automatico/<uuid:mandate_id>/", code, name="automatic_code"),
    path("pix-automatico/<uuid:mandate_id>/encerrar/", revoke, name="automatic_revoke"),
]
