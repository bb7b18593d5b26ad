"""People. A person is global: one e-mail, one sign-in, no role of their own."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from alicerce.kernel.db import PlatformModel
from alicerce.kernel.isolation import PlatformTable
from alicerce.kernel.personal import Inventory, address_alias


class People(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(PlatformModel, AbstractBaseUser):
    """A person who can sign in."""

    inventory: ClassVar = Inventory(
        _("Cadastro da pessoa"),
        of={"user": "id"},
        names={"email": "email"},
        erase="email name",
        plain="locale password",
        instead={"email": address_alias, "password": "!", "is_active": False},
        hidden="password",
    )

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    locale = models.CharField(max_length=8, default="pt-br")
    is_active = models.BooleanField(default=True)

    objects: ClassVar[Any] = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta(PlatformModel.Meta):
        constraints: ClassVar = [
            PlatformTable(name="identity_user_grants", app="select, insert, update"),
            CheckConstraint(condition=models.Q(email=Lower(F("email"))), name="email_is_lower"),
        ]

    def __str__(self) -> str:
        return self.email


class SignInAttempt(PlatformModel):
    """A failed attempt to sign in, kept to slow down the next one."""

    inventory: ClassVar = Inventory(
        _("Tentativas de entrar"), of={"email": "email"}, erase="email ip", deletes=True
    )

    email = models.EmailField()
    ip = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()

    class Meta(PlatformModel.Meta):
        constraints: ClassVar = [
            PlatformTable(name="identity_attempt_grants", app="select, insert, delete")
        ]
        indexes: ClassVar = [
            models.Index(fields=["email", "at"], name="attempts_on_email"),
            models.Index(fields=["ip", "at"], name="attempts_from_ip"),
        ]

    def __str__(self) -> str:
        return f"{self.email} from {self.ip}"
