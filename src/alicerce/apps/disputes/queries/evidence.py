"""What the program itself knows in the company's defence, by the names that card banks use."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.translation import gettext as _

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import EntryView
from alicerce.apps.billing import public as billing
from alicerce.apps.customers import public as customers
from alicerce.apps.customers.types import AddressCard, Profile
from alicerce.apps.disputes.types import LONGEST_TEXT, DisputeView, Texts
from alicerce.apps.notify import public as notify
from alicerce.apps.orders import public as orders
from alicerce.apps.orders.types import OrderDetail
from alicerce.apps.subscriptions import public as subscriptions
from alicerce.apps.tenancy import public as tenancy

MOST_LETTERS, MOST_DEEDS = 40, 80
PLACED = "order.placed"


@dataclass(frozen=True, slots=True)
class _File:
    """What is looked into for one dispute."""

    view: DisputeView
    profile: Profile
    order: OrderDetail | None
    zone: ZoneInfo
    reads_trail: bool

    def moment(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%d/%m/%Y %H:%M:%S %Z}"


def pack_of(view: DisputeView, *, reads_trail: bool) -> Texts:
    """Whatever is known; from the trail only for who may read it. In the company's own language."""
    if view.customer_id is None:
        return {}
    tenant = tenancy.tenant_card()
    with translation.override(tenant.locale):
        file = _File(
            view,
            customers.customer_detail(view.customer_id).profile,
            _order(view.invoice_id),
            ZoneInfo(tenant.time_zone),
            reads_trail,
        )
        found = {
            "product_description": _product(file),
            "customer_name": file.profile.name,
            "customer_email_address": file.profile.email,
            "customer_purchase_ip": _address_of_purchase(file),
            "billing_address": _address(customers.addresses_of(view.customer_id)),
            "service_date": _service_date(file),
            "access_activity_log": "\n".join(_activity(file)),
            "uncategorized_text": "\n".join(_letters(file)),
        }
    return {name: text[:LONGEST_TEXT] for name, text in found.items() if text}


def _order(invoice_id: UUID | None) -> OrderDetail | None:
    if invoice_id is None:
        return None
    order_id = billing.invoice(invoice_id).order_id
    return orders.order_detail(order_id) if order_id else None


def _product(file: _File) -> str:
    lines: list[str] = []
    if file.view.invoice_id:
        detail = billing.invoice_detail(file.view.invoice_id)
        number = _("Fatura nº %(number)s") % {"number": detail.summary.code}
        lines += [f"{number} · {detail.summary.total}"]
        lines += [f"- {line.description} · {line.total}" for line in detail.lines]
    if file.order:
        placed = {"number": file.order.number, "at": file.moment(file.order.placed_at)}
        lines.append(_("Pedido nº %(number)s, feito em %(at)s.") % placed)
        if file.order.terms_version:
            agreed = {"version": file.order.terms_version}
            lines.append(_("Aceitou os termos de venda, versão %(version)s.") % agreed)
    return "\n".join(lines)


def _address_of_purchase(file: _File) -> str:
    if file.order is None or not file.reads_trail:
        return ""
    trail = audit.history_of("order", file.order.id)
    return next((_ip(entry) for entry in trail if entry.action == PLACED), "")


def _address(known: Sequence[AddressCard]) -> str:
    if not known:
        return ""
    one = known[0]
    street = f"{one.street}, {one.number} {one.complement}".strip()
    return f"{street}, {one.district}, {one.city}/{one.state}, {one.postal_code}"


def _service_date(file: _File) -> str:
    if file.order and file.order.completed_at:
        return file.moment(file.order.completed_at)
    return ""


def _activity(file: _File) -> Iterator[str]:
    """Sign-ins of who acts for the customer, then what happened to what was bought."""
    if not file.reads_trail or file.view.customer_id is None:
        return
    people = customers.users_of(file.view.customer_id)
    deeds = [deed for user_id in people for deed in audit.deeds_of(f"user:{user_id}")]
    things = list(_things(file))
    happened = [entry for kind, thing in things for entry in audit.history_of(kind, thing)]
    found = {entry.id: entry for entry in [*deeds, *happened]}
    latest = sorted(found.values(), key=lambda entry: (entry.at, entry.id), reverse=True)
    for entry in latest[:MOST_DEEDS]:
        did = audit.action_words(entry.action)
        yield " · ".join(filter(None, [file.moment(entry.at), did, _ip(entry)]))


def _things(file: _File) -> Iterator[tuple[str, UUID]]:
    if file.order:
        yield "order", file.order.id
    if file.view.invoice_id:
        for card in subscriptions.subscriptions_of_invoice(file.view.invoice_id):
            yield "subscription", card.id


def _letters(file: _File) -> Iterator[str]:
    letters = notify.letters_to(file.profile.email, limit=MOST_LETTERS)
    if letters:
        yield _("E-mails enviados a %(address)s:") % {"address": file.profile.email}
    for letter in letters:
        yield f"{file.moment(letter.sent_at)} · {letter.subject}"


def _ip(entry: EntryView) -> str:
    """Nothing where whoever it told of was forgotten."""
    return entry.ip if isinstance(entry.ip, str) else ""
