"""What the pages about a person's companies are made of."""

from collections.abc import Mapping, Sequence

from django.forms import BaseForm
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.tenancy.queries.words import ROLES
from alicerce.apps.tenancy.types import RoleKey, Standing, TenantStatus
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Words
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Row
from alicerce.ui.panels import EmptyState
from alicerce.ui.status import Status
from alicerce.ui.tables import Cell, Column, Table, TableRow

TENANT: Mapping[str, Status] = {
    TenantStatus.ACTIVE: Status("ok", gettext_lazy("Ativa")),
    TenantStatus.SUSPENDED: Status("bad", gettext_lazy("Suspensa")),
    TenantStatus.CLOSED: Status("", gettext_lazy("Encerrada")),
}


def companies_table(standings: Sequence[Standing]) -> Table:
    return Table(
        _("Suas empresas"),
        [
            Column(_("Empresa"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Seu papel")),
            Column(_("Ações"), "actions"),
        ],
        [_company_row(one) for one in standings],
        empty=EmptyState(
            _("Você ainda não trabalha em nenhuma empresa"),
            _("Abra a sua, ou peça um convite a quem administra uma."),
            LinkButton(_("Abrir empresa"), reverse("site:company_new"), variant="primary"),
            icon="building-2",
        ),
    )


def _company_row(one: Standing) -> TableRow:
    go = PostButton(
        Button(_("Entrar"), size="sm"),
        reverse("site:switch"),
        {"empresa": str(one.tenant_id), "next": "/app/"},
    )
    leave = PostButton(
        Button(_("Sair da equipe"), size="sm", variant="ghost"),
        reverse("site:switch"),
        {"empresa": str(one.tenant_id), "next": reverse("workspace:leave")},
    )
    detail = one.suspension_reason or one.base_url
    return TableRow(
        [
            Cell(one.name, "", detail),
            TENANT[one.status].badge,
            _role(one.role),
            Row([go, leave]),
        ]
    )


def _role(key: str) -> Words:
    return ROLES[RoleKey(key)] if key in set(RoleKey) else key


def company_form(form: BaseForm) -> Form:
    return Form(
        "",
        form_fields(form),
        [Button(_("Abrir empresa"), variant="primary", size="lg")],
        FormErrors(form) if form.errors else "",
    )
