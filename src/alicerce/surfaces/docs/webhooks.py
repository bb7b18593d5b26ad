"""The guide of webhooks: from the address to the verified event."""

import json
from collections.abc import Iterator
from itertools import groupby

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.endpoints import public as endpoints
from alicerce.apps.endpoints.public import OfferedEvent
from alicerce.apps.endpoints.types import Terms
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, public_page
from alicerce.surfaces.docs import webhook_snippets as snippets
from alicerce.surfaces.docs.lessons import lesson
from alicerce.surfaces.docs.trail import crumbs
from alicerce.ui.buttons import LinkButton
from alicerce.ui.code import CodeBlock
from alicerce.ui.formats import number, span
from alicerce.ui.layout import Card, Fold, Section, Stack
from alicerce.ui.page import Page, render_page
from alicerce.ui.tables import Column, Table, TableRow
from alicerce.ui.texts import Link, Text

SHOWN = "invoice.paid"


@public_page
@require_safe
def guide(request: Request) -> HttpResponse:
    base = tenancy.tenant_card().base_url.rstrip("/")
    terms, events = endpoints.terms(), endpoints.offered()
    body = Stack(
        [
            *_begin(base),
            *_arrival(terms, events),
            *_verifying(),
            *_receiving(terms),
            *_failing(base, terms),
            *_replacing(base, terms),
            *_catalog(base, events),
        ]
    )
    page = Page(
        _("Webhooks"),
        "site",
        [body],
        lead=_("Seus sistemas ficam sabendo do que acontece, com assinatura e sem perguntar."),
        actions=[LinkButton(_("Referência"), reverse("docs:reference"))],
        breadcrumbs=crumbs(_("Webhooks")),
    )
    return render_page(request, page)


def _begin(base: str) -> Iterator[Card]:
    yield lesson(
        _("1. Registre um endereço"),
        _(
            "Com uma chave que tenha webhooks:read e webhooks:write. O endereço é público, https ou "
            "http, na porta 443 ou 80. Escolha eventos um a um, uma família como invoice.*, ou * "
            "para todos, também os que ainda vão existir."
        ),
        _(
            "A resposta traz o id e o secret, que começa por whsec_ e não é mostrado outra vez. Um "
            "endereço criado com chave sk_test_, ou no espaço de trabalho do ambiente de testes, ouve o "
            "ambiente de testes; com sk_live_, a empresa."
        ),
        Link(_("O mesmo, na tela"), reverse("workspace:webhooks")),
        code=snippets.REGISTER.format(base=base),
    )
    yield lesson(
        _("2. Peça um evento de teste"),
        _(
            "Chega endpoint.test, só a este endereço. A lista de entregas diz o que o seu sistema "
            "respondeu; no espaço da empresa está cada tentativa."
        ),
        code=snippets.TRY.format(base=base),
    )


def _arrival(terms: Terms, events: list[OfferedEvent]) -> Iterator[Card]:
    shown = next(event for event in events if event.type == SHOWN)
    yield lesson(
        _("O que chega"),
        _(
            "type diz o que aconteceu, timestamp quando, data com o quê. Dinheiro vem em centavos. "
            "Pessoas aparecem só pelo id: o resto se pergunta à API."
        ),
        _(
            "Campos só são acrescentados; version sobe quando um muda de sentido. Um corpo tem até "
            "%(size)s bytes: o que passaria disso traz só os ids, e is_cut verdadeiro."
        )
        % {"size": number(terms.longest_body)},
        code=_message(shown),
    )


def _message(event: OfferedEvent) -> str:
    body = json.dumps(event.example, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return (
        "POST /webhooks HTTP/1.1\n"
        "content-type: application/json; charset=utf-8\n"
        "webhook-id: 0199c9a2-5f7c-7b51-9d0e-8f3b1f0c2a11\n"
        "webhook-timestamp: 1788264000\n"
        "webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=\n"
        f"\n{body}\n"
    )


def _verifying() -> Iterator[Card]:
    yield lesson(
        _("Confira cada mensagem"),
        _(
            "A assinatura segue Standard Webhooks 1.0, para o qual há bibliotecas na maioria das "
            "linguagens: HMAC-SHA256, em base64, sobre webhook-id, webhook-timestamp e o corpo, "
            "unidos por pontos. A chave é o segredo sem whsec_, decodificado de base64."
        ),
        _(
            "Use os bytes do corpo como chegaram, compare em tempo constante e recuse o que tem mais "
            "de cinco minutos. O cabeçalho pode trazer várias assinaturas, separadas por espaço: "
            "basta que uma sirva."
        ),
        code=snippets.LIBRARY,
    )
    yield lesson(
        _("Num terminal"),
        _(
            "Com o corpo em body.json e os cabeçalhos em variáveis, isto imprime o que vem depois "
            "de v1, na assinatura."
        ),
        code=snippets.SHELL,
    )
    yield lesson(
        _("Mande a si mesmo uma mensagem como as nossas"),
        _("Troque o endereço pelo seu."),
        code=snippets.SEND_YOURSELF,
    )
    yield lesson(
        _("Um receptor inteiro, em Python"),
        _(
            "Só com a biblioteca padrão. Salve como webhook_receiver.py e rode com "
            "WEBHOOK_SECRET=whsec_… python webhook_receiver.py 8999."
        ),
        _(
            "Na sua própria máquina, com ./alicerce up, registre http://127.0.0.1:8999/: só esta porta "
            "é alcançada. Numa instalação de produção, nenhuma."
        ),
        Fold("webhook_receiver.py", [CodeBlock(snippets.RECEIVER, "webhook_receiver.py")]),
    )


def _receiving(terms: Terms) -> Iterator[Card]:
    yield lesson(
        _("Responda na hora, trabalhe uma vez"),
        _(
            "Responda 2xx em até %(within)s, antes de trabalhar. Qualquer outra resposta é uma "
            "falha, também um redirecionamento."
        )
        % {"within": span(terms.answer_within)},
        _(
            "A mesma mensagem pode chegar mais de uma vez: quando a resposta não vem a tempo, não "
            "sabemos se você a tem. O webhook-id é o mesmo em cada tentativa e em cada reenvio. "
            "Guarde-o sob uma chave única e pule o que já viu."
        ),
        _(
            "Mensagens podem ultrapassar umas às outras. Com is_ordered verdadeiro, o próximo evento "
            "do mesmo objeto espera pelo anterior."
        ),
    )


def _failing(base: str, terms: Terms) -> Iterator[Card]:
    yield lesson(
        _("Quando falha"),
        _attempts(terms),
        _(
            "Retry-After em 429 e 503 é respeitado, até %(day)s; nunca encurta o intervalo. Um "
            "endereço que falha %(times)s vezes seguidas descansa um minuto, depois dois, até "
            "%(rest)s, e então é tentado com uma mensagem."
        )
        % {
            "day": span(terms.longest_wait_asked),
            "times": terms.tried_without_rest,
            "rest": span(terms.longest_rest),
        },
        _(
            "410 desativa o endereço na hora; %(days)s só de falhas também. A empresa é avisada por "
            "e-mail, e o endereço volta com PATCH e enabled verdadeiro."
        )
        % {"days": span(terms.gives_up_after)},
    )
    yield lesson(
        _("Envie de novo"),
        _(
            "O que desistimos de entregar pode ser reenviado por %(kept)s: uma entrega, ou tudo o "
            "que falhou desde um instante, até %(most)s por pedido. A resposta diz quantas "
            "voltaram para a fila e quantas ficaram."
        )
        % {"kept": span(terms.kept), "most": number(terms.replayed_at_once)},
        code=snippets.REPLAY.format(base=base),
    )


def _attempts(terms: Terms) -> Table:
    return Table(
        _("As tentativas de uma entrega"),
        [Column(_("Tentativa"), "name"), Column(_("Depois da anterior"))],
        [
            TableRow([str(number_), span(delay) if delay else _("na hora")])
            for number_, delay in enumerate(terms.attempts, 1)
        ],
    )


def _replacing(base: str, terms: Terms) -> Iterator[Card]:
    yield lesson(
        _("Troque o segredo"),
        _(
            "A resposta traz o novo. Por %(both)s cada mensagem leva as duas assinaturas, para que "
            "os seus sistemas mudem quando puderem."
        )
        % {"both": span(terms.both_secrets_for)},
        code=snippets.ROTATE.format(base=base),
    )


def _catalog(base: str, events: list[OfferedEvent]) -> Iterator[Card | Section]:
    yield lesson(
        _("Todos os eventos"),
        _("A mesma lista, para programas, com uma chave que tenha events:read:"),
        code=snippets.EVENT_TYPES.format(base=base),
    )
    for family, members in groupby(events, key=lambda event: event.family):
        yield Section(family, [_sample(event) for event in members])


def _sample(event: OfferedEvent) -> Fold:
    body = json.dumps(event.example, ensure_ascii=False, indent=2)
    return Fold(
        event.type,
        [Stack([Text(event.description), CodeBlock(body, event.type)])],
        id=event.type,
    )
