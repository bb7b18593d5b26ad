"""Who a client is here."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alicerce.apps.customers.types import CustomerKind, CustomerStatus, Profile
from alicerce.apps.switching.rules.reading.values import (
    Body,
    Reading,
    Reference,
    cents_or_zero,
    refused,
    text,
)
from alicerce.apps.switching.rules.tables import number
from alicerce.apps.switching.types import Remark
from alicerce.kernel.brazil import BadDocument, Document, document

_NUMBER = re.compile(r",?\s*(?:n[ºo°.]*\s*)?(\d{1,6}[A-Za-z]?)\s*$")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LONGEST, LONGEST_PHONE = 120, 20
CEP, STATE = 8, 2
CLOSED = "closed"
UNNUMBERED = "S/N"


@dataclass(frozen=True, slots=True)
class AddressPlan:
    postal_code: str
    street: str
    number: str
    complement: str
    district: str
    city: str
    state: str


@dataclass(frozen=True, slots=True)
class ContactPlan:
    name: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class ClientPlan:
    """A customer to be, and what they hold of ours: their credit, in cents."""

    profile: Profile
    status: CustomerStatus
    currency: str
    credit_cents: int
    address: AddressPlan | None
    contacts: tuple[ContactPlan, ...]


def read_client(
    source_id: int,
    body: Body,
    fields: Mapping[int, str],
    contacts: Sequence[Body],
    ref: Reference,
) -> Reading[ClientPlan]:
    """`fields` are the values of the client's own fields, by the field's id."""
    email, currency = (
        text(body, "email").lower(),
        ref.currencies.get(number(body.get("currency"))),
    )
    name = " ".join(filter(None, (text(body, "firstname"), text(body, "lastname"))))
    company = text(body, "companyname")
    if not _EMAIL.fullmatch(email) or len(email) > 254:  # noqa: PLR2004 - an address
        return refused("email_missing", email)
    if not (name or company):
        return refused("name_missing", email)
    if currency is None:
        return refused("currency_unknown", text(body, "currency"))
    remarks: list[Remark] = []
    number_of = _document(body, fields, ref, remarks)
    is_company = bool(company) if number_of is None else number_of.kind == "cnpj"
    profile = Profile(
        name=(company if is_company and company else name or company)[:LONGEST],
        email=email,
        kind=CustomerKind.COMPANY if is_company else CustomerKind.PERSON,
        document=number_of.number if number_of else "",
        document_kind=number_of.kind if number_of else "",
        trade_name=company[:LONGEST] if is_company else "",
        phone=_phone(text(body, "phonenumber")),
        locale="en" if text(body, "language").lower().startswith("english") else "pt-br",
        external_reference=f"whmcs:{source_id}",
    )
    return Reading(
        ClientPlan(
            profile,
            _status(body),
            currency,
            _credit(body, remarks),
            _address(body, remarks),
            tuple(filter(None, map(_contact, contacts))),
        ),
        tuple(remarks),
    )


def _document(
    body: Body, fields: Mapping[int, str], ref: Reference, remarks: list[Remark]
) -> Document | None:
    """What is written as one, in the column for it or in a field of the host's own."""
    own = [fields[id_] for id_ in sorted(fields) if id_ in ref.document_fields]
    said = [one for one in (text(body, "tax_id"), *own) if one.strip()]
    for one in said:
        try:
            return document(one)
        except BadDocument:
            continue
    remarks.append(
        Remark("document_invalid", said[0][:40]) if said else Remark("document_missing")
    )
    return None


def _status(body: Body) -> CustomerStatus:
    is_closed = text(body, "status").lower() == CLOSED
    return CustomerStatus.CLOSED if is_closed else CustomerStatus.ACTIVE


def _credit(body: Body, remarks: list[Remark]) -> int:
    found = cents_or_zero(body, "credit")
    if found < 0:
        remarks.append(Remark("credit_below_zero", text(body, "credit")))
        return 0
    return found


def _address(body: Body, remarks: list[Remark]) -> AddressPlan | None:
    """A street with its number, as letters and invoices want it; foreign ones have no place for it."""
    if text(body, "country").upper() not in {"", "BR"}:
        remarks.append(Remark("address_abroad", text(body, "country")))
        return None
    street, city = text(body, "address1"), text(body, "city")
    code, state = re.sub(r"\D", "", text(body, "postcode")), _state(text(body, "state"))
    if not street or not city or len(code) != CEP or len(state) != STATE:
        remarks.append(Remark("address_incomplete"))
        return None
    found = _NUMBER.search(street)
    return AddressPlan(
        code,
        (street[: found.start()] if found else street).strip(" ,")[:LONGEST]
        or street[:LONGEST],
        found[1] if found else UNNUMBERED,
        "",
        text(body, "address2")[:80],
        city[:80],
        state,
    )


def _contact(body: Body) -> ContactPlan | None:
    name = " ".join(filter(None, (text(body, "firstname"), text(body, "lastname"))))
    email = text(body, "email").lower()
    if not name and not email:
        return None
    return ContactPlan(
        (name or email)[:LONGEST],
        email if _EMAIL.fullmatch(email) else "",
        _phone(text(body, "phonenumber")),
    )


def _phone(said: str) -> str:
    plus = "+" if said.startswith("+") else ""
    return (plus + re.sub(r"\D", "", said))[:LONGEST_PHONE]


def _state(said: str) -> str:
    return said.upper() if len(said) == STATE else STATES.get(said.strip().lower(), "")


STATES = {
    "acre": "AC", "alagoas": "AL", "amapá": "AP", "amazonas": "AM", "bahia": "BA", "ceará": "CE",
    "distrito federal": "DF", "espírito santo": "ES", "goiás": "GO", "maranhão": "MA",
    "mato grosso": "MT", "mato grosso do sul": "MS", "minas gerais": "MG", "pará": "PA",
    "paraíba": "PB", "paraná": "PR", "pernambuco": "PE", "piauí": "PI", "rio de janeiro": "RJ",
    "rio grande do norte": "RN", "rio grande do sul": "RS", "rondônia": "RO", "roraima": "RR",
    "santa catarina": "SC", "são paulo": "SP", "sergipe": "SE", "tocantins": "TO",
}  # fmt: skip
