"""What billing shows operators where several apps are on one page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.queries.invoices import invoices
from alicerce.apps.billing.queries.payments import misfits
from alicerce.apps.billing.types import InvoiceStatus, Misfit, PaymentView
from alicerce.apps.billing.web.components import Names, method_words
from alicerce.kernel.db import as_operator
from alicerce.ui.concerns import Concern
from alicerce.ui.formats import money, number
from alicerce.ui.panels import Stat
from alicerce.ui.status import PAYMENT, badge

FAR = 500


def figure() -> Stat:
    """How many invoices wait for their money; as far as it pays to count."""
    with as_operator():
        found = invoices(status=InvoiceStatus.OPEN, limit=FAR)
    count = len(found.invoices)
    shown = _("mais de %(limit)s") % {"limit": FAR} if found.next_before else number(count)
    return Stat(_("Faturas em aberto"), shown)


def concerns(tenants: Names) -> list[Concern]:
    """Payments that settled no invoice: credited or flagged, never dropped."""
    with as_operator():
        found = misfits()
    return [_concern(payment, tenants) for payment in found]


def _concern(payment: PaymentView, tenants: Names) -> Concern:
    facts = {"method": method_words(payment.method), "amount": money(payment.amount)}
    return Concern(
        what=_("%(method)s de %(amount)s não encaixou") % facts,
        why=reason_words(payment.reason),
        state=badge(PAYMENT, payment.fit),
        whose=tenants.get(payment.tenant_id, ""),
        since=payment.received_at,
        url=f"{reverse('console:audit')}?objeto={payment.id}",
    )


def reason_words(reason: str) -> str:
    words = {
        Misfit.NO_INVOICE: _("Nenhuma fatura corresponde."),
        Misfit.NOT_OPEN: _("A fatura não está em aberto."),
        Misfit.ALREADY_PAID: _("A fatura já estava paga."),
        Misfit.VOID: _("A fatura foi cancelada."),
        Misfit.CURRENCY: _("A moeda é outra."),
        Misfit.AMOUNT: _("O valor não é o da fatura."),
    }
    return words[Misfit(reason)]
