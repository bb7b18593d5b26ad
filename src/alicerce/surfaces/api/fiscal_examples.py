"""Tax documents, as the document shows them."""

from collections.abc import Mapping

from alicerce.surfaces.api.samples import CUSTOMER, INVOICE, Example, a_list

DOCUMENT = "0190a5d2-7c40-7e21-9f00-4b6a3c2d1e0f"
KEY = "35503082212345678000195000000000000126090000000010"
fiscal_document: Example = {
    "object": "fiscal_document",
    "id": DOCUMENT,
    "invoice_id": INVOICE,
    "customer_id": CUSTOMER,
    "status": "authorized",
    "environment": "1",
    "series": "1",
    "number": 42,
    "dps_id": "DPS355030821234567800019500001000000000000042",
    "note_number": "118",
    "access_key": KEY,
    "amount_cents": 4990,
    "currency": "BRL",
    "code": "",
    "reason": "",
    "replaces_id": None,
    "queued_at": "2026-11-23T12:00:00Z",
    "authorized_at": "2026-11-23T12:00:04Z",
    "ended_at": None,
}

RESPONSES: Mapping[str, Example] = {
    "listFiscalDocuments": a_list(fiscal_document, "fiscal-documents"),
    "getFiscalDocument": fiscal_document,
}
