"""Tell a company that its account at the provider charges no more, and what is due."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import translation

from alicerce.apps.billing.models import Merchant
from alicerce.apps.billing.queries.connect_words import due_words, state_sentence
from alicerce.apps.notify import public as notify
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.db import transaction


@transaction()
def warn_of_merchant(*, merchant_id: UUID, at: datetime) -> None:
    """Once for each change."""
    merchant, tenant = Merchant.objects.get(pk=merchant_id), tenancy.tenant_card()
    with translation.override(tenant.locale):
        told = state_sentence(merchant.view())
        due = "\n".join(f"- {one}" for one in due_words(merchant.due))
    notify.send(
        template="connect_trouble",
        to=tenant.alert_email or settings.ALERT_EMAIL,
        key=f"connect-trouble:{merchant.id}:{at.isoformat()}",
        values={
            "told": told,
            "due": due,
            "link_accounts": f"{tenant.base_url}/app/financeiro/recebimento/",
        },
        at=at,
        locale=tenant.locale,
    )
