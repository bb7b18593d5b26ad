"""A visitor with a browser: reads the pages, fills the forms, pays at the provider."""

import random
import re
import time
from dataclasses import dataclass
from html import unescape
from ipaddress import IPv4Address

import httpx

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PLAN = re.compile(r'href="(/pedir/[0-9a-f-]+/)"')
PRICE = re.compile(r'name="price" value="([0-9a-f-]+)"')
# To the last checksum before the mark-up goes on: an address within may look like one as well.
PIX_CODE = re.compile(r"0002\d{2}[^<\"]{20,}6304[0-9A-F]{4}")
CHECKOUT = re.compile(r'href="(https?://[^"]+/pay/[^"]+)"')
NAP = 0.4
HOMES = IPv4Address("10.0.0.0")

CARD, PIX = "card", "pix"


class Stuck(Exception):
    """The page never showed what a visitor was waiting for."""


@dataclass
class Visitor:
    """One person and one order. Every figure they give is valid and different."""

    base_url: str
    simulators_url: str
    number: int
    method: str
    seed: int
    token: str = ""

    def order(self) -> None:
        """From the storefront to the order's page."""
        with self._browser() as browser:
            plan = random.Random(self.seed + self.number).choice(  # noqa: S311
                sorted(set(PLAN.findall(self._get(browser, "/"))))
            )
            form = self._get(browser, plan)
            answer = browser.post(
                plan,
                data={
                    "csrfmiddlewaretoken": _first(CSRF, form),
                    "price": _first(PRICE, form),
                    "domain": f"loja-{self.seed}-{self.number}.com.br",
                    "name": f"Cliente {self.number:04d}",
                    "email": f"cliente-{self.seed}-{self.number}@example.com",
                    "document": a_cpf(self.seed * 100_000 + self.number),
                },
            )
            self.token = str(answer.url.path).split("/")[2] if answer.is_success else ""
            if not self.token:
                raise Stuck(f"the order form answered {answer.status_code}")

    def choose_method(self) -> None:
        with self._browser() as browser:
            page = self._get(browser, self.page)
            given = {"csrfmiddlewaretoken": _first(CSRF, page), "method": self.method}
            browser.post(f"{self.page}pagamento/", data=given).raise_for_status()

    def pay(self, *, patience: float) -> None:
        """Pay as the page says: the Pix code at a bank, or the card at the checkout."""
        found = self._wait_for(PIX_CODE if self.method == PIX else CHECKOUT, patience)
        with httpx.Client(trust_env=False, timeout=60) as bank:
            if self.method == PIX:
                answer = bank.post(f"{self.simulators_url}/pix/pay", json={"code": found})
            else:
                answer = bank.post(found, follow_redirects=False)
        if answer.is_error:
            raise Stuck(f"paying by {self.method} answered {answer.status_code}")

    @property
    def page(self) -> str:
        return f"/pedido/{self.token}/"

    @property
    def address(self) -> str:
        """Where they come from. The pages count by address and would shut out one crowd."""
        return str(HOMES + self.number)

    def _wait_for(self, what: re.Pattern[str], patience: float) -> str:
        deadline = time.monotonic() + patience
        with self._browser() as browser:
            while time.monotonic() < deadline:
                page = self._get(browser, f"{self.page}?forma={self.method}")
                if found := what.search(page):
                    return unescape(found.group(found.lastindex or 0))
                time.sleep(NAP)
        raise Stuck(
            f"order {self.number}: no way to pay by {self.method} after {patience:.0f} s"
        )

    def _browser(self) -> httpx.Client:
        return httpx.Client(
            base_url=self.base_url,
            follow_redirects=True,
            timeout=30,
            trust_env=False,
            headers={"X-Forwarded-For": self.address},
            cookies={"django_language": "pt-br"},
        )

    def _get(self, browser: httpx.Client, path: str) -> str:
        return browser.get(path).raise_for_status().text


def a_cpf(number: int) -> str:
    """A CPF with right check digits for any number."""
    digits = [int(digit) for digit in f"{number % 10**9:09d}"]
    if len(set(digits)) == 1:
        digits[-1] = (digits[-1] + 1) % 10
    for weights in (range(10, 1, -1), range(11, 1, -1)):
        total = sum(digit * weight for digit, weight in zip(digits, weights, strict=False))
        digits.append(total * 10 % 11 % 10)
    return "".join(map(str, digits))


def _first(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise Stuck(f"the page does not show {pattern.pattern}")
    return unescape(found.group(1))
