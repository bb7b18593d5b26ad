"""To whom money of nobody is given, as a person types it."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing.queries.invoices import find_invoices
from alicerce.apps.billing.types import PAYABLE, InvoiceKind, InvoiceSummary
from alicerce.apps.billing.web.money_forms import OFF, ReasonForm
from alicerce.apps.customers import public as customers

FEW = 2


class GivingForm(ReasonForm):
    """An invoice, whose customer gets it, or a customer. All that is nobody's goes there."""

    ordered = ("invoice", "customer")
    told = ("invoice", "customer")

    invoice = forms.CharField(
        label=_("Fatura que ele paga"),
        help_text=_("O número, como A42. O que passar dela vira saldo do cliente."),
        max_length=20,
        required=False,
        widget=forms.TextInput(OFF),
    )
    customer = forms.CharField(
        label=_("Ou o cliente, para virar saldo"),
        help_text=_("E-mail, CPF ou CNPJ, ou o nome."),
        max_length=120,
        required=False,
        widget=forms.TextInput(OFF),
    )

    paid: InvoiceSummary | None = None
    customer_id: UUID

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        invoice, customer = said.get("invoice", ""), said.get("customer", "")
        if bool(invoice) == bool(customer):
            raise forms.ValidationError(_("Diga a fatura ou o cliente, um dos dois."))
        if invoice:
            self._of_invoice(invoice)
        else:
            self._of_customer(customer)
        return said

    def _of_invoice(self, words: str) -> None:
        found = [
            one
            for one in find_invoices(words, limit=10)
            if one.status in PAYABLE
            and one.kind != InvoiceKind.FUNDS
            and one.remaining.currency == self.target.most.currency
        ]
        if len(found) != 1:
            message = _("Nenhuma fatura em aberto tem este número.")
            several = _("Mais de uma fatura tem este número: diga a série também.")
            self.add_error("invoice", several if found else message)
            return
        self.paid, self.customer_id = found[0], found[0].customer_id

    def _of_customer(self, words: str) -> None:
        found = customers.find_customers(words, limit=FEW)
        if len(found) != 1:
            message = _("Nenhum cliente foi encontrado.")
            several = _("Mais de um cliente: diga o e-mail ou o documento.")
            self.add_error("customer", several if found else message)
            return
        self.customer_id = found[0].id
