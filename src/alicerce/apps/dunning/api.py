"""The endpoints about the ladder of unpaid invoices."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from alicerce.apps.dunning import permissions as may
from alicerce.apps.dunning.queries import records
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.routing import Endpoints

router = Endpoints(tags=["Dunning"])

Kind = Literal[
    "invoice",
    "reminder",
    "banner",
    "suspend_web",
    "suspend_all",
    "end",
    "overdue",
    "notice",
]


class LadderStepOut(Schema):
    """Um passo da régua."""

    step: str = Field(examples=["letter-3"])
    offset_days: int = Field(description="Dias a partir do vencimento; negativo, antes dele.")
    kind: Kind


class DunningLadderOut(Schema):
    """A régua de cobrança que vale para quem não tem outra."""

    object: Literal["dunning_ladder"]
    id: UUID | None = Field(description="Vazio enquanto for a que vem com o programa.")
    name: str
    version: int
    opens: int = Field(description="A hora local a partir da qual se escreve a clientes.")
    closes: int = Field(description="A hora local em que se para.")
    on_business_days: bool = Field(description="Se serviços só são tocados em dias úteis.")
    notice_hours: int = Field(
        description="Quanto antes de suspender um aviso já tem de ter ido."
    )
    steps: list[LadderStepOut]


class TakenStepOut(LadderStepOut):
    """Um passo que já foi dado."""

    outcome: Literal["done", "skipped", "nothing"]
    at: datetime


class ComingStepOut(LadderStepOut):
    """Um passo que virá, se ninguém pagar."""

    at: datetime


class InvoiceDunningOut(Schema):
    """Onde uma fatura está na régua."""

    object: Literal["invoice_dunning"]
    invoice_id: UUID
    customer_id: UUID
    due_on: date
    overdue_at: datetime | None
    ended_at: datetime | None = Field(description="Quando saiu da régua: paga ou cancelada.")
    ladder: str | None = Field(description="Vazia quando a fatura não está em nenhuma.")
    version: int | None
    taken: list[TakenStepOut]
    coming: list[ComingStepOut]


@router.get(
    "/dunning",
    response=DunningLadderOut,
    operation_id="getDunningLadder",
    summary="Mostrar a régua de cobrança",
)
@requires(may.READ)
def get_ladder(request: Request) -> Answer:
    """A régua padrão da empresa: o que acontece com uma fatura que ninguém paga."""
    return Answer(records.ladder_record())


@router.get(
    "/invoices/{uuid:invoice_id}/dunning",
    response=InvoiceDunningOut,
    operation_id="getInvoiceDunning",
    summary="Mostrar onde uma fatura está na régua",
)
@requires(may.READ)
def get_invoice_dunning(request: Request, invoice_id: UUID) -> Answer:
    """O que já foi feito por uma fatura em aberto, e o que virá se ninguém pagar.

    Faturas de pedidos não entram na régua: o pedido que ninguém paga é cancelado.
    """
    return Answer(records.standing_record(invoice_id, at=now()))
