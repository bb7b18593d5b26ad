"""What came off an invoice since it was open: paid, taken back, given back, on its way back."""

from typing import TYPE_CHECKING

from django.db import models

from alicerce.apps.billing.types import PAYABLE, InvoiceStatus
from alicerce.kernel.money import Money

HAS_BEEN_PAID = ("paid", "disputed", "charged_back")
CLAIMED = ("disputed_cents", "charged_back_cents", "status")


class Settling(models.Model):
    """The sums that an invoice's own rules, in the database, keep within its total."""

    paid_cents = models.BigIntegerField(default=0, db_default=0)
    relieved_cents = models.BigIntegerField(default=0, db_default=0)
    returned_cents = models.BigIntegerField(default=0, db_default=0)
    refunding_cents = models.BigIntegerField(default=0, db_default=0)
    disputed_cents = models.BigIntegerField(default=0, db_default=0)
    charged_back_cents = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        status: models.CharField[str, str]
        currency: models.CharField[str, str]
        total_cents: models.BigIntegerField[int, int]

    @property
    def is_payable(self) -> bool:
        return self.status in PAYABLE

    @property
    def remaining(self) -> Money:
        """What it asks for less what was paid and what credit notes took off."""
        return self._money(self.total_cents - self.paid_cents - self.relieved_cents)

    @property
    def kept(self) -> Money:
        """Of what was paid, what neither went back nor is on its way, and nobody claims."""
        gone = self.returned_cents + self.refunding_cents
        return self._money(self.paid_cents - gone - self.contested_cents)

    @property
    def contested_cents(self) -> int:
        return self.disputed_cents + self.charged_back_cents

    @property
    def settled_status(self) -> InvoiceStatus:
        """What an invoice is of which nothing is left to pay."""
        if self.disputed_cents:
            return InvoiceStatus.DISPUTED
        return InvoiceStatus.CHARGED_BACK if self.charged_back_cents else InvoiceStatus.PAID

    def relieve(self, *, relieved: int, returned: int) -> None:
        """Ask for less, and have given back some of what was paid."""
        self.relieved_cents += relieved
        self.returned_cents += returned
        self.save(update_fields=["relieved_cents", "returned_cents"])

    def send_back(self, cents: int) -> None:
        """So much of what was paid is on its way back."""
        self.refunding_cents += cents
        self.save(update_fields=["refunding_cents"])

    def sent_back(self, cents: int, *, arrived: bool) -> None:
        """What was on its way arrived, or is ours to keep after all."""
        self.refunding_cents -= cents
        if arrived:
            self.returned_cents += cents
        self.save(update_fields=["refunding_cents", "returned_cents"])

    def dispute(self, cents: int) -> None:
        """Somebody claims so much of what was paid."""
        self.disputed_cents += cents
        self._settle_claims()

    def undispute(self, cents: int) -> None:
        """The claim came to nothing."""
        self.disputed_cents -= cents
        self._settle_claims()

    def charge_back(self, cents: int, *, disputed: int) -> None:
        """Of what was claimed, so much is gone."""
        self.disputed_cents -= disputed
        self.charged_back_cents += cents
        self._settle_claims()

    def win_back(self, cents: int) -> None:
        """What was gone came back after all."""
        self.charged_back_cents -= cents
        self._settle_claims()

    def _settle_claims(self) -> None:
        if self.status in HAS_BEEN_PAID:
            self.status = self.settled_status
        self.save(update_fields=CLAIMED)

    def _money(self, cents: int) -> Money:
        return Money(cents, self.currency)
