"""The least that is valid, for tests."""

from datetime import UTC, datetime

from alicerce.apps.developers.services.make_key import make_key
from alicerce.apps.developers.types import SCOPES, Maker, MintedKey, NewKey
from alicerce.apps.tenancy.tests.factories import a_member, a_person

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def a_maker(tenant, role="owner"):
    person = a_person(f"{role}-{tenant.slug}@example.com")
    a_member(tenant, person, role)
    return Maker(person.id, frozenset(SCOPES))


def a_key(tenant, *scopes: str, maker: Maker | None = None, at=NOON, **given) -> MintedKey:
    """A key of the company's owner, with these scopes or with every one the owner holds."""
    new = NewKey(name="Integração", scopes=frozenset(scopes or SCOPES), **given)
    return make_key(new=new, maker=maker or a_maker(tenant), at=at)
