"""Bank accounts, and statements coming in: sent, looked at, read."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.reconciliation import permissions
from alicerce.apps.reconciliation.errors import NoSuchStatement
from alicerce.apps.reconciliation.queries import bank as queries
from alicerce.apps.reconciliation.rules.sheets import LARGEST, read_csv
from alicerce.apps.reconciliation.services.upload_statement import (
    add_bank_account,
    read_statement,
    upload_statement,
)
from alicerce.apps.reconciliation.types import (
    Fault,
    Preview,
    Sheets,
    StatementState,
    StatementView,
)
from alicerce.apps.reconciliation.web.components import root
from alicerce.apps.reconciliation.web.forms import BankAccountForm, ColumnsForm, StatementForm
from alicerce.apps.reconciliation.web.words import FAULTS, FIELDS
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import wall
from alicerce.kernel.errors import Refused
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day, number
from alicerce.ui.forms import Form, FormErrors, form_field, form_fields
from alicerce.ui.layout import Card, Crumb, Section
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note, Stat, StatStrip
from alicerce.ui.tables import Column, Table, TableRow
from alicerce.ui.texts import MoneyText

CHECKED = 8


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def account_new(request: Request) -> HttpResponse:
    form = BankAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_bank_account(**form.cleaned_data, at=wall())
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            return HttpResponseRedirect(reverse("workspace:bank_statement_new"))
    return render_page(request, _typed(_("Nova conta bancária"), form, _("Guardar")))


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def statement_new(request: Request) -> HttpResponse:
    accounts = queries.bank_accounts()
    if not accounts:
        return HttpResponseRedirect(reverse("workspace:bank_account_new"))
    form = StatementForm(request.POST or None, request.FILES or None, accounts=accounts)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            statement_id = upload_statement(
                bank_account_id=UUID(form.cleaned_data["bank_account"]),
                raw=file.read(LARGEST + 1),
                filename=file.name or "extrato",
                user_id=UUID(str(request.user.pk)),
                at=wall(),
            )
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return HttpResponseRedirect(_url(statement_id))
    return render_page(
        request, _typed(_("Enviar extrato"), form, _("Enviar arquivo"), files=True)
    )


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: Request, statement_id: UUID) -> HttpResponse:
    """First which column is what, then what was read."""
    try:
        found = queries.statement(statement_id)
    except NoSuchStatement:
        raise Http404 from None
    if found.state == StatementState.WAITING:
        return _mapping(request, found)
    page = Page(
        found.filename or _("Extrato"),
        "workspace",
        _outcome(found),
        breadcrumbs=_trail(_("Extrato")),
        width="narrow",
    )
    return render_page(request, page)


def _mapping(request: Request, found: StatementView) -> HttpResponse:
    seen = queries.waiting_preview(found.id)
    form = ColumnsForm(request.POST or None, preview=seen)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and "conferir" not in request.POST:
        read_statement(statement_id=found.id, columns=form.columns(), at=wall())
        return HttpResponseRedirect(_url(found.id))
    columns = form.columns() if is_sent else dict(seen.columns)
    ready = "posted_on" in columns and columns.keys() & {"amount", "credit", "debit"}
    checked = read_csv(queries.waiting_content(found.id), columns) if ready else None
    page = Page(
        _("Confira as colunas"),
        "workspace",
        [_columns(form), *_check(checked), _beginning(seen)],
        lead=_("Diga o que há em cada coluna. Nada foi guardado ainda."),
        breadcrumbs=_trail(found.filename),
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _columns(form: ColumnsForm) -> Card:
    ask = Form(
        "",
        [form_field(bound, span=3) for bound in form],
        [
            Button(_("Ler o extrato"), variant="primary"),
            Button(_("Conferir de novo"), name="conferir", value="1"),
        ],
        errors=FormErrors(form) if form.errors else "",
    )
    return Card([ask], title=_("Colunas"))


def _check(checked: Sheets | None) -> list[Content]:
    """What the file says by these columns; nothing was done yet."""
    if checked is None:
        return [Note("info", _("Diga onde estão a data e o valor para conferir as linhas."))]
    shown = checked.entries[:CHECKED]
    table = Table(
        _("Como seriam lidas"),
        [Column(_("Histórico"), "name"), Column(_("Dia")), Column(_("Valor"), "number")],
        [
            TableRow([one.memo or "–", day(one.posted_on), MoneyText(Money(one.cents))])
            for one in shown
        ],
    )
    return [Section(_("Conferência"), [_counts(checked), table, *_faults(checked.faults)])]


def _counts(checked: Sheets) -> StatStrip:
    wrong = len(checked.faults)
    return StatStrip(
        [
            Stat(_("Linhas lidas"), number(len(checked.entries)), tone="ok"),
            Stat(_("Com erro"), number(wrong), tone="bad" if wrong else ""),
        ]
    )


def _beginning(seen: Preview) -> Section:
    width = len(seen.header)
    columns = [
        Column(title or "–", "text" if n else "name") for n, title in enumerate(seen.header)
    ]
    rows = [TableRow([*row[:width], *[""] * (width - len(row))]) for row in seen.rows]
    return Section(_("As primeiras linhas"), [Table(_("As primeiras linhas"), columns, rows)])


def _outcome(found: StatementView) -> list[Content]:
    wrong = len(found.faults)
    back = LinkButton(_("Ver o extrato"), reverse("workspace:bank"), variant="primary")
    return [
        StatStrip(
            [
                Stat(_("Linhas novas"), number(found.added), tone="ok"),
                Stat(_("Repetidas"), number(found.repeated), _("Já estavam aqui")),
                Stat(_("Com erro"), number(wrong), tone="bad" if wrong else ""),
            ]
        ),
        *_faults(found.faults),
        back,
    ]


def _faults(faults: Sequence[Fault]) -> list[Content]:
    if not faults:
        return []
    table = Table(
        _("Linhas com erro"),
        [Column(_("Linha"), "name"), Column(_("Coluna")), Column(_("O que há"))],
        [
            TableRow(
                [
                    number(one.row),
                    FIELDS.get(one.field, one.field),
                    FAULTS.get(one.code, one.code),
                ]
            )
            for one in faults[:50]
        ],
    )
    return [Section(_("Linhas com erro"), [table])]


def _typed(
    title: str, form: BankAccountForm | StatementForm, label: str, *, files: bool = False
) -> Page:
    ask = Form(
        "",
        form_fields(form),
        [
            Button(label, variant="primary"),
            LinkButton(_("Voltar"), reverse("workspace:bank"), variant="ghost"),
        ],
        FormErrors(form) if form.errors else "",
        files=files,
    )
    return Page(
        title,
        "workspace",
        [Card([ask])],
        breadcrumbs=_trail(title),
        width="narrow",
        status=422 if form.errors else 200,
    )


def _trail(name: str) -> list[Crumb]:
    return [root(), Crumb(_("Banco"), reverse("workspace:bank")), Crumb(name)]


def _url(statement_id: UUID) -> str:
    return reverse("workspace:bank_statement", args=[statement_id])


urlpatterns = [
    path("conciliacao/banco/contas/nova/", account_new, name="bank_account_new"),
    path("conciliacao/banco/extratos/novo/", statement_new, name="bank_statement_new"),
    path("conciliacao/banco/extratos/<uuid:statement_id>/", statement, name="bank_statement"),
]
