"""The endpoints about the reconciliation. Programs read; people decide."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.reconciliation import permissions as may
from alicerce.apps.reconciliation.queries import records
from alicerce.apps.reconciliation.types import (
    DifferenceKind,
    DifferenceState,
    MatchKind,
    PayoutStatus,
)
from alicerce.kernel.access import Request, requires
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.routing import Endpoints

router = Endpoints(tags=["Reconciliation"])


class DifferenceOut(Schema):
    """Onde o provedor, os pagamentos, o razão ou o banco não dizem o mesmo."""

    object: Literal["reconciliation_difference"]
    id: UUID
    kind: DifferenceKind = Field(description="O que difere.")
    state: DifferenceState = Field(
        description="Aberta, explicada por alguém, ou resolvida: os dois lados dizem o mesmo."
    )
    account_id: UUID | None = Field(
        description="A conta de recebimento; vazia no que é só do banco."
    )
    reference: str = Field(description="O nome no provedor, ou o código da linha do extrato.")
    payment_reference: str = Field(description="Numa devolução, o nome do pagamento dela.")
    payment_id: UUID | None
    currency: str = Field(examples=["BRL"])
    there_cents: int | None = Field(description="O que o provedor diz; vazio se nada disse.")
    here_cents: int | None = Field(description="O que está registrado aqui.")
    posted_cents: int | None = Field(description="O que está no razão.")
    reason: str = Field(description="A explicação de quem a deu.")
    happened_at: datetime
    opened_at: datetime
    checked_at: datetime
    resolved_at: datetime | None


class DifferenceListOut(ListOut):
    """Uma página de diferenças."""

    data: list[DifferenceOut]


class DifferenceQuery(ListQuery):
    state: DifferenceState | None = Field(None, description="Só neste estado.")
    kind: DifferenceKind | None = Field(None, description="Só deste tipo.")


class PayoutOut(Schema):
    """Dinheiro que um provedor mandou ao banco da empresa."""

    object: Literal["payout"]
    id: UUID
    account_id: UUID
    external_id: str = Field(description="O nome no provedor.")
    status: PayoutStatus
    amount_cents: int = Field(examples=[128_450])
    parts_cents: int | None = Field(
        description="A soma dos movimentos que o compõem; vazia se o provedor não os diz."
    )
    currency: str = Field(examples=["BRL"])
    made_at: datetime
    arrives_on: date
    matched_at: datetime | None = Field(description="Desde quando uma linha do extrato é ele.")


class PayoutListOut(ListOut):
    """Uma página de repasses."""

    data: list[PayoutOut]


class PayoutQuery(ListQuery):
    status: PayoutStatus | None = Field(None, description="Só neste estado.")


class BankTransactionOut(Schema):
    """Uma linha do extrato do banco."""

    object: Literal["bank_transaction"]
    id: UUID
    bank_account_id: UUID
    code: str = Field(description="O nosso nome para ela, único na empresa.")
    posted_on: date
    amount_cents: int = Field(description="Acima de zero entrou, abaixo saiu.")
    currency: str = Field(examples=["BRL"])
    memo: str
    document: str
    matched_as: MatchKind | None = Field(description="O que ela é, se alguém já disse.")
    matched_parts: int = Field(
        description="De quantas coisas ela é a soma; mais de uma se o banco as juntou."
    )
    matched_at: datetime | None


class BankTransactionListOut(ListOut):
    """Uma página do extrato."""

    data: list[BankTransactionOut]


class BankTransactionQuery(ListQuery):
    matched: bool | None = Field(None, description="Só as que alguém ligou, ou só as outras.")


@router.get(
    "/reconciliation/differences",
    response=DifferenceListOut,
    operation_id="listReconciliationDifferences",
    summary="Listar diferenças da conciliação",
)
@requires(may.READ)
def list_differences(request: Request, asked: Query[DifferenceQuery]) -> Answer:
    """As diferenças, da mais nova para a mais antiga. Cada uma fecha sozinha quando deixa de existir."""
    return Answer(records.difference_rows(asked.window(), state=asked.state, kind=asked.kind))


@router.get(
    "/payouts",
    response=PayoutListOut,
    operation_id="listPayouts",
    summary="Listar repasses",
)
@requires(may.READ)
def list_payouts(request: Request, asked: Query[PayoutQuery]) -> Answer:
    """O que os provedores mandaram ao banco, do mais novo para o mais antigo."""
    return Answer(records.payout_rows(asked.window(), status=asked.status))


@router.get(
    "/bank-transactions",
    response=BankTransactionListOut,
    operation_id="listBankTransactions",
    summary="Listar linhas do extrato do banco",
)
@requires(may.READ)
def list_bank_transactions(request: Request, asked: Query[BankTransactionQuery]) -> Answer:
    """As linhas dos extratos enviados, da última que entrou para a primeira."""
    return Answer(records.line_rows(asked.window(), matched=asked.matched))
