"""What the operators' pages about companies and about who pays for them are made of."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.tenancy.types import Member, TenantStatus
from alicerce.apps.tenancy.types.operated import CompanyRow, CompanyView, PayerView
from alicerce.apps.tenancy.web.companies_components import TENANT
from alicerce.apps.tenancy.web.payer_components import companies_words, state
from alicerce.apps.tenancy.web.team_components import one_form
from alicerce.kernel.brazil import BadDocument, document
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Fold
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Link, Text, TimeText


def companies_table(rows: Sequence[CompanyRow], *, newer: str, older: str) -> Table:
    return Table(
        _("Empresas"),
        [
            Column(_("Empresa"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Endereço")),
            Column(_("Quem paga")),
            Column(_("Aberta em")),
        ],
        [_company_row(row) for row in rows],
        empty=EmptyState(
            _("Nenhuma empresa aqui"), _("Mude ou limpe os filtros."), icon="building-2"
        ),
        newer=newer,
        older=older,
    )


def _company_row(row: CompanyRow) -> TableRow:
    payer = Cell(row.payer or "–", "", _("Conta suspensa") if row.payer_is_suspended else "")
    url = reverse("console:company", args=[row.id])
    return TableRow(
        [
            Cell(row.name, url, row.suspension_reason or row.slug),
            TENANT[row.status].badge,
            row.base_url or "–",
            payer,
            TimeText(row.opened_at, "date"),
        ],
        alert=row.status == TenantStatus.SUSPENDED,
    )


def state_of(company: CompanyView) -> Badge:
    return TENANT[company.status].badge


def suspension(reason: str, since: datetime | None) -> list[Content]:
    """Why, and since when; nothing about what goes on."""
    return (
        [Note("bad", reason, title=_("Suspensa"), actions=[TimeText(since)])] if since else []
    )


def company_card(company: CompanyView) -> Card:
    card = company.card
    return Card(
        [
            KeyValues(
                [
                    Pair(_("Razão social"), card.legal_name),
                    Pair(_("CNPJ ou CPF"), _document(card.document)),
                    Pair(_("Cidade"), card.city),
                    Pair(_("Nome curto"), card.slug),
                    Pair(_("Endereço"), card.base_url or "–"),
                    Pair(_("E-mail de alertas"), card.alert_email),
                    Pair(_("Aberta em"), TimeText(company.opened_at, "date")),
                    Pair(_("Ambiente de testes"), _sandbox(company)),
                ]
            )
        ],
        title=_("Dados"),
    )


def _document(bare: str) -> str:
    try:
        return str(document(bare))
    except BadDocument:
        return bare


def _sandbox(company: CompanyView) -> Content:
    return TENANT[company.sandbox].badge if company.sandbox else _("Não foi aberto")


def owners_table(company: CompanyView) -> Table:
    return Table(
        _("Titulares"),
        [Column(_("Pessoa"), "name"), Column(_("E-mail")), Column(_("Desde"))],
        [_owner_row(one) for one in company.owners],
        empty=Text(_("Ninguém é titular desta empresa."), "muted"),
        summary=_("%(count)s na equipe ao todo") % {"count": company.members},
    )


def _owner_row(one: Member) -> TableRow:
    return TableRow([Cell(one.name or one.email), one.email, TimeText(one.since, "date")])


def payer_card(payer: PayerView | None, move: BaseForm | None, tenant_id: UUID) -> Card:
    """Who pays for a company; with a form, who else could."""
    body: list[Content] = [_payer_facts(payer) if payer else Text(_("Ninguém paga ainda."))]
    if move:
        url = reverse("console:company_payer", args=[tenant_id])
        form = one_form(move, _("Mudar quem paga"), action=url)
        body.append(Fold(_("Outra conta de quem é titular"), [form], icon="credit-card"))
    return Card(body, title=_("Quem paga"))


def _payer_facts(payer: PayerView) -> KeyValues:
    url = reverse("console:account", args=[payer.account.id])
    return KeyValues(
        [
            Pair(_("Conta"), Link(payer.account.name, url)),
            Pair(_("De"), payer.owner),
            Pair(_("Situação"), state(payer.account)),
        ]
    )


def suspend_card(form: BaseForm, url: str, lead: str) -> Card:
    fold = Fold(
        _("Suspender"), [one_form(form, _("Suspender…"), action=url)], icon="circle-alert"
    )
    return Card([fold], lead=lead, title=_("Suspensão"))


def resume_card(url: str) -> Card:
    back = LinkButton(_("Reativar…"), url, variant="primary")
    return Card(
        [back],
        title=_("Suspensão"),
        lead=_("Volta na hora, e quem responde por ela é avisado."),
    )


def accounts_table(rows: Sequence[PayerView], *, newer: str, older: str) -> Table:
    return Table(
        _("Contas de cobrança"),
        [
            Column(_("Conta"), "name"),
            Column(_("Situação"), "status"),
            Column(_("De")),
            Column(_("Paga por")),
        ],
        [_account_row(row) for row in rows],
        empty=EmptyState(
            _("Nenhuma conta aqui"), _("Mude ou limpe os filtros."), icon="credit-card"
        ),
        newer=newer,
        older=older,
    )


def _account_row(row: PayerView) -> TableRow:
    account, url = row.account, reverse("console:account", args=[row.account.id])
    return TableRow(
        [
            Cell(account.name, url, account.suspension_reason or account.billing_email),
            state(account),
            Cell(row.owner, "", row.owner_email),
            companies_words(len(account.pays_for)),
        ],
        alert=account.suspended_at is not None,
    )


def account_card(payer: PayerView) -> Card:
    return Card(
        [
            KeyValues(
                [
                    Pair(_("De"), payer.owner),
                    Pair(_("E-mail"), payer.owner_email),
                    Pair(_("E-mail de cobrança"), payer.account.billing_email or "–"),
                    Pair(_("Situação"), state(payer.account)),
                ]
            )
        ],
        title=_("Conta"),
    )


def paid_table(payer: PayerView, names: Mapping[UUID, str]) -> Table:
    return Table(
        _("Empresas que esta conta paga"),
        [Column(_("Empresa"), "name")],
        [
            TableRow([Cell(names.get(one, str(one)), reverse("console:company", args=[one]))])
            for one in payer.account.pays_for
        ],
        empty=Text(_("Não paga por nenhuma empresa."), "muted"),
    )
