"""What pages show of what an account pays the platform."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.payers.types import Bill, NextInvoice, NextLine, SaleView, plan_of
from alicerce.apps.tenancy.types import ProductKey, RestrictionCause
from alicerce.kernel.restrictions import Restriction
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content, Words
from alicerce.ui.formats import day, money
from alicerce.ui.layout import Card
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair
from alicerce.ui.plans import CYCLES
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, MoneyText, TimeText

PRODUCTS: Mapping[str, Words] = {
    ProductKey.HOSTING: gettext_lazy("Hospedagem"),
    ProductKey.AGENCY: gettext_lazy("Agência"),
    ProductKey.CRM: gettext_lazy("CRM"),
    ProductKey.BI: gettext_lazy("BI"),
    ProductKey.AUTOMATION: gettext_lazy("Automação"),
}


def restriction_note(
    restriction: Restriction, cause: str, since: datetime | None, *, url: str = ""
) -> Content:
    """What a company whose payer is behind reads over its pages; nothing for the others."""
    if not restriction:
        return ""
    pay = [LinkButton(_("Ver a conta e pagar"), url, variant="primary", size="sm")]
    return Note(
        "bad" if restriction is Restriction.CLOSED else "warn",
        f"{_why(cause)} {_what(restriction)}",
        title=_titles(restriction, since),
        actions=pay if url else (),
    )


def _titles(restriction: Restriction, since: datetime | None) -> str:
    words = {
        Restriction.READ_ONLY: _("Esta empresa está só para leitura desde %(day)s"),
        Restriction.CLOSED: _("Esta empresa está fechada para a equipe desde %(day)s"),
    }
    return words[restriction] % {"day": day(since.date()) if since else "–"}


def _why(cause: str) -> str:
    if cause == RestrictionCause.UNPAID:
        return _("A conta de cobrança que paga por ela tem uma fatura vencida.")
    return _("A conta de cobrança que paga por ela está suspensa pela plataforma.")


def _what(restriction: Restriction) -> str:
    if restriction is Restriction.CLOSED:
        return _("Só as páginas de pagamento abrem. Seus clientes não percebem nada.")
    return _(
        "Tudo pode ser visto e exportado; nada pode ser mudado. Seus clientes não percebem nada."
    )


def sales_table(
    sales: Sequence[SaleView],
    *,
    with_company: bool,
    actions: Callable[[SaleView], Content] | None = None,
) -> Table:
    """What is paid for: for each company and product, how much and until when."""
    return Table(
        _("O que é pago"),
        [
            Column(_("Empresa e produto") if with_company else _("Produto"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Preço"), "number"),
            Column(_("Pago até")),
            *([Column(_("Ações"), "actions")] if actions else []),
        ],
        [_sale_row(one, with_company=with_company, actions=actions) for one in sales],
        empty=EmptyState(
            _("Nada é cobrado"),
            _("Nenhum produto da plataforma é cobrado por aqui."),
        ),
    )


def _sale_row(
    one: SaleView, *, with_company: bool, actions: Callable[[SaleView], Content] | None
) -> TableRow:
    card, name = one.subscription, PRODUCTS[one.product]
    plan = plan_of(card.description)
    price = f"{money(card.amount)} · {CYCLES[card.cycle.value]}"
    cells: list[Content] = [
        Cell(f"{one.company} · {name}" if with_company else name, "", plan),
        sale_badge(one),
        price,
        day(card.period.last_day) if card.period else _("a primeira fatura ainda não saiu"),
    ]
    if actions:
        cells.append(actions(one))
    return TableRow(cells)


def sale_badge(one: SaleView) -> Badge:
    card = one.subscription
    if card.cause:
        return Badge("bad", _("Parado: falta pagar") if card.cause == "unpaid" else _("Parado"))
    if card.cancel_at_period_end:
        return Badge("warn", _("Termina"))
    if card.status == "past_due":
        return Badge("warn", _("Em atraso"))
    return Badge("ok", _("Em dia"))


def upcoming_cards(upcoming: Sequence[NextInvoice]) -> list[Content]:
    """To the cent, as it would be invoiced if nothing changes."""
    return [_upcoming_card(one, first=not place) for place, one in enumerate(upcoming)]


def _upcoming_card(one: NextInvoice, *, first: bool) -> Card:
    title = _("Próxima fatura") if first else _("Fatura seguinte")
    table = Table(
        title,
        [
            Column(_("O que é"), "name"),
            Column(_("Dias")),
            Column(_("Valor"), "number"),
        ],
        [_line_row(line) for line in one.lines],
    )
    sums = [Pair(_("Total"), MoneyText(one.total))]
    if one.taxes.cents:
        sums.insert(0, Pair(_("Impostos"), MoneyText(one.taxes)))
    return Card(
        [table, KeyValues(sums)],
        title=title,
        lead=_("Sai em %(day)s, se nada mudar até lá.") % {"day": day(one.on)},
    )


def _line_row(line: NextLine) -> TableRow:
    days = f"{day(line.starts_on)} – {day(line.ends_on - timedelta(days=1))}"
    return TableRow([Cell(line.description), days, MoneyText(line.amount)])


def debt_note(bill: Bill) -> Content:
    if bill.owed_since is None:
        return ""
    words = _("Há uma fatura vencida desde %(day)s.") % {"day": day(bill.owed_since)}
    return Note("bad", words)


def methods_card(links: Sequence[tuple[Words, str]]) -> Card:
    """Where the platform keeps what an account pays with; there it signs in as its customer."""
    return Card(
        [LinkButton(words, url, icon="credit-card") for words, url in links],
        title=_("Pagar e formas de pagamento"),
        lead=_("Ficam na área do cliente da plataforma, que abre mesmo com a empresa fechada."),
    )


def others_account_note(name: str) -> Note:
    words = _("Quem paga é a conta %(name)s. Só quem responde por ela vê as faturas e paga.")
    return Note("", words % {"name": name})


def closing_card(closes_at: datetime | None) -> list[Content]:
    if closes_at is None:
        return []
    facts = KeyValues([Pair(_("Fecham para a equipe em"), TimeText(closes_at))])
    return [Card([facts], title=_("Empresas só para leitura"))]
