"""The ladder, as the document shows it."""

from collections.abc import Mapping

from alicerce.surfaces.api.samples import CUSTOMER, INVOICE, Example

dunning_ladder: Example = {
    "object": "dunning_ladder",
    "id": None,
    "name": "Padrão",
    "version": 0,
    "opens": 8,
    "closes": 20,
    "on_business_days": True,
    "notice_hours": 24,
    "steps": [
        {"step": "letter-3", "offset_days": -3, "kind": "reminder"},
        {"step": "letter1", "offset_days": 1, "kind": "reminder"},
        {"step": "suspend_web", "offset_days": 5, "kind": "suspend_web"},
    ],
}
invoice_dunning: Example = {
    "object": "invoice_dunning",
    "invoice_id": INVOICE,
    "customer_id": CUSTOMER,
    "due_on": "2026-11-23",
    "overdue_at": "2026-11-24T03:00:00Z",
    "ended_at": None,
    "ladder": "Padrão",
    "version": 0,
    "taken": [
        {
            "step": "letter1",
            "offset_days": 1,
            "kind": "reminder",
            "outcome": "done",
            "at": "2026-11-24T11:00:00Z",
        }
    ],
    "coming": [
        {
            "step": "suspend_web",
            "offset_days": 5,
            "kind": "suspend_web",
            "at": "2026-11-30T11:00:00Z",
        }
    ],
}

RESPONSES: Mapping[str, Example] = {
    "getDunningLadder": dunning_ladder,
    "getInvoiceDunning": invoice_dunning,
}
