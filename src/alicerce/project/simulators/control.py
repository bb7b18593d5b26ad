"""The control page: buttons for people, the same as JSON for programs."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from alicerce.project.simulators import pages
from alicerce.project.simulators.town import NoSuchThing, Town
from alicerce.project.simulators.visitors import OwnPagesOnly
from alicerce.vendors.pix.simulator import NotPayable as PixNotPayable
from alicerce.vendors.pix.simulator.problems import Problem as PixProblem
from alicerce.vendors.simulation.faults import WrongRate
from alicerce.vendors.stripe.simulator import NotPayable as StripeNotPayable
from alicerce.vendors.stripe.simulator.problems import Problem as StripeProblem

STYLESHEET = Path(__file__).with_name("control.css")
RECENT = 200
NOT_FOUND, CONFLICT, UNPROCESSABLE = 404, 409, 422
REFUSALS: dict[type[Exception], int] = {
    NoSuchThing: NOT_FOUND,
    PixProblem: NOT_FOUND,
    StripeProblem: NOT_FOUND,
    PixNotPayable: CONFLICT,
    StripeNotPayable: CONFLICT,
    WrongRate: UNPROCESSABLE,
    ValueError: UNPROCESSABLE,
}


class Desk:
    """One method per button."""

    def __init__(self, town: Town) -> None:
        self._town = town

    def routes(self) -> list[Route]:
        return [
            Route("/", self.front),
            Route("/control.css", self.stylesheet),
            Route("/state", self.state),
            Route("/faults", self.faults),
            Route("/faults", self.set_faults, methods=["POST"]),
            Route("/arm", self.arm, methods=["POST"]),
            Route("/inbox", self.inbox),
            Route("/inbox/{key}", self.letter),
            Route("/calls", self.calls),
            Route("/pix/pay", self.pay_code, methods=["POST"]),
            Route("/pix/{txid}/pay", self.pay_pix, methods=["POST"]),
            Route("/pix/{txid}/take-back", self.take_back_pix, methods=["POST"]),
            Route("/pix/{txid}/resend", self.resend_pix, methods=["POST"]),
            Route("/rec/{id}/agree", self.agree, methods=["POST"]),
            Route("/rec/{id}/refuse", self.refuse, methods=["POST"]),
            Route("/cobr/{txid}/settle", self.settle_debit, methods=["POST"]),
            Route("/stripe/webhooks", self.watch, methods=["POST"]),
            Route("/stripe/payouts", self.pay_out, methods=["POST"]),
            Route("/stripe/payouts/{id}/end", self.end_payout, methods=["POST"]),
            Route("/stripe/accounts/{id}/{deed}", self.decide_merchant, methods=["POST"]),
            Route("/names", self.names),
            Route("/dns", self.set_record, methods=["POST"]),
            Route("/bank.ofx", self.bank_statement),
            Route("/stripe/{id}/pay", self.pay_session, methods=["POST"]),
            Route("/stripe/{id}/settle", self.settle_session, methods=["POST"]),
            Route("/stripe/{id}/resend", self.resend_session, methods=["POST"]),
            Route("/stripe/{id}/dispute", self.open_dispute, methods=["POST"]),
            Route("/stripe/{id}/win", self.win_dispute, methods=["POST"]),
            Route("/stripe/{id}/lose", self.lose_dispute, methods=["POST"]),
            Route("/whm/{number:int}/down", self.down, methods=["POST"]),
            Route("/whm/{number:int}/up", self.up, methods=["POST"]),
        ]

    async def front(self, request: Request) -> Response:
        return pages.front(self._town.state())

    async def stylesheet(self, request: Request) -> Response:
        return FileResponse(STYLESHEET, media_type="text/css")

    async def state(self, request: Request) -> Response:
        return JSONResponse(self._town.state())

    async def faults(self, request: Request) -> Response:
        rates = self._town.rates()
        return pages.faults(rates) if _is_person(request) else JSONResponse(rates)

    async def set_faults(self, request: Request) -> Response:
        wish = await _wish(request)
        named = wish.pop("seed", None)
        seed = None if named in {None, ""} else int(named)
        self._town.set_rates(_nested(wish) if _is_form(request) else wish)
        if seed is not None:
            self._town.reseed(seed)
        return _done(request, self._town.rates(), back="/faults")

    async def arm(self, request: Request) -> Response:
        wish = await _wish(request)
        self._town.arm(
            str(wish.get("provider")),
            str(wish.get("fault")),
            times=int(wish.get("times", 1)),
            match=str(wish.get("match", "")),
        )
        return _done(request, {"armed": wish.get("fault")})

    async def inbox(self, request: Request) -> Response:
        letters = [asdict(letter) for letter in self._town.inbox.letters()]
        return pages.inbox(letters) if _is_person(request) else JSONResponse(letters)

    async def letter(self, request: Request) -> Response:
        letter = asdict(self._town.letter(request.path_params["key"]))
        return pages.letter(letter) if _is_person(request) else JSONResponse(letter)

    async def calls(self, request: Request) -> Response:
        found = self._town.calls(limit=int(request.query_params.get("limit", RECENT)))
        return pages.calls(found) if _is_person(request) else JSONResponse(found)

    async def pay_code(self, request: Request) -> Response:
        code = str((await _wish(request)).get("code", ""))
        return _done(request, {"endToEndIds": self._town.pay_pix_code(code)})

    async def pay_pix(self, request: Request) -> Response:
        wish = await _wish(request)
        paid = self._town.pay_pix(request.path_params["txid"], wish=wish)
        return _done(request, {"endToEndIds": paid})

    async def resend_pix(self, request: Request) -> Response:
        return _done(request, {"sent": self._town.resend_pix(request.path_params["txid"])})

    async def watch(self, request: Request) -> Response:
        wish = await _wish(request)
        url = str(wish.get("url", ""))
        self._town.watch_stripe(url, secret=str(wish.get("secret", "")))
        return _done(request, {"url": url})

    async def pay_session(self, request: Request) -> Response:
        wish = await _wish(request)
        return _done(request, self._town.pay_session(request.path_params["id"], wish=wish))

    async def settle_session(self, request: Request) -> Response:
        succeeded = str((await _wish(request)).get("succeeded", "1")) in {"1", "True"}
        session = self._town.stripe.settle(request.path_params["id"], succeeded=succeeded)
        return _done(request, session)

    async def resend_session(self, request: Request) -> Response:
        return _done(request, {"sent": self._town.resend_session(request.path_params["id"])})

    async def open_dispute(self, request: Request) -> Response:
        wish = await _wish(request)
        return _done(request, self._town.open_dispute(request.path_params["id"], wish=wish))

    async def win_dispute(self, request: Request) -> Response:
        return _done(request, self._town.decide_dispute(request.path_params["id"], won=True))

    async def lose_dispute(self, request: Request) -> Response:
        return _done(request, self._town.decide_dispute(request.path_params["id"], won=False))

    async def take_back_pix(self, request: Request) -> Response:
        return _done(request, self._town.take_back_pix(request.path_params["txid"]))

    async def agree(self, request: Request) -> Response:
        name = request.path_params["id"]
        return _done(request, self._town.decide_recurrence(name, agreed=True))

    async def refuse(self, request: Request) -> Response:
        name = request.path_params["id"]
        return _done(request, self._town.decide_recurrence(name, agreed=False))

    async def settle_debit(self, request: Request) -> Response:
        wish = await _wish(request)
        return _done(request, self._town.settle_debit(request.path_params["txid"], wish=wish))

    async def pay_out(self, request: Request) -> Response:
        return _done(request, self._town.pay_out(wish=await _wish(request)))

    async def end_payout(self, request: Request) -> Response:
        wish = await _wish(request)
        return _done(request, self._town.end_payout(request.path_params["id"], wish=wish))

    async def decide_merchant(self, request: Request) -> Response:
        asked = request.path_params
        return _done(request, self._town.decide_merchant(asked["id"], asked["deed"]))

    async def bank_statement(self, request: Request) -> Response:
        short = int(request.query_params.get("short") or 0)
        parts = int(request.query_params.get("parts") or 1)
        said = self._town.bank_statement(short=short, parts=parts)
        headers = {"Content-Disposition": 'attachment; filename="extrato.ofx"'}
        return Response(said, media_type="application/x-ofx", headers=headers)

    async def set_record(self, request: Request) -> Response:
        """One value a line; none takes the record away."""
        wish = await _wish(request)
        said = wish.get("values", [])
        values = said.splitlines() if isinstance(said, str) else [str(one) for one in said]
        self._town.names.put(str(wish.get("name", "")), str(wish.get("type", "")), values)
        return _done(request, {"records": self._town.names.records()}, back="/names")

    async def names(self, request: Request) -> Response:
        records = self._town.names.records()
        return pages.names(records) if _is_person(request) else JSONResponse(records)

    async def down(self, request: Request) -> Response:
        await self._town.server(request.path_params["number"]).site.stop()
        return _done(request, {"up": False})

    async def up(self, request: Request) -> Response:
        await self._town.server(request.path_params["number"]).site.start()
        return _done(request, {"up": True})


def control_app(town: Town) -> Starlette:
    return Starlette(
        routes=Desk(town).routes(),
        exception_handlers=dict.fromkeys(REFUSALS, _refuse),
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"]),
            Middleware(OwnPagesOnly),
        ],
    )


async def _refuse(request: Request, error: Exception) -> Response:
    status = next(status for kind, status in REFUSALS.items() if isinstance(error, kind))
    said = str(error) or type(error).__name__
    if _is_person(request):
        return pages.refusal(said, status)
    return JSONResponse({"error": said}, status)


async def _wish(request: Request) -> dict[str, Any]:
    """The body, whether a form or JSON; nothing when there is none."""
    if _is_form(request):
        async with request.form() as form:
            return dict(form)
    if not await request.body():
        return {}
    wish = await request.json()
    if not isinstance(wish, dict):
        raise ValueError("not an object")  # noqa: TRY004 (what they sent, not what we passed)
    return wish


def _nested(form: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """`whm.html=0.1` as {"whm": {"html": 0.1}}, without what is left at nothing."""
    rates: dict[str, dict[str, float]] = {}
    for name, value in form.items():
        provider, _, fault = name.partition(".")
        named = rates.setdefault(provider, {})
        if value not in {"", "0"}:
            named[fault] = value
    return rates


def _done(request: Request, said: Any, *, back: str = "/") -> Response:
    if _is_person(request):
        return RedirectResponse(back, status_code=303)
    return JSONResponse(said)


def _is_form(request: Request) -> bool:
    kind = request.headers.get("content-type", "")
    return kind.startswith(("application/x-www-form-urlencoded", "multipart/form-data"))


def _is_person(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")
