"""What the company pays the platform, and by which account; it opens even when nothing else does."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.billing.web.components import invoice_badge, invoice_name
from alicerce.apps.billing.web.invoice_page import today
from alicerce.apps.payers import permissions
from alicerce.apps.payers import public as payers
from alicerce.apps.payers.types import Bill
from alicerce.apps.payers.web import components as parts
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.permissions import WORKSPACE
from alicerce.apps.tenancy.types import AccountView, Door
from alicerce.apps.tenancy.web.payer_components import platform_note, state
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import current, current_tenant_id
from alicerce.kernel.restrictions import Restriction, even_when
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day
from alicerce.ui.layout import Section
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState, Note
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import MoneyText, TimeText


@even_when(Restriction.CLOSED)
@requires(WORKSPACE)
@requires(permissions.READ)
@require_safe
def platform_bill(request: Request) -> HttpResponse:
    here = current_tenant_id()
    if tenancy.is_platform(here):
        return _page(request, [platform_note()])
    account = tenancy.payer_of(here)
    if account is None:
        return _page(request, [Note("", _("Ninguém paga ainda por esta empresa."))])
    sales = payers.sales_of_company(here)
    own = Section(_("Esta empresa"), [parts.sales_table(sales, with_company=False)])
    return _page(
        request,
        [*_standing(request, account), own, *_account(account, request)],
        badge=state(account),
    )


def _page(request: Request, body: list[Content], *, badge: Content = "") -> HttpResponse:
    page = Page(
        _("Plataforma"),
        "workspace",
        body,
        badge=badge,
        actions=[LinkButton(_("Produtos e planos"), reverse("workspace:platform_products"))]
        if badge
        else (),
        lead=_("O que esta empresa paga à plataforma, e por qual conta de cobrança."),
    )
    return render_page(request, page)


def _standing(request: Request, account: AccountView) -> list[Content]:
    door: Door = request.door  # type: ignore[attr-defined]
    note = parts.restriction_note(door.restriction, door.cause, door.since)
    if not account.suspended_at:
        return [note]
    return [
        note,
        Note("bad", account.suspension_reason, title=_("Por que a conta foi suspensa")),
    ]


def _account(account: AccountView, request: Request) -> list[Content]:
    """For who answers for the account, all of it; for the others, only whom to ask."""
    bill = payers.bill(account.id, at=now())
    if not _answers_for(bill, request):
        return [parts.others_account_note(account.name)]
    has_others = any(one.company_id != current_tenant_id() for one in bill.sales)
    return [
        parts.debt_note(bill),
        Section(
            _("Faturas da conta %(name)s") % {"name": account.name}, [invoices_table(bill)]
        ),
        *parts.upcoming_cards(bill.upcoming),
        *([_elsewhere(bill)] if has_others else []),
        parts.methods_card(_links()),
    ]


def _elsewhere(bill: Bill) -> Content:
    return Section(
        _("Tudo o que a conta paga"), [parts.sales_table(bill.sales, with_company=True)]
    )


def _answers_for(bill: Bill, request: Request) -> bool:
    """Who acts for the account's customer at the platform, and may see its bills there."""
    who = current().on_behalf_of or UUID(str(request.user.pk))
    return payers.answers_for(bill.customer_id, user_id=who)


def invoices_table(bill: Bill) -> Table:
    """Each by its own link at the platform, which asks nobody to sign in."""
    return Table(
        _("Faturas"),
        [
            Column(_("Fatura"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Vencimento")),
            Column(_("Total"), "number"),
            Column(_("Ações"), "actions"),
        ],
        [_row(one) for one in bill.invoices],
        empty=EmptyState(
            _("Nenhuma fatura ainda"), _("A primeira sai com o primeiro período.")
        ),
    )


def _row(invoice: InvoiceSummary) -> TableRow:
    url = tenancy.platform_url() + reverse("site:invoice", args=[invoice.token])
    pay = LinkButton(_("Pagar"), url, size="sm", variant="primary")
    return TableRow(
        [
            Cell(invoice_name(invoice), url, TimeText(invoice.opened_at, "date")),
            invoice_badge(invoice, today=today()),
            day(invoice.due_on),
            MoneyText(invoice.total),
            pay if invoice.is_payable else LinkButton(_("Ver"), url, size="sm"),
        ]
    )


def _links() -> list[tuple[str, str]]:
    base = tenancy.platform_url()
    return [
        (_("Faturas"), base + reverse("client:invoices")),
        (_("Cartões"), base + reverse("client:cards")),
        (_("Saldo"), base + reverse("client:wallet")),
        (_("Assinaturas"), base + reverse("client:subscriptions")),
    ]
