"""The endpoints about disputes: read, answered once, accepted."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Query, Schema

from alicerce.apps.disputes import permissions as may
from alicerce.apps.disputes.queries import records
from alicerce.apps.disputes.services.answer_dispute import (
    accept_dispute,
    save_draft,
    submit_evidence,
)
from alicerce.apps.disputes.types import (
    LONGEST_TEXT,
    AnswerKind,
    AnswerState,
    DisputeKind,
    DisputeStatus,
)
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.listing import ListOut, ListQuery
from alicerce.kernel.rest.routing import Endpoints, Input, expanding, refusing

router = Endpoints(tags=["Disputes"])

REFUSALS = (
    (404, "no_such_dispute"),
    (409, "dispute_not_answerable"),
    (409, "dispute_answered"),
)


class DisputeAnswerOut(Schema):
    """O que se respondeu, e se chegou ao banco."""

    kind: AnswerKind
    state: AnswerState
    begun_at: datetime
    ended_at: datetime | None


class DisputeOut(Schema):
    """Um pagamento contestado: no banco de um cartão, ou pelo MED do Pix."""

    object: Literal["dispute"]
    id: UUID
    kind: DisputeKind
    status: DisputeStatus
    reason: str = Field(description="Com as palavras do provedor.", examples=["fraudulent"])
    external_id: str = Field(description="O nome dela no provedor.")
    payment_id: UUID | None
    invoice_id: UUID | None
    customer_id: UUID | None
    amount_cents: int = Field(examples=[4990])
    taken_cents: int = Field(description="O que o provedor retirou.", examples=[4990])
    returned_cents: int = Field(description="O que voltou.", examples=[0])
    fee_cents: int = Field(description="O que a disputa custou.", examples=[5500])
    currency: str = Field(examples=["BRL"])
    opened_at: datetime
    respond_by: datetime | None = Field(description="Até quando se responde.")
    closed_at: datetime | None
    answer: DisputeAnswerOut | None


class DisputeDetailOut(DisputeOut):
    """Uma disputa com as provas, em rascunho ou enviadas."""

    evidence: dict[str, str]


class DisputeListOut(ListOut):
    """Uma página de disputas."""

    data: list[DisputeOut]


class DisputeQuery(ListQuery):
    status: DisputeStatus | None = Field(None, description="Só neste estado.")
    kind: DisputeKind | None = Field(None, description="Só deste tipo.")
    customer_id: UUID | None = Field(None, description="Só deste cliente.")
    invoice_id: UUID | None = Field(None, description="Só desta fatura.")


class EvidenceIn(Input):
    """As provas, no lugar das que estavam em rascunho. O que fica vazio não vai."""

    product_description: str = Field("", max_length=LONGEST_TEXT)
    customer_name: str = Field("", max_length=LONGEST_TEXT)
    customer_email_address: str = Field("", max_length=LONGEST_TEXT)
    customer_purchase_ip: str = Field("", max_length=LONGEST_TEXT)
    billing_address: str = Field("", max_length=LONGEST_TEXT)
    service_date: str = Field("", max_length=LONGEST_TEXT)
    access_activity_log: str = Field("", max_length=LONGEST_TEXT)
    refund_policy_disclosure: str = Field("", max_length=LONGEST_TEXT)
    refund_refusal_explanation: str = Field("", max_length=LONGEST_TEXT)
    cancellation_policy_disclosure: str = Field("", max_length=LONGEST_TEXT)
    cancellation_rebuttal: str = Field("", max_length=LONGEST_TEXT)
    duplicate_charge_explanation: str = Field("", max_length=LONGEST_TEXT)
    uncategorized_text: str = Field("", max_length=LONGEST_TEXT)
    submit: bool = Field(
        False,
        description="Se vão ao banco agora, de uma vez por todas; senão, ficam guardadas.",
    )


@router.get(
    "/disputes",
    response=DisputeListOut,
    operation_id="listDisputes",
    summary="Listar disputas",
)
@requires(may.READ)
@expanding("customer", "invoice")
def list_disputes(request: Request, asked: Query[DisputeQuery]) -> Answer:
    """As disputas, da mais nova para a mais antiga."""
    rows = records.dispute_rows(
        asked.window(),
        status=asked.status,
        kind=asked.kind,
        customer_id=asked.customer_id,
        invoice_id=asked.invoice_id,
    )
    return Answer(rows)


@router.get(
    "/disputes/{uuid:dispute_id}",
    response=DisputeDetailOut,
    operation_id="getDispute",
    summary="Mostrar uma disputa",
)
@requires(may.READ)
@expanding("customer", "invoice")
def get_dispute(request: Request, dispute_id: UUID) -> Answer:
    """Uma disputa, o que se respondeu e as provas."""
    return Answer(records.dispute_record(dispute_id))


@router.post(
    "/disputes/{uuid:dispute_id}/evidence",
    response=DisputeDetailOut,
    operation_id="submitDisputeEvidence",
    summary="Guardar ou enviar provas",
)
@requires(may.ANSWER)
@refusing(*REFUSALS, (422, "nothing_to_say"), (422, "too_much_said"))
def submit_dispute_evidence(request: Request, dispute_id: UUID, said: EvidenceIn) -> Answer:
    """Enviadas, as provas não mudam mais: o provedor só as recebe uma vez. Um MED se responde no banco."""
    at = now()
    save_draft(dispute_id=dispute_id, texts=said.dict(exclude={"submit"}), at=at)
    if said.submit:
        submit_evidence(dispute_id=dispute_id, at=at)
    return Answer(records.dispute_record(dispute_id))


@router.post(
    "/disputes/{uuid:dispute_id}/accept",
    response=DisputeDetailOut,
    operation_id="acceptDispute",
    summary="Aceitar uma disputa",
)
@requires(may.ANSWER)
@refusing(*REFUSALS)
def accept(request: Request, dispute_id: UUID) -> Answer:
    """O valor fica com quem contestou. Não tem volta."""
    accept_dispute(dispute_id=dispute_id, at=now())
    return Answer(records.dispute_record(dispute_id))
