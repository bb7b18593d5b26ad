"""What surrounds the pages of a company's workspace: a rail with what the person may open."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from django.http.response import HttpResponseBase
from django.urls import resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alicerce.apps.payers import permissions
from alicerce.apps.payers.web.components import restriction_note
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import Access, Door, Standing, TenantCard
from alicerce.kernel.access import Request, needs_of
from alicerce.kernel.products import product_of
from alicerce.surfaces.site.shell import item, person
from alicerce.surfaces.standing_in_bar import stand_in_bar
from alicerce.ui.component import Content
from alicerce.ui.icons import IconName
from alicerce.ui.layout import Stack
from alicerce.ui.shell import Brand, NavGroup, NavItem, Shell, Switch, Workplace, languages


@dataclass(frozen=True, slots=True)
class Section:
    """A place of the workspace; it is offered to who may open its first page."""

    view: str
    label: Promise
    icon: IconName
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    title: Promise
    sections: tuple[Section, ...]


COMPANY = Heading(
    gettext_lazy("Empresa"),
    (
        Section("workspace:team", gettext_lazy("Equipe"), "users"),
        Section(
            "workspace:company", gettext_lazy("Dados da empresa"), "building-2", exact=True
        ),
        Section("workspace:brand", gettext_lazy("Marca"), "star"),
        Section("workspace:host_names", gettext_lazy("Endereços próprios"), "globe"),
        Section("workspace:products", gettext_lazy("Produtos"), "package"),
        Section("workspace:payer", gettext_lazy("Quem paga"), "credit-card"),
        Section("workspace:platform_bill", gettext_lazy("Plataforma"), "receipt"),
        Section("workspace:switching", gettext_lazy("Trazer do WHMCS"), "download"),
        Section("workspace:audit", gettext_lazy("Auditoria"), "scroll-text"),
    ),
)
DEVELOPERS = Heading(
    gettext_lazy("Integrações"),
    (
        Section("workspace:api_keys", gettext_lazy("Desenvolvedores"), "code-xml"),
        Section("workspace:sandbox", gettext_lazy("Ambiente de testes"), "clock"),
        Section("workspace:webhooks", gettext_lazy("Webhooks"), "webhook"),
        Section("workspace:applications", gettext_lazy("Aplicativos"), "layers"),
    ),
)
SALES = Heading(
    gettext_lazy("Vendas"),
    (
        Section("workspace:customers", gettext_lazy("Clientes"), "users"),
        Section("workspace:orders", gettext_lazy("Pedidos"), "receipt"),
        Section("workspace:catalog", gettext_lazy("Catálogo"), "tag"),
        Section("workspace:subscriptions", gettext_lazy("Assinaturas"), "refresh-cw"),
        Section("workspace:billing_runs", gettext_lazy("Faturamento"), "file-text"),
    ),
)
FINANCE = Heading(
    gettext_lazy("Financeiro"),
    (
        Section("workspace:invoices", gettext_lazy("Faturas"), "file-text"),
        Section("workspace:corrections", gettext_lazy("Correções pedidas"), "circle-check"),
        Section("workspace:fiscal_documents", gettext_lazy("Notas fiscais"), "scroll-text"),
        Section("workspace:dunning", gettext_lazy("Em atraso"), "clock"),
        Section("workspace:disputes", gettext_lazy("Disputas"), "shield"),
        Section("workspace:taxes", gettext_lazy("Impostos"), "receipt"),
        Section("workspace:reconciliation", gettext_lazy("Conciliação"), "refresh-cw"),
        Section("workspace:reports", gettext_lazy("Relatórios"), "layout-dashboard"),
        Section("workspace:forecasts", gettext_lazy("Previsões"), "clock"),
        Section("workspace:trial_balance", gettext_lazy("Balancete"), "layers"),
        Section("workspace:receiving", gettext_lazy("Contas de recebimento"), "credit-card"),
        Section("workspace:issuers", gettext_lazy("Emissores"), "building-2"),
        Section("workspace:billing_rules", gettext_lazy("Regras de cobrança"), "settings"),
    ),
)
CARE = Heading(
    gettext_lazy("Atendimento"),
    (
        Section("workspace:services", gettext_lazy("Serviços"), "server"),
        Section("workspace:servers", gettext_lazy("Servidores"), "server"),
        Section("workspace:tickets", gettext_lazy("Chamados"), "life-buoy"),
        Section("workspace:transfers", gettext_lazy("Migrações"), "upload"),
    ),
)
HEADINGS = (SALES, FINANCE, CARE, COMPANY, DEVELOPERS)
"""Where the pages of an app appear: one line each, under the heading they belong to."""


def workspace_shell(request: Request) -> Shell:
    tenant = tenancy.tenant_card()
    groups = _groups(request)
    return Shell(
        name="workspace",
        brand=Brand(tenant.name),
        home_url=reverse("workspace:home"),
        groups=groups,
        person=person(request),
        sign_out_url=reverse("site:sign_out"),
        language_url=reverse("site:language"),
        search_url=reverse("workspace:search"),
        languages=languages(),
        scope=_("Empresa"),
        switch=_switch(request, tenant, groups),
        time_zone=tenant.time_zone,
        banner=_banner(request),
    )


def _banner(request: Request) -> Content:
    note = _restriction(request)
    return Stack([stand_in_bar(request), note]) if note else stand_in_bar(request)


def _restriction(request: Request) -> Content:
    """Over every page but the one that it leads to, which says it itself."""
    door: Door = request.door  # type: ignore[attr-defined]
    url = reverse("workspace:platform_bill")
    if request.path == url:
        return ""
    may_see = permissions.READ in request.permissions
    return restriction_note(
        door.restriction, door.cause, door.since, url=url if may_see else ""
    )


def _groups(request: Request) -> list[NavGroup]:
    start = item(request, label=_("Início"), view="workspace:home", icon="house", exact=True)
    groups = [NavGroup(items(request, heading), heading.title) for heading in HEADINGS]
    here = (entry.url for group in groups for entry in group.items if entry.current)
    deepest = max(here, key=len, default="")
    return [NavGroup([start]), *(_marked(group, deepest) for group in groups if group.items)]


def _marked(group: NavGroup, url: str) -> NavGroup:
    """A page under two sections is in the deeper one."""
    entries = [replace(entry, current=entry.url == url) for entry in group.items]
    return NavGroup(entries, group.title)


def items(request: Request, heading: Heading) -> list[NavItem]:
    """What this person may open under a heading."""
    return [
        item(
            request,
            label=str(section.label),
            view=section.view,
            icon=section.icon,
            exact=section.exact,
        )
        for section in heading.sections
        if opens(request, section.view)
    ]


def opens(request: Request, view: str) -> bool:
    """Whether its own guards would let this person in, and this company has the product."""
    behind = _behind(view)
    product = product_of(behind)
    return needs_of(behind) <= request.permissions and (
        product is None or product in request.products
    )


@cache
def _behind(view: str) -> Callable[..., HttpResponseBase]:
    """Looking an address up tries some hundred patterns, and a page has two dozen sections."""
    return resolve(reverse(view)).func


def _switch(request: Request, tenant: TenantCard, groups: list[NavGroup]) -> Switch | None:
    """The person's other companies, each opened at the section that is open now.

    On the platform's address choosing is enough; from a company's own one goes to another's own.
    """
    if getattr(request, "impersonation", None):
        return None
    access: Access = request.access  # type: ignore[attr-defined]
    open_now = (entry.url for group in groups for entry in group.items if entry.current)
    section = next(open_now, reverse("workspace:home"))
    if request.is_platform_address:  # type: ignore[attr-defined]
        return Switch(
            [_choice(one, tenant, section) for one in access.standings],
            action=reverse("site:switch"),
            all_url=reverse("site:companies"),
        )
    owned = [one for one in access.standings if one.base_url or one.tenant_id == tenant.id]
    platform = tenancy.platform_url()
    return Switch(
        [_link(one, tenant, section) for one in owned],
        all_url=f"{platform}{reverse('site:companies')}" if platform else "",
    )


def _choice(one: Standing, tenant: TenantCard, section: str) -> Workplace:
    chosen = {"empresa": str(one.tenant_id), "next": section}
    return Workplace(one.name, hidden=chosen, current=one.tenant_id == tenant.id)


def _link(one: Standing, tenant: TenantCard, section: str) -> Workplace:
    url = one.base_url.rstrip("/") + section
    return Workplace(one.name, url, current=one.tenant_id == tenant.id)
