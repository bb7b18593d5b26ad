"""Servers: where accounts live, how full they are, and who may talk to them now."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import connection, models
from django.db.models import F, Q

from alicerce.apps.hosting.types import (
    Answer,
    Licence,
    Seat,
    ServerAccess,
    ServerCard,
    ServerStatus,
    Strategy,
)
from alicerce.kernel.crypto import SecretField, reveal
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.ids import uuid7
from alicerce.kernel.locks import hold
from alicerce.kernel.personal import Inventory

TAKE_SLOT = """
    insert into hosting_serverlease (id, created_at, server_id, slot, run_id, expires_at)
    values (%s, %s, %s, %s, %s, %s)
    on conflict (tenant_id, server_id, slot) do update
        set run_id = excluded.run_id, expires_at = excluded.expires_at
        where hosting_serverlease.expires_at <= %s
    returning slot
"""


class Pool(OperatedModel):
    """Servers that stand in for each other."""

    inventory: ClassVar = Inventory(plain="name region")

    name = models.CharField(max_length=60)
    region = models.CharField(max_length=40)
    strategy = models.CharField(
        max_length=10, choices=[(s, s) for s in Strategy], default=Strategy.LEAST_FULL
    )

    class Meta(OperatedModel.Meta):
        constraints = [
            *OperatedModel.Meta.constraints,
            models.UniqueConstraint("tenant", "name", name="hosting_pool_name_per_tenant"),
        ]

    def __str__(self) -> str:
        return self.name

    def describe(self, *, region: str, strategy: Strategy) -> None:
        self.region, self.strategy = region, strategy
        self.save(update_fields=["region", "strategy"])


class ServerQuerySet(TenantQuerySet["Server"]):
    def open_to_accounts(self, *, region: str, at: datetime) -> "ServerQuerySet":
        """Servers that take new accounts now, in the region asked for ("" is any)."""
        return self._accepting(region).exclude(paused_until__gt=at)

    def silent(self) -> "ServerQuerySet":
        """Those that did not answer the last time: to a look, or to a run."""
        return self.filter(~Q(check_error="") | Q(failures__gt=0))

    def with_package(self, package: str) -> "ServerQuerySet":
        """Those that have it, and those of which nobody knows what they have."""
        return self.filter(Q(packages__isnull=True) | Q(packages__contains=[package]))

    def back_at(self, *, region: str, at: datetime) -> datetime | None:
        """When the first of the servers that rest is back; None when none rests."""
        resting = self._accepting(region).filter(paused_until__gt=at)
        return resting.order_by("paused_until").values_list("paused_until", flat=True).first()

    def _accepting(self, region: str) -> "ServerQuerySet":
        found = self.filter(status=ServerStatus.ACTIVE, accepting=True)
        return found.filter(pool__region=region) if region else found


class Server(OperatedModel):
    """A machine with a panel. Its token is sealed and never leaves but to the panel.

    Guarded is one whose address the company typed itself: it is reached on the public Internet, or not.
    """

    inventory: ClassVar = Inventory(
        plain="name hostname base_url username token ca_pem ip nameservers version check_error packages"
    )

    pool = TenantForeignKey(Pool, models.PROTECT)
    name = models.CharField(max_length=60)
    hostname = models.CharField(max_length=253)
    base_url = models.CharField(max_length=300)
    username = models.CharField(max_length=60, default="root")
    token = SecretField()
    ca_pem = models.TextField(default="", blank=True)
    is_guarded = models.BooleanField(default=False, db_default=False)
    ip = models.GenericIPAddressField()
    nameservers = models.JSONField(default=list)
    max_accounts = models.PositiveIntegerField()
    max_concurrent = models.PositiveSmallIntegerField(default=2)
    licence_limit = models.PositiveIntegerField(default=0)
    licence_used = models.PositiveIntegerField(default=0)
    licence_seen_at = models.DateTimeField(null=True)
    packages = models.JSONField(null=True)
    """The names that its panel showed last; None while it never did."""
    packages_seen_at = models.DateTimeField(null=True)
    status = models.CharField(
        max_length=8, choices=[(s, s) for s in ServerStatus], default=ServerStatus.ACTIVE
    )
    accepting = models.BooleanField(default=True)
    paused_until = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    version = models.CharField(max_length=40, default="")
    checked_at = models.DateTimeField(null=True)
    check_error = models.CharField(max_length=300, default="")
    check_answer = models.CharField(
        max_length=12, choices=[(a, a) for a in Answer], default="", blank=True
    )

    objects: ClassVar[ServerQuerySet] = ServerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OperatedModel.Meta):
        constraints = [
            *OperatedModel.Meta.constraints,
            models.UniqueConstraint("tenant", "name", name="hosting_server_name_per_tenant"),
            models.CheckConstraint(
                condition=Q(max_concurrent__gte=1), name="hosting_server_concurrency_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def access(self) -> ServerAccess:
        return ServerAccess(
            self.base_url,
            self.username,
            reveal(self, "token"),
            self.ca_pem,
            is_guarded=self.is_guarded,
        )

    def card(self) -> ServerCard:
        return ServerCard(self.id, self.name, self.ip, tuple(self.nameservers), self.access())

    def seat(self, accounts: int) -> Seat:
        return Seat(
            server_id=self.id,
            name=self.name,
            accounts=accounts,
            max_accounts=self.max_accounts,
            licence_limit=self.licence_limit,
            licence_used=self.licence_used,
            licence_seen_at=self.licence_seen_at,
        )

    def is_resting(self, at: datetime) -> bool:
        """Whether it is left alone for a while, because it failed or somebody said so."""
        return self.status == ServerStatus.PAUSED or bool(
            self.paused_until and self.paused_until > at
        )

    def note_failure(self, *, rest: timedelta, limit: int, at: datetime) -> None:
        """After several failures in a row, nobody knocks for a while."""
        self.failures += 1
        if self.failures >= limit:
            self.paused_until = at + rest
        self.save(update_fields=["failures", "paused_until"])

    def note_success(self) -> None:
        if self.failures:
            self.failures, self.paused_until = 0, None
            self.save(update_fields=["failures", "paused_until"])

    def see_licence(self, licence: Licence, *, at: datetime) -> None:
        self.licence_limit, self.licence_used = licence.limit, licence.used
        self.licence_seen_at = at
        self.save(update_fields=["licence_limit", "licence_used", "licence_seen_at"])

    def see_packages(self, names: Sequence[str], *, at: datetime) -> bool:
        """Whether they are others than before."""
        before = self.packages
        self.packages, self.packages_seen_at = sorted(names), at
        self.save(update_fields=["packages", "packages_seen_at"])
        return before != self.packages

    def forget_licence(self) -> None:
        self.licence_seen_at = None
        self.save(update_fields=["licence_seen_at"])

    def see_connection(self, *, answer: Answer, version: str, error: str, at: datetime) -> None:
        self.checked_at, self.check_answer, self.check_error = at, answer, error[:300]
        if not error:
            self.version, self.failures, self.paused_until = version, 0, None
        if self.status != ServerStatus.PAUSED:
            self.status = ServerStatus.DOWN if error else ServerStatus.ACTIVE
        self.save(
            update_fields=[
                "checked_at", "check_answer", "check_error", "version", "failures", "paused_until", "status",
            ]
        )  # fmt: skip

    def accept(self, *, accepting: bool) -> None:
        self.accepting = accepting
        self.save(update_fields=["accepting"])

    def count_account(self) -> None:
        """One more until the panel is asked again."""
        Server.objects.filter(pk=self.pk).update(licence_used=F("licence_used") + 1)


class LeaseQuerySet(TenantQuerySet["ServerLease"]):
    def take(self, *, server: Server, run_id: UUID, until: datetime, at: datetime) -> bool:
        """Hold one of the server's slots. One statement per slot decides: nobody checks first.

        A run that holds one already keeps it. Slots that are not won stay locked until the commit, so takers pass one by one; else two
        of them could wait for each other.
        """
        if self.filter(server=server, run_id=run_id).update(expires_at=until):
            return True
        hold(f"hosting.lease:{server.id}")
        with connection.cursor() as cursor:
            for slot in range(1, server.max_concurrent + 1):
                cursor.execute(TAKE_SLOT, [uuid7(), at, server.id, slot, run_id, until, at])
                if cursor.fetchone():
                    return True
        return False

    def let_go(self, *, run_id: UUID) -> None:
        self.filter(run_id=run_id).delete()


class ServerLease(TenantModel):
    """The right to talk to a panel: a server has as many slots as calls it bears at once."""

    server = TenantForeignKey(Server, models.CASCADE)
    slot = models.PositiveSmallIntegerField()
    run_id = models.UUIDField()
    expires_at = models.DateTimeField()

    objects: ClassVar[LeaseQuerySet] = LeaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(TenantModel.Meta):
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "server", "slot"], name="hosting_lease_slot_once"
            ),
        ]
