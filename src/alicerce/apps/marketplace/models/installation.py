"""Apps in a company: that it has them, what was agreed to, and what opens. Rows of who installs."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alicerce.apps.developers.types import Mode
from alicerce.apps.marketplace.models.application import ClientSecret
from alicerce.apps.marketplace.types import InstallationView, TokenKind
from alicerce.kernel.db import TenantForeignKey, TenantModel, TenantQuerySet
from alicerce.kernel.personal import Inventory


class InstallationQuerySet(TenantQuerySet["Installation"]):
    def live(self) -> "InstallationQuerySet":
        return self.filter(uninstalled_at=None)


class Installation(TenantModel):
    """An app in this company. The last yes says what it may do at most, and whose yes it was.

    A test installation opens the company's sandbox instead of the company, beside a live one or not.
    The app is another company's row, which no key of ours can point at; its name is as it was then.
    """

    inventory: ClassVar = Inventory(
        _("Aplicativos instalados"),
        of={"user": "installed_by"},
        plain="app_name publisher scopes",
    )

    application_id = models.UUIDField()
    app_name = models.CharField(max_length=80)
    publisher = models.CharField(max_length=200)
    mode = models.CharField(
        max_length=4,
        choices=[(m.value, m.value) for m in Mode],
        default=Mode.LIVE,
        db_default=Mode.LIVE.value,
    )
    scopes = models.JSONField(default=list)
    installed_by = models.UUIDField()
    installed_at = models.DateTimeField()
    uninstalled_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    objects: ClassVar[InstallationQuerySet] = InstallationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "application_id", "mode"],
                condition=Q(uninstalled_at=None),
                name="app_installed_once",
            ),
            CheckConstraint(condition=Q(mode__in=list(Mode)), name="installation_mode"),
        ]

    def __str__(self) -> str:
        return self.app_name

    def agree(self, scopes: frozenset[str], *, by: UUID, at: datetime) -> None:
        """Somebody said yes again: what they said is what holds."""
        self.scopes, self.installed_by, self.installed_at = sorted(scopes), by, at
        self.save(update_fields=["scopes", "installed_by", "installed_at"])

    def uninstall(self, *, at: datetime) -> bool:
        """Open nothing from now on. False when it already does not."""
        if self.uninstalled_at is not None:
            return False
        self.uninstalled_at = at
        self.save(update_fields=["uninstalled_at"])
        return True

    def view(self, *, ends_at: datetime | None = None) -> InstallationView:
        return InstallationView(
            id=self.id,
            application_id=self.application_id,
            name=self.app_name,
            publisher=self.publisher,
            scopes=tuple(self.scopes),
            installed_by=self.installed_by,
            installed_at=self.installed_at,
            uninstalled_at=self.uninstalled_at,
            last_used_at=self.last_used_at,
            ends_at=ends_at,
            mode=Mode(self.mode),
        )


class Grant(TenantModel):
    """One yes, by a person who installs or by an app's own secret; all its tokens end with it.

    A person's yes is fetched with a code: it opens once, for whom and where it was meant.
    """

    inventory: ClassVar = Inventory(
        _("Acessos dados a aplicativos"),
        of={"user": "given_by"},
        plain="digest redirect_uri challenge scopes",
        hidden="digest challenge",
    )

    installation = TenantForeignKey(Installation, models.PROTECT, null=True)
    secret = TenantForeignKey(ClientSecret, models.PROTECT, null=True)
    application_id = models.UUIDField()
    given_by = models.UUIDField()
    mode = models.CharField(
        max_length=4,
        choices=[(m.value, m.value) for m in Mode],
        default=Mode.LIVE,
        db_default=Mode.LIVE.value,
    )
    scopes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    redirect_uri = models.CharField(max_length=2000, blank=True)
    challenge = models.CharField(max_length=43, blank=True)
    expires_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar[TenantQuerySet["Grant"]] = TenantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(
                fields=["tenant", "digest"], condition=~Q(digest=""), name="grant_digest_once"
            ),
            CheckConstraint(
                condition=~Q(installation=None) | ~Q(secret=None), name="grant_has_a_giver"
            ),
            CheckConstraint(
                condition=Q(installation=None) | Q(ends_at__isnull=False), name="yes_has_an_end"
            ),
            CheckConstraint(condition=Q(mode__in=list(Mode)), name="grant_mode"),
        ]
        indexes: ClassVar = [Index(fields=["tenant", "expires_at"], name="grants_by_age")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def acts_in(self) -> Mode:
        """An installation's, or what the app itself asked for."""
        return Mode(self.installation.mode if self.installation else self.mode)

    def is_live(self, *, at: datetime) -> bool:
        """Whether it stands, and so does all that it hangs on."""
        if self.revoked_at is not None or (self.ends_at and self.ends_at <= at):
            return False
        if self.installation is not None and self.installation.uninstalled_at is not None:
            return False
        if self.secret is None:
            return True
        return self.secret.orphaned_at is None and self.secret.is_live(at=at)

    def bounds(self) -> frozenset[str]:
        """What its tokens may do at most: a later yes may have said less."""
        agreed = self.secret.scopes if self.secret is not None else self.scopes
        if self.installation is not None:
            agreed = self.installation.scopes
        return frozenset(self.scopes) & frozenset(agreed)

    def use(self, *, at: datetime) -> None:
        self.used_at = at
        self.save(update_fields=["used_at"])

    def revoke(self, *, at: datetime) -> bool:
        """End all its tokens. False when they already did."""
        if self.revoked_at is not None:
            return False
        self.revoked_at = at
        self.save(update_fields=["revoked_at"])
        return True


class Token(TenantModel):
    """What an app sends, or exchanges for another. Here is only its digest."""

    inventory: ClassVar = Inventory(plain="digest scopes", hidden="digest")

    grant = TenantForeignKey(Grant, models.CASCADE)
    kind = models.CharField(max_length=7, choices=[(k.value, k.value) for k in TokenKind])
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar[TenantQuerySet["Token"]] = TenantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(TenantModel.Meta):
        constraints: ClassVar = [
            *TenantModel.Meta.constraints,
            UniqueConstraint(fields=["tenant", "digest"], name="token_digest_once"),
            CheckConstraint(condition=Q(kind__in=list(TokenKind)), name="token_kind"),
        ]
        indexes: ClassVar = [Index(fields=["tenant", "expires_at"], name="tokens_by_age")]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    def opens(self, *, at: datetime) -> bool:
        return self.revoked_at is None and self.used_at is None and self.expires_at > at

    def use(self, *, at: datetime) -> None:
        self.used_at = at
        self.save(update_fields=["used_at"])

    def revoke(self, *, at: datetime) -> bool:
        """Open nothing from now on. False when it already does not."""
        if not self.opens(at=at):
            return False
        self.revoked_at = at
        self.save(update_fields=["revoked_at"])
        return True
