"""What a list is narrowed to, as words that a row keeps until its job reads them."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from alicerce.apps.customers.types import Wanted


def as_words(wanted: Wanted) -> dict[str, str]:
    return {key: str(value) for key, value in asdict(wanted).items() if value}


def from_words(kept: Mapping[str, str]) -> Wanted:
    tier, since, brought = (kept.get(name) for name in ("tier_id", "since", "brought_by"))
    return Wanted(
        text=kept.get("text", ""),
        status=kept.get("status", ""),
        tag=kept.get("tag", ""),
        tier_id=UUID(tier) if tier else None,
        since=datetime.fromisoformat(since) if since else None,
        brought_by=UUID(brought) if brought else None,
    )
