"""What tables know a session by: a digest. The key itself is in the browser's cookie and nowhere else."""

from typing import Any

from django.db import models
from django.utils.crypto import salted_hmac

LENGTH = 40
SALT = "alicerce.session"


class SessionName(str):
    """The digest of a session's key. It opens nothing: a key is digested again, a name is not.

    The type makes the difference, and a cookie never has it.
    """

    __slots__ = ()


def name_of(key: str) -> SessionName:
    """How tables call the session with this key; a name stays what it is."""
    if isinstance(key, SessionName):
        return key
    return SessionName(salted_hmac(SALT, key, algorithm="sha256").hexdigest()[:LENGTH])


class SessionKeyField(models.CharField):  # type: ignore[type-arg]
    """Written and looked for by digest, whoever asks: Django's store, django-allauth, and we."""

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return name_of(prepared) if isinstance(prepared, str) else prepared

    def from_db_value(self, value: str | None, *_: Any) -> SessionName | None:
        return None if value is None else SessionName(value)

    def deconstruct(self) -> Any:
        """To migrations it is what its makers made: the column is no other."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options


def hide_keys_of(*tables: type[models.Model]) -> None:
    """Their `session_key` keeps digests from now on. Neither model lets itself be exchanged."""
    for table in tables:
        options = table._meta  # noqa: SLF001
        options.get_field("session_key").__class__ = SessionKeyField
