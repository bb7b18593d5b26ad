"""Facts of payers. All are published in the root tenant, whose sales they are."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class ProductSold(Event):
    name: ClassVar[str] = "platform_product.sold"
    description: ClassVar = _("Um produto da plataforma passou a ser cobrado por uma empresa.")

    account_id: UUID
    company_id: UUID
    product: str
    subscription_id: UUID
    starts_on: date


class ProductMoved(Event):
    """Another account pays from this day on; what was invoiced before stays with the one before."""

    name: ClassVar[str] = "platform_product.moved"
    description: ClassVar = _("Outra conta passou a pagar um produto de uma empresa.")

    from_account_id: UUID
    account_id: UUID
    company_id: UUID
    product: str
    subscription_id: UUID
    starts_on: date


class ProductDropped(Event):
    name: ClassVar[str] = "platform_product.dropped"
    description: ClassVar = _("Um produto da plataforma deixou de ser cobrado por uma empresa.")

    account_id: UUID
    company_id: UUID
    product: str
    subscription_id: UUID
