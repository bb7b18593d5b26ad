"""Having subscriptions pay the price that is in force: who, from when, to the cent; and how far it has come."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import NoSuchPrice
from alicerce.apps.catalog.types import PriceHistory
from alicerce.apps.subscriptions import permissions
from alicerce.apps.subscriptions.errors import NoSuchMove
from alicerce.apps.subscriptions.queries.move_pages import moved_page, price_move
from alicerce.apps.subscriptions.queries.price_moves import preview_move
from alicerce.apps.subscriptions.queries.terms import local_date, terms
from alicerce.apps.subscriptions.services.move_prices import (
    cancel_price_move,
    schedule_price_move,
)
from alicerce.apps.subscriptions.types.price_moves import MovedStatus, MovePreview, MoveView
from alicerce.apps.subscriptions.web import move_parts as parts
from alicerce.apps.subscriptions.web.acting import do
from alicerce.apps.subscriptions.web.forms import MoveFields
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, drop, keep, kept, sensitive
from alicerce.ui.formats import day, money, number
from alicerce.ui.links import here, said_id
from alicerce.ui.page import render_page
from alicerce.ui.plans import CYCLES

MOVE = "price_move.approved"


@requires("workspace:enter")
@requires("billing:read")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def price_move_new(request: Request, price_id: UUID) -> HttpResponse:
    """Who moves, and from when; nothing is done before it was seen to the cent."""
    history = _history(price_id)
    form = _form(history, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            shown = preview_move(form=form.wanted(price_id), at=now())
        except Refused as refused:
            form.add_error("first_on", str(refused))
        else:
            if shown.rows:
                keep(request, MOVE, about=price_id, typed=form.kept())
                return HttpResponseRedirect(
                    reverse("workspace:price_move_confirm", args=[price_id])
                )
            form.add_error(None, parts.nobody(shown))
    return render_page(request, parts.new_page(history, form))


def _history(price_id: UUID) -> PriceHistory:
    try:
        return catalog.price_history(price_id)
    except NoSuchPrice:
        raise Http404 from None


def _form(history: PriceHistory, typed: object) -> MoveFields:
    first_on = local_date(now()) + timedelta(days=terms().notice_days)
    return MoveFields(
        typed,
        versions=[
            (str(id_), parts.version_words(amount, since))
            for id_, amount, since in history.older
        ],
        initial={
            "first_on": first_on,
            "versions": [str(id_) for id_, _amount, _since in history.older],
        },
    )


def _waiting(request: Request, price_id: UUID) -> tuple[MoveFields, MovePreview]:
    """What was typed about this price, worked out now."""
    form = _form(_history(price_id), kept(request, MOVE, about=price_id))
    if not form.is_valid():
        raise Http404
    try:
        return form, preview_move(form=form.wanted(price_id), at=now())
    except Refused:
        raise Http404 from None


def _foresee(request: Request, price_id: UUID) -> Foreseen:
    form, shown = _waiting(request, price_id)
    sums = shown.sums
    title = _("Reajustar %(plan)s, %(cycle)s, para %(amount)s") % {
        "plan": shown.plan_name,
        "cycle": str(CYCLES[shown.cycle]).lower(),
        "amount": money(shown.amount),
    }
    return Foreseen(
        title=title,
        facts=[
            (_("Assinaturas"), number(sums.subscriptions)),
            (_("Clientes avisados por e-mail"), number(sums.customers)),
            (_("Cada ciclo, hoje"), money(sums.before)),
            (_("Cada ciclo, depois"), money(sums.after)),
            (_("Por mês, hoje"), money(sums.monthly_before)),
            (_("Por mês, depois"), money(sums.monthly_after)),
            (_("Primeira renovação com o novo preço"), _day(shown.first_effective_on)),
            (_("Última a chegar nele"), _day(shown.last_effective_on)),
            (_("Aviso"), _("%(days)s dias antes, no mínimo") % {"days": shown.notice_days}),
            (_("Fora: com preço próprio"), number(shown.own_price)),
            (_("Fora: já vão terminar"), number(shown.leaving)),
            (_("Fora: em outro reajuste"), number(shown.in_another)),
            (_("Motivo"), form.cleaned_data["reason"]),
            (_("Depois"), _("Pode ser cancelado para quem ainda não paga o novo preço.")),
        ],
        button=_("Agendar reajuste"),
        entity="price",
        entity_id=price_id,
        amount_cents=sums.after.cents,
        back=reverse("workspace:price_move_new", args=[price_id]),
    )


def _day(on: object) -> str:
    return day(on) if on else parts.NOTHING  # type: ignore[arg-type]


@requires("workspace:enter")
@requires("billing:read")
@sensitive(MOVE, permission=permissions.WRITE, foresee=_foresee)
def price_move_confirm(request: Request, price_id: UUID) -> HttpResponseBase:
    form, shown = _waiting(request, price_id)
    drop(request, MOVE)
    try:
        move_id = schedule_price_move(
            form=form.wanted(price_id),
            reason=form.cleaned_data["reason"],
            expected_after_cents=shown.sums.after.cents,
            expected_count=shown.sums.subscriptions,
            at=now(),
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("workspace:price_move_new", args=[price_id]))
    messages.success(request, _("Reajuste agendado. Os avisos saem nos seus dias."))
    return HttpResponseRedirect(parts.move_url(move_id))


@requires("workspace:enter")
@requires("billing:read")
@require_safe
def price_move_page(request: Request, move_id: UUID) -> HttpResponse:
    move = _find(move_id)
    said = request.GET.get("estado", "")
    status = MovedStatus(said) if said in set(MovedStatus) else None
    rows, following = moved_page(move_id, status=status, after=said_id(request, "depois"))
    page = parts.move_page(
        move,
        rows,
        plan_name=catalog.plan_name(move.plan_id) or "",
        may_write=permissions.WRITE in request.permissions,
        views=parts.views(request, said, move.progress),
        newer=here(request, depois="") if "depois" in request.GET else "",
        older=here(request, depois=str(following)) if following else "",
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires("billing:read")
@requires(permissions.WRITE)
@require_POST
def price_move_cancel(request: Request, move_id: UUID) -> HttpResponse:
    move = _find(move_id)
    return do(
        request,
        lambda: cancel_price_move(move_id=move.id, at=now()),
        _("Reajuste cancelado. Quem tinha sido avisado recebe um e-mail."),
        parts.move_url(move.id),
    )


def _find(move_id: UUID) -> MoveView:
    try:
        return price_move(move_id)
    except NoSuchMove:
        raise Http404 from None


urlpatterns = [
    path("catalogo/precos/<uuid:price_id>/reajuste/", price_move_new, name="price_move_new"),
    path(
        "catalogo/precos/<uuid:price_id>/reajuste/confirmar/",
        price_move_confirm,
        name="price_move_confirm",
    ),
    path("reajustes/<uuid:move_id>/", price_move_page, name="price_move"),
    path("reajustes/<uuid:move_id>/cancelar/", price_move_cancel, name="price_move_cancel"),
]
