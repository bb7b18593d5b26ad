"""The page of one invoice, in the client area and behind its own link."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from alicerce.apps.billing.queries.charged_taxes import taxes_of_invoice
from alicerce.apps.billing.queries.dossiers import dossier
from alicerce.apps.billing.queries.due_words import due_sentence
from alicerce.apps.billing.queries.issuers import issuer_of_series, issuer_words
from alicerce.apps.billing.queries.lateness import late_fee_if_paid
from alicerce.apps.billing.queries.self_payments import paying_themselves
from alicerce.apps.billing.types import ChargeView, InvoiceSummary
from alicerce.apps.billing.web import components as parts
from alicerce.apps.billing.web.corrections import corrections
from alicerce.apps.billing.web.paying import paying_region
from alicerce.apps.billing.web.tax_parts import taxes_card
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.ui.component import Content
from alicerce.ui.formats import money
from alicerce.ui.layout import Columns, Crumb
from alicerce.ui.page import Page
from alicerce.ui.panels import Note
from alicerce.ui.shell import ShellName
from alicerce.ui.texts import Text


def today() -> date:
    """The day it is where the company is."""
    return now().astimezone(ZoneInfo(tenancy.time_zone())).date()


def invoice_page(
    request: Request,
    invoice: InvoiceSummary,
    *,
    surface: ShellName,
    page: str,
    action: str,
    breadcrumbs: list[Crumb],
    before: Sequence[Content] = (),
) -> Page:
    found = dossier(invoice.id)
    detail = found.detail
    late = _late_note(invoice, detail.charges)
    issuer = issuer_words(issuer_of_series(invoice.series))
    paying = paying_region(
        invoice,
        detail.charges,
        chosen=request.GET.get("forma", ""),
        page=page,
        action=action,
        before=[*late, *self_payment_note(invoice), *before],
    )
    main: list[Content] = [
        parts.lines_card(detail),
        *taxes_card(taxes_of_invoice(invoice.id)),
    ]
    if detail.payments:
        main.append(parts.payments_card(detail.payments))
    is_client = surface == "client"
    main += corrections(found, surface="client" if is_client else "")
    return Page(
        parts.invoice_name(invoice),
        surface,
        [Columns([*main, parts.facts_card(invoice, issuer=issuer)], [paying], _("Pagamento"))],
        badge=parts.invoice_badge(invoice, today=today()),
        breadcrumbs=breadcrumbs,
        actions=parts.paper_buttons(
            invoice, surface, [invoice.id if is_client else invoice.token]
        ),
    )


def self_payment_note(invoice: InvoiceSummary) -> list[Content]:
    """That it is paid by itself: by which card or bank, and when."""
    told = paying_themselves([invoice], at=now()).get(invoice.id)
    return [Note("info", told.words, title=told.title)] if told else []


def _late_note(invoice: InvoiceSummary, charges: Sequence[ChargeView]) -> list[Content]:
    """What being late has cost by today, before anybody pays: it comes on an invoice of its own."""
    fee = late_fee_if_paid(invoice, on=today())
    if not fee.total:
        is_told = any(one.is_live and one.due and one.pix_code for one in charges)
        said = "" if is_told else due_sentence(invoice, on=today())
        return [Text(said, "muted")] if said else []
    told = {
        "fine": money(Money(fee.fine, invoice.total.currency)),
        "interest": money(Money(fee.interest, invoice.total.currency)),
    }
    words = _("Paga hoje, soma multa de %(fine)s e juros de %(interest)s, em outra fatura.")
    return [Note("warn", words % told, title=_("Esta fatura venceu"))]
