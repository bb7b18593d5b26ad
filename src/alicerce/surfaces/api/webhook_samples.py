"""One of each of what tells other programs what happened, as the document shows them."""

from alicerce.surfaces.api.samples import (
    CUSTOMER,
    DELIVERY,
    EVENT,
    INVOICE,
    NOON,
    ORDER,
    WEBHOOK,
    Example,
)

webhook: Example = {
    "object": "webhook",
    "id": WEBHOOK,
    "url": "https://exemplo.com.br/webhooks",
    "description": "ERP",
    "types": ["invoice.*", "order.completed"],
    "is_ordered": False,
    "disabled": "",
    "created_at": NOON,
}
webhook_secret: Example = {**webhook, "secret": "whsec_EXEMPLO-mostrado-uma-vez"}
paid: Example = {
    "invoice_id": INVOICE,
    "order_id": ORDER,
    "customer_id": CUSTOMER,
    "method": "pix",
    "total_cents": 2990,
    "currency": "BRL",
}
event: Example = {
    "object": "event",
    "id": EVENT,
    "type": "invoice.paid",
    "version": 1,
    "at": NOON,
    "data": paid,
}
event_type: Example = {
    "object": "event_type",
    "type": "invoice.paid",
    "version": 1,
    "description": "Uma fatura foi paga por inteiro.",
    "sample": {"type": "invoice.paid", "version": 1, "timestamp": NOON, "data": paid},
}
delivery: Example = {
    "object": "delivery",
    "id": DELIVERY,
    "endpoint_id": WEBHOOK,
    "event_id": EVENT,
    "type": "invoice.paid",
    "status": "pending",
    "attempts": 1,
    "next_at": NOON,
    "answered": 503,
    "error": "",
    "delivered_at": None,
    "created_at": NOON,
}
delivery_detail: Example = {
    **delivery,
    "history": [
        {
            "number": 1,
            "at": NOON,
            "status": 503,
            "milliseconds": 42,
            "error": "",
            "answer": "Service Unavailable",
        }
    ],
}
