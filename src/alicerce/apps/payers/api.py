"""The endpoints about what a company pays the platform: its products, and its account's invoices and payments."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.catalog.types import Cycle
from alicerce.apps.payers import permissions as may
from alicerce.apps.payers.queries import records
from alicerce.apps.tenancy.types import PaymentStatus, ProductKey
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.listing import MADE, NEWEST, ListOut, ListQuery
from alicerce.kernel.rest.routing import Endpoints, refusing

router = Endpoints(tags=["Platform"])
State = Literal["offered", "awaiting_payment", "included", "sold"]
InvoiceState = Literal["open", "paid", "void", "uncollectible", "disputed", "charged_back"]
NONE, OTHERS = (404, "no_billing_account"), (403, "not_your_account")


class PlatformAccountOut(Schema):
    """A conta de cobrança que paga a plataforma por esta empresa."""

    object: Literal["platform_account"]
    id: UUID
    name: str
    payment_status: PaymentStatus
    suspended_at: datetime | None
    owed_since: date | None = Field(description="O vencimento mais antigo que não foi pago.")


class PlatformOfferOut(Schema):
    """Um preço pelo qual o produto é vendido."""

    price_id: UUID
    plan: str
    cycle: Cycle
    amount_cents: int = Field(description="A cada período, antes de impostos.")
    setup_cents: int
    currency: str
    trial_days: int
    limits: dict[str, int] = Field(description="Até quantos; o que falta não tem limite.")


class PlatformSaleOut(Schema):
    """O que se paga por um produto."""

    plan: str
    cycle: Cycle
    amount_cents: int
    currency: str
    paid_until: date | None = Field(description="O último dia já faturado.")
    ends_on: date | None = Field(description="O primeiro dia em que não se tem mais.")


class PlatformProductOut(Schema):
    """Um produto da plataforma, como está para esta empresa."""

    object: Literal["platform_product"]
    product: ProductKey
    state: State
    sale: PlatformSaleOut | None
    offers: list[PlatformOfferOut]


class PlatformProductListOut(ListOut):
    """Os produtos da plataforma."""

    data: list[PlatformProductOut]


class PlatformInvoiceOut(Schema):
    """Uma fatura da conta, emitida pela plataforma."""

    object: Literal["platform_invoice"]
    id: UUID
    number: str
    status: InvoiceState
    total_cents: int
    paid_cents: int
    remaining_cents: int
    currency: str
    due_on: date
    opened_at: datetime
    paid_at: datetime | None
    url: str = Field(description="Onde se vê e se paga.")


class PlatformLineOut(Schema):
    """Uma linha da fatura."""

    description: str
    quantity: int
    unit_cents: int
    total_cents: int


class PlatformInvoiceDetailOut(PlatformInvoiceOut):
    """Uma fatura da conta, com as suas linhas."""

    lines: list[PlatformLineOut]


class PlatformInvoiceListOut(ListOut):
    """Uma página de faturas da conta."""

    data: list[PlatformInvoiceOut]


class PlatformPaymentOut(Schema):
    """Um pagamento da conta à plataforma."""

    object: Literal["platform_payment"]
    id: UUID
    platform_invoice_id: UUID | None
    method: str = Field(examples=["pix"])
    amount_cents: int
    currency: str
    received_at: datetime


class PlatformPaymentListOut(ListOut):
    """Uma página de pagamentos da conta."""

    data: list[PlatformPaymentOut]


class PlatformInvoiceQuery(ListQuery):
    orders = {**MADE, "due_on": ("due_on", "id")}

    sort: Literal["-created_at", "created_at", "due_on", "-due_on"] = Field(  # type: ignore[assignment]
        NEWEST, description="As mais novas primeiro (`-created_at`), ou por vencimento."
    )
    status: InvoiceState | None = Field(None, description="Só neste estado.")


@router.get(
    "/platform/account",
    response=PlatformAccountOut,
    operation_id="getPlatformAccount",
    summary="Mostrar quem paga a plataforma",
)
@requires(may.READ)
@refusing(NONE)
def get_account(request: Request) -> Answer:
    """A conta de cobrança que paga por esta empresa, e se deve alguma coisa."""
    return Answer(records.account_record(current_tenant_id(), at=now()))


@router.get(
    "/platform/products",
    response=PlatformProductListOut,
    operation_id="listPlatformProducts",
    summary="Listar produtos da plataforma",
)
@requires(may.READ)
@refusing(NONE)
def list_products(request: Request) -> Answer:
    """O que a plataforma vende, o que a empresa tem, e por quanto. Compra-se pelas páginas."""
    return Answer(records.product_records(current_tenant_id()))


@router.get(
    "/platform/invoices",
    response=PlatformInvoiceListOut,
    operation_id="listPlatformInvoices",
    summary="Listar faturas da conta",
)
@requires(may.READ)
@refusing(NONE, OTHERS)
def list_invoices(request: Request, asked: Query[PlatformInvoiceQuery]) -> Answer:
    """As faturas da conta de cobrança, para chaves de quem responde por ela."""
    customer_id = records.answering(current_tenant_id(), user_id=_maker(request))
    rows = records.invoice_rows(asked.window(), customer_id=customer_id, status=asked.status)
    return Answer(rows)


@router.get(
    "/platform/invoices/{uuid:platform_invoice_id}",
    response=PlatformInvoiceDetailOut,
    operation_id="getPlatformInvoice",
    summary="Mostrar uma fatura da conta",
)
@requires(may.READ)
@refusing(NONE, OTHERS)
def get_invoice(request: Request, platform_invoice_id: UUID) -> Answer:
    """Uma fatura da conta e as suas linhas."""
    customer_id = records.answering(current_tenant_id(), user_id=_maker(request))
    return Answer(records.invoice_record(platform_invoice_id, customer_id=customer_id))


@router.get(
    "/platform/payments",
    response=PlatformPaymentListOut,
    operation_id="listPlatformPayments",
    summary="Listar pagamentos da conta",
)
@requires(may.READ)
@refusing(NONE, OTHERS)
def list_payments(request: Request, asked: Query[ListQuery]) -> Answer:
    """O que a conta pagou à plataforma."""
    customer_id = records.answering(current_tenant_id(), user_id=_maker(request))
    return Answer(records.payment_rows(asked.window(), customer_id=customer_id))


def _maker(request: Request) -> UUID:
    """Whose key it is, or who installed the app."""
    maker: UUID = request.admission.made_by  # type: ignore[attr-defined]
    return maker
