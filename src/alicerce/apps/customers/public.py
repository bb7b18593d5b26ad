"""What other apps may ask of customers."""

from alicerce.apps.customers.models import (
    Address,
    Contact,
    Customer,
    CustomerExport,
    CustomerImport,
    CustomerUser,
    ExportPart,
    Invitation,
    InvitationRound,
    Note,
    SavedView,
    Tag,
    Word,
)
from alicerce.apps.customers.queries.access import (
    client_access,
    customers_of_user,
    is_known_beyond,
    sole_customers_of,
    users_of,
    who_let_people_in,
)
from alicerce.apps.customers.queries.customers import (
    addresses_of,
    customer,
    customer_detail,
    find_customers,
)
from alicerce.apps.customers.queries.fiscal import billing_address, fiscal_facts
from alicerce.apps.customers.queries.records import (
    count_customers,
    customer_ids,
    customers_by_id,
    names_of,
)
from alicerce.apps.customers.services.make_findable import make_findable
from alicerce.apps.customers.services.recognize_customer import recognize_customer
from alicerce.apps.customers.services.save_customer import update_customer
from alicerce.apps.customers.services.stand_for import rename, stand_for
from alicerce.apps.customers.services.take_over import (
    Known,
    OldAddress,
    OldContact,
    OldCustomer,
    customer_versions,
    give_back_customers,
    known_customers,
    make_all_findable,
    take_over,
)
from alicerce.kernel.personal import PersonalRecords

__all__ = [
    "Known",
    "OldAddress",
    "OldContact",
    "OldCustomer",
    "addresses_of",
    "billing_address",
    "client_access",
    "count_customers",
    "customer",
    "customer_detail",
    "customer_ids",
    "customer_versions",
    "customers_by_id",
    "customers_of_user",
    "find_customers",
    "fiscal_facts",
    "give_back_customers",
    "is_known_beyond",
    "known_customers",
    "make_all_findable",
    "make_findable",
    "names_of",
    "personal",
    "recognize_customer",
    "rename",
    "sole_customers_of",
    "stand_for",
    "take_over",
    "update_customer",
    "users_of",
    "who_let_people_in",
]

personal = PersonalRecords(
    Customer,
    CustomerUser,
    Invitation,
    InvitationRound,
    Address,
    Contact,
    Note,
    Tag,
    Word,
    SavedView,
    CustomerImport,
    CustomerExport,
    ExportPart,
)
