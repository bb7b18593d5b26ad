"""Changes as programs read them."""

from alicerce.apps.subscriptions.types.changes import ChangePreview, ChangeView
from alicerce.kernel.rest.answers import Row


def shown_change(shown: ChangePreview) -> Row:
    lines = [
        {
            "kind": line.kind,
            "description": line.description,
            "starts_on": line.period.starts_on,
            "ends_on": line.period.ends_on,
            "amount_cents": line.cents,
        }
        for line in shown.lines
    ]
    return {
        "object": "subscription_change_preview",
        "kind": shown.kind,
        "subscription_id": shown.subscription_id,
        "price_id": shown.price_id,
        "description": shown.description,
        "cycle": shown.cycle,
        "amount_cents": shown.amount.cents,
        "currency": shown.amount.currency,
        "when": shown.when,
        "effective_on": shown.effective_on,
        "lines": lines,
        "tax_cents": shown.tax_cents,
        "net_cents": shown.net_cents,
        "due_now_cents": shown.due_now.cents,
        "to_wallet_cents": shown.to_wallet.cents,
        "renews_on": shown.renews_on,
        "renewal_cents": shown.renewal.cents,
    }


def confirmed_change(change: ChangeView) -> Row:
    return {
        "object": "subscription_change",
        "kind": change.kind,
        "id": change.id,
        "subscription_id": change.subscription_id,
        "price_id": change.price_id,
        "status": change.status,
        "description": change.description,
        "cycle": change.cycle,
        "amount_cents": change.amount.cents,
        "net_cents": change.net.cents,
        "currency": change.net.currency,
        "effective_on": change.effective_on,
        "drop_on": change.drop_on,
        "invoice_id": change.invoice_id,
        "asked_at": change.asked_at,
        "closed_at": change.closed_at,
    }
