"""What Checkout wants of a session for boletos, and that it is one."""

from typing import Any

from alicerce.vendors.stripe.simulator.problems import bad_parameter

MOST_DAYS = 60


def is_boleto(session: dict[str, Any]) -> bool:
    return "boleto" in (session.get("payment_method_types") or ())


def check_boleto(params: Any) -> None:
    options = (params.get("payment_method_options") or {}).get("boleto") or {}
    if not is_boleto(params):
        if options:
            raise bad_parameter("payment_method_options[boleto]", "not among the types")
        return
    if params["mode"] == "setup":
        raise bad_parameter("payment_method_types", "boleto keeps nothing to charge later")
    currencies = {x["price_data"]["currency"] for x in params["line_items"]}
    if currencies != {"brl"}:
        raise bad_parameter("currency", "boleto only supports brl")
    days = str(options.get("expires_after_days", "3"))
    if not days.isdecimal() or int(days) > MOST_DAYS:
        raise bad_parameter(
            "payment_method_options[boleto][expires_after_days]", "must be between 0 and 60"
        )
