"""Everything about one invoice: what it asks for, what came, what was corrected, and what can be done."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.audit import permissions as audit_rights
from alicerce.apps.audit.web.components import history
from alicerce.apps.billing import permissions
from alicerce.apps.billing.web import office
from alicerce.apps.billing.web.components import invoice_badge, invoice_name
from alicerce.apps.billing.web.invoice_page import today
from alicerce.apps.billing.web.office_components import actions
from alicerce.apps.collecting.web.workspace import invoice_note
from alicerce.apps.corrections.web.listing import invoice_card
from alicerce.apps.disputes.web.invoice_parts import disputes_card
from alicerce.apps.fiscal.web.components import fiscal_card
from alicerce.kernel.access import Request, requires
from alicerce.surfaces.console.people import names
from alicerce.ui.layout import Columns, Crumb
from alicerce.ui.page import Page, render_page


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def invoice(request: Request, invoice_id: UUID) -> HttpResponse:
    found = office.found(invoice_id)
    summary = found.detail.summary
    main, side = office.invoice_parts(request, found)
    main = [*invoice_card(invoice_id), *main]
    main += disputes_card(request, found.detail)
    side += fiscal_card(request, invoice_id)
    if audit_rights.READ in request.permissions:
        things = [
            ("invoice", invoice_id),
            *(("payment", one.id) for one in found.detail.payments),
        ]
        main.append(history(things, name_of=names()))
    name = invoice_name(summary)
    page = Page(
        name,
        "workspace",
        [
            *actions(request, summary),
            *invoice_note(request, invoice_id),
            Columns(main, side, side_label=_("Sobre a fatura"), side_first=False),
        ],
        badge=invoice_badge(summary, today=today()),
        breadcrumbs=[Crumb(_("Faturas"), reverse("workspace:invoices")), Crumb(name)],
    )
    return render_page(request, page)


urlpatterns = [path("faturas/<uuid:invoice_id>/", invoice, name="invoice")]
