"""The people of a company, for tests of what they may do to each other."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from alicerce.apps.audit.models import Entry
from alicerce.apps.tenancy.models import Invitation, Membership
from alicerce.apps.tenancy.tests.factories import a_member, a_person

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def a_colleague(tenant, role: str, name: str | None = None) -> UUID:
    """Somebody who works here under this role; their id."""
    name = name or role
    person = a_person(f"{name}@padaria.example", name=name.title())
    a_member(tenant, person, role)
    return person.id


def roles_held() -> dict[UUID, str]:
    return dict(Membership.objects.values_list("user_id", "role"))


def actions() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("action", flat=True))


def the_invitation() -> Invitation:
    return Invitation.objects.latest("id")
