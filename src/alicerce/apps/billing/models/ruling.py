"""How a company collects."""

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from alicerce.apps.billing.types.corrections import BillingRules
from alicerce.kernel.db import TenantModel
from alicerce.kernel.personal import Inventory


class Ruling(TenantModel):
    """One row per company that decided anything; who has none has what everybody begins with."""

    inventory: ClassVar = Inventory()

    uses_wallet = models.BooleanField(default=True)
    fine_basis_points = models.PositiveSmallIntegerField(default=0)
    interest_basis_points = models.PositiveSmallIntegerField(default=0)
    grace_days = models.PositiveSmallIntegerField(default=0)
    early_basis_points = models.PositiveSmallIntegerField(default=0, db_default=0)
    early_days = models.PositiveSmallIntegerField(default=0, db_default=0)
    pix_valid_days = models.PositiveSmallIntegerField(default=30, db_default=30)
    pix_at_issue = models.BooleanField(default=False, db_default=False)

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant"], name="one_ruling_per_company"),
            CheckConstraint(
                condition=Q(fine_basis_points__lte=200, interest_basis_points__lte=100),
                name="late_fee_within_the_law",
            ),
            CheckConstraint(
                condition=Q(early_basis_points__lt=10000), name="discount_below_the_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fine_basis_points} {self.interest_basis_points}"

    def view(self) -> BillingRules:
        return BillingRules(
            uses_wallet=self.uses_wallet,
            fine_basis_points=self.fine_basis_points,
            interest_basis_points=self.interest_basis_points,
            grace_days=self.grace_days,
            early_basis_points=self.early_basis_points,
            early_days=self.early_days,
            pix_valid_days=self.pix_valid_days,
            pix_at_issue=self.pix_at_issue,
        )
