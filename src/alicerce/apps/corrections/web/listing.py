"""The list of what programs asked for, and what of it waits."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from alicerce.apps.billing import public as billing
from alicerce.apps.corrections.queries.corrections import (
    corrections,
    waiting_for_invoice,
    waiting_since,
)
from alicerce.apps.corrections.types import PERMISSIONS, CorrectionState
from alicerce.apps.corrections.web import components as parts
from alicerce.apps.customers import public as customers
from alicerce.kernel.access import Request, requires
from alicerce.ui.component import Content
from alicerce.ui.concerns import Concern
from alicerce.ui.layout import View, Views
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState
from alicerce.ui.texts import Badge

VIEWS = {
    "": (CorrectionState.AWAITING_APPROVAL,),
    "feitas": (CorrectionState.CARRIED_OUT,),
    "recusadas": (CorrectionState.REFUSED,),
    "outras": (CorrectionState.CANCELED, CorrectionState.EXPIRED),
}
DECIDERS = frozenset(PERMISSIONS.values())


@requires("workspace:enter")
@requires("billing:read")
@require_safe
def corrections_list(request: Request) -> HttpResponse:
    states = VIEWS.get(request.GET.get("estado", ""), VIEWS[""])
    found = corrections(states, before=said_id(request, "antes"))
    whose = {one.customer_id for one in found.corrections if one.customer_id}
    may_name = "customers:read" in request.permissions
    table = parts.corrections_table(
        found.corrections,
        billing.summaries_by_id(
            [one.invoice_id for one in found.corrections if one.invoice_id]
        ),
        customers.customers_by_id(whose) if may_name else {},
        empty=_nothing(),
        newer=here(request, antes="") if "antes" in request.GET else "",
        older=here(request, antes=str(found.next_before)) if found.next_before else "",
    )
    page = Page(
        _("Correções pedidas"),
        "workspace",
        [_views(request), table],
        lead=_("Programas pedem pela API; nada acontece antes que uma pessoa aprove."),
    )
    return render_page(request, page)


def _views(request: Request) -> Views:
    chosen = request.GET.get("estado", "")
    waiting, _since = waiting_since()
    words = {
        "": _("Esperando"),
        "feitas": _("Feitas"),
        "recusadas": _("Recusadas"),
        "outras": _("Retiradas e vencidas"),
    }
    return Views(
        [
            View(
                label,
                here(request, estado=key, antes=""),
                current=key == chosen,
                count=None if key else waiting,
            )
            for key, label in words.items()
        ],
        _("Estados"),
    )


def _nothing() -> EmptyState:
    return EmptyState(
        _("Nada aqui"),
        _("O que um programa pedir por POST /v1/corrections aparece aqui."),
        icon="circle-check",
    )


def concerns(request: Request) -> list[Concern]:
    """That something waits, for who could decide about it."""
    if "billing:read" not in request.permissions or not DECIDERS & request.permissions:
        return []
    count, since = waiting_since()
    if not count:
        return []
    told = ngettext("%(count)s correção pedida", "%(count)s correções pedidas", count)
    return [
        Concern(
            what=told % {"count": count},
            why=_("Um programa pediu; nada acontece antes que uma pessoa aprove."),
            state=Badge("warn", _("Espera por uma pessoa")),
            since=since,
            url=reverse("workspace:corrections"),
        )
    ]


def invoice_card(invoice_id: UUID) -> list[Content]:
    return parts.waiting_card(waiting_for_invoice(invoice_id))


urlpatterns = [path("financeiro/correcoes/", corrections_list, name="corrections")]
