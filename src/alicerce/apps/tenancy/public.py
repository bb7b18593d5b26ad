"""What other apps may ask of tenancy."""

from alicerce.apps.tenancy.models import BillingAccount, Invitation, Membership
from alicerce.apps.tenancy.queries.access import (
    CHOSEN,
    access_of,
    session_wishes,
    workspace_at,
)
from alicerce.apps.tenancy.queries.companies import closed_sign, companies_everywhere
from alicerce.apps.tenancy.queries.invitations import letter_of
from alicerce.apps.tenancy.queries.limits import limits
from alicerce.apps.tenancy.queries.logos import letterhead_mark
from alicerce.apps.tenancy.queries.news import (
    account_news,
    company_news,
    ownership_news,
    restriction_news,
)
from alicerce.apps.tenancy.queries.payers import account as billing_account
from alicerce.apps.tenancy.queries.payers import (
    accounts_of,
    accounts_suspended_before,
    is_payer,
    owns_account,
    payer_of,
)
from alicerce.apps.tenancy.queries.products import enabled_products, is_enabled, products
from alicerce.apps.tenancy.queries.sandbox_clock import sandbox_clock
from alicerce.apps.tenancy.queries.standing_in import (
    answerers,
    asks_consent,
    may_be_stood_in_for,
    may_stand_in,
)
from alicerce.apps.tenancy.queries.team import (
    administrators,
    is_inviting,
    is_member,
    members,
)
from alicerce.apps.tenancy.queries.tenants import (
    all_tenant_ids,
    bill_url,
    door,
    home_url_of,
    host_at,
    hosts_of,
    is_open,
    is_platform,
    is_sandbox,
    page_url,
    platform,
    platform_host,
    platform_url,
    root_tenant,
    tenant_card,
    tenant_ids,
    tenant_names,
    tenant_of_host,
    time_zone,
)
from alicerce.apps.tenancy.services.hosts import lead_here, lead_no_more, put_first
from alicerce.apps.tenancy.services.invite import withdraw_invitations_of_key
from alicerce.apps.tenancy.services.limits import keep_within
from alicerce.apps.tenancy.services.open_tenant import open_sandbox, open_tenant
from alicerce.apps.tenancy.services.payers import (
    note_payment,
    open_billing_account,
    pay_by_new_account,
    pay_for,
    resume_account,
    suspend_account,
)
from alicerce.apps.tenancy.services.products import disable_product, enable_product
from alicerce.apps.tenancy.services.products import set_terms as set_product_terms
from alicerce.apps.tenancy.services.sandbox_clock import move_clock
from alicerce.apps.tenancy.services.standing import (
    restrict_tenant,
    resume_tenant,
    suspend_tenant,
)
from alicerce.apps.tenancy.services.team import add_member
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "CHOSEN",
    "access_of",
    "account_news",
    "accounts_of",
    "accounts_suspended_before",
    "add_member",
    "administrators",
    "all_tenant_ids",
    "answerers",
    "asks_consent",
    "bill_url",
    "billing_account",
    "closed_sign",
    "companies_everywhere",
    "company_news",
    "disable_product",
    "door",
    "enable_product",
    "enabled_products",
    "home_url_of",
    "host_at",
    "hosts_of",
    "is_enabled",
    "is_inviting",
    "is_member",
    "is_open",
    "is_payer",
    "is_platform",
    "is_sandbox",
    "keep_within",
    "lead_here",
    "lead_no_more",
    "letter_of",
    "letterhead_mark",
    "limits",
    "may_be_stood_in_for",
    "may_stand_in",
    "members",
    "move_clock",
    "note_payment",
    "open_billing_account",
    "open_sandbox",
    "open_tenant",
    "ownership_news",
    "owns_account",
    "page_url",
    "pay_by_new_account",
    "pay_for",
    "payer_of",
    "personal",
    "platform",
    "platform_host",
    "platform_url",
    "products",
    "put_first",
    "restrict_tenant",
    "restriction_news",
    "resume_account",
    "resume_tenant",
    "root_tenant",
    "sandbox_clock",
    "session_wishes",
    "set_product_terms",
    "suspend_account",
    "suspend_tenant",
    "tenant_card",
    "tenant_ids",
    "tenant_names",
    "tenant_of_host",
    "time_zone",
    "withdraw_invitations_of_key",
    "workspace_at",
]

personal = PersonalRecords(Membership, Invitation, BillingAccount)
