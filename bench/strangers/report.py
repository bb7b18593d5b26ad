"""Each door asked by turns for somebody and for nobody, and the two piles of times compared."""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import NormalDist, median

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client

from alicerce.apps.identity.models import User
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import now
from alicerce.kernel.ids import uuid7
from alicerce.kernel.ratelimit import forget_idle
from bench.figures import milliseconds, percentile, show

WARM = 5
ANSWERED = (302, 422)
SITE = "bench.example"
UNLIMITED = (100_000, 1)
PASSWORD, WRONG = "a frase que ninguém adivinha", "uma frase que não abre nada"

Times = list[float]
Knock = Callable[[Client, str], HttpResponse]


def report(*, tries: int) -> None:
    _open_site()
    settings.QUOTAS = dict.fromkeys(settings.QUOTAS, UNLIMITED)
    rows = [_row(name, *_piles(knock, tries)) for name, knock in DOORS.items()]
    headings = [
        "door",
        "somebody p50",
        "nobody p50",
        "somebody p99",
        "nobody p99",
        "told apart, p",
    ]
    show(f"{tries} of each, by turns; p above 0.01 tells nothing apart", headings, rows)


def _open_site() -> None:
    tenancy.open_tenant(
        at=now(),
        slug="bench",
        hosts=(f"http://{SITE}",),
        name="Bench",
        legal_name="Bench Ltda",
        document="11222333000181",
        city="Curitiba",
        alert_email="alertas@bench.example",
    )


def _sign_in(browser: Client, email: str) -> HttpResponse:
    return browser.post("/entrar/", {"login": email, "password": WRONG})


def _forget(browser: Client, email: str) -> HttpResponse:
    return browser.post("/entrar/esqueci/", {"email": email})


def _sign_up(browser: Client, email: str) -> HttpResponse:
    return browser.post("/cadastro/", {"name": "Bia", "email": email, "password1": PASSWORD})


DOORS: dict[str, Knock] = {
    "sign in": _sign_in,
    "forgotten password": _forget,
    "sign up": _sign_up,
}


def _piles(knock: Knock, tries: int) -> tuple[Times, Times]:
    """Times for people with an account, and for nobody; every try another e-mail."""
    somebody, nobody = _emails(tries, known=True), _emails(tries, known=False)
    piles: tuple[Times, Times] = ([], [])
    for pair in zip(somebody, nobody, strict=True):
        turns = list(enumerate(pair))
        random.shuffle(turns)
        for whose, email in turns:
            piles[whose].append(_timed(knock, email))
    return piles[0][WARM:], piles[1][WARM:]


def _emails(tries: int, *, known: bool) -> list[str]:
    emails = [f"{uuid7()}@example.com" for _ in range(tries + WARM)]
    if known:
        kept = make_password(PASSWORD)
        people = User.objects.bulk_create(
            User(email=one, name="Ana", password=kept) for one in emails
        )
        EmailAddress.objects.bulk_create(
            EmailAddress(user=one, email=one.email, verified=True, primary=True)
            for one in people
        )
    return emails


def _timed(knock: Knock, email: str) -> float:
    forget_idle(at=now() + timedelta(days=2))  # else the limiter answers, the same to everybody
    browser = Client(SERVER_NAME=SITE)
    began = time.perf_counter()
    answer = knock(browser, email)
    spent = time.perf_counter() - began
    assert answer.status_code in ANSWERED, answer.status_code
    return spent


def _row(name: str, somebody: Times, nobody: Times) -> list[str]:
    return [
        name,
        milliseconds(median(somebody)),
        milliseconds(median(nobody)),
        milliseconds(percentile(somebody, 0.99)),
        milliseconds(percentile(nobody, 0.99)),
        f"{mann_whitney(somebody, nobody):.3f}",
    ]


def mann_whitney(one: Times, other: Times) -> float:
    """How likely two piles of one and the same kind differ in rank at least this much (two-sided).

    Normal approximation, good from twenty of each on; times of a fine clock have no ties.
    """
    n, m = len(one), len(other)
    ranked = sorted(range(n + m), key=[*one, *other].__getitem__)
    ranks = sum(rank for rank, place in enumerate(ranked, start=1) if place < n)
    u, spread = ranks - n * (n + 1) / 2, (n * m * (n + m + 1) / 12) ** 0.5
    return 2 * (1 - NormalDist().cdf(abs(u - n * m / 2) / spread))
