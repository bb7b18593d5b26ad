"""The hosted checkout page: what is bought, for how much, and a button."""

from collections.abc import Callable
from html import escape
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from alicerce.kernel.money import Money
from alicerce.vendors.stripe.simulator.boleto import is_boleto
from alicerce.vendors.stripe.simulator.objects import Json
from alicerce.vendors.stripe.simulator.plastic import CARDS, GOOD, Plastic
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
<form method="post"><p><label>Cartão de teste
<select name="number" style="max-width:100%">{cards}</select></label></p><button>{verb}</button></form>{cancel}"""


def page_routes(of: Callable[[str, str], StripeProvider]) -> list[Route]:
    """Pages say nothing of their account: `of` finds it by a kind of object and its id."""

    async def show(request: Request) -> Response:
        session_id = request.path_params["id"]
        try:
            provider = of("checkout.session", session_id)
            session = provider.session(session_id)
        except Problem:
            return _closed(404)
        if session["status"] != "open":
            return _closed(410)
        return HTMLResponse(_page(session, provider.names(session_id)))

    async def press(request: Request) -> Response:
        typed = parse_qs((await request.body()).decode("utf-8", "replace"))
        (number,) = typed.get("number", [GOOD])[:1]
        if number not in CARDS:
            return _closed(400)
        try:
            session_id = request.path_params["id"]
            session = of("checkout.session", session_id).pay(session_id, number=number)
        except NotPayable:
            return _closed(410)
        except Problem as problem:
            return _closed(402, str(problem))
        back = session["success_url"].replace(PLACEHOLDER, session["id"])
        return RedirectResponse(back, status_code=303)

    async def portal(request: Request) -> Response:
        try:
            customer = request.path_params["id"]
            cards = of("customer", customer).vault.cards(customer)
        except Problem:
            return _closed(404)
        kept = "".join(f"<li>{escape(_card_words(card))}</li>" for card in cards)
        return HTMLResponse(PAGE.format(body=f"<p>Portal do cliente</p><ul>{kept}</ul>"))

    return [
        Route("/pay/{id}", show, methods=["GET"]),
        Route("/pay/{id}", press, methods=["POST"]),
        Route("/portal/{id}", portal, methods=["GET"]),
    ]


def _page(session: Json, names: list[str]) -> str:
    lines = "".join(f"<li>{escape(name)}</li>" for name in names)
    keeps_only = session["mode"] == "setup"
    total = "" if keeps_only else _total(session)
    url = session["cancel_url"]
    cancel = f'<p><a href="{escape(url)}">Cancelar e voltar</a></p>' if url else ""
    verb = "Salvar cartão" if keeps_only else "Pagar"
    if is_boleto(session):
        button = "<form method=post><button>Gerar boleto</button></form>"
        return PAGE.format(
            body=f"<ul>{lines}</ul><p><strong>{escape(total)}</strong></p>{button}{cancel}"
        )
    form = FORM.format(
        lines=lines, total=escape(total), cancel=cancel, cards=_cards(), verb=verb
    )
    return PAGE.format(body=form)


def _total(session: Json) -> str:
    return str(Money(session["amount_total"], session["currency"].upper()))


def _cards() -> str:
    return "".join(
        f'<option value="{card.number}">{card.brand} {card.number[-4:]}: {_fate(card)}</option>'
        for card in CARDS.values()
    )


def _fate(card: Plastic) -> str:
    """What becomes of it, for whoever chooses one to rehearse with."""
    if card.refused:
        return f"recusado agora ({card.refused})"
    return f"aceito agora, recusado depois ({card.declines})" if card.declines else "aceito"


def _card_words(card: Json) -> str:
    printed = card["card"]
    return f"{printed['brand']} {printed['last4']} {printed['exp_month']}/{printed['exp_year']}"


def _closed(status: int, why: str = "Esta página de pagamento não está aberta.") -> Response:
    body = f"<p>{escape(why)}</p>"
    return HTMLResponse(PAGE.format(body=body), status)
