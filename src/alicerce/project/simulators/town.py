"""What the control page can see of the providers, and do to them."""

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from alicerce.kernel.money import Money
from alicerce.project.simulators import bank
from alicerce.vendors.mailer import simulator as mail
from alicerce.vendors.nfse.simulator import FAULTS as NFSE_FAULTS
from alicerce.vendors.pix import brcode
from alicerce.vendors.pix.simulator import PixProvider, misbehavior
from alicerce.vendors.resolver.simulator import FAULTS as DNS_FAULTS
from alicerce.vendors.resolver.simulator import Names
from alicerce.vendors.simulation.courier import CALLBACK_FAULTS
from alicerce.vendors.simulation.faults import Faults, WrongRate
from alicerce.vendors.simulation.serve import Site
from alicerce.vendors.stripe.simulator import misbehavior as stripe_misbehavior
from alicerce.vendors.stripe.simulator.connect import Platform
from alicerce.vendors.whm.simulator import Machine
from alicerce.vendors.whm.simulator.app import FAULTS as WHM_FAULTS

KNOWN_FAULTS = {
    "whm": sorted(WHM_FAULTS),
    "pix": sorted(misbehavior.CALL_FAULTS | CALLBACK_FAULTS),
    "stripe": sorted(stripe_misbehavior.CALL_FAULTS | CALLBACK_FAULTS),
    "smtp": sorted(mail.FAULTS),
    "nfse": sorted(NFSE_FAULTS),
    "dns": sorted(DNS_FAULTS),
}
SHOWN = 50
MERCHANT_DEEDS: Mapping[str, Mapping[str, Any]] = {
    "approve": {},
    "ask": {"due": ("individual.verification.document",), "within": timedelta(days=7)},
    "hold": {"due": ("external_account",), "pays_out": False},
    "restrict": {
        "due": ("individual.verification.document",),
        "reason": "requirements.past_due",
    },
    "disconnect": {},
}

Json = dict[str, Any]


class NoSuchThing(Exception):
    """There is nothing of that name here."""


@dataclass(frozen=True)
class Server:
    number: int
    name: str
    machine: Machine
    faults: Faults
    site: Site


@dataclass(frozen=True)
class Town:
    """Everybody outside: the servers, the two banks, the post office and the names."""

    servers: list[Server]
    pix: PixProvider
    stripe: Platform
    stripe_webhook_secret: str
    inbox: mail.Inbox
    names: Names
    faults: Mapping[str, Faults]

    def state(self) -> Json:
        return {
            "whm": [_server(server) for server in self.servers],
            "pix": self.pix.charges()[:SHOWN],
            "recurrences": self.pix.automatic.latest()[:SHOWN],
            "debits": self.pix.automatic.debits()[:SHOWN],
            "stripe": [self._with_dispute(x) for x in self.stripe.sessions()[:SHOWN]],
            "payouts": self.stripe.balance.payouts()[:SHOWN],
            "merchants": self.stripe.merchants()[:SHOWN],
            "letters": self.inbox.count(),
            "dns": self.names.records(),
            "faults": self.rates(),
        }

    def server(self, number: int) -> Server:
        for server in self.servers:
            if server.number == number:
                return server
        raise NoSuchThing(f"server {number}")

    def letter(self, key: str) -> mail.Letter:
        letter = self.inbox.letter(key)
        if letter is None:
            raise NoSuchThing(f"letter {key}")
        return letter

    def rates(self) -> dict[str, dict[str, float]]:
        return {name: every[0].rates for name, every in self._faults().items()}

    def set_rates(self, wanted: Mapping[str, Any]) -> None:
        """Replace the rates of the providers named, or of none. Raises WrongRate."""
        for provider, rates in wanted.items():
            _check(provider, rates)
        for provider, rates in wanted.items():
            for faults in self._faults()[provider]:
                faults.set_rates(rates)

    def reseed(self, seed: int) -> None:
        for step, faults in enumerate(self._each()):
            faults.reseed(seed + step)

    def arm(self, provider: str, fault: str, *, times: int, match: str) -> None:
        _check(provider, {fault: 1})
        for faults in self._faults()[provider][:1]:
            faults.arm(fault, times=times, match=match)

    def calls(self, *, limit: int) -> list[Json]:
        """Newest first."""
        names = [server.name for server in self.servers] + list(self.faults)
        found = [
            {"provider": name, **call.as_json()}
            for name, faults in zip(names, self._each(), strict=True)
            for call in faults.calls[-limit:]
        ]
        return sorted(found, key=lambda call: str(call["at"]), reverse=True)[:limit]

    def pay_pix(self, txid: str, *, wish: Mapping[str, Any]) -> list[str]:
        """As the payer's bank does; with `late`, though the bank should refuse."""
        self.pix.charge(txid)
        with self.pix.quietly() if wish.get("silent") else nullcontext():
            return self.pix.pay(
                txid,
                _amount(wish, "BRL"),
                int(wish.get("times") or 1),
                even_if_refused=bool(wish.get("late")),
            )

    def pay_pix_code(self, code: str) -> list[str]:
        """One that asks for both is paid, or only agreed to when it names no charge."""
        try:
            told = brcode.parse(code)
        except brcode.BadBrCode:
            raise NoSuchThing("a charge of that code") from None
        for charge in self.pix.charges():
            if charge["location"] == told.url:
                return self.pix.pay(charge["txid"])
        self.decide_recurrence(self.pix.automatic.at(told.recurrence_url or ""), agreed=True)
        return []

    def decide_merchant(self, name: str, deed: str) -> Json:
        """What Stripe finds of a company's account, or its owner does on Stripe's own pages."""
        accounts = self.stripe.accounts
        if deed not in MERCHANT_DEEDS:
            raise NoSuchThing(f"{deed} of account {name}")
        if deed == "disconnect":
            accounts.deauthorize(name)
            return {"id": name, "disconnected": True}
        return accounts.tell(name, **MERCHANT_DEEDS[deed])

    def decide_recurrence(self, name: str, *, agreed: bool) -> Json:
        """As the payer does in their bank's program."""
        automatic = self.pix.automatic
        status = automatic.recurrence(name)["status"]
        if agreed:
            asked = automatic.requests.awaited(name)
            return automatic.authorise(name, journey=1 if asked else 2)
        if status == "CRIADA":
            return automatic.reject(name)
        return automatic.cancel(name, by="USUARIO_PAGADOR", code="SLDB")

    def settle_debit(self, txid: str, *, wish: Mapping[str, Any]) -> Json:
        """Its day has come at the payer's bank: paid, without funds, or refused by a code."""
        has_funds = str(wish.get("funds", "1")) in {"1", "True"}
        return self.pix.automatic.settle(txid, code=str(wish.get("code", "")), funds=has_funds)

    def resend_pix(self, txid: str) -> int:
        paid = self.pix.charge(txid).get("pix", [])
        for pix in paid:
            self.pix.resend(pix["endToEndId"])
        return len(paid)

    def pay_session(self, session_id: str, *, wish: Mapping[str, Any]) -> Json:
        session = self.stripe.session(session_id)
        amount = _amount(wish, session["currency"].upper())
        with self.stripe.quietly() if wish.get("silent") else nullcontext():
            return self.stripe.pay(session_id, amount, async_=bool(wish.get("async")))

    def pay_out(self, *, wish: Mapping[str, Any]) -> Json:
        """What Stripe holds begins its way to the bank; `short` of so many cents."""
        return self.stripe.balance.pay_out(short=int(wish.get("short") or 0))

    def end_payout(self, payout_id: str, *, wish: Mapping[str, Any]) -> Json:
        succeeded = str(wish.get("succeeded", "1")) in {"1", "True"}
        return self.stripe.balance.arrive(payout_id, succeeded=succeeded)

    def bank_statement(self, *, short: int = 0, parts: int = 1) -> str:
        """What the company's bank shows, as OFX; payouts `short` of so many cents, in so many lines."""
        pix = [charge for charge in self.pix.charges() if charge.get("pix")]
        received = [one for charge in pix for one in charge["pix"]]
        events = self.stripe.ledger.all("event")
        had = {x["data"]["object"]["id"] for x in events if x["type"] == "payout.paid"}
        arrived = [one for one in self.stripe.balance.payouts() if one["id"] in had]
        return bank.statement(received, arrived, short=short, parts=parts)

    def resend_session(self, session_id: str) -> int:
        about = [
            event["id"]
            for event in self.stripe.ledger.all("event")
            if event["data"]["object"]["id"] == session_id
        ]
        for event_id in about:
            self.stripe.resend(event_id)
        return len(about)

    def open_dispute(self, session_id: str, *, wish: Mapping[str, Any]) -> Json:
        """As the payer's bank does; as an inquiry it takes no money yet."""
        intent = self._intent_of(session_id)
        cents = wish.get("cents")
        return self.stripe.disputes.open(
            intent, amount=int(cents) if cents else None, inquiry=bool(wish.get("inquiry"))
        )

    def decide_dispute(self, session_id: str, *, won: bool) -> Json:
        dispute = self.stripe.disputes.of(self._intent_of(session_id))
        if dispute is None:
            raise NoSuchThing("a dispute of that session")
        return self.stripe.disputes.decide(dispute["id"], won=won)

    def take_back_pix(self, txid: str) -> Json:
        """The payer's bank is believed: all of the first payment goes back by the special mechanism."""
        paid = self.pix.charge(txid).get("pix", [])
        if not paid:
            raise NoSuchThing("a payment of that charge")
        return self.pix.take_back(paid[0]["endToEndId"], paid[0]["valor"])

    def _intent_of(self, session_id: str) -> str:
        """A payment's, or that of a subscription's first invoice."""
        session = self.stripe.session(session_id)
        if session["payment_intent"]:
            return str(session["payment_intent"])
        if not session["invoice"]:
            raise NoSuchThing("a payment of that session")
        [payment] = self.stripe.ledger.get("invoice", session["invoice"])["payments"]["data"]
        return str(payment["payment"]["payment_intent"])

    def watch_stripe(self, url: str, *, secret: str = "") -> None:
        """Have Stripe post every event there, signed with its usual secret unless given another."""
        if not url.startswith(("http://", "https://")):
            raise ValueError("url: not a web address")
        self.stripe.watch(url, secret=secret or self.stripe_webhook_secret)

    def _with_dispute(self, session: Json) -> Json:
        """What became of its payment, as its page here shows it."""
        dispute = self.stripe.disputes.of(session["payment_intent"])
        return session | {"dispute": dispute["status"] if dispute else None}

    def _faults(self) -> dict[str, list[Faults]]:
        servers = [server.faults for server in self.servers]
        return {"whm": servers, **{name: [faults] for name, faults in self.faults.items()}}

    def _each(self) -> list[Faults]:
        return [faults for every in self._faults().values() for faults in every]


def _check(provider: str, rates: Any) -> None:
    known = KNOWN_FAULTS.get(provider)
    if known is None:
        raise WrongRate(f"{provider}: one of {', '.join(KNOWN_FAULTS)}")
    if not isinstance(rates, Mapping):
        raise WrongRate(f"{provider}: not a table of rates")
    if strange := sorted(set(rates) - set(known)):
        raise WrongRate(f"{provider}: {strange[0]} is none of {', '.join(known)}")
    Faults(rates)


def _amount(wish: Mapping[str, Any], currency: str) -> Money | None:
    cents = wish.get("cents")
    return Money(int(cents), currency) if cents else None


def _server(server: Server) -> Json:
    accounts = [
        {name: account[name] for name in ("user", "domain", "plan", "owner", "suspended")}
        for account in server.machine.accounts()
    ]
    return {
        "number": server.number,
        "name": server.name,
        "url": server.site.base_url,
        "up": server.site.is_up,
        "accounts": accounts,
    }
