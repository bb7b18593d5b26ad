"""The endpoints about where a company is paid, and what the platform keeps of it. People connect; programs read."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.billing import permissions as may
from alicerce.apps.billing.queries.payment_accounts import (
    payment_account_row,
    payment_account_rows,
)
from alicerce.apps.billing.queries.platform_fees import platform_fee_rows
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.billing.types.connecting import MerchantState
from alicerce.kernel.access import Request, requires
from alicerce.kernel.rest.answers import Answer, Slice
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.routing import Endpoints

router = Endpoints(tags=["Payment accounts"])


class ConnectOut(Schema):
    """A conta da empresa na Stripe, sob a da plataforma (Stripe Connect)."""

    id: UUID = Field(description="O mesmo do evento `merchant.changed`.")
    external_id: str = Field(description="O nome na Stripe.", examples=["acct_1QkYZ2EXAMPLE"])
    status: MerchantState
    charges_enabled: bool = Field(description="A Stripe deixa a conta cobrar.")
    payouts_enabled: bool = Field(description="A Stripe repassa ao banco o que ela recebe.")
    requirements_due: list[str] = Field(
        description="O que o titular ainda deve dizer à Stripe, pelos códigos dela."
    )
    requirements_due_by: datetime | None = Field(
        description="Até quando; depois, a Stripe pode parar a conta."
    )
    disabled_reason: str | None = Field(
        description="Por que a conta não cobra, no código da Stripe."
    )
    since: datetime | None = Field(description="Desde quando está assim.")
    checked_at: datetime | None = Field(
        description="Quando a Stripe foi perguntada por último."
    )
    disconnected_by: Literal["company", "owner"] | None = Field(
        description="`company`: a empresa a desligou aqui. `owner`: o titular tirou o acesso na Stripe."
    )
    fee_basis_points: int = Field(
        description="A tarifa da plataforma em cada pagamento, em centésimos de 1%.",
        examples=[250],
    )
    fee_fixed_cents: int = Field(
        description="O que se soma a ela em pagamentos em reais.", examples=[40]
    )
    gives_fee_back: bool = Field(
        description="Em um estorno, a tarifa volta na mesma proporção."
    )


class PaymentAccountOut(Schema):
    """Uma conta por onde a empresa é paga."""

    object: Literal["payment_account"]
    id: UUID
    kind: GatewayKind
    name: str = Field(examples=["Stripe Connect 1a2b3c"])
    livemode: bool = Field(description="Dinheiro de verdade.")
    enabled: bool = Field(description="Cobranças novas são feitas por ela.")
    connected_at: datetime
    read_until: datetime = Field(description="Até quando o provedor foi lido.")
    connect: ConnectOut | None = Field(
        description="Só das contas abertas pela plataforma; nulo nas que a empresa trouxe."
    )


class PaymentAccountListOut(ListOut):
    """As contas por onde a empresa é paga."""

    data: list[PaymentAccountOut]


class PlatformFeeOut(Schema):
    """O que a plataforma reteve de um pagamento, ou devolveu com um estorno."""

    object: Literal["platform_fee"]
    id: UUID
    account_id: UUID
    payment_id: UUID
    invoice_id: UUID | None
    external_id: str = Field(
        description="O movimento no saldo da Stripe.", examples=["txn_1QkYZ2EXAMPLE"]
    )
    refund_reference: str = Field(
        description="O estorno com que voltou; vazio no que foi retido.", examples=[""]
    )
    amount_cents: int = Field(
        description="Acima de zero foi retido, abaixo voltou.", examples=[165]
    )
    currency: str = Field(examples=["BRL"])
    happened_at: datetime


class PlatformFeeListOut(ListOut):
    """Uma página de tarifas da plataforma."""

    data: list[PlatformFeeOut]


class PlatformFeeQuery(ListQuery):
    account_id: UUID | None = Field(None, description="Só desta conta.")
    payment_id: UUID | None = Field(None, description="Só deste pagamento.")
    invoice_id: UUID | None = Field(None, description="Só dos pagamentos desta fatura.")


@router.get(
    "/payment-accounts",
    response=PaymentAccountListOut,
    operation_id="listPaymentAccounts",
    summary="Listar contas de recebimento",
)
@requires(may.READ)
def list_payment_accounts(request: Request, asked: Query[ListQuery]) -> Answer:
    """Todas, na ordem em que foram ligadas: são poucas, em uma página só."""
    return Answer(Slice(payment_account_rows(), None))


@router.get(
    "/payment-accounts/{uuid:account_id}",
    response=PaymentAccountOut,
    operation_id="getPaymentAccount",
    summary="Mostrar uma conta de recebimento",
)
@requires(may.READ)
def get_payment_account(request: Request, account_id: UUID) -> Answer:
    """Uma conta e o que o provedor diz dela: se cobra, se repassa, o que falta e desde quando."""
    return Answer(payment_account_row(account_id))


@router.get(
    "/platform-fees",
    response=PlatformFeeListOut,
    operation_id="listPlatformFees",
    summary="Listar tarifas da plataforma",
)
@requires(may.READ)
def list_platform_fees(request: Request, asked: Query[PlatformFeeQuery]) -> Answer:
    """O que a plataforma reteve de cada pagamento e o que voltou com estornos, do mais novo ao mais antigo."""
    rows = platform_fee_rows(
        asked.window(),
        account_id=asked.account_id,
        payment_id=asked.payment_id,
        payment__invoice_id=asked.invoice_id,
    )
    return Answer(rows)
