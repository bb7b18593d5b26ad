"""Stripe's objects, in the shape of API version 2026-10-28."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from alicerce.kernel.ids import uuid7

API_VERSION = "2026-10-28.endive"

Json = dict[str, Any]


def new_id(prefix: str) -> str:
    """Ids sort in the order of creation, which is how lists are paged."""
    return f"{prefix}_{uuid7().hex}"


def seconds(at: datetime) -> int:
    return int(at.timestamp())


def new_session(params: Mapping[str, Any], *, url: str, at: datetime, livemode: bool) -> Json:
    session_id = new_id("cs_live" if livemode else "cs_test")
    lines = params.get("line_items", ())
    total = sum(int(x["price_data"]["unit_amount"]) * int(x["quantity"]) for x in lines)
    sells = params["mode"] != "setup"
    default_expiry = seconds(at + timedelta(days=1))
    return {
        "id": session_id,
        "object": "checkout.session",
        "amount_subtotal": total if sells else None,
        "amount_total": total if sells else None,
        "automatic_tax": {
            "enabled": False,
            "liability": None,
            "provider": None,
            "status": None,
        },
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "created": seconds(at),
        "currency": lines[0]["price_data"]["currency"] if sells else None,
        "custom_fields": [],
        "customer": params.get("customer"),
        "customer_details": None,
        "customer_email": params.get("customer_email"),
        "expires_at": int(params.get("expires_at", default_expiry)),
        "invoice": None,
        "livemode": livemode,
        "locale": params.get("locale"),
        "metadata": params.get("metadata", {}),
        "mode": params["mode"],
        "payment_intent": None,
        "payment_link": None,
        "payment_method_options": params.get("payment_method_options", {}),
        "payment_method_types": params.get("payment_method_types", ["card"]),
        "payment_status": "unpaid" if sells else "no_payment_required",
        "setup_intent": None,
        "shipping_options": [],
        "status": "open",
        "submit_type": None,
        "subscription": None,
        "success_url": params["success_url"],
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted",
        "url": f"{url}/pay/{session_id}",
    }


def new_customer(email: str | None, *, at: datetime, livemode: bool) -> Json:
    return {
        "id": new_id("cus"),
        "object": "customer",
        "address": None,
        "balance": 0,
        "created": seconds(at),
        "currency": None,
        "delinquent": False,
        "email": email,
        "livemode": livemode,
        "metadata": {},
        "name": None,
    }


def new_intent(
    amount: int,
    *,
    currency: str,
    customer: str | None,
    metadata: Json,
    at: datetime,
    livemode: bool,
) -> Json:
    """A payment that its payer has confirmed and the bank has not answered yet."""
    intent_id = new_id("pi")
    return {
        "id": intent_id,
        "object": "payment_intent",
        "amount": amount,
        "amount_capturable": 0,
        "amount_received": 0,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic",
        "client_secret": f"{intent_id}_secret_simulated",
        "confirmation_method": "automatic",
        "created": seconds(at),
        "currency": currency,
        "customer": customer,
        "description": None,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": livemode,
        "metadata": metadata,
        "next_action": None,
        "payment_method": new_id("pm"),
        "payment_method_options": {},
        "payment_method_types": ["card"],
        "receipt_email": None,
        "status": "processing",
    }


def new_payment_method(
    customer: str, *, brand: str, last4: str, at: datetime, livemode: bool
) -> Json:
    """A card kept for a customer: good for three years."""
    card_id = new_id("pm")
    return {
        "id": card_id,
        "object": "payment_method",
        "allow_redisplay": "always",
        "card": {
            "brand": brand,
            "checks": {
                "address_line1_check": None,
                "address_postal_code_check": None,
                "cvc_check": "pass",
            },
            "country": "BR",
            "display_brand": brand,
            "exp_month": at.month,
            "exp_year": at.year + 3,
            "fingerprint": f"{brand}{last4}",
            "funding": "credit",
            "last4": last4,
            "three_d_secure_usage": {"supported": True},
        },
        "created": seconds(at),
        "customer": customer,
        "livemode": livemode,
        "metadata": {},
        "type": "card",
    }


def new_setup_intent(session: Json, card: Json, *, metadata: Json, at: datetime) -> Json:
    """What a page that keeps a card leaves behind."""
    return {
        "id": new_id("seti"),
        "object": "setup_intent",
        "created": seconds(at),
        "customer": session["customer"],
        "livemode": session["livemode"],
        "metadata": metadata,
        "payment_method": card["id"],
        "payment_method_types": ["card"],
        "status": "succeeded",
        "usage": "off_session",
    }


def new_portal(params: Mapping[str, Any], *, url: str, at: datetime, livemode: bool) -> Json:
    portal_id = new_id("bps")
    return {
        "id": portal_id,
        "object": "billing_portal.session",
        "configuration": new_id("bpc"),
        "created": seconds(at),
        "customer": params["customer"],
        "livemode": livemode,
        "locale": params.get("locale"),
        "return_url": params.get("return_url"),
        "url": f"{url}/portal/{params['customer']}",
    }


def new_event(kind: str, about: Json, *, at: datetime, livemode: bool = False) -> Json:
    """Some objects do not say of themselves whether they are real."""
    return {
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": seconds(at),
        "data": {"object": about},
        "livemode": about.get("livemode", livemode),
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }


def new_endpoint(
    params: Mapping[str, Any], *, secret: str, at: datetime, livemode: bool
) -> Json:
    return {
        "id": new_id("we"),
        "object": "webhook_endpoint",
        "api_version": params.get("api_version"),
        "application": None,
        "created": seconds(at),
        "description": params.get("description"),
        "enabled_events": params["enabled_events"],
        "livemode": livemode,
        "metadata": params.get("metadata", {}),
        "secret": secret,
        "status": "enabled",
        "url": params["url"],
    }


def listed(items: list[Json], url: str, *, has_more: bool = False) -> Json:
    return {"object": "list", "data": items, "has_more": has_more, "url": url}
