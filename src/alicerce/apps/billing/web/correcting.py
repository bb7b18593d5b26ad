"""What a company's people may do to an invoice, to a payment and to a customer's balance."""

from django.utils.translation import gettext_lazy as _

from alicerce.apps.billing import permissions
from alicerce.apps.billing.services.adjust_wallet import adjust_wallet
from alicerce.apps.billing.services.begin_refund import begin_refund
from alicerce.apps.billing.services.credit_invoice import credit_invoice
from alicerce.apps.billing.services.record_payment import ByHand, record_payment
from alicerce.apps.billing.services.void_invoice import void_invoice
from alicerce.apps.billing.services.write_off import write_off
from alicerce.apps.billing.types import PaymentMethod
from alicerce.apps.billing.types.corrections import Credited
from alicerce.apps.billing.web import targets
from alicerce.apps.billing.web.deeds import Deed, Facts, addresses
from alicerce.apps.billing.web.money_forms import (
    CreditForm,
    DeedForm,
    PaymentForm,
    ReasonForm,
    RefundForm,
    WalletForm,
)
from alicerce.apps.billing.web.money_words import METHODS
from alicerce.kernel.clock import now
from alicerce.ui.formats import day, money


def _of_payment(form: PaymentForm) -> Facts:
    said = form.cleaned_data
    return [
        (_("Fatura"), form.target.name),
        (_("Valor recebido"), money(form.meant)),
        (_("Falta depois"), money(form.target.most - form.meant)),
        (_("Como chegou"), METHODS[PaymentMethod(said["method"])]),
        (_("Recebido em"), day(said["received_on"])),
        (_("Referência"), said["reference"]),
        (_("Comprovante"), said["proof"]),
    ]


def _record(form: PaymentForm) -> None:
    said, at = form.cleaned_data, now()
    told = ByHand(
        cents=form.meant.cents,
        method=PaymentMethod(said["method"]),
        reference=said["reference"],
        received_at=form.received_at(at=at),
        proof=said["proof"],
        reason=said["reason"],
    )
    record_payment(invoice_id=form.target.id, told=told, at=at)


def _of_credit(form: CreditForm) -> Facts:
    part = dict(form.fields["part"].choices)[form.cleaned_data["part"]]  # type: ignore[attr-defined]
    return [
        (_("Fatura"), form.target.name),
        (_("De que item"), part),
        (_("Valor a creditar"), money(form.meant)),
        (_("Depois"), _("Primeiro diminui o que falta pagar; o que já foi pago vira saldo.")),
    ]


def _credit(form: CreditForm) -> None:
    credit_invoice(
        invoice_id=form.target.id,
        wanted=[Credited(form.meant.cents, form.position)],
        reason=form.cleaned_data["reason"],
        at=now(),
    )


def _of_refund(form: RefundForm) -> Facts:
    return [
        (_("Pagamento"), form.target.name),
        (_("Valor a devolver"), money(form.meant)),
        (_("Fica do pagamento"), money(form.target.most - form.meant)),
        (_("Referência"), form.cleaned_data.get("reference") or _("A do provedor")),
    ]


def _refund(form: RefundForm) -> None:
    begin_refund(
        payment_id=form.target.id,
        cents=form.meant.cents,
        reason=form.cleaned_data["reason"],
        reference=form.cleaned_data.get("reference", ""),
        at=now(),
    )


def _of_whole(form: DeedForm) -> Facts:
    return [
        (_("Fatura"), form.target.name),
        (_("Falta pagar"), money(form.target.most)),
    ]


def _write_off(form: DeedForm) -> None:
    write_off(invoice_id=form.target.id, reason=form.cleaned_data["reason"], at=now())


def _void(form: DeedForm) -> None:
    void_invoice(invoice_id=form.target.id, reason=form.cleaned_data["reason"], at=now())


def _of_wallet(form: WalletForm) -> Facts:
    return [
        (_("Cliente"), form.target.name),
        (_("Saldo agora"), money(form.target.most)),
        (_("Muda em"), money(form.meant)),
        (_("Saldo depois"), money(form.target.most + form.meant)),
    ]


def _adjust(form: WalletForm) -> None:
    adjust_wallet(
        customer_id=form.target.id,
        amount=form.meant,
        reason=form.cleaned_data["reason"],
        at=now(),
    )


DEEDS = (
    Deed(
        name="invoice_payment_record",
        place="faturas/<uuid:invoice_id>/recebimento/",
        of="invoice_id",
        permission=permissions.SETTLE,
        entity="invoice",
        title=_("Registrar pagamento"),
        button=_("Registrar pagamento"),
        told=_("Para o que chegou por fora dos provedores. Quitada a fatura, o pedido segue."),
        done=_("Pagamento registrado."),
        form=PaymentForm,
        find=targets.asked,
        facts=_of_payment,
        perform=_record,
    ),
    Deed(
        name="invoice_credit",
        place="faturas/<uuid:invoice_id>/credito/",
        of="invoice_id",
        permission=permissions.MANAGE,
        entity="invoice",
        title=_("Emitir nota de crédito"),
        button=_("Emitir nota de crédito"),
        told=_("A fatura não muda: a nota corrige. O cliente recebe um e-mail com o motivo."),
        done=_("Nota de crédito emitida."),
        form=CreditForm,
        find=targets.creditable,
        facts=_of_credit,
        perform=_credit,
    ),
    Deed(
        name="invoice_write_off",
        place="faturas/<uuid:invoice_id>/perda/",
        of="invoice_id",
        permission=permissions.MANAGE,
        entity="invoice",
        title=_("Dar por perdida"),
        button=_("Dar por perdida"),
        told=_("O que falta sai do que há a receber. Quem pagar depois ainda pode."),
        done=_("Fatura dada por perdida."),
        form=ReasonForm,
        find=targets.open_one,
        facts=_of_whole,
        perform=_write_off,
    ),
    Deed(
        name="invoice_void",
        place="faturas/<uuid:invoice_id>/cancelar/",
        of="invoice_id",
        permission=permissions.MANAGE,
        entity="invoice",
        title=_("Cancelar fatura"),
        button=_("Cancelar fatura"),
        told=_("O que já foi pago vira saldo do cliente, e o pedido dela é cancelado."),
        done=_("Fatura cancelada."),
        form=ReasonForm,
        find=targets.open_one,
        facts=_of_whole,
        perform=_void,
    ),
    Deed(
        name="payment_refund",
        place="pagamentos/<uuid:payment_id>/devolver/",
        of="payment_id",
        permission=permissions.REFUND,
        entity="payment",
        title=_("Devolver pagamento"),
        button=_("Devolver"),
        told=_(
            "Volta pela forma em que veio. O provedor confirma depois; a página mostra. O serviço "
            "segue no ar: para encerrá-lo, cancele a assinatura."
        ),
        done=_("Devolução a caminho."),
        form=RefundForm,
        find=targets.payment,
        facts=_of_refund,
        perform=_refund,
    ),
    Deed(
        name="wallet_adjust",
        place="clientes/<uuid:customer_id>/saldo/",
        of="customer_id",
        permission=permissions.MANAGE,
        entity="customer",
        title=_("Ajustar saldo"),
        button=_("Ajustar saldo"),
        told=_("Saldo dado sem fatura é cortesia da empresa; tirado, deixa de ser devido."),
        done=_("Saldo ajustado."),
        form=WalletForm,
        find=targets.customer,
        facts=_of_wallet,
        perform=_adjust,
    ),
)

urlpatterns = [address for deed in DEEDS for address in addresses(deed)]
