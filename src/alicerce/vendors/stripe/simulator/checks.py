"""What Stripe accepts in the requests we make, each rule with its complaint."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from alicerce.vendors.stripe.disputes import (
    EVIDENCE_FIELDS,
    LONGEST_EVIDENCE,
    LONGEST_FIELD,
)
from alicerce.vendors.stripe.simulator.boleto import check_boleto
from alicerce.vendors.stripe.simulator.problems import (
    bad_parameter,
    missing_parameter,
    unknown_parameter,
)

SESSION_PARAMS = frozenset(
    [
        "mode",
        "line_items",
        "currency",
        "customer",
        "customer_creation",
        "customer_email",
        "client_reference_id",
        "success_url",
        "cancel_url",
        "metadata",
        "payment_intent_data",
        "setup_intent_data",
        "subscription_data",
        "expires_at",
        "locale",
        "payment_method_options",
        "payment_method_types",
        "expand",
    ]
)
CHARGE_PARAMS = frozenset(
    [
        "amount",
        "application_fee_amount",
        "confirm",
        "currency",
        "customer",
        "description",
        "metadata",
        "off_session",
        "payment_method",
        "payment_method_types",
        "expand",
    ]
)
LIST_PARAMS = frozenset({"limit", "starting_after", "ending_before", "created", "expand"})
REFUND_PARAMS = frozenset(
    [
        "payment_intent",
        "charge",
        "amount",
        "reason",
        "metadata",
        "refund_application_fee",
        "expand",
    ]
)
REFUND_REASONS = {"duplicate", "fraudulent", "requested_by_customer"}
CHILDREN = {
    "payment": "payment_intent_data",
    "subscription": "subscription_data",
    "setup": "setup_intent_data",
}
"""What a session of each mode gives rise to, and may say of it."""
INTERVALS = {"day", "week", "month", "year"}
LOCALES = {"auto", "en", "pt", "pt-BR", "es", "es-419"}
CURRENCIES = {"brl", "usd", "eur"}
MINIMUM_CENTS = 50
MAXIMUM_CENTS = 99_999_999
MAX_METADATA = 50
MAX_METADATA_KEY = 40
MAX_METADATA_VALUE = 500
MAX_LIMIT = 100
INTEGER = re.compile(r"[0-9]{1,12}")
SHORTEST_SECONDS = 30 * 60
LONGEST_SECONDS = 24 * 3600

Params = Mapping[str, Any]


def check_session(params: Params, *, at: datetime) -> None:
    """Raises Problem for the first fault found, as Stripe does."""
    only(params, SESSION_PARAMS)
    if need(params, "mode") not in CHILDREN:
        raise bad_parameter("mode", "must be one of payment, setup, or subscription")
    if params["mode"] != "setup":
        _check_lines(need(params, "line_items"), recurring=params["mode"] == "subscription")
    elif "line_items" in params:
        raise bad_parameter("line_items", "not for setup mode")
    check_url(need(params, "success_url"), "success_url")
    if "cancel_url" in params:
        check_url(params["cancel_url"], "cancel_url")
    _check_payer(params)
    if params.get("locale", "auto") not in LOCALES:
        raise bad_parameter("locale", "unknown")
    _check_marks(params)
    _check_expiry(params, at=at)
    check_boleto(params)


def check_refund(params: Params) -> None:
    only(params, REFUND_PARAMS)
    if ("payment_intent" in params) == ("charge" in params):
        raise missing_parameter("payment_intent")
    if "amount" in params and number(params["amount"], "amount") < 1:
        raise bad_parameter("amount", "must be at least 1")
    if params.get("reason", "requested_by_customer") not in REFUND_REASONS:
        raise bad_parameter("reason", "unknown")
    _check_metadata(params.get("metadata", {}), "metadata")


def check_dispute(params: Params) -> None:
    only(params, {"evidence", "submit", "metadata", "expand"})
    if params.get("submit", "true") not in {"true", "false"}:
        raise bad_parameter("submit", "must be true or false")
    evidence = params.get("evidence", {})
    only(evidence, EVIDENCE_FIELDS, within="evidence")
    for name, text in evidence.items():
        if not isinstance(text, str) or len(text) > LONGEST_FIELD:
            raise bad_parameter(f"evidence[{name}]", "must be at most 20,000 characters")
    if sum(map(len, evidence.values())) > LONGEST_EVIDENCE:
        raise bad_parameter("evidence", "must be at most 150,000 characters")


def check_customer(params: Params) -> None:
    only(params, {"name", "email", "metadata", "description", "expand"})
    if "@" not in params.get("email", "@"):
        raise bad_parameter("email", "not an email address")
    _check_metadata(params.get("metadata", {}), "metadata")


def check_charge(params: Params) -> None:
    """A payment intent as we make them: a kept card, charged at once, its owner away."""
    only(params, CHARGE_PARAMS)
    if not MINIMUM_CENTS <= number(need(params, "amount"), "amount") <= MAXIMUM_CENTS:
        raise bad_parameter("amount", "too small or too large an amount")
    if need(params, "currency") not in CURRENCIES:
        raise bad_parameter("currency", "unknown currency")
    for name in ("customer", "payment_method"):
        need(params, name)
    for name in ("confirm", "off_session"):
        if need(params, name) != "true":
            raise bad_parameter(name, "here it is always true")
    _check_metadata(params.get("metadata", {}), "metadata")


def check_portal(params: Params) -> None:
    only(params, {"customer", "return_url", "locale", "expand"})
    need(params, "customer")
    check_url(need(params, "return_url"), "return_url")


def check_endpoint(params: Params) -> None:
    only(params, {"url", "enabled_events", "description", "metadata", "api_version", "connect"})
    check_url(need(params, "url"), "url")
    events = need(params, "enabled_events")
    if not isinstance(events, list) or not events:
        raise bad_parameter("enabled_events", "must be a list")


def check_list(params: Params, more: Iterable[str] = ()) -> None:
    only(params, LIST_PARAMS.union(more))
    if not 1 <= number(params.get("limit", "10"), "limit") <= MAX_LIMIT:
        raise bad_parameter("limit", "must be between 1 and 100")
    created = params.get("created", {})
    if isinstance(created, dict):
        only(created, {"gt", "gte", "lt", "lte"}, within="created")


def only(params: Any, names: Iterable[str], within: str = "") -> None:
    if not isinstance(params, Mapping):
        raise bad_parameter(within, "must be a hash")
    if strange := sorted(set(params) - set(names)):
        raise unknown_parameter(f"{within}[{strange[0]}]" if within else strange[0])


def need(params: Params, name: str, within: str = "") -> Any:
    if params.get(name) in (None, "", [], {}):
        raise missing_parameter(f"{within}[{name}]" if within else name)
    return params[name]


def number(text: Any, param: str) -> int:
    if not isinstance(text, str) or not INTEGER.fullmatch(text):
        raise bad_parameter(param, "not an integer")
    return int(text)


def check_url(url: Any, param: str) -> None:
    try:
        parts = urlsplit(url if isinstance(url, str) else "")
        good = parts.scheme in {"http", "https"} and parts.hostname
    except ValueError:
        good = False
    if not good:
        raise bad_parameter(param, "not a valid URL")


def _check_lines(lines: Any, *, recurring: bool) -> None:
    if not isinstance(lines, list):
        raise bad_parameter("line_items", "must be an array")
    for i, line in enumerate(lines):
        where = f"line_items[{i}]"
        only(line, {"price_data", "quantity"}, within=where)
        if number(need(line, "quantity", where), f"{where}[quantity]") < 1:
            raise bad_parameter(f"{where}[quantity]", "must be at least 1")
        _check_price(
            need(line, "price_data", where), f"{where}[price_data]", recurring=recurring
        )


def _check_price(price: Any, where: str, *, recurring: bool) -> None:
    only(price, {"currency", "unit_amount", "product_data", "recurring"}, within=where)
    if need(price, "currency", where) not in CURRENCIES:
        raise bad_parameter(f"{where}[currency]", "unknown currency")
    cents = number(need(price, "unit_amount", where), f"{where}[unit_amount]")
    if not MINIMUM_CENTS <= cents <= MAXIMUM_CENTS:
        raise bad_parameter(f"{where}[unit_amount]", "too small or too large an amount")
    product = need(price, "product_data", where)
    only(product, {"name", "description", "metadata"}, within=f"{where}[product_data]")
    need(product, "name", f"{where}[product_data]")
    if recurring != ("recurring" in price):
        raise bad_parameter(f"{where}[recurring]", "it must agree with the mode")
    if recurring:
        _check_recurring(price["recurring"], f"{where}[recurring]")


def _check_recurring(every: Any, where: str) -> None:
    only(every, {"interval", "interval_count"}, within=where)
    if need(every, "interval", where) not in INTERVALS:
        raise bad_parameter(f"{where}[interval]", "unknown")
    if number(every.get("interval_count", "1"), f"{where}[interval_count]") < 1:
        raise bad_parameter(f"{where}[interval_count]", "must be at least 1")


def _check_payer(params: Params) -> None:
    if "@" not in params.get("customer_email", "@"):
        raise bad_parameter("customer_email", "not an email address")
    if "customer" in params and {"customer_email", "customer_creation"} & params.keys():
        raise bad_parameter("customer", "it is given, and so is another payer")
    if params.get("customer_creation", "always") not in {"always", "if_required"}:
        raise bad_parameter("customer_creation", "unknown")
    if "customer_creation" in params and params["mode"] == "subscription":
        raise bad_parameter("customer_creation", "not for subscription mode")


def _check_marks(params: Params) -> None:
    child = CHILDREN[params["mode"]]
    for name in CHILDREN.values():
        if name in params and name != child:
            raise bad_parameter(name, f"not for {params['mode']} mode")
    names = {"metadata", "description"}
    if child == "payment_intent_data":
        names |= {"setup_future_usage", "application_fee_amount"}
    elif child == "subscription_data":
        names |= {"application_fee_percent"}
    only(params.get(child, {}), names, within=child)
    _check_metadata(params.get("metadata", {}), "metadata")
    _check_metadata(params.get(child, {}).get("metadata", {}), f"{child}[metadata]")


def _check_metadata(metadata: Any, where: str) -> None:
    if not isinstance(metadata, dict) or len(metadata) > MAX_METADATA:
        raise bad_parameter(where, "must be a hash of at most 50 keys")
    for key, value in metadata.items():
        if len(key) > MAX_METADATA_KEY or not isinstance(value, str):
            raise bad_parameter(f"{where}[{key}]", "must be a short name and a text")
        if len(value) > MAX_METADATA_VALUE:
            raise bad_parameter(f"{where}[{key}]", "must be at most 500 characters")


def _check_expiry(params: Params, *, at: datetime) -> None:
    if "expires_at" not in params:
        return
    seconds = number(params["expires_at"], "expires_at") - int(at.timestamp())
    if not SHORTEST_SECONDS <= seconds + 1 <= LONGEST_SECONDS + 1:
        raise bad_parameter("expires_at", "must be between 30 minutes and 24 hours from now")
