"""Who keeps what of people: one line an app. What leads to the rest stands before it."""

from collections.abc import Sequence
from uuid import UUID

from alicerce.apps.billing import public as billing
from alicerce.apps.catalog import public as catalog
from alicerce.apps.collecting import public as collecting
from alicerce.apps.corrections import public as corrections
from alicerce.apps.customers import public as customers
from alicerce.apps.developers import public as developers
from alicerce.apps.disputes import public as disputes
from alicerce.apps.dns import public as dns
from alicerce.apps.dunning import public as dunning
from alicerce.apps.endpoints import public as endpoints
from alicerce.apps.fiscal import public as fiscal
from alicerce.apps.forecasts import public as forecasts
from alicerce.apps.hosting import public as hosting
from alicerce.apps.identity import public as identity
from alicerce.apps.marketplace import public as marketplace
from alicerce.apps.metadata import public as metadata
from alicerce.apps.metering import public as metering
from alicerce.apps.notify import public as notify
from alicerce.apps.orders import public as orders
from alicerce.apps.privacy.models import Consent, Export, PrivacyRequest
from alicerce.apps.reconciliation import public as reconciliation
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.support import public as support
from alicerce.apps.switching import public as switching
from alicerce.apps.taxes import public as taxes
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.transfers import public as transfers
from alicerce.kernel.personal import PersonalRecords, Subject, subject

PERSON = identity.personal
"""The one record that tenants share."""
HOLDERS: Sequence[PersonalRecords] = (
    PersonalRecords(Consent, PrivacyRequest, Export),
    identity.personal_here,
    tenancy.personal,
    customers.personal,
    catalog.personal,
    orders.personal,
    billing.personal,
    corrections.personal,
    collecting.personal,
    dunning.personal,
    disputes.personal,
    fiscal.personal,
    taxes.personal,
    reconciliation.personal,
    subscriptions.personal,
    metering.personal,
    hosting.personal,
    transfers.personal,
    dns.personal,
    support.personal,
    forecasts.personal,
    switching.personal,
    notify.personal,
    developers.personal,
    endpoints.personal,
    metadata.personal,
    marketplace.personal,
)


def subjects_of(*, user_id: UUID, customer_ids: Sequence[UUID]) -> set[Subject]:
    """The person, their customers, and everything that leads on from there."""
    known = {subject("user", user_id), *(subject("customer", each) for each in customer_ids)}
    while True:
        found = known.union(*(holder.subjects_of(known) for holder in (*HOLDERS, PERSON)))
        if found == known:
            return known
        known = found
