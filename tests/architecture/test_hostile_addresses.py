"""At every address: no form from elsewhere, no change by looking, no failure whatever is sent."""

from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from psycopg import sql

from tests.architecture.isolation import listing, story
from tests.architecture.isolation.addresses import addresses
from tests.architecture.isolation.scratch import django_on, superuser
from tests.architecture.test_isolation_addresses import EMAILS, browser, entitled

pytest_plugins = ["tests.architecture.isolation.fixtures"]

# Whether the program lives is said at addresses without a name, and to nobody in particular.
PAGES = [
    address
    for address in addresses()
    if not address.is_of_the_api() and not address.name.endswith("None")
]
# Values for parameters that name nothing of a tenant's; nothing is behind them.
NOTHING = {
    "account_id": "018f0000-0000-7000-8000-000000000000",
    "approval_id": "018f0000-0000-7000-8000-000000000000",
    "asked": "x",
    "connection_id": 1,
    "digest": "0" * 64,
    "key": "hosting",
    "kind": "setup",
    "name": "mrr",
    "passkey_id": 1,
    "price_id": "018f0000-0000-7000-8000-000000000000",
    "proof": "x" * 70,
    "provider_id": "google",
    "secret": "x" * 43,
    "session_id": 1,
    "tenant_id": "018f0000-0000-7000-8000-000000000000",
    "token": "x" * 43,
    "uid": "MQ",
}
FIELDS = [
    *("acao", "accepting", "account", "antes", "aprovacao", "base_url", "body", "brand_color"),
    *(
        "city",
        "cliente",
        "code",
        "colunas",
        "credential",
        "days",
        "desde",
        "document",
        "domain",
    ),
    *("email", "empresa", "estado", "evento", "finalidade", "forma", "hostname", "hours", "id"),
    *("ip", "key", "kind", "language", "locale", "login", "max_accounts", "method", "mode"),
    *("name", "networks", "next", "number", "para", "password", "pedido", "permissions"),
    *("pessoa", "phone", "pool", "postal_code", "price", "q", "role", "scopes", "slug"),
    *("tags", "tenant", "tier", "time_zone", "types", "url", "user_id", "vale", "version"),
    *("visao", "words", "colaborador", "column", "etiqueta", "situacao"),
]
ASKED = ["9" * 40, "//evil.example/"]
METHODS = ("put", "delete")
REFUSED = frozenset({302, 401, 403, 404, 405, 422})
TYPED = [*ASKED, "\0", "a\r\nBcc: x@evil.example"]
OUTSIDE = frozenset(
    {
        "hooks:connect",
        "hooks:pix",
        "hooks:pix_callback",
        "hooks:pix_debits",
        "hooks:pix_recurrences",
        "hooks:pix_slash",
        "hooks:stripe",
    }
)
PROGRAMS = frozenset({"oauth_token", "oauth_revoke"})
# What looking leaves behind: that somebody was here, that data left the house, that a proof was
# asked for, which opens nothing until it is given, and a sheet that need not be printed again.
TRACES = frozenset(
    {
        "audit_entry",
        "audit_subjectkey",
        "billing_paper",
        "django_session",
        "identity_approval",
        "rate_limit",
    }
    | {"usersessions_usersession"}
)
# Whoever comes back from a provider's page has the provider asked again.
RETURNS = frozenset({"client:cards_back", "workspace:merchant_back"})
TABLES = """
    select relname::text from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r'
"""


@pytest.fixture(scope="module", autouse=True)
def on_stage(stage, django_db_blocker):
    with django_db_blocker.unblock(), django_on(stage.database):
        before, settings.QUOTAS = settings.QUOTAS, dict.fromkeys(settings.QUOTAS, (10**6, 1))
        yield
        settings.QUOTAS = before


@pytest.fixture(scope="module")
def sessions(on_stage):
    """The cookies of each kind of person, signed in once."""
    return {who: browser(email).cookies for who, email in EMAILS.items()}


@pytest.fixture
def person(sessions):
    """A browser of whom the address is for; what it does is undone."""
    with undone():
        yield lambda address, **options: sent_by(sessions[entitled(address)], **options)


@contextmanager
def undone():
    """What happens inside leaves nothing to what comes after."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


def sent_by(cookies, **options):
    host = story.host_of(story.SLUGS[0])
    client = Client(headers={"host": host}, raise_request_exception=False, **options)
    client.cookies = cookies.copy()
    return client


def place(address, world):
    try:
        return address.at(world, world.ours)
    except (KeyError, TypeError):
        return reverse(address.name, kwargs={p: NOTHING[p] for p in address.parameters})


def read(answer):
    """To the end, as a browser does: a file that is sent is closed with it."""
    if answer.streaming:
        answer.getvalue()
    return answer


def named(address):
    return address.name


@pytest.mark.parametrize("address", PAGES, ids=named)
def test_takes_no_form_from_elsewhere(address, person, stage):
    strict = person(address, enforce_csrf_checks=True)

    answer = strict.post(place(address, stage.world), {"name": "x"})

    if address.name in OUTSIDE:  # proves itself by a secret address and a signature
        assert answer.status_code == 404
    elif address.name in PROGRAMS:  # proves itself by its own secret, and reads no cookie
        assert answer.status_code in {400, 401}
    else:
        assert answer.status_code == 403


@pytest.mark.parametrize("address", PAGES, ids=named)
def test_does_nothing_for_other_methods(address, person, stage):
    """Refused, or shown what reading shows; an empty form is still no form."""
    where, told = place(address, stage.world), {}
    for method in METHODS:
        with undone():
            sent = getattr(person(address), method)
            told[method] = sent(where, headers={"X-HTTP-Method-Override": "POST"}).status_code
    read_as = {method: code for method, code in told.items() if code not in REFUSED}
    looked = person(address).get(where).status_code if read_as else None

    found = [f"{method} answered {code}" for method, code in read_as.items() if code != looked]
    assert not found, listing(found)


@pytest.mark.parametrize("address", PAGES, ids=named)
def test_does_not_fail_whatever_is_sent(address, person, stage):
    visitor, where, found = person(address), place(address, stage.world), []
    jar = visitor.cookies.copy()
    for method, value in [*(("get", v) for v in ASKED), *(("post", v) for v in TYPED)]:
        visitor.cookies = jar.copy()
        answer = read(getattr(visitor, method)(where, dict.fromkeys(FIELDS, value)))
        leads = answer.headers.get("Location", "/")
        if answer.status_code >= 500:
            found.append(f"{method} {value[:20]!r} answered {answer.status_code}")
        if not url_has_allowed_host_and_scheme(leads, {story.host_of(story.SLUGS[0])}):
            found.append(f"{method} {value[:20]!r} leads to {leads}")

    assert not found, listing(found)


def test_looking_changes_nothing(sessions, stage):
    before = counted(stage.database)
    people = {who: sent_by(cookies) for who, cookies in sessions.items()}
    for address in PAGES:
        if address.name not in RETURNS:
            read(people[entitled(address)].get(place(address, stage.world)))

    after = counted(stage.database)
    changed = {name for name in after if after[name] != before[name]}
    assert changed - TRACES == set()


def counted(database):
    with superuser(database) as connection:
        names = [name for (name,) in connection.execute(TABLES).fetchall()]
        count = "select count(*) from {}"
        return {
            name: connection.execute(sql.SQL(count).format(sql.Identifier(name))).fetchone()[0]
            for name in names
        }
