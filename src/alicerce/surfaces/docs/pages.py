"""Quick start and errors."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, public_page
from alicerce.kernel.errors import Refused
from alicerce.kernel.rest.problems import known
from alicerce.surfaces.api.application import operations_by_path
from alicerce.surfaces.docs import snippets
from alicerce.surfaces.docs.lessons import lesson
from alicerce.surfaces.docs.search_box import search_box
from alicerce.surfaces.docs.trail import crumbs
from alicerce.ui.buttons import LinkButton
from alicerce.ui.layout import Card, Stack
from alicerce.ui.page import Page, render_page
from alicerce.ui.tables import Column, Table, TableRow
from alicerce.ui.texts import Link, Mono


@public_page
@require_safe
def quick_start(request: Request) -> HttpResponse:
    base = tenancy.tenant_card().base_url.rstrip("/")
    ways = [
        LinkButton(_("Referência"), reverse("docs:reference"), variant="primary"),
        LinkButton(_("Webhooks"), reverse("docs:webhooks")),
        LinkButton(_("Aplicativos"), reverse("docs:apps")),
        LinkButton(_("Erros"), reverse("docs:errors")),
        LinkButton(_("Novidades"), reverse("docs:news")),
    ]
    page = Page(
        _("Comece pela API"),
        "site",
        [Stack([search_box(), *_first_steps(base), *_good_manners(base)])],
        lead=_("Da chave ao primeiro serviço, em poucos minutos."),
        actions=ways,
    )
    return render_page(request, page)


def _first_steps(base: str) -> Iterator[Card]:
    yield lesson(
        _("1. Crie uma chave de teste"),
        _(
            "Em Desenvolvedores, no espaço da sua empresa. Chaves sk_test_ agem no ambiente de testes, "
            "uma cópia da empresa com endereço próprio; chaves sk_live_ agem de verdade. O segredo só "
            "aparece uma vez."
        ),
        _(
            "Para os passos seguintes, marque customers:create, catalog:read e services:create. Sem uma "
            "delas a resposta é 403, e detail diz qual falta."
        ),
        Link(_("Criar chave"), reverse("workspace:api_key_new")),
        code=snippets.FIRST_CALL.format(base=base),
    )
    yield lesson(
        _("2. Crie um cliente"),
        _(
            "Com Idempotency-Key, repetir o pedido depois de uma queda de rede não cria outro: a "
            "resposta é a mesma por 24 horas."
        ),
        code=snippets.CREATE_CUSTOMER.format(base=base),
    )
    yield lesson(
        _("3. Peça um serviço"),
        _(
            "O pedido nasce com a sua fatura. Quando ela é paga, a ativação começa sozinha; "
            "acompanhe pelo pedido."
        ),
        _(
            "O customer_id veio na resposta anterior; o price_id é de um dos preços de GET /v1/plans. "
            "A cópia de testes vende o que a sua empresa vende: sem nenhum plano no catálogo, a lista "
            "vem vazia."
        ),
        code=snippets.ORDER_SERVICE.format(base=base),
    )


def _good_manners(base: str) -> Iterator[Card]:
    yield lesson(_("O mesmo, em Python"), code=snippets.PYTHON.format(base=base))
    yield lesson(
        _("Listas"),
        _("Cada página traz o cursor da próxima. Os mais novos vêm primeiro."),
        code=snippets.PAGING.format(),
    )
    yield lesson(
        _("Fique sabendo, sem perguntar"),
        _(
            "Registre um endereço e receba cada evento assinado. O guia vai do registro à "
            "conferência da assinatura."
        ),
        LinkButton(_("Guia de webhooks"), reverse("docs:webhooks"), icon="webhook"),
    )
    yield lesson(
        _("Chaves em lugar seguro"),
        _(
            "As chaves têm uma soma de verificação, para que varredores de segredos as "
            "reconheçam por este formato:"
        ),
        code=snippets.SCANNER,
    )


@public_page
@require_safe
def errors(request: Request) -> HttpResponse:
    table = Table(
        _("Erros"),
        [Column(_("Código"), "name"), Column(_("Status"), "number"), Column(_("Quer dizer"))],
        [
            TableRow([Mono(code), str(status), told], id=code)
            for status, code, told in sorted(reasons())
        ],
    )
    page = Page(
        _("Erros da API"),
        "site",
        [table],
        lead=_("Programe pelo código: ele não muda. O texto vem no idioma de Accept-Language."),
        breadcrumbs=crumbs(_("Erros")),
    )
    return render_page(request, page)


def reasons() -> Iterator[tuple[int, str, str]]:
    for problem in known():
        yield problem.status, problem.code, str(problem.title)
    said = {
        code
        for found in operations_by_path().values()
        for operation in found.values()
        for _status, code in getattr(operation.view_func, "refusals", ())
    }
    for refused in _kinds_of(Refused):
        if refused.code in said:
            said.discard(refused.code)
            yield refused.status, refused.code, str(refused.message)


def _kinds_of(kind: type[Refused]) -> Iterator[type[Refused]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds_of(below)
