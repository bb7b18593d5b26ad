"""The least that is valid, for tests."""

from typing import Any

from alicerce.apps.identity.models import User


def a_person(email: str = "ana@padaria.example", **given: Any) -> User:
    return User.objects.create(**{"email": email, "name": "Ana", "password": "!", **given})
