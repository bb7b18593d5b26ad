"""Apps that a company publishes, and what they prove themselves with. Rows of the publisher."""

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.marketplace.types import (
    SECRET,
    ApplicationForm,
    ApplicationKind,
    ApplicationView,
    SecretView,
)
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory
from alicerce.kernel.tokens import digest, new_token

SHOWN = len(SECRET) + 4


class ApplicationQuerySet(TenantQuerySet["Application"]):
    def live(self) -> "ApplicationQuerySet":
        return self.filter(withdrawn_at=None)


class Application(TenantModel):
    """A program that other companies may install. Its id is what OAuth calls the client id."""

    inventory: ClassVar = Inventory(
        _("Aplicativos registrados"),
        of={"user": "made_by"},
        plain="name website redirect_uris scopes",
    )

    name = models.CharField(max_length=80)
    website = models.CharField(max_length=2000)
    kind = models.CharField(
        max_length=12, choices=[(k.value, k.value) for k in ApplicationKind]
    )
    redirect_uris = models.JSONField(default=list)
    scopes = models.JSONField(default=list)
    made_by = models.UUIDField()
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[ApplicationQuerySet] = ApplicationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            CheckConstraint(
                condition=Q(kind__in=list(ApplicationKind)), name="marketplace_application_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_confidential(self) -> bool:
        return self.kind == ApplicationKind.CONFIDENTIAL

    def change(self, form: ApplicationForm) -> dict[str, Any]:
        """Become what the form says; what it was before, for each thing that changed."""
        wanted = written(form)
        before = {k: getattr(self, k) for k, v in wanted.items() if getattr(self, k) != v}
        for name in before:
            setattr(self, name, wanted[name])
        if before:
            self.save(update_fields=list(before))
        return before

    def withdraw(self, *, at: datetime) -> bool:
        """Open nothing, anywhere, from now on. False when it already does not."""
        if self.withdrawn_at is not None:
            return False
        self.withdrawn_at = at
        self.save(update_fields=["withdrawn_at"])
        return True

    def view(self) -> ApplicationView:
        return ApplicationView(
            id=self.id,
            name=self.name,
            website=self.website,
            kind=ApplicationKind(self.kind),
            redirect_uris=tuple(self.redirect_uris),
            scopes=tuple(self.scopes),
            created_at=self.created_at,
        )


def written(form: ApplicationForm) -> dict[str, Any]:
    """The form as the columns have it."""
    return {
        "name": form.name,
        "website": form.website,
        "redirect_uris": list(form.redirect_uris),
        "scopes": sorted(form.scopes),
    }


class SecretQuerySet(TenantQuerySet["ClientSecret"]):
    def live(self, *, at: datetime) -> "SecretQuerySet":
        lasting = Q(expires_at=None) | Q(expires_at__gt=at)
        return self.filter(lasting, revoked_at=None)

    def mint(self, application: Application, made_by: Any) -> str:
        """Make one, and say it for the only time."""
        secret = new_token(SECRET)
        self.create(
            application=application,
            digest=digest(secret),
            shown=f"{secret[:SHOWN]}…",
            scopes=sorted(application.scopes),
            made_by=made_by,
        )
        return secret


class ClientSecret(TenantModel):
    """What a confidential app proves itself with; here is only its digest.

    For its own company the app may do what the maker of the secret may, of what it asked for then:
    whoever widens the app later makes a secret of their own. When the maker leaves it proves the app
    still, for those who installed it, and opens nothing of its own company, should they come back.
    """

    inventory: ClassVar = Inventory(
        _("Segredos de aplicativos criados"),
        of={"user": "made_by"},
        plain="digest shown scopes",
        hidden="digest",
    )

    application = TenantForeignKey(Application, models.PROTECT)
    digest = models.CharField(max_length=64)
    shown = models.CharField(max_length=16)
    scopes = models.JSONField(default=list)
    made_by = models.UUIDField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    orphaned_at = models.DateTimeField(null=True)

    objects: ClassVar[SecretQuerySet] = SecretQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "digest"], name="client_secret_digest_once"),
        ]

    def __str__(self) -> str:
        return self.shown

    def is_live(self, *, at: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)

    def give_way(self, *, until: datetime) -> None:
        """Live on beside a newer one until then, and no longer than it would have."""
        self.expires_at = min(until, self.expires_at or until)
        self.save(update_fields=["expires_at"])

    def lose_maker(self, *, at: datetime) -> bool:
        """Open nothing of its own company from now on. False when it already does not."""
        if self.orphaned_at is not None:
            return False
        self.orphaned_at = at
        self.save(update_fields=["orphaned_at"])
        return True

    def revoke(self, *, at: datetime) -> None:
        self.revoked_at = at
        self.save(update_fields=["revoked_at"])

    def view(self) -> SecretView:
        return SecretView(
            self.shown, self.created_at, self.expires_at, self.orphaned_at is not None
        )
