"""Everything about one difference: both sides, what to do, and what was done about it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.audit import permissions as audit_rights
from alicerce.apps.audit.web.components import history
from alicerce.apps.reconciliation import permissions
from alicerce.apps.reconciliation.web import difference_parts as parts
from alicerce.apps.reconciliation.web.components import root
from alicerce.apps.reconciliation.web.words import KINDS, STATE
from alicerce.kernel.access import Request, requires
from alicerce.surfaces.console.people import names
from alicerce.ui.layout import Columns, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.status import badge


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def difference(request: Request, difference_id: UUID) -> HttpResponse:
    found = parts.found(difference_id)
    main = parts.main_parts(request, found)
    if audit_rights.READ in request.permissions:
        main.append(history([("difference", difference_id)], name_of=names()))
    side = parts.side_parts(request, found)
    page = Page(
        KINDS[found.kind],
        "workspace",
        [Columns(main, side, side_label=_("Sobre a diferença"), side_first=False)],
        badge=badge(STATE, found.state),
        breadcrumbs=[
            root(),
            Crumb(_("Diferenças"), reverse("workspace:differences")),
            Crumb(KINDS[found.kind]),
        ],
        refresh=3 if found.booking_asked_at else 0,
    )
    return render_page(request, page)


urlpatterns = [
    path("conciliacao/diferencas/<uuid:difference_id>/", difference, name="difference")
]
