"""One person of the team: who they are, what they may do, and what they did here."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from alicerce.apps.audit.web.components import deeds
from alicerce.apps.tenancy import permissions
from alicerce.apps.tenancy.web import team
from alicerce.kernel.access import Request, requires
from alicerce.surfaces.console.people import names
from alicerce.ui.layout import Columns, Crumb
from alicerce.ui.page import Page, render_page


@requires(permissions.WORKSPACE)
@requires(permissions.MEMBERS_READ)
@require_safe
def member(request: Request, user_id: UUID) -> HttpResponse:
    found = team.found(user_id)
    name = found.name or found.email
    page = Page(
        name,
        "workspace",
        [
            Columns(
                [deeds(f"user:{user_id}", name_of=names())],
                [part for part in team.member_parts(request, found) if part],
                side_first=True,
            )
        ],
        breadcrumbs=team.crumbs(Crumb(name)),
    )
    return render_page(request, page)
