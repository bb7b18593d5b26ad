"""What is kept beside a customer: addresses, contacts, notes, and the tiers to choose from."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from alicerce.apps.audit import public as audit
from alicerce.apps.customers.errors import BadCustomer, TierInUse, TierTaken
from alicerce.apps.customers.models import Address, Contact, Customer, Note, Tier
from alicerce.apps.customers.rules import STATES, phone, postal_code
from alicerce.apps.customers.services.save_customer import locked
from alicerce.apps.customers.types import AddressForm, AddressKind, ContactForm
from alicerce.kernel.context import current
from alicerce.kernel.db import transaction


@transaction()
def add_address(*, customer_id: UUID, form: AddressForm, at: datetime) -> UUID:
    """A new billing address replaces the one before. Raises NoSuchCustomer, BadCustomer."""
    customer = locked(customer_id=customer_id)
    code = postal_code(form.postal_code)
    if not code:
        raise BadCustomer("postal_code")
    if form.state not in STATES:
        raise BadCustomer("state")
    if form.kind == AddressKind.BILLING:
        Address.objects.filter(customer=customer, kind=AddressKind.BILLING).delete()
    address = Address.objects.create(
        customer=customer,
        kind=form.kind,
        postal_code=code,
        street=form.street,
        number=form.number,
        complement=form.complement,
        district=form.district,
        city=form.city,
        state=form.state,
    )
    _record("address_added", customer_id, {"address_id": address.id, "kind": form.kind}, at=at)
    return UUID(str(address.id))


@transaction()
def remove_address(*, customer_id: UUID, address_id: UUID, at: datetime) -> bool:
    """False when there was none."""
    gone, _ = Address.objects.filter(pk=address_id, customer_id=customer_id).delete()
    if gone:
        _record("address_removed", customer_id, {"address_id": address_id}, at=at)
    return bool(gone)


@transaction()
def add_contact(*, customer_id: UUID, form: ContactForm, at: datetime) -> UUID:
    """Raises NoSuchCustomer."""
    contact = Contact.objects.create(
        customer=locked(customer_id=customer_id),
        name=" ".join(form.name.split()),
        email=form.email.strip().lower(),
        phone=phone(form.phone),
        role=form.role,
    )
    _record("contact_added", customer_id, {"contact_id": contact.id, "role": form.role}, at=at)
    return UUID(str(contact.id))


@transaction()
def remove_contact(*, customer_id: UUID, contact_id: UUID, at: datetime) -> bool:
    """False when there was none."""
    gone, _ = Contact.objects.filter(pk=contact_id, customer_id=customer_id).delete()
    if gone:
        _record("contact_removed", customer_id, {"contact_id": contact_id}, at=at)
    return bool(gone)


@transaction()
def add_note(*, customer_id: UUID, body: str, at: datetime) -> UUID:
    """Who writes it is who acts. Raises NoSuchCustomer."""
    note = Note.objects.create(
        customer=locked(customer_id=customer_id),
        author=current().actor,
        body=body.strip(),
        at=at,
    )
    _record("note_added", customer_id, {"note_id": note.id}, at=at)
    return UUID(str(note.id))


@transaction()
def add_tier(*, name: str, at: datetime) -> UUID:
    """Raises TierTaken."""
    tier = Tier(name=" ".join(name.split()), position=Tier.objects.count())
    Tier.objects.bulk_create([tier], ignore_conflicts=True)
    if not Tier.objects.filter(pk=tier.pk).exists():
        raise TierTaken
    audit.record(
        action="tier.added", entity="tier", entity_id=tier.pk, after={"name": tier.name}, at=at
    )
    return UUID(str(tier.pk))


@transaction()
def rename_tier(*, tier_id: UUID, name: str, at: datetime) -> bool:
    """False when nothing changes, or there is no such tier. Raises TierTaken."""
    tier, name = _tier(tier_id), " ".join(name.split())
    if tier is None:
        return False
    before = tier.name
    try:
        with transaction():
            changed = tier.take_name(name)
    except IntegrityError:
        raise TierTaken from None
    if changed:
        _record_tier("renamed", tier_id, before, name, at=at)
    return bool(changed)


@transaction()
def drop_tier(*, tier_id: UUID, at: datetime) -> bool:
    """False when there was none. Raises TierInUse while a customer has it."""
    tier = _tier(tier_id)
    if tier is None:
        return False
    if Customer.objects.filter(tier_id=tier_id).exists():
        raise TierInUse
    tier.delete()
    _record_tier("dropped", tier_id, tier.name, "", at=at)
    return True


def _tier(tier_id: UUID) -> Tier | None:
    """Held with its key: nobody is put into it meanwhile."""
    found: Tier | None = Tier.objects.select_for_update().filter(pk=tier_id).first()
    return found


def _record_tier(what: str, tier_id: UUID, before: str, after: str, *, at: datetime) -> None:
    audit.record(
        action=f"tier.{what}",
        entity="tier",
        entity_id=tier_id,
        before={"name": before},
        after={"name": after} if after else None,
        at=at,
    )


def _record(what: str, customer_id: UUID, after: dict[str, object], *, at: datetime) -> None:
    audit.record(
        action=f"customer.{what}",
        entity="customer",
        entity_id=customer_id,
        after=after,
        at=at,
    )
