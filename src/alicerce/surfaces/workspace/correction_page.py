"""Everything about one correction that a program asked for: what it would do now, and who decides."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.audit import permissions as audit_rights
from alicerce.apps.audit.web.components import history
from alicerce.apps.billing import permissions as billing_rights
from alicerce.apps.corrections.web.deciding import found as find
from alicerce.apps.corrections.web.facts import asked_card
from alicerce.apps.corrections.web.seeing import main_parts
from alicerce.apps.corrections.web.words import KINDS, STATES
from alicerce.kernel.access import Request, requires
from alicerce.surfaces.console.people import names
from alicerce.ui.layout import Columns, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.status import badge


@requires("workspace:enter")
@requires(billing_rights.READ)
@require_safe
def correction(request: Request, correction_id: UUID) -> HttpResponse:
    found, name_of = find(correction_id), names()
    main = main_parts(request, found)
    if audit_rights.READ in request.permissions:
        main.append(history([("correction", correction_id)], name_of=name_of))
    decided_by = name_of(f"user:{found.decided_by}") if found.decided_by else ""
    side = [
        asked_card(
            request, found, requested_by=name_of(found.requested_by), decided_by=decided_by
        )
    ]
    title = KINDS[found.kind]
    page = Page(
        title,
        "workspace",
        [Columns(main, side, side_label=_("Sobre o pedido"), side_first=False)],
        badge=badge(STATES, found.state),
        breadcrumbs=[
            Crumb(_("Correções pedidas"), reverse("workspace:corrections")),
            Crumb(title),
        ],
    )
    return render_page(request, page)


urlpatterns = [
    path("financeiro/correcoes/<uuid:correction_id>/", correction, name="correction")
]
