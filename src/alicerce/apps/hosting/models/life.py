"""What a service goes through once it is live: held back, changed, removed."""

from datetime import datetime

from django.db import models

from alicerce.apps.hosting.types import Cause, Desired, Observed, Scope, ServiceStatus


class Life(models.Model):
    """What is wanted changes at once; what people read changes when the panel confirmed it."""

    package = models.CharField(max_length=80)
    plan_name = models.CharField(max_length=120)
    generation = models.PositiveIntegerField(default=1)
    desired = models.CharField(
        max_length=10, choices=[(s, s) for s in Desired], default=Desired.ACTIVE
    )
    observed = models.CharField(
        max_length=10, choices=[(s, s) for s in Observed], default=Observed.ABSENT
    )
    status = models.CharField(
        max_length=12, choices=[(s, s) for s in ServiceStatus], default=ServiceStatus.PENDING
    )
    wanted_package = models.CharField(max_length=80, default="", blank=True)
    wanted_plan_name = models.CharField(max_length=120, default="", blank=True)
    package_wanted_at = models.DateTimeField(null=True)
    package_in_doubt = models.BooleanField(default=False)
    suspension_cause = models.CharField(
        max_length=7, choices=[(c, c) for c in Cause], default="", blank=True
    )
    suspension_scope = models.CharField(
        max_length=4, choices=[(s, s) for s in Scope], default="", blank=True
    )
    suspended_at = models.DateTimeField(null=True)
    suspension_told = models.BooleanField(default=False)
    removal_due_at = models.DateTimeField(null=True)
    removal_asked_at = models.DateTimeField(null=True)
    removal_confirmed_at = models.DateTimeField(null=True)
    terminated_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def wants_another_package(self) -> bool:
        return self.package_in_doubt or self.wanted_package not in ("", self.package)

    def want(self, desired: Desired) -> bool:
        """Every change of mind is another generation, which overrules the runs of older ones."""
        if self.desired == desired:
            return False
        self.desired, self.generation = desired, self.generation + 1
        self.save(update_fields=["desired", "generation"])
        return True

    def want_package(self, package: str, plan_name: str, *, said_at: datetime) -> bool:
        """False when it is so, or when something newer was said before this was heard."""
        if self.package_wanted_at and said_at < self.package_wanted_at:
            return False
        self.package_wanted_at = said_at
        self.save(update_fields=["package_wanted_at"])
        wanted = (package, plan_name)
        if wanted == (
            self.wanted_package or self.package,
            self.wanted_plan_name or self.plan_name,
        ):
            return False
        self.wanted_package, self.wanted_plan_name = wanted
        self.generation += 1
        self.save(update_fields=["wanted_package", "wanted_plan_name", "generation"])
        return True

    def begin_generation(self, number: int) -> None:
        self.generation = number
        self.save(update_fields=["generation"])

    def doubt_package(self) -> None:
        """The panel was asked for another: until it shows one, nobody knows."""
        self.package_in_doubt = True
        self.save(update_fields=["package_in_doubt"])

    def held_by(self, cause: str, scope: str) -> None:
        """The gravest cause and the widest scope of its holds; empty when nothing holds it."""
        self.suspension_cause, self.suspension_scope = cause, scope
        self.save(update_fields=["suspension_cause", "suspension_scope"])

    def suspend(self, *, at: datetime) -> bool:
        self.observed = Observed.SUSPENDED
        changed = self.status != ServiceStatus.SUSPENDED
        if changed:
            self.status, self.suspended_at = ServiceStatus.SUSPENDED, at
        self.save(update_fields=["observed", "status", "suspended_at"])
        return changed

    def resume(self) -> bool:
        self.observed = Observed.ACTIVE
        changed = self.status != ServiceStatus.ACTIVE
        self.status, self.suspended_at = ServiceStatus.ACTIVE, None
        self.save(update_fields=["observed", "status", "suspended_at"])
        return changed

    def note_told(self, *, told: bool) -> None:
        self.suspension_told = told
        self.save(update_fields=["suspension_told"])

    def take_package(self, package: str, plan_name: str) -> None:
        """The panel has it now. What is wanted since then stays wanted."""
        if self.wanted_package == package:
            self.wanted_package, self.wanted_plan_name = "", ""
        self.package, self.plan_name, self.package_in_doubt = package, plan_name, False
        self.save(
            update_fields=[
                "package", "plan_name", "package_in_doubt", "wanted_package", "wanted_plan_name",
            ]
        )  # fmt: skip

    def schedule_removal(self, due_at: datetime | None) -> None:
        self.removal_due_at, self.removal_asked_at = due_at, None
        self.save(update_fields=["removal_due_at", "removal_asked_at"])

    def note_asked(self, *, at: datetime) -> None:
        """Somebody was told that its day has come."""
        self.removal_asked_at = at
        self.save(update_fields=["removal_asked_at"])

    def confirm_removal(self, *, at: datetime) -> None:
        self.removal_confirmed_at = at
        self.save(update_fields=["removal_confirmed_at"])

    def terminate(self, *, at: datetime) -> None:
        self.status, self.observed = ServiceStatus.TERMINATED, Observed.ABSENT
        self.desired, self.terminated_at = Desired.TERMINATED, at
        self.suspended_at = None
        self.save(
            update_fields=["status", "observed", "desired", "terminated_at", "suspended_at"]
        )
