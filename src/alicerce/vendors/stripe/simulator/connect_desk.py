"""Connect over HTTP: accounts and links for the platform, and the hosted page for their owners."""

from collections.abc import Callable
from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from alicerce.vendors.stripe.simulator import checks
from alicerce.vendors.stripe.simulator.connect import Accounts, check_account, check_link
from alicerce.vendors.stripe.simulator.objects import Json, listed
from alicerce.vendors.stripe.simulator.page import PAGE
from alicerce.vendors.stripe.simulator.problems import Problem

Work = Callable[[Request, Json], Response]
Router = Callable[[str, str, Work], Route]


class ConnectDesk:
    def __init__(self, accounts: Accounts, route: Router) -> None:
        self._accounts, self._route = accounts, route

    def routes(self) -> list[Route]:
        return [
            self._route("POST", "/v1/accounts", self._create_account),
            self._route("GET", "/v1/accounts", self._list_accounts),
            self._route("GET", "/v1/accounts/{id}", self._get_account),
            self._route("POST", "/v1/account_links", self._create_link),
            Route("/setup/s/{id}", self._show, methods=["GET"]),
            Route("/setup/s/{id}", self._press, methods=["POST"]),
        ]

    def _create_account(self, _: Request, params: Json) -> Response:
        check_account(params)
        return JSONResponse(self._accounts.create(params))

    def _list_accounts(self, request: Request, params: Json) -> Response:
        checks.check_list(params)
        items, has_more = self._accounts.page(params)
        return JSONResponse(listed(items, request.url.path, has_more=has_more))

    def _get_account(self, request: Request, params: Json) -> Response:
        checks.only(params, {"expand"})
        return JSONResponse(self._accounts.get(request.path_params["id"]))

    def _create_link(self, request: Request, params: Json) -> Response:
        check_link(params)
        url = str(request.base_url).rstrip("/")
        return JSONResponse(self._accounts.link(params, url=url))

    async def _show(self, request: Request) -> Response:
        """A link opens once: the second time it leads to where a new one is asked for."""
        try:
            link, account = self._accounts.visit(request.path_params["id"])
        except Problem as problem:
            return HTMLResponse(PAGE.format(body=escape(str(problem))), problem.status)
        if account is None:
            return RedirectResponse(link["refresh_url"], status_code=303)
        due = "".join(
            f"<li>{escape(one)}</li>" for one in account["requirements"]["currently_due"]
        )
        form = "<form method=post><button>Enviar tudo</button></form>"
        leave = f'<p><a href="{escape(link["return_url"])}">Salvar para depois</a></p>'
        return HTMLResponse(PAGE.format(body=f"<ul>{due}</ul>{form}{leave}"))

    async def _press(self, request: Request) -> Response:
        try:
            link = self._accounts.answer(request.path_params["id"])
        except Problem as problem:
            return HTMLResponse(PAGE.format(body=escape(str(problem))), problem.status)
        return RedirectResponse(link["return_url"], status_code=303)
