"""How an app of one company is let into another: OAuth 2.1, with a terminal."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, public_page
from alicerce.surfaces.docs.trail import crumbs
from alicerce.ui.buttons import LinkButton
from alicerce.ui.code import CodeBlock
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Stack
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Instructions
from alicerce.ui.texts import Text

VERIFIER = """\
VERIFIER=$(openssl rand -base64 96 | tr -dc 'A-Za-z0-9' | head -c 64)
CHALLENGE=$(printf %s "$VERIFIER" | openssl dgst -sha256 -binary \\
  | openssl base64 -A | tr '+/' '-_' | tr -d '=')
STATE=$(openssl rand -hex 16)
"""
AUTHORIZE = """\
echo "{base}/oauth/authorize?response_type=code&client_id=$CLIENT_ID\\
&redirect_uri=https%3A%2F%2Fapp.example%2Fvolta&scope=customers%3Aread\\
&state=$STATE&code_challenge=$CHALLENGE&code_challenge_method=S256"
"""
EXCHANGE = """\
curl {base}/oauth/token -u "$CLIENT_ID:$CLIENT_SECRET" \\
  -d grant_type=authorization_code -d code="$CODE" \\
  -d code_verifier="$VERIFIER" \\
  --data-urlencode redirect_uri=https://app.example/volta
"""
CALL = """\
curl {base}/v1/customers -H "Authorization: Bearer $ACCESS_TOKEN"
"""
REFRESH = """\
curl {base}/oauth/token -u "$CLIENT_ID:$CLIENT_SECRET" \\
  -d grant_type=refresh_token -d refresh_token="$REFRESH_TOKEN"
"""
ITSELF = """\
curl {base}/oauth/token -u "$CLIENT_ID:$CLIENT_SECRET" \\
  -d grant_type=client_credentials -d scope=customers:read \\
  -d mode=test   # o ambiente de testes; sem isto, a empresa
"""
REVOKE = """\
curl {base}/oauth/revoke -u "$CLIENT_ID:$CLIENT_SECRET" -d token="$REFRESH_TOKEN"
"""
METADATA = """\
curl {base}/.well-known/oauth-authorization-server
"""
SCANNER = "app_(at|rt|ac|cs)_[0-9A-Za-z]{39}"


@public_page
@require_safe
def apps(request: Request) -> HttpResponse:
    base = tenancy.platform_url()
    page = Page(
        _("Aplicativos (OAuth 2.1)"),
        "site",
        [Stack([*_flow(base), *_beyond(base)])],
        lead=_(
            "Um programa seu na empresa de outros: com o sim deles, e só até onde disseram."
        ),
        breadcrumbs=crumbs(_("Aplicativos")),
        actions=[LinkButton(_("Referência"), reverse("docs:reference"))],
    )
    return render_page(request, page)


def _flow(base: str) -> Iterator[Card]:
    yield Card(
        [
            Instructions(
                [
                    _("No espaço da sua empresa, em Aplicativos, registre o aplicativo."),
                    _("Diga os endereços de retorno exatos e o que ele pode pedir."),
                    _(
                        "Guarde o segredo: ele aparece uma vez. Troque-o com dois valendo juntos."
                    ),
                ]
            )
        ],
        title=_("1. Registre"),
    )
    yield _lesson(
        _("2. Prepare o pedido"),
        _("PKCE é obrigatório, com S256. Guarde o verificador e o state até a volta."),
        VERIFIER,
    )
    yield _lesson(
        _("3. Leve a pessoa"),
        _(
            "Abra este endereço no navegador dela. Ela confere quem pede, escolhe a empresa, prova "
            "quem é e confirma ou nega. A volta traz code, state e iss: confira os dois últimos."
        ),
        AUTHORIZE.format(base=base),
    )
    yield _lesson(
        _("4. Troque o código"),
        _("Ele vale 60 segundos e uma vez. Repetido, fecha tudo o que abriu."),
        EXCHANGE.format(base=base),
    )
    yield _lesson(
        _("5. Chame a API"),
        _(
            "O token de acesso vale uma hora e abre o que foi confirmado, enquanto o papel de quem "
            "instalou permitir. Os limites são contados por aplicativo e empresa."
        ),
        CALL.format(base=base),
    )


def _beyond(base: str) -> Iterator[Card]:
    yield _lesson(
        _("Renove"),
        _(
            "Cada token de renovação vale uma vez e por 30 dias; a resposta traz o próximo. Um que "
            "volta a ser usado encerra o acesso: alguém mais o tem. Noventa dias depois de a pessoa "
            "confirmar, ou quando ela sai da empresa, peça de novo."
        ),
        REFRESH.format(base=base),
    )
    yield _lesson(
        _("Na sua própria empresa"),
        _(
            "Um aplicativo confidencial entra sem ninguém, com o que pode quem fez o segredo. "
            "Com mode=test, o token age no ambiente de testes da empresa."
        ),
        ITSELF.format(base=base),
    )
    yield _lesson(
        _("Devolva"),
        _("Um token de renovação devolvido encerra também os de acesso."),
        REVOKE.format(base=base),
    )
    yield _lesson(
        _("Descubra os endereços"),
        _("RFC 8414. O emissor é sempre este, seja qual for a empresa."),
        METADATA.format(base=base),
    )
    yield _lesson(
        _("Segredos que se reconhecem"),
        _("Têm a mesma soma de verificação das chaves e este formato:"),
        SCANNER,
    )


def _lesson(title: str, told: str, code: str) -> Card:
    body: list[Content] = [Text(told), CodeBlock(code, title)]
    return Card([Stack(body)], title=title)
