"""Everything about one plan: what it costs and cost, what buyers read, and who changed what."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.audit import permissions as audit_rights
from alicerce.apps.audit.web.components import history
from alicerce.apps.catalog import permissions
from alicerce.apps.catalog.ports import platform_kinds
from alicerce.apps.catalog.public import fields_of, options_of
from alicerce.apps.catalog.types import PlanDetail
from alicerce.apps.catalog.web import components as parts
from alicerce.apps.catalog.web import field_components as field_parts
from alicerce.apps.catalog.web import option_components as option_parts
from alicerce.apps.catalog.web.plan_editing import find
from alicerce.apps.metering.web.meters import meters_section
from alicerce.apps.subscriptions import permissions as subscription_rights
from alicerce.apps.subscriptions.web.move_parts import moves_section
from alicerce.apps.taxes.web.plans import service_card
from alicerce.kernel.access import Request, requires
from alicerce.surfaces.console.people import names
from alicerce.ui.component import Content
from alicerce.ui.layout import Columns, Crumb, Section
from alicerce.ui.page import Page, render_page


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def plan(request: Request, plan_id: UUID) -> HttpResponse:
    return render_page(request, _page(request, find(plan_id)))


def _page(request: Request, found: PlanDetail) -> Page:
    may_write = permissions.WRITE in request.permissions
    side: list[Content] = [
        parts.facts_card(found, may_write=may_write),
        parts.contents_card(found),
        *service_card(request, found.id),
    ]
    return Page(
        found.form.name,
        "workspace",
        [Columns(_main(request, found), side, side_label=_("Sobre o plano"), side_first=False)],
        lead=found.form.product_name,
        badge=parts.state_badge(found.status, is_priced=bool(found.active)),
        breadcrumbs=parts.trail(Crumb(found.form.name)),
        actions=parts.plan_actions(found) if may_write else [],
    )


def _main(request: Request, found: PlanDetail) -> list[Content]:
    may_write = permissions.WRITE in request.permissions
    options = options_of([found.id])[found.id]
    table = option_parts.options_table(options, may_write=may_write)
    add: Content = ""
    if may_write and not found.retired_at:
        add = option_parts.new_option_buttons(found.id)
    main: list[Content] = [
        *parts.price_notes(found, may_write=may_write),
        *parts.delivery_notes(found),
        Section(_("Preços"), [parts.prices_table(found)]),
        *_moves(request, found),
        Section(_("Opções"), [table], aside=add),
        *_fields(found, may_write=may_write),
        meters_section(found.id, may_write=may_write and not found.retired_at),
    ]
    if audit_rights.READ in request.permissions:
        main.append(history([("plan", found.id)], name_of=names()))
    return main


def _fields(found: PlanDetail, *, may_write: bool) -> list[Content]:
    """What the platform sells to companies asks nothing: nobody orders it on a page that could."""
    if found.form.product_kind in platform_kinds():
        return []
    table = field_parts.fields_table(fields_of([found.id])[found.id], may_write=may_write)
    may_add = may_write and not found.retired_at
    add: Content = field_parts.new_field_buttons(found.id) if may_add else ""
    return [Section(_("Campos do pedido"), [table], aside=add)]


def _moves(request: Request, found: PlanDetail) -> list[Content]:
    """Moving subscriptions to another price is billing's, not the catalog's."""
    if "billing:read" not in request.permissions:
        return []
    may_move = subscription_rights.WRITE in request.permissions and not found.retired_at
    return moves_section(found, may_write=may_move)


urlpatterns = [path("catalogo/planos/<uuid:plan_id>/", plan, name="plan")]
