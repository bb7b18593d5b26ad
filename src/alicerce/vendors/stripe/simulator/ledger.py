"""What Stripe remembers: objects by kind, and the events about them."""

from collections.abc import Mapping
from typing import Any

from alicerce.vendors.simulation.store import Store
from alicerce.vendors.stripe.simulator.objects import Json
from alicerce.vendors.stripe.simulator.problems import missing

COMPARE = {
    "gt": int.__gt__,
    "gte": int.__ge__,
    "lt": int.__lt__,
    "lte": int.__le__,
}


class Ledger:
    """Objects are kept whole under their `object` and `id`."""

    def __init__(self, store: Store, *, is_connected: bool = False) -> None:
        self._store = store
        self.is_connected = is_connected

    def save(self, thing: Json) -> Json:
        self._store.put(_kind(thing["object"]), thing["id"], thing)
        return thing

    def find(self, kind: str, key: str) -> Json | None:
        found: Json | None = self._store.get(_kind(kind), key)
        return found

    def get(self, kind: str, key: str) -> Json:
        """Raises Problem."""
        found = self.find(kind, key)
        if found is None:
            raise missing(kind, key)
        return found

    def delete(self, kind: str, key: str) -> None:
        self._store.delete(_kind(kind), key)

    def all(self, kind: str) -> list[Json]:
        """Newest first."""
        return list(reversed(self._store.all(_kind(kind)).values()))

    def page(
        self, kind: str, params: Mapping[str, Any], **having: str
    ) -> tuple[list[Json], bool]:
        """One page, newest first, and whether there are more."""
        limit = int(params.get("limit", "10"))
        found = [x for x in self.all(kind) if _is_in(x["created"], params.get("created"))]
        found = [x for x in found if having.items() <= x.items()] if having else found
        if types := _types(params):
            found = [x for x in found if x["type"] in types]
        if after := params.get("starting_after"):
            self.get(kind, after)
            found = [x for x in found if x["id"] < after]
        return found[:limit], len(found) > limit


def _kind(name: str) -> str:
    return f"stripe.{name}"


def _types(params: Mapping[str, Any]) -> set[str]:
    return {params["type"]} if "type" in params else set(params.get("types", ()))


def _is_in(created: int, wanted: Any) -> bool:
    if wanted is None:
        return True
    if isinstance(wanted, str):
        return created == int(wanted)
    return all(COMPARE[name](created, int(value)) for name, value in wanted.items())
