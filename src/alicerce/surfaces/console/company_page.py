"""The page of one company: what it is, whose, who pays, what it may have, and its story."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.audit.web.components import history
from alicerce.apps.payers import public as payers
from alicerce.apps.payers.types import SaleView
from alicerce.apps.payers.web.components import PRODUCTS, restriction_note, sales_table
from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import ProductKey, ProductView
from alicerce.apps.tenancy.types.operated import CompanyView, PayerView
from alicerce.apps.tenancy.web import console, console_payers
from alicerce.apps.tenancy.web import console_components as parts
from alicerce.apps.tenancy.web import limit_components as limit_parts
from alicerce.apps.tenancy.web.forms import PayerForm, ReasonForm
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.surfaces.console.people import names
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Columns, Crumb, Row, Section
from alicerce.ui.page import Page, render_page


@requires(permissions.OPERATE)
@requires(permissions.COMPANIES_READ)
@require_safe
def company(request: Request, tenant_id: UUID) -> HttpResponse:
    found = console.find(tenant_id)
    may_write = permissions.COMPANIES_WRITE in request.permissions
    writes = may_write and not found.card.is_root
    with acting(tenant_id=tenant_id), transaction():
        has, uses = tenancy.products(), tenancy.limits(at=now())
        door = tenancy.door(tenant_id)
        story = history([("tenant", tenant_id)], name_of=names(of_jobs=True))
    main: list[Content] = [
        *parts.suspension(found.suspension_reason, found.suspended_at),
        restriction_note(door.restriction, door.cause, door.since),
        Section(_("Titulares"), [parts.owners_table(found)]),
        Section(_("Produtos"), [_products(found, has, may_write=may_write)]),
        *([] if found.card.is_root else [_paid(found, may_write=may_write)]),
        story,
    ]
    side: list[Content] = [limit_parts.limits_card(uses), parts.company_card(found)]
    if not found.card.is_root:
        move = _moves(found) if writes else None
        side.append(parts.payer_card(_payer(tenant_id), move, tenant_id))
    if writes:
        side.append(_standing(found))
    page = Page(
        found.card.name,
        "console",
        [Columns(main, side, side_label=_("Sobre a empresa"), side_first=False)],
        badge=parts.state_of(found),
        breadcrumbs=[
            Crumb(_("Empresas"), reverse("console:companies")),
            Crumb(found.card.name),
        ],
    )
    return render_page(request, page)


def _products(found: CompanyView, has: list[ProductView], *, may_write: bool) -> Content:
    def change_url(one: ProductView) -> str:
        return reverse("console:company_product", args=[found.card.id, one.key.value])

    return limit_parts.products_table(
        has, zone=ZoneInfo(found.card.time_zone), change_url=change_url if may_write else None
    )


def _paid(found: CompanyView, *, may_write: bool) -> Content:
    """What is asked for; with who may change it, a way to ask for what is not yet, or no more."""
    tenant_id = found.card.id
    sales = payers.sales_of_company(tenant_id)

    def drop(one: SaleView) -> Content:
        url = reverse("console:product_drop", args=[tenant_id, one.product])
        return LinkButton(_("Tirar…"), url, size="sm")

    table = sales_table(sales, with_company=False, actions=drop if may_write else None)
    sold = {one.product for one in sales}
    sell = [
        LinkButton(
            _("Cobrar %(product)s…") % {"product": PRODUCTS[key]},
            reverse("console:product_sale", args=[tenant_id, key.value]),
            size="sm",
        )
        for key in ProductKey
        if may_write and key not in sold
    ]
    return Section(_("O que é cobrado dela"), [table, *([Row(sell)] if sell else [])])


def _payer(tenant_id: UUID) -> PayerView | None:
    account = tenancy.payer_of(tenant_id)
    return console_payers.find(account.id) if account else None


def _moves(found: CompanyView) -> PayerForm | None:
    others = console.candidates(found)
    return PayerForm(accounts=others) if others else None


def _standing(found: CompanyView) -> Content:
    if found.is_suspended:
        return parts.resume_card(reverse("console:company_resumption", args=[found.card.id]))
    return parts.suspend_card(
        ReasonForm(),
        reverse("console:company_suspend", args=[found.card.id]),
        _("Fecha as páginas, a loja, a área do cliente e a API. Nada é apagado."),
    )
