"""The versions of the API, and what changed in each."""

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alicerce.apps.developers.types import API_VERSIONS
from alicerce.kernel.access import Request, public_page
from alicerce.surfaces.docs.lessons import lesson
from alicerce.surfaces.docs.trail import crumbs
from alicerce.ui.layout import Card, Stack
from alicerce.ui.page import Page, render_page
from alicerce.ui.texts import Text

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
            "POST /v1/mandates pede ao banco de um cliente que mostre a ele uma autorização de Pix Automático; "
            "bank, step e answer_until dizem até onde o pedido chegou. Evento mandate.requested."
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
            "papel, e a saída de quem não trabalha mais."
        ),
        gettext_lazy(
            "Endereços próprios da empresa em /v1/host-names, e reajustes de quem já contratou em "
            "/v1/price-moves. Eventos host_name.verified, host_name.lapsed e price_move.scheduled."
        ),
        gettext_lazy(
            "Os próximos meses da cobrança se preveem em /v1/forecasts, sem enviar nada. Evento forecast.ready."
        ),
        gettext_lazy(
            "POST /v1/invitations convida, e PATCH /v1/members/{id} muda um papel, até onde pode quem fez a "
            "chave. Papéis que convidam ou mudam papéis continuam com pessoas. Chaves dizem a sua api_version."
        ),
        gettext_lazy(
            "O ambiente de testes tem endereço próprio: pedidos e faturas dizem page_url, e a loja, a área "
            "do cliente e o espaço de trabalho de lá abrem no navegador."
        ),
        gettext_lazy(
            "O que a empresa compra da plataforma se lê em /v1/platform: conta, produtos, faturas e pagamentos."
        ),
        gettext_lazy(
            "Um plano pergunta o que precisa saber: /v1/plan-fields, respondido em answers de POST /v1/services."
        ),
        gettext_lazy(
            "Em nome de quem a empresa fatura se lê em /v1/issuers, e cada fatura diz o seu em issuer. "
            "POST /v1/mandates pede ao banco de um cliente que autorize o Pix Automático; evento mandate.requested."
        ),
        gettext_lazy(
            "/v1/corrections: peça uma devolução, uma nota de crédito, um cancelamento, uma perda, um "
            "pagamento por fora ou um ajuste de saldo (corrections:request). A resposta diz ao centavo o "
            "que faria; uma pessoa aprova ou recusa. Eventos correction.*."
        ),
        gettext_lazy(
            "Por onde a empresa é paga se lê em /v1/payment-accounts: se a conta cobra, se a Stripe "
            "repassa, o que falta e desde quando; evento merchant.changed a cada mudança. O que a "
            "plataforma retém de cada pagamento se lê em /v1/platform-fees."
        ),
        gettext_lazy(
            "O seu site pede por um cliente: POST /v1/orders/preview mostra o total ao centavo, e POST /v1/orders "
            "faz o pedido, com a versão dos termos e como foram aceitos. Recusas apontam o campo em errors."
        ),
    ),
}


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
        [Stack([_policy(), *cards])],
        lead=_("As versões que existem, o que mudou em cada uma, e como mudam."),
        breadcrumbs=crumbs(_("Novidades")),
    )
    return render_page(request, page)


def _policy() -> Card:
    """There is one version. What would come with a second is said before anybody depends on it."""
    return lesson(
        _("Versões"),
        _(
            "Existe uma versão: %(known)s. Toda resposta diz qual respondeu, em Alicerce-Version."
        )
        % {"known": ", ".join(API_VERSIONS)},
        _(
            "Uma chave fica presa à versão mais nova de quando foi criada; trocá-la não muda isso, e "
            "GET /v1/me diz qual é. Um pedido pode dizer outra em Alicerce-Version: uma que não existe é "
            "recusada com unknown_version. Aplicativos recebem a mais nova; envie sempre a que você testou."
        ),
        _(
            "O que só acrescenta não muda a versão: operações, parâmetros opcionais, campos nas respostas, "
            "tipos de evento e valores de estado. Ignore o que não conhece."
        ),
        _(
            "O que quebraria um programa (tirar ou renomear um campo, mudar um tipo ou um código, exigir "
            "um parâmetro) só vem numa versão nova, anunciada nesta página. A anterior continua respondendo "
            "por pelo menos doze meses depois disso."
        ),
    )
