"""What is told of keys: that they came, changed and went, and nothing that opens."""

from datetime import timedelta

from alicerce.apps.developers.events import ApiKeyCreated, ApiKeyRevoked, ApiKeyRotated
from alicerce.apps.developers.services.retire_key import revoke_key, rotate_key
from alicerce.apps.developers.tests.factories import NOON, a_key, a_maker

DAY = timedelta(days=1)


class TestTelling:
    def test_of_a_new_key_says_what_it_opens_and_until_when(self, tenant, published):
        minted = a_key(tenant, "customers:read", expires_at=NOON + DAY)

        (told,) = of_keys(published)
        assert told.name == "api_key.created"
        assert (told.api_key_id, told.mode, told.scopes) == (
            minted.id,
            "live",
            ("customers:read",),
        )
        assert told.expires_at == NOON + DAY
        assert minted.secret[8:] not in told.model_dump_json()

    def test_of_an_exchange_names_both_and_how_long_the_old_one_lives(self, tenant, published):
        maker = a_maker(tenant)
        old = a_key(tenant, maker=maker)
        heir = rotate_key(key_id=old.id, maker=maker, overlap=DAY, at=NOON)

        told = of_keys(published)[-1]
        assert isinstance(told, ApiKeyRotated)
        assert (told.api_key_id, told.replaced_by_id) == (old.id, heir.id)
        assert told.valid_until == NOON + DAY
        assert heir.secret[8:] not in told.model_dump_json()

    def test_of_a_revocation_happens_once(self, tenant, published):
        key = a_key(tenant)
        for _ in range(2):
            revoke_key(key_id=key.id, at=NOON)

        assert [told.name for told in of_keys(published)] == [
            "api_key.created",
            "api_key.revoked",
        ]


def of_keys(published):
    kinds = (ApiKeyCreated, ApiKeyRotated, ApiKeyRevoked)
    return [event for event in published if isinstance(event, kinds)]
