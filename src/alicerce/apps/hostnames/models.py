"""Names that a company says are its own, and what DNS said of each."""

import secrets
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from alicerce.apps.hostnames import rules
from alicerce.apps.hostnames.types import LEADING, OPEN, Finding, NameState, Turn
from alicerce.kernel.db import OperatedModel, TenantQuerySet
from alicerce.kernel.personal import Inventory

TOKEN_BYTES = 32
IS_OPEN = Q(state__in=[state.value for state in OPEN])
LEADS = Q(state__in=[state.value for state in LEADING])


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


class HostNameQuerySet(TenantQuerySet["HostName"]):
    def open(self) -> "HostNameQuerySet":
        return self.filter(IS_OPEN)

    def due(self, at: datetime) -> "HostNameQuerySet":
        return self.open().filter(next_at__lte=at)


class HostName(OperatedModel):
    """One claim to a name. Another company may claim it too; only one of them proves it.

    A claim that is over stays as it ended: a new one has a new token, so that what was once
    written in DNS proves nothing later.
    """

    inventory: ClassVar = Inventory(plain="domain token")

    domain = models.CharField(max_length=253)
    token = models.CharField(max_length=60, default=new_token)
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in NameState], default=NameState.WAITING
    )
    finding = models.CharField(
        max_length=12,
        choices=[(f.value, f.value) for f in Finding],
        default=Finding.NOT_ASKED,
    )
    points_here = models.BooleanField(null=True)
    claimed_at = models.DateTimeField()
    proven_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    lapses_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[HostNameQuerySet] = HostNameQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OperatedModel.Meta):
        constraints: ClassVar = [
            *OperatedModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "domain"], condition=IS_OPEN, name="host_name_claimed_once"
            ),
            CheckConstraint(
                condition=(
                    (IS_OPEN & Q(next_at__isnull=False, ended_at__isnull=True))
                    | (~IS_OPEN & Q(next_at__isnull=True, ended_at__isnull=False))
                ),
                name="open_host_name_is_asked_about",
            ),
            CheckConstraint(
                condition=~LEADS | Q(proven_at__isnull=False), name="leading_name_was_proven"
            ),
            CheckConstraint(
                condition=~Q(state="at_risk") | Q(lapses_at__isnull=False),
                name="name_at_risk_has_an_end",
            ),
        ]
        indexes: ClassVar = [
            Index(fields=["tenant", "next_at"], condition=IS_OPEN, name="host_names_due"),
            Index(fields=["tenant", "state", "-id"], name="host_names_in_a_state"),
        ]

    def __str__(self) -> str:
        return self.domain

    @property
    def is_open(self) -> bool:
        return NameState(self.state).is_open

    @property
    def leads_here(self) -> bool:
        return NameState(self.state).leads_here

    def call(self, *, at: datetime) -> None:
        """Somebody is on the way to ask."""
        self.next_at = at + rules.CALL_LASTS
        self.save(update_fields=["next_at"])

    def prove(self, *, at: datetime, points_here: bool | None) -> Turn:
        """DNS shows the token, and no other company has the name."""
        before = NameState(self.state)
        self.state, self.finding = NameState.ACTIVE, Finding.PROVEN
        self.proven_at = self.checked_at = at
        self.next_at, self.lapses_at = at + rules.WELL, None
        self._keep("proven_at", "lapses_at", points_here=points_here)
        turns = {NameState.WAITING: Turn.VERIFIED, NameState.AT_RISK: Turn.RECOVERED}
        return turns.get(before, Turn.NOTHING)

    def miss(self, finding: Finding, *, at: datetime, points_here: bool | None) -> Turn:
        """DNS did not show the token, or did not answer."""
        self.finding, self.checked_at = finding, at
        turn = self._worry(finding, at) if self.leads_here else self._wait(at)
        self._keep("lapses_at", "ended_at", points_here=points_here)
        return turn

    def lose(self, *, at: datetime) -> None:
        """Another company proved that the name is its own."""
        self.finding, self.checked_at = Finding.OTHER_RECORD, at
        self._end(NameState.LAPSED, at)
        self._keep("ended_at", points_here=None)

    def detach(self, *, at: datetime) -> bool:
        """Be asked about no more. False when it was over."""
        if not self.is_open:
            return False
        self._end(NameState.DETACHED, at)
        self.save(update_fields=["state", "next_at", "ended_at"])
        return True

    def _wait(self, at: datetime) -> Turn:
        pause = rules.pause_after(at - self.claimed_at)
        if pause is None:
            self._end(NameState.FAILED, at)
            return Turn.FAILED
        self.next_at = at + pause
        return Turn.NOTHING

    def _worry(self, finding: Finding, at: datetime) -> Turn:
        assert self.proven_at, self.id
        before, self.next_at = NameState(self.state), at + rules.WORRIED
        self.lapses_at = rules.last_moment(
            finding, proven_at=self.proven_at, known=self.lapses_at, at=at
        )
        if self.lapses_at is None:
            return Turn.NOTHING
        if self.lapses_at <= at:
            self._end(NameState.LAPSED, at)
            return Turn.LAPSED
        self.state = NameState.AT_RISK
        self.next_at = min(self.next_at, self.lapses_at)
        return Turn.NOTHING if before is NameState.AT_RISK else Turn.AT_RISK

    def _end(self, state: NameState, at: datetime) -> None:
        self.state, self.next_at, self.ended_at = state, None, at

    def _keep(self, *also: str, points_here: bool | None) -> None:
        self.points_here = points_here
        always = ["state", "finding", "checked_at", "next_at", "points_here"]
        self.save(update_fields=[*always, *also])

    @classmethod
    def claim(cls, domain: str, *, at: datetime) -> "HostName | None":
        """Begin to wait for the proof; None when the company waits for it, or has it, already."""
        row = cls(domain=domain, next_at=at, claimed_at=at)
        return row if cls.objects.add_once(row) else None

    def told(self) -> dict[str, Any]:
        return {"domain": self.domain, "state": str(self.state)}

    @classmethod
    def of_domain(cls, domain: str) -> "HostName | None":
        """The claim of the current company that still counts, held."""
        rows = cls.objects.open().filter(domain=domain)
        found: HostName | None = rows.select_for_update(of=("self",), no_key=True).first()
        return found
