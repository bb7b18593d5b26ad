"""The endpoints by which programs order for a customer: what it costs, and ordering it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.errors import BadAnswers, BadChoice
from alicerce.apps.catalog.types import Chosen, ItemKind, Quote
from alicerce.apps.metadata.public import change_metadata
from alicerce.apps.metadata.types import ThingKind
from alicerce.apps.orders import permissions as may
from alicerce.apps.orders.api.placing_schemas import (
    OrderIn,
    OrderPreviewIn,
    OrderPreviewOut,
    Paying,
    TermsIn,
)
from alicerce.apps.orders.api.schemas import ChosenIn, OrderOut
from alicerce.apps.orders.errors import BadAddon
from alicerce.apps.orders.queries import records
from alicerce.apps.orders.rules import kept
from alicerce.apps.orders.services.asked_for import describe, items_of
from alicerce.apps.orders.services.order_for_customer import order_for_customer
from alicerce.apps.orders.services.preview_sale import SalePreview, preview_sale
from alicerce.apps.orders.types import ChosenAddon, Evidence, Extras, Sale, TermsWay
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.rest.answers import Answer, Row, created
from alicerce.kernel.rest.problems import Declined, Fault, Invalid, invalid
from alicerce.kernel.rest.routing import Endpoints, expanding, refusing

router = Endpoints(tags=["Orders"])
T = TypeVar("T")
READS_PEOPLE = "customers:read"
CLOCKS_DIFFER = timedelta(minutes=5)
REFUSALS = (
    (422, "no_such_customer"),
    (422, "not_for_sale"),
    (422, "domain_taken"),
    (422, "bad_choice"),
    (422, "total_too_large"),
    (422, "bad_coupon"),
    (422, "coupon_not_for_plan"),
    (422, "coupon_used_up"),
    (422, "bad_start"),
    (422, "bad_quantity"),
    (422, "addon_cycle"),
    (422, "addon_twice"),
    (422, "addons_not_tried"),
)
POINTERS: Mapping[str, str] = {
    "no_such_customer": "/customer_id",
    "not_for_sale": "/price_id",
    "out_of_stock": "/price_id",
    "no_room": "/price_id",
    "total_too_large": "/options",
    "domain_taken": "/domain",
    "bad_coupon": "/coupon",
    "coupon_not_for_plan": "/coupon",
    "coupon_used_up": "/coupon",
    "coupon_used": "/coupon",
    "trial_used": "/skip_trial",
    "terms_changed": "/terms/version",
    "bad_start": "/starts_on",
    "addons_not_tried": "/addons",
    "order_total_changed": "/expected_total_cents",
}
"""What of the body each refusal is about."""
ADDON_POINTERS: Mapping[str, str] = {"bad_quantity": "/quantity"}


@router.post(
    "/orders/preview",
    response=OrderPreviewOut,
    operation_id="previewOrder",
    summary="Mostrar quanto custa um pedido",
)
@requires(may.CREATE_SERVICES)
@refusing(*REFUSALS)
def preview_order(request: Request, wanted: OrderPreviewIn) -> Answer:
    """Cada parte, o cupom, os impostos deste cliente e o total, ao centavo. Não muda nada."""
    at = now()
    shown = _pointing(
        wanted,
        lambda: preview_sale(
            customer_id=wanted.customer_id,
            price_id=wanted.price_id,
            domain=wanted.domain,
            extras=_extras(wanted),
            sale=Sale(starts_on=wanted.starts_on),
            at=at,
        ),
    )
    return Answer({**_previewed(wanted, shown), "shown_at": at})


@router.post(
    "/orders",
    response={201: OrderOut},
    operation_id="createOrder",
    summary="Pedir por um cliente",
)
@requires(may.CREATE_SERVICES)
@refusing(
    *REFUSALS,
    (409, "order_total_changed"),
    (422, "out_of_stock"),
    (422, "no_room"),
    (422, "coupon_used"),
    (422, "trial_used"),
    (422, "terms_changed"),
    (422, "too_much_metadata"),
    (429, "too_many_orders"),
)
@expanding("customer", "invoice")
def create_order(request: Request, wanted: OrderIn) -> Answer:
    """O mesmo pedido que a loja e a equipe fazem, pelos preços do catálogo, com a fatura.

    Envie `Idempotency-Key`: repetir devolve o mesmo pedido. Outro preço não se pede por chave.
    """
    order_id = _pointing(
        wanted,
        lambda: order_for_customer(
            customer_id=wanted.customer_id,
            price_id=wanted.price_id,
            domain=wanted.domain,
            at=now(),
            extras=_extras(wanted, terms=wanted.terms),
            sale=_sale(wanted),
        ),
    )
    change_metadata(kind=ThingKind.ORDER, thing_id=order_id, changes=wanted.metadata, at=now())
    reads = READS_PEOPLE in request.permissions
    made = records.order_record(order_id, with_pages=True, with_personal=reads)
    return created(made, location=f"/v1/orders/{order_id}")


def _extras(wanted: OrderPreviewIn, *, terms: TermsIn | None = None) -> Extras:
    return Extras(
        chosen=tuple(Chosen(**one.dict()) for one in wanted.options),
        coupon=wanted.coupon,
        terms_version=terms.version if terms else None,
        skip_trial=wanted.skip_trial,
        answers=wanted.answers,
        addons=tuple(
            ChosenAddon(
                one.price_id,
                one.quantity,
                tuple(Chosen(**each.dict()) for each in one.options),
            )
            for one in wanted.addons
        ),
    )


def _sale(wanted: OrderIn) -> Sale:
    return Sale(
        writes=wanted.payment == Paying.LETTER,
        terms=_terms_way(wanted),
        evidence=_evidence(wanted.terms) if wanted.terms else None,
        starts_on=wanted.starts_on,
        expected_cents=wanted.expected_total_cents,
    )


def _terms_way(wanted: OrderIn) -> TermsWay:
    if wanted.terms:
        return TermsWay.ALREADY
    return TermsWay.LATER if catalog.terms_in_force() else TermsWay.NOT_ASKED


def _evidence(terms: TermsIn) -> Evidence:
    if terms.accepted_at > now() + CLOCKS_DIFFER:
        raise invalid("/terms/accepted_at", "in_future", _("Este momento ainda não chegou."))
    return Evidence(terms.accepted_by, terms.accepted_at, terms.address or "")


def _pointing(wanted: OrderPreviewIn, act: Callable[[], T]) -> T:
    """Do it; what is refused says which part of the body it is about."""
    try:
        return act()
    except BadAnswers as refused:
        faults = refused.faults.items()
        raise Invalid(
            faults=tuple(Fault(f"/answers/{id_}", "bad_answer", words) for id_, words in faults)
        ) from None
    except BadAddon as refused:
        raise Declined(refused, pointer=_addon_place(wanted, refused)) from None
    except BadChoice as refused:
        place = _place_of(wanted.options, refused.option_id)
        raise Declined(refused, pointer=place) from None
    except Refused as refused:
        raise Declined(refused, pointer=POINTERS.get(refused.code, "")) from None


def _place_of(options: Sequence[ChosenIn], option_id: UUID) -> str:
    for place, one in enumerate(options):
        if one.option_id == option_id:
            return f"/options/{place}"
    return "/options"


def _addon_place(wanted: OrderPreviewIn, bad: BadAddon) -> str:
    within = ADDON_POINTERS.get(bad.code, "/price_id")
    if isinstance(bad.refused, BadChoice):
        within = _place_of(wanted.addons[bad.place].options, bad.refused.option_id)
    return f"/addons/{bad.place}{within}"


def _previewed(wanted: OrderPreviewIn, shown: SalePreview) -> Row:
    quote, off, terms = shown.quote, shown.quote.discount, catalog.terms_in_force()
    every = sum(item.total.cents for item in quote.items if item.kind != ItemKind.SETUP)
    return {
        "object": "order_preview",
        "customer_id": wanted.customer_id,
        "price_id": quote.plan.price_id,
        "plan_id": quote.plan.plan_id,
        "description": describe(plan=quote.plan, domain=wanted.domain),
        "domain": wanted.domain,
        "cycle": quote.plan.cycle,
        "currency": quote.total.currency,
        "items": [{**records.NO_OPTION, **kept(item)} for item in items_of(quote=quote)],
        "addons": [_previewed_addon(wanted, addon) for addon in shown.addons],
        "coupon": off.code if off else None,
        "discount_cents": off.amount.cents if off else 0,
        "discount_cycles": off.cycles if off else None,
        "taxes": [
            {"description": one.words, "amount_cents": one.amount.cents}
            for one in shown.taxes.extra
        ],
        "total_cents": shown.due_now.cents,
        "starts_on": shown.starts_on,
        "invoice_on": shown.invoice_on,
        "cycle_cents": every,
        "trial_days": quote.trial_days,
        "trial_card": quote.trial_card,
        "after_trial_cents": shown.taxes.total.cents if quote.trial_days else None,
        "terms_version": terms.version if terms else None,
    }


def _previewed_addon(wanted: OrderPreviewIn, quote: Quote) -> Row:
    return {
        "price_id": quote.plan.price_id,
        "plan_id": quote.plan.plan_id,
        "description": describe(plan=quote.plan, domain=wanted.domain),
        "cycle": quote.plan.cycle,
        "quantity": quote.units,
        "items": [{**records.NO_OPTION, **kept(item)} for item in items_of(quote=quote)],
        "total_cents": quote.total.cents,
    }
