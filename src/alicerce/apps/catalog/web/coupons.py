"""A company's coupons: made, given another end, and taken back."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.catalog import permissions
from alicerce.apps.catalog.errors import BadCouponForm, CouponTaken, NoSuchCoupon
from alicerce.apps.catalog.queries.coupons import coupon as coupon_card
from alicerce.apps.catalog.queries.coupons import coupons as every_coupon
from alicerce.apps.catalog.queries.management import plans
from alicerce.apps.catalog.services.make_coupon import (
    extend_coupon,
    make_coupon,
    retire_coupon,
)
from alicerce.apps.catalog.types import CouponCard
from alicerce.apps.catalog.web import components as parts
from alicerce.apps.catalog.web import coupon_components as coupon_parts
from alicerce.apps.catalog.web.coupon_forms import CouponFields, EndFields, initial_of
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.layout import Crumb
from alicerce.ui.page import Page, render_page

FIELDS = {"percent_bp": "percent", "amount_cents": "amount", "ends_at": "ends_on"}


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def coupons(request: Request) -> HttpResponse:
    may_write = permissions.WRITE in request.permissions
    found = every_coupon(at=now())
    page = Page(
        _("Cupons"),
        "workspace",
        [parts.sections("coupons"), coupon_parts.coupons_table(found, may_write=may_write)],
        lead=_("Descontos que o comprador pede com um código."),
        breadcrumbs=parts.trail(Crumb(_("Cupons"))),
        actions=[coupon_parts.new_coupon_button()] if may_write else [],
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def coupon_new(request: Request) -> HttpResponse:
    form = CouponFields(request.POST or None, plans=plans(), zone=_zone())
    if request.method == "POST" and form.is_valid():
        try:
            make_coupon(form=form.typed(), at=now())
        except (BadCouponForm, CouponTaken) as refused:
            field = getattr(refused, "field", "code")
            form.add_error(FIELDS.get(field, field), str(refused))
        else:
            messages.success(request, _("Cupom criado. Ele já vale no pedido."))
            return HttpResponseRedirect(reverse("workspace:coupons"))
    title = _("Criar cupom")
    page = Page(
        title,
        "workspace",
        coupon_parts.coupon_form(form),
        breadcrumbs=_trail(Crumb(title)),
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


@requires("workspace:enter")
@requires(permissions.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def coupon(request: Request, coupon_id: UUID) -> HttpResponse:
    found = _found(coupon_id)
    may_write = permissions.WRITE in request.permissions
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied(permissions.WRITE)
        return _extend(request, found)
    form = EndFields(initial=initial_of(found, _zone()), zone=_zone())
    return render_page(request, _page(found, form if may_write else None))


def _extend(request: Request, found: CouponCard) -> HttpResponse:
    form = EndFields(request.POST, zone=_zone())
    if form.is_valid():
        try:
            ends_at, most = form.ends_at(), form.cleaned_data["most"]
            extend_coupon(coupon_id=found.id, ends_at=ends_at, most=most, at=now())
        except BadCouponForm as refused:
            words = _("Não pode ser menos do que já foi usado, nem antes do começo.")
            form.add_error(FIELDS.get(refused.field, refused.field), words)
        else:
            messages.success(request, _("Cupom salvo."))
            return HttpResponseRedirect(coupon_parts.coupon_url(found.id))
    return render_page(request, _page(found, form))


@requires("workspace:enter")
@requires(permissions.WRITE)
@require_POST
def coupon_retire(request: Request, coupon_id: UUID) -> HttpResponse:
    found = _found(coupon_id)
    retire_coupon(coupon_id=coupon_id, at=now())
    words = _("%(code)s não vale mais em pedidos novos.")
    messages.success(request, words % {"code": found.form.code})
    return HttpResponseRedirect(reverse("workspace:coupons"))


def _found(coupon_id: UUID) -> CouponCard:
    try:
        return coupon_card(coupon_id, at=now())
    except NoSuchCoupon:
        raise Http404 from None


def _zone() -> ZoneInfo:
    return ZoneInfo(tenancy.tenant_card().time_zone)


def _trail(crumb: Crumb) -> list[Crumb]:
    return parts.trail(Crumb(_("Cupons"), reverse("workspace:coupons")), crumb)


def _page(found: CouponCard, form: EndFields | None) -> Page:
    names = {plan.id: plan.name for plan in plans()} if found.form.plan_ids else {}
    return Page(
        found.form.code,
        "workspace",
        coupon_parts.coupon_parts(found, names, form),
        badge=coupon_parts.state(found),
        breadcrumbs=_trail(Crumb(found.form.code)),
        width="narrow",
        status=422 if form is not None and form.errors else 200,
    )


urlpatterns = [
    path("catalogo/cupons/", coupons, name="coupons"),
    path("catalogo/cupons/novo/", coupon_new, name="coupon_new"),
    path("catalogo/cupons/<uuid:coupon_id>/", coupon, name="coupon"),
    path("catalogo/cupons/<uuid:coupon_id>/retirar/", coupon_retire, name="coupon_retire"),
]
