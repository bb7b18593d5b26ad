"""What each kind of correction takes."""

from collections.abc import Mapping

from alicerce.apps.corrections.types import MOST_CENTS, CorrectionKind

ANY = frozenset({"kind", "reason"})
NEEDED: Mapping[CorrectionKind, frozenset[str]] = {
    CorrectionKind.REFUND: frozenset({"payment_id", "amount_cents"}),
    CorrectionKind.CREDIT_NOTE: frozenset({"invoice_id", "amount_cents"}),
    CorrectionKind.VOID: frozenset({"invoice_id"}),
    CorrectionKind.WRITE_OFF: frozenset({"invoice_id"}),
    CorrectionKind.PAYMENT: frozenset(
        {"invoice_id", "amount_cents", "method", "received_on", "reference", "proof"}
    ),
    CorrectionKind.WALLET: frozenset({"customer_id", "amount_cents"}),
}
ALLOWED: Mapping[CorrectionKind, frozenset[str]] = {
    CorrectionKind.REFUND: frozenset({"reference"}),
    CorrectionKind.CREDIT_NOTE: frozenset({"line"}),
}


def missing(kind: CorrectionKind, given: frozenset[str]) -> list[str]:
    return sorted(NEEDED[kind] - given)


def useless(kind: CorrectionKind, given: frozenset[str]) -> list[str]:
    """What this kind does not take: it is refused by name, never ignored."""
    return sorted(given - NEEDED[kind] - ALLOWED.get(kind, frozenset()) - ANY)


def may_be(kind: CorrectionKind, cents: int) -> bool:
    """Only a wallet is taken from, and as much at once as on its page."""
    if kind is CorrectionKind.WALLET:
        return 0 < abs(cents) <= MOST_CENTS
    return cents > 0
