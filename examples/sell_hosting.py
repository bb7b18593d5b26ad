r"""Sell hosting from a program of your own: a customer, an order, its invoice, and waiting for the site.

    pip install httpx
    ALICERCE_API_URL=https://sua-empresa.example ALICERCE_API_KEY=sk_test_... \
        python examples/sell_hosting.py padaria.com.br

Run it again with the same domain: the same customer and the same order, because every POST has an
Idempotency-Key made of what it is for.
"""

import os
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx

DONE = {"completed", "canceled"}


def main(domain: str, patience: float) -> int:
    with shop() as api:
        me = ask(api, "GET", "/me")
        print(f"{me['company']['name']} ({me['mode']})")
        customer = find_or_create_customer(api, f"contato@{domain}")
        order = ask(
            api,
            "POST",
            "/services?expand=invoice",
            key=f"hospedagem-{domain}",
            json={
                "customer_id": customer["id"],
                "price_id": cheapest_price(api)["id"],
                "domain": domain,
            },
        )
        invoice = order["invoice"]
        print(
            f"pedido {order['number']}: {invoice['total_cents']} centavos, {invoice['page_path']}"
        )
        order = wait_for(api, order["id"], patience)
        print(f"pedido {order['number']}: {order['status']}")
    return 0


def shop() -> httpx.Client:
    return httpx.Client(
        base_url=os.environ["ALICERCE_API_URL"].rstrip("/") + "/v1",
        headers={
            "Authorization": f"Bearer {os.environ['ALICERCE_API_KEY']}",
            "Alicerce-Version": "2026-11",
        },
        timeout=30,
    )


def ask(api: httpx.Client, method: str, path: str, *, key: str = "", **given: Any) -> Any:
    """The answer's body. Waits when it is told to, and repeats what is safe to repeat."""
    headers = {"Idempotency-Key": key} if key else {}
    while True:
        answer = api.request(method, path, headers=headers, **given)
        if answer.status_code in {429, 503} or is_in_flight(answer):
            time.sleep(float(answer.headers.get("Retry-After", "1")))
            continue
        if answer.is_error:
            problem = answer.json()
            sys.exit(f"{problem['code']}: {problem['detail']} ({problem['request_id']})")
        return answer.json()


def is_in_flight(answer: httpx.Response) -> bool:
    return answer.status_code == 409 and answer.json()["code"] == "idempotency_in_flight"  # noqa: PLR2004


def every(api: httpx.Client, path: str) -> Iterator[Any]:
    """All objects of a list, page after page."""
    asked: dict[str, Any] = {"limit": 100}
    while True:
        page = ask(api, "GET", path, params=asked)
        yield from page["data"]
        if not page["has_more"]:
            return
        asked["cursor"] = page["next_cursor"]


def cheapest_price(api: httpx.Client) -> Any:
    prices = [price for plan in every(api, "/plans") for price in plan["prices"]]
    return min(prices, key=lambda price: price["amount_cents"])


def find_or_create_customer(api: httpx.Client, email: str) -> Any:
    for customer in ask(api, "GET", "/customers", params={"email": email})["data"]:
        return customer
    new = {"name": "Padaria do Bairro", "email": email, "document": "11.222.333/0001-81"}
    return ask(api, "POST", "/customers", key=f"cliente-{email}", json=new)


def wait_for(api: httpx.Client, order_id: str, patience: float) -> Any:
    """The order once it is done, or as it stands when patience ends."""
    until = time.monotonic() + patience
    while True:
        order = ask(api, "GET", f"/orders/{order_id}")
        if order["status"] in DONE or time.monotonic() > until:
            return order
        time.sleep(2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2]) if len(sys.argv) > 2 else 0))  # noqa: PLR2004
