"""Where what a panel shows and what we believe part ways. Pure functions."""

from collections.abc import Iterable, Iterator, Mapping

from alicerce.apps.hosting.types import (
    Belief,
    DifferenceKind,
    Disagreement,
    PanelAccount,
    ServiceStatus,
)

COMPARED = (ServiceStatus.ACTIVE, ServiceStatus.SUSPENDED)


def disagreements(
    believed: Mapping[str, Belief], shown: Iterable[PanelAccount]
) -> list[Disagreement]:
    """By the accounts' names. Nothing is said of those on which a run is at work."""
    accounts = {account.username: account for account in shown}
    found = [
        Disagreement(DifferenceKind.ORPHAN, name, account.domain, theirs=account.package)
        for name, account in accounts.items()
        if name not in believed
    ]
    for name, belief in believed.items():
        if not belief.is_busy and belief.status in COMPARED:
            found += _of(belief, accounts.get(name))
    return found


def _of(belief: Belief, account: PanelAccount | None) -> Iterator[Disagreement]:
    if account is None:
        yield _about(belief, DifferenceKind.MISSING, belief.status, "")
        return
    if account.domain != belief.domain:
        yield _about(belief, DifferenceKind.DOMAIN, belief.domain, account.domain)
    if account.suspended and belief.status == ServiceStatus.ACTIVE:
        yield _about(belief, DifferenceKind.SUSPENDED, belief.status, "suspended")
    if not account.suspended and belief.status == ServiceStatus.SUSPENDED:
        yield _about(belief, DifferenceKind.RESUMED, belief.status, "active")
    if account.package not in ("", belief.package):
        yield _about(belief, DifferenceKind.PACKAGE, belief.package, account.package)


def _about(belief: Belief, kind: DifferenceKind, ours: str, theirs: str) -> Disagreement:
    return Disagreement(kind, belief.username, belief.domain, ours, theirs, belief.service_id)
