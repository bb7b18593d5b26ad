"""Facts of corrections that programs ask for."""

from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.events import Event


class CorrectionEvent(Event):
    """Which one it is, of what, and how much. The reasons are in the correction itself."""

    correction_id: UUID
    kind: str
    payment_id: UUID | None = None
    invoice_id: UUID | None = None
    customer_id: UUID | None = None
    amount_cents: int
    currency: str


class CorrectionRequested(CorrectionEvent):
    name: ClassVar[str] = "correction.requested"
    description: ClassVar = _("Uma correção foi pedida pela API e espera por uma pessoa.")


class CorrectionCarriedOut(CorrectionEvent):
    """Approving is carrying out: there is no moment between them."""

    name: ClassVar[str] = "correction.carried_out"
    description: ClassVar = _("Uma pessoa aprovou uma correção pedida, e ela foi feita.")

    decided_by: UUID
    result_id: UUID | None = None


class CorrectionRefused(CorrectionEvent):
    name: ClassVar[str] = "correction.refused"
    description: ClassVar = _("Uma pessoa recusou uma correção pedida.")

    decided_by: UUID


class CorrectionCanceled(CorrectionEvent):
    name: ClassVar[str] = "correction.canceled"
    description: ClassVar = _("Uma correção pedida foi retirada pela API.")


class CorrectionExpired(CorrectionEvent):
    name: ClassVar[str] = "correction.expired"
    description: ClassVar = _("Ninguém decidiu uma correção pedida em sete dias: ela venceu.")
