"""Which tables and columns of WHMCS are read. What is not named here never enters a table of ours.

Passwords, card numbers, tokens and keys are in none of these columns.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from hashlib import sha256
from typing import Any
from zlib import crc32

from alicerce.apps.switching.rules.dumps import Row, Value
from alicerce.apps.switching.types import Place

SETTINGS = frozenset(
    {
        "CreateInvoiceDaysBefore", "CreateDomainInvoiceDaysBefore", "TaxEnabled", "TaxType",
        "ContinuousInvoiceGeneration", "DateFormat", "Version", "CompanyName",
    }
)  # fmt: skip
KEPT: Mapping[Place, str] = {
    Place.SETTINGS: "setting value",
    Place.CURRENCIES: "code default rate",
    Place.GROUPS: "name",
    Place.PRODUCTS: "type gid name description paytype servertype configoption1 tax",
    Place.ADDONS: "name description billingcycle tax",
    Place.PRICING: (
        "type currency relid monthly quarterly semiannually annually biennially triennially "
        "msetupfee qsetupfee ssetupfee asetupfee bsetupfee tsetupfee"
    ),
    Place.PROMOTIONS: "code type recurring value recurfor",
    Place.SERVERS: "name hostname ipaddress type",
    Place.FIELDS: "type fieldname",
    Place.FIELD_VALUES: "fieldid relid value",
    Place.CLIENTS: (
        "firstname lastname companyname email address1 address2 city state postcode country "
        "phonenumber tax_id currency credit taxexempt status language datecreated"
    ),
    Place.CONTACTS: "userid firstname lastname email phonenumber",
    Place.HOSTING: (
        "userid packageid server regdate domain firstpaymentamount amount billingcycle nextduedate "
        "domainstatus username promoid promocount suspendreason"
    ),
    Place.HOSTING_ADDONS: (
        "userid hostingid addonid name qty setupfee recurring billingcycle status regdate nextduedate"
    ),
    Place.DOMAINS: (
        "userid type registrationdate domain recurringamount registrationperiod expirydate promoid "
        "status nextduedate donotrenew"
    ),
    Place.CANCELLATIONS: "relid type",
    Place.UPGRADES: "userid type date relid originalvalue newvalue amount status",
    Place.INVOICES: (
        "userid invoicenum date duedate datepaid subtotal credit tax tax2 total taxrate taxrate2 status"
    ),
    Place.ITEMS: "invoiceid userid type relid description amount taxed duedate",
    Place.PAYMENTS: "userid currency gateway date amountin fees amountout transid invoiceid",
    Place.TICKETS: "tid userid name email date title message status urgency lastreply",
    Place.REPLIES: "tid userid name date message admin",
}
NEEDED: Mapping[Place, str] = {
    Place.CURRENCIES: "code",
    Place.CLIENTS: "firstname lastname email currency status",
    Place.HOSTING: "userid packageid amount billingcycle nextduedate domainstatus",
    Place.INVOICES: "userid date duedate total status",
    Place.ITEMS: "invoiceid type relid amount",
}
PARENTS: Mapping[Place, tuple[str, str]] = {
    Place.PRICING: ("relid", ""),
    Place.FIELD_VALUES: ("relid", "fieldid"),
    Place.CONTACTS: ("userid", ""),
    Place.HOSTING: ("userid", "packageid"),
    Place.HOSTING_ADDONS: ("hostingid", "userid"),
    Place.DOMAINS: ("userid", ""),
    Place.CANCELLATIONS: ("relid", ""),
    Place.UPGRADES: ("relid", "userid"),
    Place.INVOICES: ("userid", ""),
    Place.ITEMS: ("invoiceid", "relid"),
    Place.PAYMENTS: ("invoiceid", "userid"),
    Place.TICKETS: ("userid", ""),
    Place.REPLIES: ("tid", ""),
}
"""By what a row is looked up: whose it is, and what else it names."""
WANTED = frozenset(place.value for place in Place)
LONGEST_CELL = 20_000
MOST_ID = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Staged:
    """A row as it is kept until it is brought."""

    place: Place
    source_id: int
    parent: int
    other: int
    body: dict[str, Value]
    digest: str


class ColumnsMissing(ValueError):
    """The dump is of something else, or of a version too old."""


def staged(row: Row) -> Staged | None:
    """What is kept of a row; None of what nobody asked for. Raises ColumnsMissing."""
    place = Place(row.table)
    if missing := [name for name in NEEDED.get(place, "").split() if name not in row.values]:
        raise ColumnsMissing(f"{place}.{missing[0]}")
    body = {name: _short(row.values.get(name)) for name in KEPT[place].split()}
    if place == Place.SETTINGS:
        if body["setting"] not in SETTINGS:
            return None
        source_id = crc32((body["setting"] or "").encode()) % MOST_ID
    else:
        source_id = number(row.values.get("id"))
    parent, other = PARENTS.get(place, ("", ""))
    return Staged(
        place,
        source_id,
        number(body.get(parent)),
        number(body.get(other)),
        body,
        digest_of(body),
    )


def digest_of(*bodies: Mapping[str, Value]) -> str:
    """The same for the same rows, in whatever order their columns were."""
    said = json.dumps(bodies, sort_keys=True, ensure_ascii=False)
    return sha256(said.encode()).hexdigest()[:32]


def digest_of_plan(plan: Any) -> str:
    """The same for the same meaning, however many rows it was read from."""
    assert is_dataclass(plan)
    assert not isinstance(plan, type)
    return sha256(repr(asdict(plan)).encode()).hexdigest()[:32]


def number(text: Value) -> int:
    """Zero where there is none, as the other program has it."""
    bare = (text or "").strip()
    found = int(bare) if bare.isascii() and bare.isdigit() else 0
    return found if found <= MOST_ID else 0


def _short(text: Value) -> Value:
    return text[:LONGEST_CELL] if text else text
