"""Forecasts, as the document shows them."""

from collections.abc import Mapping

from alicerce.surfaces.api.samples import CUSTOMER, Example, a_list

FORECAST, ROW, PLAN = (
    "0199a000-6f2b-7d3a-9c1e-1f2a3b4c5d6e",
    "0199a001-0a1b-7c2d-8e3f-4a5b6c7d8e9f",
    "0199a002-1b2c-7d3e-8f4a-5b6c7d8e9f0a",
)
SUBSCRIPTION = "0199a003-2c3d-7e4f-8a5b-6c7d8e9f0a1b"
forecast: Example = {
    "object": "forecast",
    "id": FORECAST,
    "state": "running",
    "months": 12,
    "assumption": "due",
    "changes": ["price"],
    "begins_at": "2026-11-30T12:00:00Z",
    "until": "2027-11-30",
    "created_at": "2026-11-30T12:00:00Z",
    "finished_at": None,
    "customers": 0,
    "total": 12480,
    "invoices": 0,
    "happenings": 0,
    "sums": [],
}
ready: Example = {
    **forecast,
    "state": "ready",
    "finished_at": "2026-11-30T12:09:40Z",
    "customers": 12480,
    "invoices": 214880,
    "happenings": 1288310,
    "sums": [
        {
            "month": "2026-12-01",
            "measure": "invoices",
            "currency": "BRL",
            "base_count": 17906,
            "base_cents": 53538940,
            "changed_count": 17906,
            "changed_cents": 58892834,
        }
    ],
}
invoice: Example = {
    "object": "forecast_invoice",
    "id": ROW,
    "side": "changed",
    "customer_id": CUSTOMER,
    "ref": "20261224BRL",
    "invoice_id": None,
    "issued_on": "2026-12-24",
    "due_on": "2026-12-31",
    "paid_on": "2026-12-31",
    "currency": "BRL",
    "total_cents": 3289,
    "tax_cents": 0,
    "withheld_cents": 0,
    "lines": [
        {
            "description": "Hospedagem Essencial",
            "quantity": 1,
            "unit_cents": 3289,
            "kind": "plan",
            "subscription_id": SUBSCRIPTION,
            "starts_on": "2026-12-31",
            "ends_on": "2027-01-31",
        }
    ],
}
happening: Example = {
    "object": "forecast_happening",
    "id": ROW,
    "side": "both",
    "customer_id": CUSTOMER,
    "at": "2026-12-24T11:00:00Z",
    "kind": "mail",
    "what": "dunning_invoice",
    "step": "letter-7",
    "ref": "20261224BRL",
    "subscription_id": None,
    "cents": 0,
    "currency": "",
}

REQUESTS: Mapping[str, Example] = {
    "createForecast": {
        "months": 12,
        "assumption": "due",
        "what_if": {
            "price": {"plan_id": PLAN, "since": "2026-12-01", "percent_bp": 1000},
        },
    }
}
RESPONSES: Mapping[str, Example] = {
    "createForecast": forecast,
    "cancelForecast": {**forecast, "state": "canceled", "finished_at": "2026-11-30T12:01:00Z"},
    "getForecast": ready,
    "listForecasts": a_list(forecast, "/v1/forecasts"),
    "listForecastInvoices": a_list(invoice, f"/v1/forecasts/{FORECAST}/invoices"),
    "listForecastHappenings": a_list(happening, f"/v1/forecasts/{FORECAST}/happenings"),
}
