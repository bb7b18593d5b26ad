"""Connect: accounts under a platform's, each a Stripe of its own, and what their owners do to them."""

import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from alicerce.vendors.stripe.simulator.checks import check_url, need, only
from alicerce.vendors.stripe.simulator.ledger import Ledger
from alicerce.vendors.stripe.simulator.objects import Json, new_id, seconds
from alicerce.vendors.stripe.simulator.problems import Problem, bad_parameter
from alicerce.vendors.stripe.simulator.provider import StripeProvider

ACCOUNT, LINK = "account", "account_link"
LINK_LIVES = timedelta(minutes=5)
FIRST_DUE = ("business_profile.url", "external_account", "individual.id_number")
CONTROLLER_FIELDS = {"fees", "losses", "requirement_collection", "stripe_dashboard"}

Branch = Callable[[str], StripeProvider]


class Accounts:
    """What the platform may ask, and what the owner of an account does on Stripe's own pages."""

    def __init__(
        self, *, ledger: Ledger, branch: Branch, clock: Callable[[], datetime]
    ) -> None:
        self._ledger, self._open, self._clock = ledger, branch, clock
        self._branches: dict[str, StripeProvider] = {}
        self._lock = threading.RLock()

    def create(self, params: Mapping[str, Any]) -> Json:
        made = self._ledger.save(_new_account(params, at=self._clock()))
        self.branch(made["id"])
        return made

    def get(self, account_id: str) -> Json:
        """Raises Problem, as for a stranger's account, once its owner took the access away."""
        found = self._ledger.find(ACCOUNT, account_id)
        if found is None or found.get("_gone"):
            raise no_access(account_id)
        return found

    def page(self, params: Mapping[str, Any]) -> tuple[list[Json], bool]:
        return self._ledger.page(ACCOUNT, params)

    def link(self, params: Mapping[str, Any], *, url: str) -> Json:
        account = self.get(params["account"])
        at = self._clock()
        link_id = new_id("alink")
        self._ledger.save(
            {
                "object": LINK,
                "id": link_id,
                "account": account["id"],
                "return_url": params["return_url"],
                "refresh_url": params["refresh_url"],
                "until": seconds(at + LINK_LIVES),
                "opened": False,
            }
        )
        return {
            "object": LINK,
            "created": seconds(at),
            "expires_at": seconds(at + LINK_LIVES),
            "url": f"{url}/setup/s/{link_id}",
        }

    def visit(self, link_id: str) -> tuple[Json, Json | None]:
        """The link, and the account it is about; None when it was opened before, or is too old."""
        with self._lock:
            link = self._ledger.get(LINK, link_id)
            if link["opened"] or seconds(self._clock()) >= link["until"]:
                return link, None
            self._ledger.save(link | {"opened": True})
            return link, self.get(link["account"])

    def answer(self, link_id: str) -> Json:
        """The owner fills in all that Stripe asks for on the page that a link opened."""
        link = self._ledger.get(LINK, link_id)
        self.tell(link["account"])
        return link

    def tell(
        self,
        account_id: str,
        *,
        due: tuple[str, ...] = (),
        reason: str = "",
        pays_out: bool = True,
        within: timedelta | None = None,
    ) -> Json:
        """Stripe looked at the account: it is good, or more of it is due in time, or it charges no more."""
        with self._lock:
            account = self.get(account_id)
            able = "inactive" if reason else "active"
            told = self._ledger.save(
                account
                | {
                    "charges_enabled": not reason,
                    "payouts_enabled": pays_out and not reason,
                    "details_submitted": True,
                    "capabilities": dict.fromkeys(account["capabilities"], able),
                    "requirements": _requirements(
                        due, reason, by=self._clock() + within if within else None
                    ),
                }
            )
        self.branch(account_id).post.tell("account.updated", told)
        return told

    def deauthorize(self, account_id: str) -> None:
        """The owner takes our access away, on Stripe's own pages."""
        with self._lock:
            account = self.get(account_id)
            self._ledger.save(account | {"_gone": True})
        application = {"id": new_id("ca"), "object": "application", "name": "Alicerce"}
        self.branch(account_id).post.tell("account.application.deauthorized", application)

    def branch(self, account_id: str) -> StripeProvider:
        """The Stripe of one account: what is its own is 404 everywhere else."""
        with self._lock:
            if account_id not in self._branches:
                self._branches[account_id] = self._open(account_id)
            return self._branches[account_id]

    def branches(self) -> Iterator[StripeProvider]:
        for account in self._ledger.all(ACCOUNT):
            yield self.branch(account["id"])


class Platform(StripeProvider):
    """The account that others are connected to."""

    accounts: Accounts

    def merchants(self) -> list[Json]:
        """Companies' accounts under this one, newest first; none of those whose owner left."""
        return [one for one in self.accounts.page({"limit": "50"})[0] if not one.get("_gone")]


def check_account(params: Mapping[str, Any]) -> None:
    only(params, {"country", "email", "controller", "capabilities", "metadata", "expand"})
    controller = need(params, "controller")
    only(controller, CONTROLLER_FIELDS, within="controller")
    for name, wish in need(params, "capabilities").items():
        if wish != {"requested": "true"}:
            raise bad_parameter(f"capabilities[{name}]", "must be requested")
    if "@" not in params.get("email", "@"):
        raise bad_parameter("email", "not an email address")


def check_link(params: Mapping[str, Any]) -> None:
    only(
        params, {"account", "refresh_url", "return_url", "type", "collection_options", "expand"}
    )
    need(params, "account")
    if need(params, "type") not in {"account_onboarding", "account_update"}:
        raise bad_parameter("type", "unknown")
    for name in ("refresh_url", "return_url"):
        check_url(need(params, name), name)


def no_access(account_id: str) -> Problem:
    return Problem(
        403,
        "invalid_request_error",
        f"The provided key does not have access to account '{account_id}'"
        " (or that account does not exist). Application access may have been revoked.",
        code="account_invalid",
    )


def _new_account(params: Mapping[str, Any], *, at: datetime) -> Json:
    return {
        "id": new_id("acct"),
        "object": ACCOUNT,
        "business_type": None,
        "capabilities": dict.fromkeys(params["capabilities"], "inactive"),
        "charges_enabled": False,
        "controller": params["controller"] | {"is_controller": True, "type": "application"},
        "country": params.get("country"),
        "created": seconds(at),
        "default_currency": "brl",
        "details_submitted": False,
        "email": params.get("email"),
        "metadata": params.get("metadata", {}),
        "payouts_enabled": False,
        "requirements": _requirements(FIRST_DUE, "requirements.past_due"),
        "type": "none",
    }


def _requirements(due: tuple[str, ...], reason: str, *, by: datetime | None = None) -> Json:
    return {
        "alternatives": [],
        "current_deadline": seconds(by) if by else None,
        "currently_due": list(due),
        "disabled_reason": reason or None,
        "errors": [],
        "eventually_due": list(due),
        "past_due": [],
        "pending_verification": [],
    }
