"""The endpoints by which programs ask for corrections. People carry them out."""

from uuid import UUID

from ninja import Query

from alicerce.apps.corrections import permissions as may
from alicerce.apps.corrections.api.schemas import (
    CorrectionIn,
    CorrectionListOut,
    CorrectionOut,
    CorrectionsQuery,
)
from alicerce.apps.corrections.queries import records
from alicerce.apps.corrections.services.ask import cancel_correction, request_correction
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.rest.answers import Answer, accepted
from alicerce.kernel.rest.routing import Endpoints, expanding, refusing

router = Endpoints(tags=["Corrections"])


@router.post(
    "/corrections",
    response={202: CorrectionOut},
    operation_id="requestCorrection",
    summary="Pedir uma correção",
)
@requires(may.REQUEST)
@refusing(
    *((404, code) for code in ("no_such_invoice", "no_such_payment", "no_such_customer")),
    (409, "already_requested"),
    (409, "too_many_corrections"),
    (409, "invoice_not_open"),
    (409, "not_creditable"),
    (409, "not_refundable"),
    (409, "refund_of_two"),
    (409, "not_enough_balance"),
    (409, "reference_used"),
    (409, "refund_too_late"),
    (409, "refund_under_way"),
    (409, "invoice_disputed"),
    (422, "boleto_not_refunded"),
    (422, "more_than_remains"),
    (422, "not_received_yet"),
    (422, "reference_needed"),
    (422, "reference_useless"),
)
def post_correction(request: Request, asked: CorrectionIn) -> Answer:
    """Confere pelas regras da página e diz, ao centavo, o que faria; uma pessoa aprova em até sete dias."""
    correction_id = request_correction(wanted=asked.wanted(), at=now())
    row = records.correction_record(correction_id)
    return accepted(row, location=f"/v1/corrections/{correction_id}")


@router.get(
    "/corrections",
    response=CorrectionListOut,
    operation_id="listCorrections",
    summary="Listar correções pedidas",
)
@requires("billing:read")
@expanding("customer", "invoice")
def list_corrections(request: Request, asked: Query[CorrectionsQuery]) -> Answer:
    """As correções pedidas, da mais nova para a mais antiga."""
    rows = records.correction_rows(
        asked.window(),
        state=asked.state,
        invoice_id=asked.invoice_id,
        customer_id=asked.customer_id,
    )
    return Answer(rows)


@router.get(
    "/corrections/{uuid:correction_id}",
    response=CorrectionOut,
    operation_id="getCorrection",
    summary="Mostrar uma correção pedida",
)
@requires("billing:read")
@expanding("customer", "invoice")
def get_correction(request: Request, correction_id: UUID) -> Answer:
    """Uma correção pedida, e o que foi feito dela."""
    return Answer(records.correction_record(correction_id))


@router.post(
    "/corrections/{uuid:correction_id}/cancel",
    response=CorrectionOut,
    operation_id="cancelCorrection",
    summary="Retirar uma correção pedida",
)
@requires(may.REQUEST)
@refusing((404, "no_such_correction"), (409, "correction_is_over"))
def post_cancel(request: Request, correction_id: UUID) -> Answer:
    """Ninguém mais a aprova. O que já foi decidido não volta atrás."""
    cancel_correction(correction_id=correction_id, at=now())
    return Answer(records.correction_record(correction_id))
