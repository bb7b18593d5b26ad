"""What programs send and are told about corrections."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Field, Schema

from alicerce.apps.corrections.rules import may_be, missing, useless
from alicerce.apps.corrections.types import (
    MOST_CENTS,
    CorrectionKind,
    CorrectionState,
    Wanted,
)
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.problems import Fault, Invalid
from alicerce.kernel.rest.routing import Input

Method = Literal["transfer", "pix", "cash", "card", "other"]


class MoneyStandingOut(Schema):
    """Onde o dinheiro está. Nulo é o que esta correção não toca."""

    invoice_remaining_cents: int | None = Field(description="O que a fatura pede.")
    invoice_status: str | None = Field(description="O estado da fatura.")
    wallet_balance_cents: int | None = Field(description="O saldo do cliente.")
    payment_refundable_cents: int | None = Field(
        description="O que ainda pode voltar do pagamento."
    )


class CorrectionEffectOut(Schema):
    """O que a correção faria quando foi pedida; depois de feita, o que ela fez."""

    before: MoneyStandingOut
    after: MoneyStandingOut


class CorrectionResultOut(Schema):
    """O que a correção criou."""

    object: Literal["refund", "credit_note", "payment"]
    id: UUID


class CorrectionOut(Schema):
    """Uma correção pedida. Nada acontece antes que uma pessoa a aprove no espaço da empresa."""

    object: Literal["correction"]
    id: UUID
    kind: CorrectionKind
    state: CorrectionState
    payment_id: UUID | None
    invoice_id: UUID | None
    customer_id: UUID | None
    amount_cents: int = Field(
        description="Quanto. Em `void` e `write_off`, o que falta pagar.", examples=[990]
    )
    currency: str = Field(examples=["BRL"])
    line: int | None
    method: str
    received_on: date | None
    reference: str
    proof: str
    reason: str
    effect: CorrectionEffectOut
    page_path: str = Field(description="O caminho da página em que uma pessoa decide.")
    page_url: str | None = Field(
        description="A mesma página com o endereço. Nulo enquanto nenhum endereço leva à empresa."
    )
    requested_at: datetime
    expires_at: datetime = Field(description="Sem decisão até aqui, o pedido vence.")
    decided_at: datetime | None
    refusal: str = Field(description="Por que uma pessoa recusou.")
    result: CorrectionResultOut | None


class CorrectionListOut(ListOut):
    """Uma página de correções pedidas."""

    data: list[CorrectionOut]


class CorrectionsQuery(ListQuery):
    state: CorrectionState | None = Field(None, description="Só neste estado.")
    invoice_id: UUID | None = Field(None, description="Só desta fatura.")
    customer_id: UUID | None = Field(None, description="Só deste cliente.")


class CorrectionIn(Input):
    """O que corrigir, quanto e por quê. Cada tipo pede os seus campos."""

    kind: CorrectionKind = Field(
        description="`refund` devolve um pagamento; `credit_note` credita uma fatura; `void` a cancela; "
        "`write_off` a dá por perdida; `payment` registra o que chegou por fora; `wallet` ajusta o saldo."
    )
    reason: str = Field(min_length=1, max_length=300)
    payment_id: UUID | None = Field(None, description="Em `refund`.")
    invoice_id: UUID | None = Field(
        None, description="Em `credit_note`, `void`, `write_off` e `payment`."
    )
    customer_id: UUID | None = Field(None, description="Em `wallet`.")
    amount_cents: int | None = Field(
        None,
        ge=-MOST_CENTS,
        le=2**53,
        description="Menos em `void` e `write_off`, que são da fatura toda. Abaixo de zero, só em `wallet`.",
        examples=[990],
    )
    line: int | None = Field(
        None, ge=1, le=10_000, description="Em `credit_note`: de que item, pela posição."
    )
    method: Method | None = Field(None, description="Em `payment`: como chegou.")
    received_on: date | None = Field(None, description="Em `payment`: o dia em que chegou.")
    reference: str | None = Field(
        None,
        min_length=1,
        max_length=120,
        description="Em `payment`, e em `refund` do que foi recebido por fora.",
    )
    proof: str | None = Field(
        None, min_length=1, max_length=300, description="Em `payment`: onde está o comprovante."
    )

    def wanted(self) -> Wanted:
        """Raises Invalid, which names every field that this kind wants, or does not take."""
        if faults := self._faults():
            raise Invalid(faults=tuple(faults))
        return Wanted(
            kind=self.kind,
            reason=self.reason,
            payment_id=self.payment_id,
            invoice_id=self.invoice_id,
            customer_id=self.customer_id,
            cents=self.amount_cents,
            position=self.line,
            method=self.method or "",
            received_on=self.received_on,
            reference=self.reference or "",
            proof=self.proof or "",
        )

    def _faults(self) -> list[Fault]:
        given = frozenset(name for name, value in self.dict().items() if value is not None)
        needed = [
            Fault(f"/{name}", "missing", _("Este tipo de correção pede este campo."))
            for name in missing(self.kind, given)
        ]
        others = [
            Fault(f"/{name}", "unknown_field", _("Este tipo de correção não tem este campo."))
            for name in useless(self.kind, given)
        ]
        cents = self.amount_cents
        if cents is None or may_be(self.kind, cents):
            return [*needed, *others]
        amount = Fault("/amount_cents", "out_of_range", _("Este valor não serve."))
        return [*needed, *others, amount]
