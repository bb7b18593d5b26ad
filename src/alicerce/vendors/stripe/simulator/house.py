"""Where accounts are opened: the platform's own, and one for each that is connected to it."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from alicerce.vendors.simulation.courier import Courier
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.stripe.simulator.connect import Platform
from alicerce.vendors.stripe.simulator.fees import Collector
from alicerce.vendors.stripe.simulator.ledger import Ledger
from alicerce.vendors.stripe.simulator.post import Post
from alicerce.vendors.stripe.simulator.provider import StripeProvider

P = TypeVar("P", bound=StripeProvider)


class House:
    def __init__(
        self, store: Store, courier: Courier, *, livemode: bool, clock: Callable[[], datetime]
    ) -> None:
        self._store, self._courier = store, courier
        self._livemode, self._clock = livemode, clock
        self.platform = self._open(Platform, Ledger(store), account="", collector=None)

    def branch(self, account: str) -> StripeProvider:
        """A Stripe of its own, whose fees and events come to the platform."""
        ledger = Ledger(self._store.room(account), is_connected=True)
        collector = Collector(platform=self.platform, account=account)
        return self._open(StripeProvider, ledger, account=account, collector=collector)

    def _open(
        self, kind: type[P], ledger: Ledger, *, account: str, collector: Collector | None
    ) -> P:
        post = Post(
            ledger=ledger,
            courier=self._courier,
            clock=self._clock,
            livemode=self._livemode,
            account=account,
            platform=self.platform.ledger if account else None,
        )
        return kind(
            ledger=ledger,
            post=post,
            livemode=self._livemode,
            clock=self._clock,
            collector=collector,
        )
