"""Stripe's mail room: every event goes, signed, to each endpoint that asked for its type."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from alicerce.vendors.simulation.courier import Courier, Letter
from alicerce.vendors.stripe.signatures import sign
from alicerce.vendors.stripe.simulator.ledger import Ledger
from alicerce.vendors.stripe.simulator.objects import Json, new_event

FOR_CONNECTED = "_connect"
"""By which an endpoint remembers whose events it takes; Stripe shows it to nobody."""


class Post:
    """Of an account; one that is connected has its events go to the platform's endpoints for them."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        courier: Courier,
        clock: Callable[[], datetime],
        livemode: bool = False,
        account: str = "",
        platform: Ledger | None = None,
    ) -> None:
        self._ledger, self._courier, self._clock = ledger, courier, clock
        self._livemode = livemode
        self._account, self._endpoints = account, platform or ledger

    def tell(self, kind: str, about: Json, *, before: Json | None = None) -> Json:
        """Something happened: write it down and deliver it. `before` is what an update changed."""
        event = new_event(kind, _public(about), at=self._clock(), livemode=self._livemode)
        event |= {"account": self._account} if self._account else {}
        if before:
            event["data"]["previous_attributes"] = before
        self._ledger.save(event)
        self.deliver(event)
        return event

    def deliver(self, event: Json) -> None:
        for endpoint in self._endpoints.all("webhook_endpoint"):
            if endpoint.get(FOR_CONNECTED, False) != bool(self._account):
                continue
            if {"*", event["type"]} & set(endpoint["enabled_events"]):
                self._courier.send(self._letter(event, endpoint))

    def quietly(self) -> AbstractContextManager[None]:
        return self._courier.silence()

    def close(self) -> None:
        self._courier.close()

    def _letter(self, event: Json, endpoint: Json) -> Letter:
        body = json.dumps(event, indent=2).encode()

        def headers() -> dict[str, str]:
            signature = sign(body, [endpoint["secret"]], self._clock())
            return {"Content-Type": "application/json", "Stripe-Signature": signature}

        return Letter(endpoint["url"], body, headers)


def _public(about: Json) -> Json:
    """An event shows an object as it is without expanding anything."""
    return {name: value for name, value in about.items() if name != "payments"}
