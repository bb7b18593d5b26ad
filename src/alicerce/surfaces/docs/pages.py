"""Quick start, errors, and what changed."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, public_page
from alicerce.kernel.errors import Refused
from alicerce.kernel.rest.problems import known
from alicerce.surfaces.api.application import operations_by_path
from alicerce.surfaces.docs import snippets
from alicerce.surfaces.docs.lessons import lesson
from alicerce.surfaces.docs.trail import crumbs
from alicerce.ui.buttons import LinkButton
from alicerce.ui.layout import Card, Stack
from alicerce.ui.page import Page, render_page
from alicerce.ui.tables import Column, Table, TableRow
from alicerce.ui.texts import Link, Mono, Text

NEWS: dict[str, tuple[str | Promise, ...]] = {
    "2026-11": (
        gettext_lazy(
            "Primeira versão: /v1/me e /v1/keys para as chaves; /v1/customers, /v1/plans, "
            "/v1/services, /v1/provision, /v1/orders, /v1/invoices e /v1/domains."
        ),
        gettext_lazy(
            "/v1/webhooks: seus sistemas ficam sabendo do que acontece, com assinatura Standard "
            "Webhooks, dez tentativas, evento de teste e troca de segredo sem intervalo."
        ),
        gettext_lazy(
            "/v1/deliveries: cada entrega e como ela está. Reenvie uma, ou tudo o que falhou desde "
            "um instante, em POST /v1/webhooks/{id}/replay."
        ),
        gettext_lazy(
            "/v1/events: o que aconteceu nos últimos 30 dias. /v1/event-types: todos os tipos, com "
            "um exemplo de cada."
        ),
        gettext_lazy(
            "Eventos de chamados (ticket.replied, ticket.resolved, ticket.reopened) e de chaves "
            "(api_key.created, api_key.rotated, api_key.revoked)."
        ),
        gettext_lazy(
            "Uma recusa por falta de permissão diz em detail qual é, e não só em WWW-Authenticate."
        ),
        gettext_lazy(
            "Uma chave presa a redes ou com validade só cria e troca chaves com os mesmos limites."
        ),
        gettext_lazy(
            "/v1/migrations: peça a migração de uma conta de outro servidor cPanel e acompanhe o "
            "exame da origem. Quem move é a equipe."
        ),
        gettext_lazy(
            "/v1/credit-notes, /v1/refunds e /v1/customers/{id}/wallet: o que corrigiu uma fatura, o "
            "que voltou a quem pagou e o saldo de um cliente. Faturas dizem quanto falta pagar."
        ),
        gettext_lazy(
            "Aplicativos entram por OAuth 2.1. Clientes têm situação e são bloqueados, encerrados e "
            "reabertos; pedidos que ninguém pagou são cancelados; clientes e faturas têm outras ordens."
        ),
        gettext_lazy(
            "page_path de um pedido é só para quem pode services:create, e nulo para os outros e em "
            "pedidos expandidos. O acesso de um aplicativo dura 90 dias a partir do consentimento."
        ),
        gettext_lazy(
            "Clientes têm tudo o que a página tem: nível (/v1/tiers), etiquetas, dados fiscais, "
            "endereços, contatos e anotações. Num PATCH, null esvazia o que pode ficar vazio."
        ),
        gettext_lazy(
            "metadata em clientes, pedidos, faturas, serviços e domínios: guarde o que os seus "
            "sistemas precisam lembrar e encontre por metadata[nome]=valor."
        ),
        gettext_lazy(
            "/v1/events com sort=created_at tem next_cursor também no fim: quem volta com ele não "
            "perde nada. Cada entrega mostra o que foi respondido a cada tentativa."
        ),
        gettext_lazy(
            "/v1/subscriptions: o que se renova, até quando foi faturado, e o cancelamento agora ou no "
            "fim do período. Eventos subscription.started, subscription.renewed e seguintes."
        ),
        gettext_lazy(
            "O catálogo se escreve pela API: /v1/plans com opções e limites, versões de preço em "
            "/v1/prices, /v1/plan-options e /v1/coupons. Um pedido diz opções, cupom e termos aceitos."
        ),
        gettext_lazy(
            "A conciliação se lê em /v1/reconciliation/differences, os repasses em /v1/payouts e o extrato "
            "do banco em /v1/bank-transactions. Eventos reconciliation.difference_found e payout.paid."
        ),
        gettext_lazy(
            "A régua de cobrança se lê em /v1/dunning. /v1/test-clock adianta o ambiente de testes, "
            "e /v1/test-catalog/refresh deixa os planos dali como os da empresa."
        ),
        gettext_lazy(
            "Pagamentos contestados estão em /v1/disputes: provas enviadas uma vez, ou a disputa aceita. "
            "Eventos dispute.opened, dispute.updated, dispute.won e dispute.lost."
        ),
        gettext_lazy(
            "Cartões guardados em /v1/payment-methods; POST /v1/invoices/{id}/charge cobra um deles. Eventos "
            "payment_method.saved, payment_method.removed, collection.attempted e collection.failed."
        ),
        gettext_lazy(
            "Autorizações de Pix Automático em /v1/mandates, e POST /v1/mandates/{id}/revoke as encerra. "
            "Eventos mandate.approved, mandate.ended, debit.scheduled, debit.failed, debit.unanswered e debit.answered."
        ),
        gettext_lazy(
            "Faturas dizem os seus impostos, linha por linha; as notas fiscais delas estão em "
            "/v1/fiscal-documents. Eventos fiscal_document.authorized, rejected e cancelled."
        ),
        gettext_lazy(
            "O que se usa de um plano se registra em /v1/usage-records; os medidores, em /v1/meters. "
            "Assinaturas têm dias de teste, e opções que mudam no meio do período."
        ),
        gettext_lazy(
            "Os números do negócio estão em /v1/reports, e o que vem de outro sistema em "
            "/v1/switching. Uma fatura se baixa em PDF."
        ),
        gettext_lazy(
            "A equipe está em /v1/members, /v1/roles e /v1/invitations: quem trabalha na empresa, com que "
            "papel, e a saída de quem não trabalha mais. Convidar e dar papéis continua com pessoas."
        ),
        gettext_lazy(
            "Endereços próprios da empresa em /v1/host-names, e reajustes de quem já contratou em "
            "/v1/price-moves. Eventos host_name.verified, host_name.lapsed e price_move.scheduled."
        ),
        gettext_lazy(
            "Os próximos meses da cobrança se preveem em /v1/forecasts, sem enviar nada. Evento forecast.ready."
        ),
        gettext_lazy(
            "O ambiente de testes tem endereço próprio: pedidos e faturas dizem page_url, e a loja, a área "
            "do cliente e o espaço de trabalho de lá abrem no navegador."
        ),
    ),
}


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
        [Stack([*_first_steps(base), *_good_manners(base)])],
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
            for status, code, told in sorted(_reasons())
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


def _reasons() -> Iterator[tuple[int, str, str]]:
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


@public_page
@require_safe
def news(request: Request) -> HttpResponse:
    cards = [
        Card([Stack([Text(change) for change in changes])], title=version)
        for version, changes in NEWS.items()
    ]
    page = Page(
        _("Novidades da API"),
        "site",
        [Stack(cards)],
        lead=_("O que mudou, por versão. Envie a que você usa em Alicerce-Version."),
        breadcrumbs=crumbs(_("Novidades")),
    )
    return render_page(request, page)
