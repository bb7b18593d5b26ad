"""A hosting account: what the customer pays for, what we want, what the panel shows."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alicerce.apps.hosting.models.life import Life
from alicerce.apps.hosting.models.server import Server
from alicerce.apps.hosting.types import Desired, Observed, ServiceCard, ServiceStatus
from alicerce.kernel.db import OperatedModel, TenantForeignKey, TenantQuerySet
from alicerce.kernel.personal import CONTRACT, Inventory


class ServiceQuerySet(TenantQuerySet["Service"]):
    def on_server(self, server_id: UUID) -> "ServiceQuerySet":
        """Accounts that take a place on a server, made or about to be."""
        return self.filter(server_id=server_id).exclude(desired=Desired.TERMINATED)

    def waiting_for_removal(self) -> "ServiceQuerySet":
        """Scheduled, and nobody said yes yet."""
        return self.filter(removal_due_at__isnull=False, removal_confirmed_at=None)

    def newest_first(self) -> "ServiceQuerySet":
        return self.order_by("-id")


class Service(Life, OperatedModel):
    """A hosting account, ours before it is the panel's."""

    inventory: ClassVar = Inventory(
        _("Serviços"),
        of={"customer": "customer_id"},
        names={"service": "id"},
        keep={CONTRACT: "domain username"},
        plain="package plan_name region wanted_package wanted_plan_name",
    )

    customer = TenantForeignKey("customers.Customer", models.PROTECT)
    line_id = models.UUIDField()
    domain = models.CharField(max_length=253)
    region = models.CharField(max_length=40, default="", blank=True)
    server = TenantForeignKey(Server, models.PROTECT, null=True, related_name="services")
    wanted_server = TenantForeignKey(Server, models.PROTECT, null=True, related_name="+")
    """Where it was sold to live, when somebody said so: no other is chosen."""
    username = models.CharField(max_length=16, default="", blank=True)
    candidate = models.PositiveSmallIntegerField(default=0)
    activated_at = models.DateTimeField(null=True)
    disk_used = models.BigIntegerField(null=True)
    """In bytes, as its server said when its accounts were last listed."""
    disk_seen_at = models.DateTimeField(null=True)

    objects: ClassVar[ServiceQuerySet] = ServiceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OperatedModel.Meta):
        constraints = [
            *OperatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["tenant", "line_id"], name="hosting_service_per_line"
            ),
            models.UniqueConstraint(
                fields=["tenant", "server", "username"],
                condition=~Q(username=""),
                name="hosting_service_username_once",
            ),
            models.CheckConstraint(
                condition=~Q(status="active") | Q(activated_at__isnull=False),
                name="hosting_service_active_since",
            ),
            models.CheckConstraint(
                condition=~Q(status="suspended") | Q(suspended_at__isnull=False),
                name="hosting_service_suspended_since",
            ),
            models.CheckConstraint(
                condition=~Q(desired="terminated") | Q(removal_confirmed_at__isnull=False),
                name="hosting_service_removal_confirmed",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "status", "-id"], name="hosting_services_by_status"),
            models.Index(fields=["tenant", "customer", "-id"], name="hosting_services_of"),
            models.Index(
                fields=["tenant", "plan_name", "-id"], name="hosting_services_by_plan"
            ),
            models.Index(fields=["tenant", "server", "-id"], name="hosting_services_on"),
            models.Index(
                fields=["tenant", "domain"],
                opclasses=["uuid_ops", "varchar_pattern_ops"],
                name="hosting_services_by_domain",
            ),
            models.Index(
                fields=["tenant", "username"],
                opclasses=["uuid_ops", "varchar_pattern_ops"],
                name="hosting_services_by_username",
            ),
            models.Index(
                fields=["tenant", "removal_due_at"],
                condition=Q(removal_due_at__isnull=False),
                name="hosting_services_to_remove",
            ),
            # lint: allow tenant-unique because operators page through all tenants' services by id
            models.Index(fields=["id"], name="hosting_services_everywhere"),
        ]

    def __str__(self) -> str:
        return self.domain

    def see_disk(self, used: int | None, *, at: datetime) -> bool:
        """False when the panel does not say. To be saved with many others."""
        if used is None:
            return False
        self.disk_used, self.disk_seen_at = used, at
        return True

    def card(self) -> ServiceCard:
        return ServiceCard(
            self.id, self.customer_id, self.line_id, self.domain, ServiceStatus(self.status)
        )

    def start_provisioning(self) -> None:
        self.status = ServiceStatus.PROVISIONING
        self.save(update_fields=["status"])

    def place(self, server: Server) -> None:
        """Live on this server; a name reserved elsewhere means nothing here."""
        self.server, self.username = server, ""
        self.save(update_fields=["server", "username"])

    def leave_server(self) -> None:
        self.server, self.username = None, ""
        self.save(update_fields=["server", "username"])

    def reserve(self, username: str, *, candidate: int) -> bool:
        """Take the name on the server. False when another service of ours has it."""
        self.username, self.candidate = username, candidate
        try:
            with transaction.atomic():
                self.save(update_fields=["username", "candidate"])
        except IntegrityError:
            self.username = ""
            return False
        return True

    def give_up_username(self) -> None:
        """The panel knows somebody else by it: the next candidate is due."""
        self.username, self.candidate = "", self.candidate + 1
        self.save(update_fields=["username", "candidate"])

    def see(self, observed: Observed) -> None:
        self.observed = observed
        self.save(update_fields=["observed"])

    def activate(self, *, at: datetime) -> None:
        self.status, self.activated_at = ServiceStatus.ACTIVE, at
        self.save(update_fields=["status", "activated_at"])

    def fail(self) -> None:
        self.status = ServiceStatus.ERROR
        self.save(update_fields=["status"])
