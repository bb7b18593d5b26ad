"""What the pages of a plan's fields are made of."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alicerce.apps.catalog.types import AskedField, FieldKind, PlanDetail, label_in
from alicerce.apps.catalog.web.components import plan_url
from alicerce.apps.catalog.web.field_forms import FieldFields
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton
from alicerce.ui.component import Content, Words
from alicerce.ui.forms import Form, FormErrors, Span, form_field
from alicerce.ui.layout import Card, Row
from alicerce.ui.panels import EmptyState
from alicerce.ui.tables import Cell, Column, Table, TableRow

KINDS: Mapping[FieldKind, Words] = {
    FieldKind.SHORT_TEXT: gettext_lazy("Texto curto"),
    FieldKind.LONG_TEXT: gettext_lazy("Texto longo"),
    FieldKind.CHOICE: gettext_lazy("Escolha"),
    FieldKind.YES_NO: gettext_lazy("Sim ou não"),
    FieldKind.DOCUMENT: gettext_lazy("CPF ou CNPJ"),
    FieldKind.PHONE: gettext_lazy("Telefone"),
}
KIND_LEADS: Mapping[FieldKind, Words] = {
    FieldKind.SHORT_TEXT: gettext_lazy("O comprador escreve até 200 caracteres."),
    FieldKind.LONG_TEXT: gettext_lazy("O comprador escreve até 2.000 caracteres."),
    FieldKind.CHOICE: gettext_lazy("O comprador escolhe uma das respostas oferecidas."),
    FieldKind.YES_NO: gettext_lazy("O comprador responde sim ou não."),
    FieldKind.DOCUMENT: gettext_lazy(
        "Os dígitos são conferidos. É sempre um dado pessoal: some quando a pessoa pede para ser apagada."
    ),
    FieldKind.PHONE: gettext_lazy(
        "É sempre um dado pessoal: some quando a pessoa pede para ser apagada."
    ),
}
WIDTHS: Mapping[str, Span] = {"label": 3, "label_en": 3}


def new_field_buttons(plan_id: UUID) -> Row:
    return Row(
        [
            LinkButton(
                label,
                f"{reverse('workspace:field_new', args=[plan_id])}?tipo={kind.value}",
                icon="plus",
                size="sm",
            )
            for kind, label in KINDS.items()
        ]
    )


def fields_table(fields: Sequence[AskedField], *, may_write: bool) -> Table:
    return Table(
        _("Campos do pedido"),
        [Column(_("Pergunta"), "name"), Column(_("Tipo")), Column(_("Resposta"))],
        [_row(each, may_write=may_write) for each in fields],
        empty=EmptyState(
            _("Nenhum campo a mais"),
            _("O que este plano precisa saber de quem compra, além do domínio e do cadastro."),
            icon="scroll-text",
        ),
    )


def _row(asked: AskedField, *, may_write: bool) -> TableRow:
    url = reverse("workspace:field_edit", args=[asked.id]) if may_write else ""
    label = label_in(get_language() or "", asked.label, asked.label_en)
    return TableRow([Cell(label, url, asked.help), KINDS[asked.kind], " · ".join(_said(asked))])


def _said(asked: AskedField) -> Iterable[str]:
    yield _("obrigatória") if asked.is_required else _("opcional")
    if asked.is_personal:
        yield _("dado pessoal")


def field_form(form: FieldFields, plan: PlanDetail) -> list[Content]:
    said = [form_field(bound, span=WIDTHS.get(bound.name, 6)) for bound in form]
    actions: list[Content] = [
        Button(_("Salvar campo"), variant="primary"),
        LinkButton(_("Voltar"), plan_url(plan.id)),
    ]
    card = Card([Form("", said, actions, FormErrors(form) if form.errors else "")])
    return [card, *([_retire_dialog(form.asked)] if form.asked else [])]


def _retire_dialog(asked: AskedField) -> ConfirmDialog:
    return ConfirmDialog(
        "retirar",
        Button(_("Deixar de perguntar"), icon="ban", variant="ghost"),
        _("Deixar de perguntar %(label)s?") % {"label": asked.label},
        [_("O que já foi respondido fica nos pedidos.")],
        _("Deixar de perguntar"),
        reverse("workspace:field_retire", args=[asked.id]),
    )
