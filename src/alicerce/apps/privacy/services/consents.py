"""Give a consent, or take it back."""

from datetime import datetime
from uuid import UUID

from alicerce.apps.audit import public as audit
from alicerce.apps.privacy import queries
from alicerce.apps.privacy.events import ConsentChanged
from alicerce.apps.privacy.models import Consent
from alicerce.apps.privacy.rules import VERSIONS
from alicerce.apps.privacy.types import Channel, Purpose
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.locks import hold


@transaction()
def set_consent(
    *, user_id: UUID, purpose: Purpose, given: bool, channel: Channel, at: datetime
) -> bool:
    """Write down what somebody wants from now on. False when they wanted the same, in the same words."""
    hold(f"privacy.consent:{user_id}")
    before = queries.consent_of(user_id, purpose)
    version = VERSIONS[purpose]
    if before.given == given and (not given or before.version == version):
        return False
    consent = Consent.objects.create(
        user_id=user_id, purpose=purpose, version=version, channel=channel, given=given, at=at
    )
    audit.record(
        action="consent.given" if given else "consent.revoked",
        entity="consent",
        entity_id=consent.id,
        after={"purpose": purpose, "version": version, "channel": channel},
        at=at,
    )
    publish(ConsentChanged(at=at, user_id=user_id, purpose=purpose, given=given))
    return True
