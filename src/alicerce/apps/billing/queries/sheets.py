"""What is printed of money: an invoice, its receipt, a credit note, a customer's statement."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from alicerce.apps.billing.errors import NothingPaid
from alicerce.apps.billing.queries.dossiers import dossier, invoice_of_note
from alicerce.apps.billing.queries.issuers import issuer_lines, issuer_of_series, issuer_words
from alicerce.apps.billing.queries.self_payments import pays_itself
from alicerce.apps.billing.queries.words import KINDS, METHODS, STATES
from alicerce.apps.billing.types import (
    ChargeView,
    InvoiceSummary,
    LineView,
    PaymentFit,
    PaymentMethod,
)
from alicerce.apps.billing.types.corrections import CreditNoteView, Dossier
from alicerce.apps.customers import public as customers
from alicerce.apps.customers.types import CustomerCard
from alicerce.apps.ledger import public as ledger
from alicerce.apps.ledger.types import StatementLine
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import TenantCard
from alicerce.kernel.brazil import display_domains
from alicerce.kernel.money import Money
from alicerce.ui.formats import day, moment, money, number, tax_id
from alicerce.ui.paper import Letterhead, Party, Scan, Sheet, SheetColumn, SheetTable

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Printable:
    """A sheet, whose it is, and what its file is called."""

    sheet: Sheet
    customer_id: UUID
    name: str


@contextmanager
def _speaking_to(customer_id: UUID) -> Iterator[tuple[TenantCard, CustomerCard]]:
    """In their own language, by the company's clock."""
    tenant, customer = tenancy.tenant_card(), customers.customer(customer_id)
    zone = ZoneInfo(tenant.time_zone)
    with translation.override(customer.locale), timezone.override(zone):
        yield tenant, customer


def invoice_sheet(invoice_id: UUID, *, at: datetime) -> Printable:
    """The invoice as its page says it, with a Pix to scan while one is waiting. Raises NoSuchInvoice."""
    found = dossier(invoice_id)
    summary = found.detail.summary
    with _speaking_to(summary.customer_id) as (tenant, customer):
        sheet = _sheet(
            _("Fatura nº %(number)s") % {"number": summary.code},
            tenant,
            customer,
            pairs=_facts(summary),
            tables=[_lines(found.detail.lines, _sums(summary)), *_corrections(found)],
            pay=_scan(summary, found.detail.charges),
            notes=[told] if (told := pays_itself(summary, at=at)) else [],
            series=summary.series,
        )
    return Printable(sheet, customer.id, summary.code)


def receipt_sheet(invoice_id: UUID) -> Printable:
    """What was paid of an invoice, by what and when. Raises NoSuchInvoice, NothingPaid."""
    found = dossier(invoice_id)
    summary = found.detail.summary
    if not summary.paid.cents:
        raise NothingPaid
    with _speaking_to(summary.customer_id) as (tenant, customer):
        told = {"name": customer.name, "amount": money(summary.paid)}
        sheet = _sheet(
            _("Recibo da fatura nº %(number)s") % {"number": summary.code},
            tenant,
            customer,
            lead=_("Recebemos de %(name)s o valor de %(amount)s.") % told,
            pairs=_facts(summary),
            tables=[_paid(found), _lines(found.detail.lines, _sums(summary))],
            series=summary.series,
        )
    return Printable(sheet, customer.id, f"recibo-{summary.code}")


def credit_note_sheet(credit_note_id: UUID) -> Printable:
    """Raises NoSuchCreditNote."""
    found = dossier(invoice_of_note(credit_note_id))
    note = next(one for one in found.credit_notes if one.id == credit_note_id)
    with _speaking_to(note.customer_id) as (tenant, customer):
        sheet = _sheet(
            _("Nota de crédito %(number)s") % {"number": note.code},
            tenant,
            customer,
            pairs=[
                (_("Da fatura"), found.detail.summary.code),
                (_("Emitida"), day(note.issued_at)),
            ],
            tables=[_credited(note)],
            notes=[note.reason] if note.reason else [],
            series=found.detail.summary.series,
        )
    return Printable(sheet, customer.id, note.code)


def statement_sheet(
    customer_id: UUID, *, currency: str, first: date | None, last: date | None
) -> Printable:
    """Every movement between us and a customer, and what it left; between two days, both of them in.

    Raises NoSuchCustomer.
    """
    customers.customer_detail(customer_id)
    with _speaking_to(customer_id) as (tenant, customer):
        lines = ledger.statement(
            customer_id,
            currency=currency,
            since=_midnight(first),
            until=_midnight(last + timedelta(days=1)) if last and last < date.max else None,
        )
        ends: Pairs = [(_("De"), day(first))] if first else []
        ends += [(_("Até"), day(last))] if last else []
        sheet = _sheet(
            _("Extrato"), tenant, customer, pairs=ends, tables=[_movements(lines, currency)]
        )
    return Printable(sheet, customer.id, "extrato")


def _midnight(value: date | None) -> datetime | None:
    return datetime.combine(value, time(), timezone.get_current_timezone()) if value else None


def _sheet(
    title: str,
    tenant: TenantCard,
    customer: CustomerCard,
    *,
    tables: Sequence[SheetTable],
    pairs: Sequence[tuple[str, str]] = (),
    lead: str = "",
    pay: Scan | None = None,
    notes: Sequence[str] = (),
    series: str = "",
) -> Sheet:
    found = issuer_of_series(series)
    buyer = [customer.name, tax_id(customer.document), customer.email]
    return Sheet(
        title,
        Letterhead(tenant.name, tenant.brand_color, tenancy.letterhead_mark()),
        customer.locale.partition("-")[0],
        lead=lead,
        parties=[
            Party(_("Emitida por"), issuer_lines(found)),
            Party(_("Para"), [words for words in buyer if words]),
        ],
        pairs=pairs,
        tables=tables,
        pay=pay,
        notes=notes,
        foot=issuer_words(found),
    )


def _facts(invoice: InvoiceSummary) -> Pairs:
    pairs = [
        (_("Estado"), str(STATES[invoice.status])),
        (_("Emitida"), day(invoice.opened_at)),
        (_("Vencimento"), day(invoice.due_on)),
    ]
    return [*pairs, (_("Paga"), day(invoice.paid_at))] if invoice.paid_at else pairs


def _lines(lines: Sequence[LineView], sums: Pairs) -> SheetTable:
    columns = [
        SheetColumn(_("Item"), "name"),
        SheetColumn(_("Período")),
        SheetColumn(_("Quantidade"), "number"),
        SheetColumn(_("Preço"), "number"),
        SheetColumn(_("Total"), "number"),
    ]
    rows = [
        [
            display_domains(line.description),
            _days_of(line),
            number(line.quantity),
            money(line.unit),
            money(line.total),
        ]
        for line in lines
    ]
    return SheetTable(columns, rows, sums=sums)


def _days_of(line: LineView) -> str:
    if line.starts_on is None or line.ends_on is None:
        return ""
    return _("%(first)s a %(last)s") % {
        "first": day(line.starts_on, style="short"),
        "last": day(line.ends_on - timedelta(days=1), style="short"),
    }


def _sums(invoice: InvoiceSummary) -> Pairs:
    pairs = [(_("Total"), invoice.total)]
    came_off = [
        (_("Creditado"), invoice.relieved),
        (_("Pago"), invoice.paid),
        (_("Devolvido"), invoice.returned),
    ]
    pairs += [(words, amount) for words, amount in came_off if amount.cents]
    if invoice.is_payable and invoice.remaining != invoice.total:
        pairs.append((_("Falta pagar"), invoice.remaining))
    return [(words, money(amount)) for words, amount in pairs]


def _corrections(found: Dossier) -> list[SheetTable]:
    """What paid it and what was taken off it, where anything was."""
    tables = [_paid(found)] if found.detail.summary.paid.cents else []
    if found.credit_notes:
        columns = [SheetColumn(_("Nota"), "name"), SheetColumn(_("Valor"), "number")]
        rows = [[note.code, money(note.total)] for note in found.credit_notes]
        tables.append(SheetTable(columns, rows, _("Notas de crédito")))
    return tables


def _paid(found: Dossier) -> SheetTable:
    columns = [
        SheetColumn(_("Pagamento"), "name"),
        SheetColumn(_("Recebido")),
        SheetColumn(_("Valor"), "number"),
    ]
    came = [
        (str(METHODS[one.method]), one.received_at, one.amount)
        for one in found.detail.payments
        if one.fit == PaymentFit.APPLIED
    ]
    came += [
        (str(METHODS[PaymentMethod.BALANCE]), use.used_at, use.amount) for use in found.uses
    ]
    rows = [
        [words, moment(received_at), money(amount)]
        for words, received_at, amount in sorted(came, key=lambda one: one[1])
    ]
    return SheetTable(columns, rows, _("Pagamentos"))


def _credited(note: CreditNoteView) -> SheetTable:
    columns = [SheetColumn(_("Item"), "name"), SheetColumn(_("Valor"), "number")]
    lines = note.lines or ((_("A fatura"), note.total),)
    shares = [
        (_("Do que faltava pagar"), note.relieved),
        (_("Para o saldo"), note.to_wallet),
        (_("Devolvido"), note.refunded),
    ]
    sums = [(words, money(amount)) for words, amount in shares if amount.cents]
    sums.append((_("Total"), money(note.total)))
    return SheetTable(
        columns, [[display_domains(words), money(amount)] for words, amount in lines], sums=sums
    )


def _movements(lines: Sequence[StatementLine], currency: str) -> SheetTable:
    columns = [
        SheetColumn(_("Quando")),
        SheetColumn(_("Movimento"), "name"),
        SheetColumn(_("Sobre")),
        SheetColumn(_("Valor"), "number"),
        SheetColumn(_("Fica"), "number"),
    ]
    rows = [
        [
            moment(line.at),
            str(KINDS.get(line.kind, line.kind)),
            line.about,
            money(line.amount),
            money(line.balance),
        ]
        for line in lines
    ]
    left = lines[-1].balance if lines else Money(0, currency)
    return SheetTable(columns, rows, sums=[(_("Entre nós"), money(left))])


def _scan(invoice: InvoiceSummary, charges: Sequence[ChargeView]) -> Scan | None:
    """Of a Pix that can still be paid."""
    live = (one for one in charges if one.is_live and one.pix_code)
    if not (invoice.is_payable and (charge := next(live, None))):
        return None
    told = _("Vale até %(until)s.") % {"until": moment(charge.expires_at)}
    return Scan.of(charge.pix_code, title=_("Pague com Pix"), told=told)
