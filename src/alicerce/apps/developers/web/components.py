"""What the pages of developers are made of."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.developers.types import (
    REFUSED,
    CallView,
    KeyStatus,
    KeyView,
    MintedKey,
    Mode,
    Sought,
)
from alicerce.apps.developers.web.forms import KeyForm, RotationForm
from alicerce.kernel.permissions import declared
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Component, Content
from alicerce.ui.copying import CopyBox
from alicerce.ui.forms import (
    Check,
    CheckGroup,
    Filters,
    FilterSelect,
    FilterText,
    Form,
    FormErrors,
    form_field,
    form_fields,
)
from alicerce.ui.layout import Card, Stack
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Mono, Tag, Text, TimeText

FAILED = 500
MODES = {Mode.LIVE: gettext_lazy("Produção"), Mode.TEST: gettext_lazy("Teste")}


def key_url(key_id: UUID) -> str:
    return reverse("workspace:api_key", args=[key_id])


def status_badge(key: KeyView) -> Badge:
    words = {
        KeyStatus.LIVE: Badge("ok", _("Vale")),
        KeyStatus.EXPIRED: Badge("warn", _("Venceu")),
        KeyStatus.REVOKED: Badge("bad", _("Revogada")),
    }
    return words[key.status]


def mode_tag(mode: Mode) -> Tag:
    return Tag(MODES[mode])


def keys_table(keys: Sequence[KeyView], *, older: str, newer: str) -> Component:
    return Table(
        _("Chaves"),
        [
            Column(_("Chave"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Modo")),
            Column(_("Último uso")),
            Column(_("Vence")),
        ],
        [_key_row(key) for key in keys],
        empty=EmptyState(
            _("Nenhuma chave ainda"),
            _("Crie uma chave de teste e faça a primeira chamada em um minuto."),
            action=new_key_button(),
            icon="key-round",
        ),
        older=older,
        newer=newer,
    )


def new_key_button() -> LinkButton:
    return LinkButton(
        _("Criar chave"), reverse("workspace:api_key_new"), icon="plus", variant="primary"
    )


def _key_row(key: KeyView) -> TableRow:
    return TableRow(
        [
            Cell(key.name, key_url(key.id), Mono(key.shown)),
            status_badge(key),
            mode_tag(key.mode),
            TimeText(key.last_used_at, "relative") if key.last_used_at else _("Nunca"),
            TimeText(key.expires_at) if key.expires_at else _("Não vence"),
        ]
    )


def calls_table(calls: Sequence[CallView], *, is_sought: bool, older: str, newer: str) -> Table:
    return Table(
        _("Chamadas"),
        [
            Column(_("Chamada"), "name"),
            Column(_("Resposta"), "status"),
            Column(_("Tempo"), "number"),
            Column(_("Quem chamou")),
            Column(_("Pedido")),
            Column(_("Quando")),
        ],
        [_call_row(call) for call in calls],
        empty=EmptyState(
            _("Nenhuma chamada assim") if is_sought else _("Nenhuma chamada"),
            _("O que as chaves da empresa fizerem aparece aqui por 30 dias."),
            icon="history",
        ),
        older=older,
        newer=newer,
    )


def calls_filters(action: str, asked: Sought, typed: str, keys: Sequence[KeyView]) -> Filters:
    callers = [("", _("Quem quer que seja")), *((str(key.id), key.name) for key in keys)]
    answers = [("", _("Qualquer resposta")), ("recusadas", _("Só as recusadas"))]
    return Filters(
        action,
        texts=[FilterText("pedido", _("Identificador do pedido"), typed)],
        selects=[
            FilterSelect("chave", _("Chave"), callers, str(asked.key_id or "")),
            FilterSelect(
                "resposta", _("Resposta"), answers, "recusadas" if asked.refused else ""
            ),
        ],
    )


def _call_row(call: CallView) -> TableRow:
    return TableRow(
        [
            Cell(f"{call.method} {call.route}", detail=call.problem or call.idempotency_key),
            _answer_badge(call.status),
            f"{call.milliseconds} ms",
            call.key_name,
            Mono(str(call.request_id)),
            TimeText(call.at),
        ]
    )


def _answer_badge(status: int) -> Badge:
    if status >= FAILED:
        return Badge("bad", str(status))
    return Badge("warn" if status >= REFUSED else "ok", str(status))


def key_form(form: KeyForm) -> Form:
    others = [bound for bound in form if bound.name not in form.offered]
    return Form(
        reverse("workspace:api_key_new"),
        [*(form_field(bound) for bound in others), *_scope_groups(form)],
        [Button(_("Criar chave"), variant="primary")],
        errors=FormErrors(form) if form.errors else "",
    )


def _scope_groups(form: KeyForm) -> list[Content]:
    """What the key may do, for each app under its name."""
    known = declared()
    groups: dict[str, list[Check]] = defaultdict(list)
    for scope in form.offered:
        groups[str(known[scope].app_name)].append(Check(form[scope]))
    return [CheckGroup(name, checks, span=3) for name, checks in groups.items()]


def secret_card(minted: MintedKey) -> Card:
    """The one time that the secret is seen."""
    return Card(
        [
            Stack(
                [
                    Note("warn", _("Copie agora: este segredo não será mostrado de novo.")),
                    CopyBox(minted.secret, _("Copiar a chave")),
                    LinkButton(_("Já guardei"), reverse("workspace:api_keys")),
                ]
            )
        ],
        title=_("A sua chave"),
    )


def key_facts(key: KeyView) -> Card:
    anywhere = _("De qualquer lugar")
    return Card(
        [
            KeyValues(
                [
                    Pair(_("Começo"), Mono(key.shown)),
                    Pair(_("Modo"), mode_tag(key.mode)),
                    Pair(_("Versão da API"), Mono(key.api_version)),
                    Pair(_("Permissões"), ", ".join(key.scopes)),
                    Pair(_("Endereços permitidos"), ", ".join(key.networks) or anywhere),
                    Pair(_("Criada"), TimeText(key.created_at)),
                    Pair(
                        _("Vence"),
                        TimeText(key.expires_at) if key.expires_at else _("Não vence"),
                    ),
                ]
            )
        ],
        title=_("Sobre a chave"),
    )


def rotation_card(key: KeyView, form: RotationForm) -> Card:
    rotate = Form(
        reverse("workspace:api_key_rotate", args=[key.id]),
        form_fields(form),
        [Button(_("Trocar chave"), icon="refresh-cw")],
        errors=FormErrors(form) if form.errors else "",
    )
    told = Text(_("Cria outra igual, com outro segredo, e deixa a antiga valer por um tempo."))
    return Card([Stack([told, rotate])], title=_("Trocar"))


def revoke_button(key: KeyView) -> LinkButton:
    url = reverse("workspace:api_key_revoke", args=[key.id])
    return LinkButton(_("Revogar chave"), url, variant="danger")
