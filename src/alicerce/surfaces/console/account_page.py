"""The page of one billing account: whose it is, what it pays for, and its story."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.audit.web.components import history
from alicerce.apps.payers import public as payers
from alicerce.apps.payers.web import components as bill_parts
from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import AccountView
from alicerce.apps.tenancy.web import console_components as parts
from alicerce.apps.tenancy.web.console_payers import find
from alicerce.apps.tenancy.web.forms import ReasonForm
from alicerce.apps.tenancy.web.payer_components import state
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.surfaces.console.people import names
from alicerce.surfaces.workspace.platform_bill_page import invoices_table
from alicerce.ui.component import Content
from alicerce.ui.layout import Columns, Crumb, Section
from alicerce.ui.page import Page, render_page


@requires(permissions.OPERATE)
@requires(permissions.COMPANIES_READ)
@require_safe
def account(request: Request, account_id: UUID) -> HttpResponse:
    payer, bill = find(account_id), payers.bill(account_id, at=now())
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        story = history([("billing_account", account_id)], name_of=names(of_jobs=True))
    main: list[Content] = [
        *parts.suspension(payer.account.suspension_reason, payer.account.suspended_at),
        bill_parts.debt_note(bill),
        Section(_("Empresas"), [parts.paid_table(payer, tenancy.tenant_names())]),
        Section(
            _("O que a conta paga"), [bill_parts.sales_table(bill.sales, with_company=True)]
        ),
        Section(_("Faturas"), [invoices_table(bill)]),
        *bill_parts.upcoming_cards(bill.upcoming),
        story,
    ]
    side: list[Content] = [parts.account_card(payer), *bill_parts.closing_card(bill.closes_at)]
    if permissions.COMPANIES_WRITE in request.permissions:
        side.append(_standing(payer.account))
    page = Page(
        payer.account.name,
        "console",
        [Columns(main, side, side_label=_("Sobre a conta"), side_first=False)],
        badge=state(payer.account),
        breadcrumbs=[
            Crumb(_("Contas de cobrança"), reverse("console:accounts")),
            Crumb(payer.account.name),
        ],
    )
    return render_page(request, page)


def _standing(account: AccountView) -> Content:
    if account.suspended_at:
        return parts.resume_card(reverse("console:account_resumption", args=[account.id]))
    return parts.suspend_card(
        ReasonForm(),
        reverse("console:account_suspend", args=[account.id]),
        _(
            "Não assume empresas novas. As que já paga ficam só para leitura na hora, e fechadas para a "
            "equipe depois de 7 dias. Os clientes delas não percebem nada."
        ),
    )
