"""What the pages of customers are made of."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.customers.types import (
    AddressCard,
    ContactCard,
    CustomerDetail,
    CustomerPage,
    CustomerRow,
    CustomerStatus,
    NoteCard,
)
from alicerce.apps.customers.web.words import ADDRESS, CONTACT, KIND, STATUS
from alicerce.kernel.brazil import Document
from alicerce.ui.buttons import Button, ConfirmDialog, PostButton
from alicerce.ui.component import Content, Words
from alicerce.ui.layout import Card, Row
from alicerce.ui.panels import KeyValues, Pair, Timeline, TimelineItem
from alicerce.ui.status import badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Mono, Tag, Text, TimeText

NameOf = Callable[[str], Words]
NOTHING = "–"
CPF = 11
COLUMNS = ("", "contato", "cadastro")


def customer_url(
    customer_id: UUID, part: str = "customer", *, surface: str = "workspace"
) -> str:
    return reverse(f"{surface}:{part}", args=[customer_id])


def document_words(number: str) -> str:
    if not number:
        return NOTHING
    return str(Document("cpf" if len(number) == CPF else "cnpj", number))


def customers_table(
    page: CustomerPage, *, shown: str, empty: Content, newer: str, older: str
) -> Table:
    extra = {
        "contato": [Column(_("Telefone")), Column(_("Código externo"), "extra")],
        "cadastro": [Column(_("Documento")), Column(_("Código externo"))],
    }.get(shown, [Column(_("Nível"), "extra"), Column(_("Etiquetas"), "extra")])
    return Table(
        _("Clientes"),
        [
            Column(_("Cliente"), "name"),
            Column(_("Situação"), "status"),
            *extra,
            Column(_("Desde"), "extra"),
        ],
        [_row(customer, shown) for customer in page.customers],
        empty=empty,
        newer=newer,
        older=older,
    )


def _row(customer: CustomerRow, shown: str) -> TableRow:
    sets: dict[str, list[Content]] = {
        "contato": [customer.phone or NOTHING, customer.external_reference or NOTHING],
        "cadastro": [
            document_words(customer.document),
            customer.external_reference or NOTHING,
        ],
    }
    extra = sets.get(shown, [customer.tier_name or NOTHING, tags(customer.tags)])
    return TableRow(
        [
            Cell(customer.name, customer_url(customer.id), customer.email),
            badge(STATUS, customer.status),
            *extra,
            TimeText(customer.created_at, "date"),
        ]
    )


def tags(names: Sequence[str]) -> Content:
    return Row([Tag(name) for name in names]) if names else NOTHING


def profile_card(detail: CustomerDetail) -> Card:
    known = detail.profile
    pairs = [
        Pair(_("Tipo"), KIND[known.kind]),
        Pair(_("E-mail"), known.email, copy=known.email),
        Pair(_("Telefone"), known.phone or NOTHING),
        Pair(_("Documento"), Mono(document_words(known.document)), copy=known.document),
        Pair(_("Nome fantasia"), known.trade_name or NOTHING),
        Pair(_("Nível"), detail.tier_name or NOTHING),
        Pair(_("Etiquetas"), tags(known.tags)),
        Pair(_("Código externo"), known.external_reference or NOTHING),
        Pair(_("Cliente desde"), TimeText(detail.created_at, "date")),
    ]
    return Card([KeyValues(pairs)], title=_("Cadastro"))


def tax_card(detail: CustomerDetail) -> Card:
    known = detail.profile
    pairs = [
        Pair(_("Inscrição estadual"), known.state_registration or NOTHING),
        Pair(_("Inscrição municipal"), known.city_registration or NOTHING),
        Pair(_("Retém o ISS"), _("Sim") if known.iss_withheld else _("Não")),
    ]
    return Card([KeyValues(pairs)], title=_("Dados fiscais"))


def addresses_card(
    customer_id: UUID, addresses: Sequence[AddressCard], *, may_edit: bool, form: Content
) -> Card:
    table = Table(
        _("Endereços"),
        [Column(_("Endereço"), "name"), Column(_("Para")), Column(_("Ações"), "actions")],
        [
            TableRow(
                [
                    Cell(_line(address), "", _place(address)),
                    ADDRESS[address.kind],
                    _remover(customer_id, "address", address.id) if may_edit else "",
                ]
            )
            for address in addresses
        ],
        empty=Text(_("Nenhum endereço ainda."), "muted"),
    )
    return Card([table, form], title=_("Endereços"))


def _line(address: AddressCard) -> str:
    parts = (f"{address.street}, {address.number}", address.complement)
    return " · ".join(filter(None, parts))


def _place(address: AddressCard) -> str:
    code = f"{address.postal_code[:5]}-{address.postal_code[5:]}"
    return f"{address.district}, {address.city}, {address.state} · {code}"


def contacts_card(
    customer_id: UUID, contacts: Sequence[ContactCard], *, may_edit: bool, form: Content
) -> Card:
    table = Table(
        _("Contatos"),
        [
            Column(_("Nome"), "name"),
            Column(_("Assunto")),
            Column(_("Telefone")),
            Column(_("Ações"), "actions"),
        ],
        [
            TableRow(
                [
                    Cell(contact.name, "", contact.email),
                    CONTACT[contact.role],
                    contact.phone or NOTHING,
                    _remover(customer_id, "contact", contact.id) if may_edit else "",
                ]
            )
            for contact in contacts
        ],
        empty=Text(_("Nenhum contato ainda."), "muted"),
    )
    return Card([table, form], title=_("Contatos"))


def _remover(customer_id: UUID, kind: str, thing_id: UUID) -> PostButton:
    button = Button(_("Remover"), size="sm", variant="ghost")
    url = customer_url(customer_id, f"customer_{kind}_remove")
    return PostButton(button, url, {"id": str(thing_id)})


def notes_timeline(notes: Sequence[NoteCard], *, name_of: NameOf) -> Content:
    if not notes:
        return Text(_("Nenhuma anotação ainda."), "muted")
    return Timeline(
        [TimelineItem(note.body, note.at, detail=name_of(note.author)) for note in notes]
    )


def status_actions(detail: CustomerDetail) -> list[Content]:
    """What may become of the customer from here."""
    if detail.status == CustomerStatus.CLOSED:
        return [_change(detail, "reopen", Button(_("Reabrir cliente")))]
    close = ConfirmDialog(
        id="encerrar",
        button=Button(_("Encerrar"), variant="danger"),
        title=_("Encerrar este cliente?"),
        body=[
            _(
                "Só dá para encerrar quem não tem serviços ativos nem pedidos esperando pagamento. "
                "Dá para reabrir depois."
            )
        ],
        confirm=_("Encerrar cliente"),
        action=customer_url(detail.id, "customer_status"),
        hidden={"para": "close"},
    )
    if detail.status == CustomerStatus.BLOCKED:
        return [_change(detail, "unblock", Button(_("Desbloquear"))), close]
    block = ConfirmDialog(
        id="bloquear",
        button=Button(_("Bloquear"), icon="ban"),
        title=_("Bloquear este cliente?"),
        body=[_("Novos pedidos são recusados. Os serviços que já existem continuam no ar.")],
        confirm=_("Bloquear cliente"),
        action=customer_url(detail.id, "customer_status"),
        hidden={"para": "block"},
    )
    return [block, close]


def _change(detail: CustomerDetail, to: str, button: Button) -> PostButton:
    return PostButton(button, customer_url(detail.id, "customer_status"), {"para": to})
