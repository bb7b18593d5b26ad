"""How lists of Stripe are read: page by page, each object as it comes."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from alicerce.vendors.stripe.outcomes import outcomes

PAGE_SIZE = 100

Read = TypeVar("Read")


def each(fetch: Callable[[], Any], read: Callable[[Mapping[str, Any]], Read]) -> Iterator[Read]:
    with outcomes():
        for item in fetch().auto_paging_iter():
            yield read(item.to_dict())
