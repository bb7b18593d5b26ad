"""What the platform sells to companies: plans of its own catalog, one of them for each product and size."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.ports import ProductKind, SpecField
from alicerce.apps.catalog.types import MONTHS, PricedPlan
from alicerce.apps.payers.errors import NotForCompanies
from alicerce.apps.payers.types import KIND, Offer
from alicerce.apps.tenancy.types import LimitKey, ProductKey

UP_TO = _("Até quantos; vazio é sem limite.")
PRODUCT = ProductKind(
    KIND,
    _("Produto da plataforma"),
    (
        SpecField(
            "product",
            _("Produto"),
            _("O que a empresa passa a ter."),
            required=True,
            offers=lambda: [key.value for key in ProductKey],
        ),
        SpecField(LimitKey.MEMBERS, _("Pessoas na equipe"), UP_TO),
        SpecField(LimitKey.CUSTOMERS, _("Clientes"), UP_TO),
        SpecField(LimitKey.API_KEYS, _("Chaves de API"), UP_TO),
    ),
    is_platforms=True,
    keeps=("product",),
)


def offers(product: ProductKey) -> list[Offer]:
    """Prices of the current tenant, the platform, at which this product may be sold.

    What is sold on account asks for nothing but its periods: no set-up, and no trial.
    """
    plans = catalog.plans_of_kind(KIND)
    return [_offer(plan) for plan in plans if _is_of(plan, product)]


def offer(price_id: UUID, product: ProductKey) -> Offer:
    """Raises NotForCompanies."""
    found = next((one for one in offers(product) if one.price_id == price_id), None)
    if found is None:
        raise NotForCompanies
    return found


def to_buy() -> dict[str, list[Offer]]:
    """What companies may buy by themselves, for each product: also what is tried first, or costs a set-up."""
    found: dict[str, list[Offer]] = {key.value: [] for key in ProductKey}
    for plan in catalog.plans_of_kind(KIND, only_shown=True):
        if plan.spec.get("product") in found and _renews(plan):
            found[plan.spec["product"]].append(_offer(plan))
    return found


def offer_of(plan: PricedPlan, product: ProductKey) -> Offer:
    """Raises NotForCompanies."""
    if plan.spec.get("product") != product or not _renews(plan):
        raise NotForCompanies
    return _offer(plan)


def limits_said(spec: Mapping[str, str]) -> dict[str, int] | None:
    """Up to how much a company has of what is counted; None when somebody wrote no number."""
    said = {key.value: spec.get(key, "").strip() for key in LimitKey}
    given = {key: words for key, words in said.items() if words}
    if not all(words.isdecimal() for words in given.values()):
        return None
    return {key: int(words) for key, words in given.items()}


def _is_of(plan: PricedPlan, product: ProductKey) -> bool:
    is_plain = not plan.setup.cents and not plan.trial_days
    return plan.spec.get("product") == product and is_plain and _renews(plan)


def _renews(plan: PricedPlan) -> bool:
    return plan.cycle in MONTHS and limits_said(plan.spec) is not None


def _offer(plan: PricedPlan) -> Offer:
    return Offer(
        plan.price_id,
        plan.spec["product"],
        plan.full_name,
        plan.cycle,
        plan.amount,
        limits_said(plan.spec) or {},
        plan.setup,
        plan.trial_days,
        plan.trial_card,
    )
