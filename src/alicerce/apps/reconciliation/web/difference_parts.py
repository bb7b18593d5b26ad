"""The parts of one difference's page: both sides, what to do, and what was written."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.reconciliation import permissions
from alicerce.apps.reconciliation.errors import NoSuchDifference
from alicerce.apps.reconciliation.queries import differences as queries
from alicerce.apps.reconciliation.queries.overview import account_names
from alicerce.apps.reconciliation.types import DifferenceKind, DifferenceView
from alicerce.apps.reconciliation.web.components import figure, people
from alicerce.apps.reconciliation.web.forms import ExplainForm, NoteForm, OwnerForm
from alicerce.apps.reconciliation.web.near_parts import near_of_payout
from alicerce.apps.reconciliation.web.words import ADVICE, Words
from alicerce.kernel.access import Request
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.formats import money
from alicerce.ui.forms import Form, form_fields
from alicerce.ui.layout import Card
from alicerce.ui.panels import (
    KeyValues,
    Note,
    Pair,
    Stat,
    StatStrip,
    Timeline,
    TimelineItem,
    Waiting,
)
from alicerce.ui.texts import TimeText

SIDES: Mapping[DifferenceKind, tuple[bool, bool, bool]] = {
    DifferenceKind.DEBIT_UNANSWERED: (False, True, False),
    DifferenceKind.FEE: (True, False, True),
    DifferenceKind.UNCLAIMED: (True, True, False),
    DifferenceKind.PAYOUT_AMOUNT: (True, True, False),
    DifferenceKind.PAYOUT_BANK_AMOUNT: (True, True, False),
    DifferenceKind.PAYOUT_RETURNED: (True, False, False),
}
"""Which of the three sides speak of such a thing; all, where it is not here."""


def found(difference_id: UUID) -> DifferenceView:
    try:
        return queries.difference(difference_id)
    except NoSuchDifference:
        raise Http404 from None


def main_parts(request: Request, view: DifferenceView) -> list[Content]:
    parts: list[Content] = [_sides(view), _what_to_do(request, view)]
    if view.payout_id and not view.is_over:
        parts += near_of_payout(request, view.payout_id)
    if view.reason:
        parts.append(Note("info", view.reason, title=_("Explicação")))
    return [*parts, *_notes(request, view)]


def side_parts(request: Request, view: DifferenceView) -> list[Content]:
    return [_facts(view), *_owner(request, view)]


def _sides(view: DifferenceView) -> StatStrip:
    there, here = LABELS.get(view.kind, IN_BOOKS)
    told = [
        Stat(there, figure(view, view.there_cents)),
        Stat(here, figure(view, view.here_cents)),
        Stat(_("No razão"), figure(view, view.posted_cents)),
    ]
    speak = SIDES.get(view.kind, (True, True, view.kind not in _ABOUT_BANK))
    shown = [stat for stat, speaks in zip(told, speak, strict=True) if speaks]
    return StatStrip([*shown, *_apart(view)])


_BY_DEED = {
    DifferenceKind.PAYOUT_BANK_AMOUNT,
    DifferenceKind.PAYOUT_RETURNED,
    DifferenceKind.UNCLAIMED,
}
"""What ends because somebody said what the rest is: the figures stay as they were."""
_ABOUT_BANK = {DifferenceKind.PAYOUT_NOT_IN_BANK, DifferenceKind.BANK_LINE_ALONE}


IN_BANK = gettext_lazy("No extrato do banco")
THERE = gettext_lazy("No provedor")
LABELS: Mapping[DifferenceKind, tuple[Words, Words]] = {
    DifferenceKind.PAYOUT_AMOUNT: (
        gettext_lazy("O repasse"),
        gettext_lazy("A soma do que o compõe"),
    ),
    DifferenceKind.PAYOUT_NOT_IN_BANK: (gettext_lazy("O provedor pagou"), IN_BANK),
    DifferenceKind.PAYOUT_BANK_AMOUNT: (gettext_lazy("O provedor pagou"), IN_BANK),
    DifferenceKind.PAYOUT_RETURNED: (gettext_lazy("De volta ao provedor"), IN_BANK),
    DifferenceKind.BANK_LINE_ALONE: (IN_BANK, gettext_lazy("Aqui")),
    DifferenceKind.UNCLAIMED: (
        gettext_lazy("Recebido"),
        gettext_lazy("De faturas, clientes ou devolvido"),
    ),
    DifferenceKind.DEBIT_UNANSWERED: (THERE, gettext_lazy("Pedido ao banco")),
}
IN_BOOKS = (THERE, gettext_lazy("Nos pagamentos"))


def _apart(view: DifferenceView) -> list[Stat]:
    """By how much they differ, where two of them told an amount."""
    second = (
        view.posted_cents if view.here_cents in {None, view.there_cents} else view.here_cents
    )
    if view.there_cents is None or second is None:
        return []
    apart = view.money(view.there_cents - second)
    assert apart is not None
    return [Stat(_("Diferença"), money(apart), tone="bad" if apart.cents else "ok")]


def _what_to_do(request: Request, view: DifferenceView) -> Content:
    if view.is_over:
        agreed = _("Os dois lados dizem o mesmo.")
        words = _("Não há mais o que acertar.") if view.kind in _BY_DEED else agreed
        return Note("ok", words, title=_("Resolvida"))
    body: list[Content] = [ADVICE[view.kind]]
    if view.booking_trouble:
        body.append(Note("bad", view.booking_trouble, title=_("Não foi possível registrar")))
    if view.booking_asked_at:
        body.append(Waiting(_("Perguntando ao provedor…")))
    elif view.is_bookable and permissions.MANAGE in request.permissions:
        book = reverse("workspace:difference_book", args=[view.id])
        button = Button(_("Registrar o que o provedor diz"), variant="primary")
        body.append(PostButton(button, book))
    if view.kind == DifferenceKind.UNCLAIMED:
        body += _owners(request, view)
    body += _places(view)
    if permissions.MANAGE in request.permissions:
        body.append(_explain(view))
    return Card(body, title=_("O que fazer"))


def _owners(request: Request, view: DifferenceView) -> list[Content]:
    """Money of nobody becomes somebody's, or goes back."""
    ways = (
        ("billing:settle", "payment_give", _("Dar a um cliente")),
        ("billing:refund", "payment_refund", _("Devolver o pagamento")),
    )
    return [
        LinkButton(label, reverse(f"workspace:{name}", args=[view.payment_id]))
        for permission, name, label in ways
        if permission in request.permissions
    ]


def _places(view: DifferenceView) -> list[Content]:
    """Where the thing itself is."""
    places = (
        (view.line_id, "bank_line", _("Abrir a linha do extrato")),
        (view.payout_id, "payout", _("Abrir o repasse")),
    )
    return [
        LinkButton(label, reverse(f"workspace:{name}", args=[thing]))
        for thing, name, label in places
        if thing
    ]


def _explain(view: DifferenceView) -> Form:
    return Form(
        reverse("workspace:difference_explain", args=[view.id]),
        form_fields(ExplainForm(initial={"reason": view.reason})),
        [Button(_("Explicar"))],
    )


def _notes(request: Request, view: DifferenceView) -> list[Content]:
    names = people()
    items = [
        TimelineItem(note.text, note.written_at, names.get(note.author_id, ""))
        for note in view.notes
    ]
    body: list[Content] = [Timeline(items)] if items else []
    if permissions.MANAGE in request.permissions:
        action = reverse("workspace:difference_note", args=[view.id])
        body.append(Form(action, form_fields(NoteForm()), [Button(_("Guardar nota"))]))
    return [Card(body, title=_("Notas"))] if body else []


def _facts(view: DifferenceView) -> Card:
    account = account_names().get(view.account_id) if view.account_id else ""
    pairs = [
        Pair(_("Referência"), view.reference, copy=view.reference),
        *([Pair(_("Do pagamento"), view.payment_reference)] if view.payment_reference else []),
        *([Pair(_("Conta"), account)] if account else []),
        Pair(_("Aconteceu"), TimeText(view.happened_at)),
        Pair(_("Aberta"), TimeText(view.opened_at)),
        Pair(_("Vista pela última vez"), TimeText(view.checked_at)),
        *([Pair(_("Resolvida"), TimeText(view.resolved_at))] if view.resolved_at else []),
        *([Pair(_("Voltou"), str(view.reopened))] if view.reopened else []),
    ]
    return Card([KeyValues(pairs)], title=_("Sobre a diferença"))


def _owner(request: Request, view: DifferenceView) -> list[Content]:
    names = people()
    name = names.get(view.owner_id, "") if view.owner_id else ""
    body: list[Content] = [KeyValues([Pair(_("Quem cuida"), name or _("Ninguém"))])]
    if permissions.MANAGE in request.permissions and not view.is_over:
        action = reverse("workspace:difference_owner", args=[view.id])
        if str(view.owner_id) != str(request.user.pk):
            body.append(PostButton(Button(_("Eu cuido"), variant="primary"), action))
        form = OwnerForm(people=names, initial={"owner": str(view.owner_id or "")})
        body.append(Form(action, form_fields(form), [Button(_("Passar"))]))
    return [Card(body, title=_("Dono"))]
