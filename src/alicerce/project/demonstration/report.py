"""What a demonstration shows: a view while it runs, and a verdict at the end."""

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rich.console import Console, Group
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from alicerce.apps.audit.types import Verdict
from alicerce.project.demonstration.observation import Delivery, percentile

SHARES = (0.5, 0.95, 0.99)
WIDTH = 110


@dataclass(frozen=True)
class Outcome:
    """All the evidence, and whether it proves the main job."""

    orders: int
    seed: int
    seconds: float
    deliveries: Sequence[Delivery]
    stuck: Sequence[str]
    accounts: Sequence[tuple[str, str, str]]
    imbalances: int
    verdicts: Sequence[Verdict]
    kills: int
    chaos: bool

    @property
    def paid(self) -> int:
        return sum(delivery.is_paid for delivery in self.deliveries)

    @property
    def complaints(self) -> list[str]:
        """Why the main job is not proved; empty when it is."""
        domains = Counter(domain for _, _, domain in self.accounts)
        paid = {delivery.domain for delivery in self.deliveries if delivery.is_paid}
        return [
            *self.stuck,
            *(f"order {d.number} is not live" for d in self.deliveries if not d.is_live),
            *([] if self.paid == self.orders else [f"{self.paid} of {self.orders} were paid"]),
            *(f"{domain} has {n} accounts" for domain, n in domains.items() if n > 1),
            *(f"{domain} has no account" for domain in sorted(paid - set(domains), key=str)),
            *(f"{domain} has an account nobody paid for" for domain in set(domains) - paid),
            *(
                [f"{self.imbalances} ledger transactions do not balance"]
                * bool(self.imbalances)
            ),
            *(
                f"audit of {v.tenant_id}: {v.fault} at {v.where}"
                for v in self.verdicts
                if v.fault
            ),
            *([] if any(v.sealed for v in self.verdicts) else ["no audit entry is sealed"]),
        ]

    @property
    def is_proved(self) -> bool:
        return not self.complaints

    def percentiles(self) -> dict[str, float | None]:
        seconds = [d.seconds for d in self.deliveries if d.seconds is not None]
        return {f"p{share * 100:.0f}": percentile(seconds, share) for share in SHARES}

    def as_json(self) -> dict[str, Any]:
        return {
            "proved": self.is_proved,
            "complaints": self.complaints,
            "orders": self.orders,
            "paid": self.paid,
            "accounts": len(self.accounts),
            "ledger_imbalances": self.imbalances,
            "audit_entries": sum(verdict.entries for verdict in self.verdicts),
            "audit_sealed": sum(verdict.sealed for verdict in self.verdicts),
            "chaos": self.chaos,
            "workers_killed": self.kills,
            "seed": self.seed,
            "seconds": round(self.seconds, 1),
            "paid_to_live_seconds": self.percentiles(),
            "deliveries": [_row_as_json(delivery) for delivery in self.deliveries],
        }

    def as_text(self) -> str:
        out = Console(file=io.StringIO(), width=WIDTH, force_terminal=False)
        out.print(_table(self.deliveries))
        for name, seconds in self.percentiles().items():
            out.print(f"paid to live {name}: {_seconds(seconds)}")
        kills = f", {self.kills} workers killed" if self.chaos else ""
        out.print(
            f"{self.paid} paid orders, {len(self.accounts)} accounts, "
            f"{self.imbalances} ledger imbalances, "
            f"{sum(v.sealed for v in self.verdicts)} audit entries sealed and verified{kills}; "
            f"{self.seconds:.0f} s"
        )
        for complaint in self.complaints:
            out.print(f"NOT PROVED: {complaint}")
        if self.is_proved:
            out.print("PROVED: every paid order has exactly one live account.")
        assert isinstance(out.file, io.StringIO)
        return out.file.getvalue()


def progress(found: Sequence[Delivery], *, expected: int) -> Group:
    paid = sum(delivery.is_paid for delivery in found)
    live = sum(delivery.is_live for delivery in found)
    lines = [("ordered", len(found)), ("paid", paid), ("live", live)]
    grid = Table.grid(padding=(0, 2))
    for label, done in lines:
        grid.add_row(label, f"{done}/{expected}", ProgressBar(expected, done, width=40))
    return Group(Text("Alicerce: from paid order to live account", style="bold"), grid)


def _table(found: Sequence[Delivery]) -> Table:
    table = Table(title="Orders")
    for heading in ("Order", "Paid at", "Active at", "Seconds", "Attempts", "Account"):
        table.add_column(
            heading, justify="right" if heading in {"Order", "Attempts"} else "left"
        )
    for delivery in found:
        table.add_row(
            str(delivery.number),
            _time(delivery.paid_at),
            _time(delivery.active_at),
            _seconds(delivery.seconds),
            str(delivery.attempts),
            f"{delivery.username}@{delivery.server}" if delivery.username else "-",
        )
    return table


def _row_as_json(delivery: Delivery) -> dict[str, Any]:
    return {
        "order": delivery.number,
        "paid_at": delivery.paid_at.isoformat() if delivery.paid_at else None,
        "active_at": delivery.active_at.isoformat() if delivery.active_at else None,
        "attempts": delivery.attempts,
        "account": delivery.username,
        "server": delivery.server,
        "domain": delivery.domain,
    }


def _time(at: datetime | None) -> str:
    return f"{at:%H:%M:%S.%f}"[:-3] if at else "-"


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f} s"
