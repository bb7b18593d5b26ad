"""Stripe over HTTP: the part of its API we use, strict and with a memory, and its hosted page."""

import hmac
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from alicerce.kernel.clock import now
from alicerce.vendors.simulation.courier import CALLBACK_FAULTS, Courier
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.stripe.simulator import checks
from alicerce.vendors.stripe.simulator.connect import Accounts
from alicerce.vendors.stripe.simulator.connect_desk import ConnectDesk, Work
from alicerce.vendors.stripe.simulator.forms import decode
from alicerce.vendors.stripe.simulator.house import House
from alicerce.vendors.stripe.simulator.idempotency import Memory
from alicerce.vendors.stripe.simulator.misbehavior import answer
from alicerce.vendors.stripe.simulator.objects import Json, listed, new_id
from alicerce.vendors.stripe.simulator.page import page_routes
from alicerce.vendors.stripe.simulator.post import FOR_CONNECTED
from alicerce.vendors.stripe.simulator.problems import Problem, unauthorized
from alicerce.vendors.stripe.simulator.provider import StripeProvider

DECLINED = 402
HIDDEN = {"secret", FOR_CONNECTED}


def stripe_app(
    store: Store,
    faults: Faults,
    *,
    secret_key: str,
    webhooks: Mapping[str, str] | None = None,
    clock: Callable[[], datetime] = now,
) -> Starlette:
    """`app.state.provider` pays and delivers events; `webhooks` maps URLs to their secrets."""
    courier = Courier(pick=lambda: faults.pick("stripe.webhook", among=CALLBACK_FAULTS))
    house = House(store, courier, livemode=secret_key.startswith("sk_live_"), clock=clock)
    provider = house.platform
    accounts = provider.accounts = Accounts(
        ledger=provider.ledger, branch=house.branch, clock=clock
    )
    for url, secret in (webhooks or {}).items():
        provider.watch(url, secret=secret)
    desk = _Desk(provider, accounts, faults, store=store, secret_key=secret_key)
    app = Starlette(routes=[*desk.routes(), *ConnectDesk(accounts, desk.route).routes()])
    app.state.provider = provider
    return app


class _Desk:
    """One method per operation."""

    def __init__(
        self,
        provider: StripeProvider,
        accounts: Accounts,
        faults: Faults,
        *,
        store: Store,
        secret_key: str,
    ) -> None:
        self._platform, self._accounts, self._faults = provider, accounts, faults
        self._store, self._secret_key = store, secret_key.encode()
        self._here: ContextVar[StripeProvider] = ContextVar("stripe_account", default=provider)

    @property
    def _provider(self) -> StripeProvider:
        """The account that the request under way is about."""
        return self._here.get()

    def routes(self) -> list[Route]:
        session = "/v1/checkout/sessions/{id}"
        return [
            self.route("POST", "/v1/checkout/sessions", self._create_session),
            self.route("GET", "/v1/checkout/sessions", self._list_sessions),
            self.route("GET", session, self._get_session),
            self.route("POST", f"{session}/expire", self._expire_session),
            *self._cards(),
            self.route("GET", "/v1/subscriptions/{id}", self._getter("subscription")),
            self.route("GET", "/v1/invoices/{id}", self._get_invoice),
            self.route("POST", "/v1/refunds", self._create_refund),
            self.route("GET", "/v1/refunds", self._list_refunds),
            self.route("GET", "/v1/refunds/{id}", self._getter("refund")),
            self.route("GET", "/v1/disputes", self._list_disputes),
            self.route("GET", "/v1/disputes/{id}", self._get_dispute),
            self.route("POST", "/v1/disputes/{id}", self._update_dispute),
            self.route("POST", "/v1/disputes/{id}/close", self._close_dispute),
            self.route("GET", "/v1/balance_transactions", self._list_balance),
            self.route("GET", "/v1/payouts", self._list_payouts),
            self.route("GET", "/v1/payouts/{id}", self._getter("payout")),
            self.route("GET", "/v1/events", self._list_events),
            self.route("GET", "/v1/events/{id}", self._getter("event")),
            self.route("POST", "/v1/webhook_endpoints", self._create_endpoint),
            self.route("GET", "/v1/webhook_endpoints", self._list_endpoints),
            self.route("DELETE", "/v1/webhook_endpoints/{id}", self._delete_endpoint),
            *page_routes(self._of),
        ]

    def _cards(self) -> list[Route]:
        intents = "/v1/payment_intents"
        return [
            self.route("POST", intents, self._charge_card),
            self.route("GET", intents, self._list_intents),
            self.route("GET", f"{intents}/{{id}}", self._getter("payment_intent")),
            self.route("POST", f"{intents}/{{id}}/cancel", self._cancel_intent),
            self.route("POST", "/v1/customers", self._create_customer),
            self.route("GET", "/v1/customers/{id}", self._getter("customer")),
            self.route("DELETE", "/v1/customers/{id}", self._delete_customer),
            self.route("GET", "/v1/customers/{id}/payment_methods", self._list_cards),
            self.route("POST", "/v1/payment_methods/{id}/detach", self._detach_card),
            self.route("POST", "/v1/billing_portal/sessions", self._open_portal),
        ]

    def route(self, method: str, path: str, work: Work) -> Route:
        operation = f"stripe.{work.__name__.strip('_')}"

        async def endpoint(request: Request) -> Response:
            form = (await request.body()).decode("utf-8", "replace")
            raw = form if method == "POST" else request.url.query
            response = await answer(
                request,
                faults=self._faults,
                operation=operation,
                params=request.path_params,
                work=lambda: self._admit(request, raw, work),
            )
            response.headers["Request-Id"] = new_id("req")
            return response

        return Route(path, endpoint, methods=[method], name=operation)

    def _admit(self, request: Request, raw: str, work: Work) -> Response:
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or not hmac.compare_digest(key.encode(), self._secret_key):
            raise unauthorized()
        account = request.headers.get("stripe-account", "")
        params, store = decode(raw), self._store.room(account) if account else self._store
        token = self._here.set(self._named(account) if account else self._platform)
        try:
            return Memory(store).once(request, params, lambda: work(request, params))
        finally:
            self._here.reset(token)

    def _named(self, account: str) -> StripeProvider:
        self._accounts.get(account)
        return self._accounts.branch(account)

    def _of(self, kind: str, key: str) -> StripeProvider:
        every = (self._platform, *self._accounts.branches())
        return next((one for one in every if one.ledger.find(kind, key)), self._platform)

    def _create_session(self, request: Request, params: Json) -> Response:
        checks.check_session(params, at=self._provider.clock())
        url = str(request.base_url).rstrip("/")
        return JSONResponse(self._provider.open_session(params, url=url))

    def _get_session(self, request: Request, params: Json) -> Response:
        checks.only(params, {"expand"})
        return JSONResponse(self._provider.session(request.path_params["id"]))

    def _expire_session(self, request: Request, params: Json) -> Response:
        checks.only(params, {"expand"})
        return JSONResponse(self._provider.expire(request.path_params["id"]))

    def _list_sessions(self, request: Request, params: Json) -> Response:
        checks.check_list(params)
        self._provider.sessions()
        return self._list(request, "checkout.session", params)

    def _create_refund(self, _: Request, params: Json) -> Response:
        checks.check_refund(params)
        return JSONResponse(self._provider.refunds.create(params))

    def _list_refunds(self, request: Request, params: Json) -> Response:
        checks.check_list(params, {"payment_intent", "charge"})
        narrowed = {n: v for n, v in params.items() if n in {"payment_intent", "charge"}}
        items, has_more = self._provider.ledger.page("refund", params, **narrowed)
        return JSONResponse(listed(items, request.url.path, has_more=has_more))

    def _list_disputes(self, request: Request, params: Json) -> Response:
        checks.check_list(params, {"payment_intent", "charge"})
        narrowed = {n: v for n, v in params.items() if n in {"payment_intent", "charge"}}
        items, has_more = self._provider.ledger.page("dispute", params, **narrowed)
        return JSONResponse(listed(items, request.url.path, has_more=has_more))

    def _get_dispute(self, request: Request, params: Json) -> Response:
        checks.only(params, {"expand"})
        found = self._provider.ledger.get("dispute", request.path_params["id"])
        return JSONResponse(self._provider.disputes.shown(found, params.get("expand")))

    def _update_dispute(self, request: Request, params: Json) -> Response:
        checks.check_dispute(params)
        return JSONResponse(self._provider.disputes.update(request.path_params["id"], params))

    def _close_dispute(self, request: Request, params: Json) -> Response:
        checks.only(params, {"expand"})
        return JSONResponse(self._provider.disputes.close(request.path_params["id"]))

    def _charge_card(self, _: Request, params: Json) -> Response:
        """A decline is an answer as well: the same key gets it again."""
        checks.check_charge(params)
        try:
            return JSONResponse(self._provider.vault.charge(params))
        except Problem as problem:
            if problem.status != DECLINED:
                raise
            return problem.response()

    def _cancel_intent(self, request: Request, params: Json) -> Response:
        checks.only(params, {"expand", "cancellation_reason"})
        return JSONResponse(self._provider.vault.cancel(request.path_params["id"]))

    def _list_intents(self, request: Request, params: Json) -> Response:
        checks.check_list(params, {"customer"})
        narrowed = {"customer": params["customer"]} if "customer" in params else {}
        items, has_more = self._provider.ledger.page("payment_intent", params, **narrowed)
        return JSONResponse(listed(items, request.url.path, has_more=has_more))

    def _create_customer(self, _: Request, params: Json) -> Response:
        checks.check_customer(params)
        return JSONResponse(self._provider.vault.create_customer(params))

    def _delete_customer(self, request: Request, _: Json) -> Response:
        return JSONResponse(self._provider.vault.delete_customer(request.path_params["id"]))

    def _list_cards(self, request: Request, params: Json) -> Response:
        checks.check_list(params, {"type"})
        customer = request.path_params["id"]
        self._provider.vault.cards(customer)
        items, has_more = self._provider.ledger.page(
            "payment_method",
            {n: v for n, v in params.items() if n != "type"},
            customer=customer,
        )
        return JSONResponse(listed(items, request.url.path, has_more=has_more))

    def _detach_card(self, request: Request, params: Json) -> Response:
        checks.only(params, {"expand"})
        return JSONResponse(self._provider.vault.detach(request.path_params["id"]))

    def _open_portal(self, request: Request, params: Json) -> Response:
        checks.check_portal(params)
        url = str(request.base_url).rstrip("/")
        return JSONResponse(self._provider.vault.open_portal(params, url=url))

    def _list_balance(self, request: Request, params: Json) -> Response:
        checks.check_list(params, {"currency", "payout", "source", "type"})
        items, has_more = self._provider.balance.page("balance_transaction", params)
        return JSONResponse(listed(items, request.url.path, has_more=has_more))

    def _list_payouts(self, request: Request, params: Json) -> Response:
        checks.check_list(params, {"arrival_date", "destination", "status"})
        return self._list(request, "payout", params)

    def _list_events(self, request: Request, params: Json) -> Response:
        checks.check_list(params, {"type", "types"})
        return self._list(request, "event", params)

    def _get_invoice(self, request: Request, params: Json) -> Response:
        checks.only(params, {"expand"})
        invoice = self._provider.ledger.get("invoice", request.path_params["id"])
        if "payments" not in params.get("expand", ()):
            invoice.pop("payments")
        return JSONResponse(invoice)

    def _create_endpoint(self, _: Request, params: Json) -> Response:
        checks.check_endpoint(params)
        return JSONResponse(self._provider.register(params))

    def _list_endpoints(self, request: Request, params: Json) -> Response:
        checks.check_list(params)
        return self._list(request, "webhook_endpoint", params)

    def _delete_endpoint(self, request: Request, _: Json) -> Response:
        key = request.path_params["id"]
        self._provider.ledger.get("webhook_endpoint", key)
        self._provider.ledger.delete("webhook_endpoint", key)
        return JSONResponse({"id": key, "object": "webhook_endpoint", "deleted": True})

    def _getter(self, kind: str) -> Work:
        def get(request: Request, params: Json) -> Response:
            checks.only(params, {"expand"})
            return JSONResponse(self._provider.ledger.get(kind, request.path_params["id"]))

        get.__name__ = f"get_{kind}"
        return get

    def _list(self, request: Request, kind: str, params: Json) -> Response:
        items, has_more = self._provider.ledger.page(kind, params)
        shown = [{k: v for k, v in item.items() if k not in HIDDEN} for item in items]
        return JSONResponse(listed(shown, request.url.path, has_more=has_more))
