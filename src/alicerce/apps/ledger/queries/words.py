"""What accounts are called, and what whoever posts calls its movements."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from alicerce.apps.ledger.ports import Words, posters

ACCOUNTS: Mapping[str, Words] = {
    "receivable": _("A receber de clientes"),
    "revenue": _("Receita"),
    "deferred": _("Receita a reconhecer"),
    "wallet": _("Saldo de clientes"),
    "suspense": _("Em análise"),
    "bank": _("Banco"),
    "deposits": _("Créditos pedidos e não pagos"),
    "refunding": _("Devoluções a caminho"),
    "bad_debt": _("Perdas com clientes"),
    "goodwill": _("Saldo dado por cortesia"),
    "opening": _("Saldos de abertura"),
    "tax_payable": _("Impostos a pagar"),
    "tax_withheld": _("Impostos retidos por clientes"),
    "dispute_reserve": _("Retido em disputas"),
    "dispute_losses": _("Perdas em disputas"),
    "psp_fees": _("Tarifas de disputas"),
    "contested": _("Saldo bloqueado por disputa"),
    "clearing:pix": _("No provedor de Pix"),
    "clearing:stripe": _("Na Stripe"),
    "fees:pix": _("Tarifas do Pix"),
    "fees:stripe": _("Tarifas da Stripe"),
    "fees:platform": _("Tarifas da plataforma"),
    "income:platform": _("Tarifas recebidas de empresas"),
    "fees:bank": _("Tarifas do banco"),
}


def account_words(account: str) -> Words:
    """Its own name where it has no other: a provider that came later."""
    return ACCOUNTS.get(account, account)


def kind_words(kind: str) -> Words:
    """The code itself where nobody has words for it."""
    for poster in posters.values():
        if kind in poster.kinds:
            return poster.kinds[kind]
    return kind
