"""The hosted checkout page: what is bought, for how much, and a button."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from alicerce.kernel.money import Money
from alicerce.vendors.stripe.simulator.objects import Json
from alicerce.vendors.stripe.simulator.problems import Problem
from alicerce.vendors.stripe.simulator.provider import NotPayable, StripeProvider

PLACEHOLDER = "{CHECKOUT_SESSION_ID}"
PAGE = """<!doctype html>
<html lang="pt-BR">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Pagamento (simulado)</title></head>
<body><main><h1>Pagamento (simulado)</h1>{body}</main></body>
</html>"""
FORM = """<ul>{lines}</ul><p><strong>{total}</strong></p>
<form method="post"><button>Pagar</button></form>{cancel}"""


def page_routes(provider: StripeProvider) -> list[Route]:
    async def show(request: Request) -> Response:
        session_id = request.path_params["id"]
        try:
            session = provider.session(session_id)
        except Problem:
            return _closed(404)
        if session["status"] != "open":
            return _closed(410)
        return HTMLResponse(_page(session, provider.names(session_id)))

    async def press(request: Request) -> Response:
        try:
            session = provider.pay(request.path_params["id"])
        except NotPayable:
            return _closed(410)
        back = session["success_url"].replace(PLACEHOLDER, session["id"])
        return RedirectResponse(back, status_code=303)

    return [
        Route("/pay/{id}", show, methods=["GET"]),
        Route("/pay/{id}", press, methods=["POST"]),
    ]


def _page(session: Json, names: list[str]) -> str:
    lines = "".join(f"<li>{escape(name)}</li>" for name in names)
    total = Money(session["amount_total"], session["currency"].upper())
    url = session["cancel_url"]
    cancel = f'<p><a href="{escape(url)}">Cancelar e voltar</a></p>' if url else ""
    return PAGE.format(body=FORM.format(lines=lines, total=escape(str(total)), cancel=cancel))


def _closed(status: int) -> Response:
    body = "<p>Esta página de pagamento não está aberta.</p>"
    return HTMLResponse(PAGE.format(body=body), status)
