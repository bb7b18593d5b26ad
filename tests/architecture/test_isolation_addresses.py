"""At no address is another tenant's thing different from one that never was."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alicerce.apps.identity.models import User
from alicerce.kernel.access import ACCOUNT, declared_permission
from tests.architecture.isolation import listing, story
from tests.architecture.isolation.addresses import addresses
from tests.architecture.isolation.scratch import django_on

pytest_plugins = ["tests.architecture.isolation.fixtures"]

BACKEND = "django.contrib.auth.backends.ModelBackend"
NAMES = r"[0-9a-f]{8}-[0-9a-f-]{27}|[\w-]{43}|value=\"[\w-]{64}\""
EMAILS = {
    "anonymous": None,
    "client": "renata@padaria.example",
    "owner": "ana@padaria.example",
    "operator": "olga@raiz.example",
}
NAMING = [
    address
    for address in addresses()
    if address.names_a_tenants_thing() and not address.is_of_the_api()
]
ABOUT_COMPANIES = [address for address in addresses() if address.is_about_companies()]
METHODS = ("get", "post")
LOGIN, FORBIDDEN, ABSENT, NOT_SO, UNPROCESSABLE = 302, 403, 404, 405, 422
ORDER = {
    "domain": "padaria.com.br",
    "name": "Renata Souza",
    "email": "renata@example.com",
    "document": "529.982.247-25",
}


@pytest.fixture(scope="module")
def people(stage, django_db_blocker):
    """Browsers at our tenant's address, one for each kind of person."""
    with django_db_blocker.unblock(), django_on(stage.database):
        yield {who: browser(email) for who, email in EMAILS.items()}


@pytest.fixture(autouse=True)
def patient(settings):
    """Every page is asked for within a minute: how many one may ask for is tested elsewhere."""
    settings.QUOTAS = {**settings.QUOTAS, "pages": (100_000, 60)}


def browser(email, host=None):
    host = host or story.host_of(story.SLUGS[0])
    client = Client(headers={"host": host}, raise_request_exception=False)
    if email:
        client.force_login(User.objects.get(email=email), backend=BACKEND)
    return client


def answer(client, method, url, data=None):
    """What somebody can tell from an answer: all but the names of things, which they gave."""
    response = getattr(client, method)(url, data)
    told = response.content.decode(errors="replace") + response.headers.get("Location", "")
    told = told.replace(url, "…")
    return response.status_code, re.sub(NAMES, "…", told)


def entitled(address):
    """Whom the address is for."""
    permission = declared_permission(address.view)
    people = dict.fromkeys(
        (ACCOUNT, "client:area", "client:billing", "client:services", "client:people"), "client"
    ) | {"workspace:enter": "owner", None: "anonymous"}
    return people.get(permission, "operator")


def is_of_an_account(address):
    """Whoever signed in may enter, on every host, and finds only what is theirs there."""
    return declared_permission(address.view) == ACCOUNT


def refusals(who, address=None):
    """How a thing may be kept from somebody; who is entitled to such things learns nothing more."""
    if address and (who == entitled(address) or entitled(address) == "anonymous"):
        return {ABSENT, NOT_SO}
    if address and is_of_an_account(address) and who != "anonymous":
        return {ABSENT, NOT_SO}
    return {LOGIN} if who == "anonymous" else {FORBIDDEN, ABSENT}


def test_every_view_says_who_may_enter():
    silent = [
        address.name for address in addresses() if not hasattr(address.view, "permission")
    ]

    assert silent == []


def test_every_parameter_is_known():
    assert [name for address in addresses() for name in address.unknown()] == [], (
        "say in isolation/addresses.py whose things it names"
    )


def test_there_is_something_to_prove():
    assert NAMING


@pytest.mark.parametrize("address", NAMING, ids=lambda address: address.name)
@pytest.mark.parametrize("who", EMAILS)
def test_another_tenants_thing_is_as_absent_as_none(address, who, stage, people):
    root = stage.world.ours if who == "operator" else None  # who may name any tenant
    foreign = address.at(stage.world, stage.world.theirs, root)
    absent = address.at_nothing(root)
    for method in METHODS:
        told = answer(people[who], method, foreign)

        assert told == answer(people[who], method, absent)
        assert told[0] in refusals(who, address)


@pytest.mark.parametrize(
    "address",
    [address for address in NAMING if entitled(address) == "client"],
    ids=lambda address: address.name,
)
def test_another_customers_thing_is_as_absent_as_none(address, stage, people):
    sibling = address.at(stage.world, stage.world.ours, last=True)
    for method in METHODS:
        told = answer(people["client"], method, sibling)

        assert told == answer(people["client"], method, address.at_nothing())
        assert told[0] in {ABSENT, NOT_SO}


def test_another_tenants_price_is_as_absent_as_none(stage, people):
    (order,) = [address for address in NAMING if address.name == "site:order_plan"]
    url = order.at(stage.world, stage.world.ours)
    prices = [stage.world.samples["catalog_price"].rows[stage.world.theirs]["id"], str(uuid4())]
    told = [
        answer(people["anonymous"], "post", url, {**ORDER, "price": price}) for price in prices
    ]

    assert told[0] == told[1]
    assert told[0][0] == UNPROCESSABLE


# Sensitive actions lead to a proof, or wait for what a form has to say first; each has its own tests.
WAITS = {
    "account_privacy_export": {LOGIN},
    "console:server_access": {ABSENT},
    "workspace:server_access": {ABSENT},
    "console:stand_in_consented": {ABSENT},  # the story's yes is not this operator's
    "workspace:api_key_exchange": {ABSENT},
    "workspace:application_change": {ABSENT},
    "workspace:application_exchange": {ABSENT},
    "workspace:application_withdraw": {LOGIN},
    "workspace:consent_grant": {LOGIN},
    "workspace:customers_export_download": {LOGIN},
    "workspace:installation_remove": {LOGIN},
    "workspace:api_key_revoke": {LOGIN},
    "workspace:fiscal_document_cancel_confirm": {ABSENT},
    "workspace:fiscal_document_substitute": {302},
    "workspace:tax_end_confirm": {ABSENT},
    "client:invoice_receipt": {LOGIN},  # back to an invoice that nobody paid
    "site:invoice_receipt": {LOGIN},
    "workspace:invoice_receipt": {LOGIN},
    "workspace:card_charge": {LOGIN},
    "workspace:connect_offer": {ABSENT},  # the platform's own page
    "workspace:merchant_disconnect": {LOGIN},
    "workspace:correction_manage": {LOGIN},
    "workspace:correction_refund": {ABSENT},  # the story asks for a credit note
    "workspace:correction_settle": {ABSENT},
    "workspace:invoice_credit_confirm": {ABSENT},
    "workspace:subscription_credit_confirm": {ABSENT},
    "workspace:invoice_payment_record_confirm": {ABSENT},
    "workspace:invoice_void_confirm": {ABSENT},
    "workspace:invoice_write_off_confirm": {ABSENT},
    "site:automatic_bank": {302},  # where nothing is to be paid, back to how it stands
    "workspace:payment_give": {ABSENT},  # the story's payment is an invoice's
    "workspace:payment_give_confirm": {ABSENT},
    "workspace:attribution_undo_confirm": {ABSENT},
    "workspace:payment_refund": {
        ABSENT
    },  # the story's payment is contested: nothing of it may go back
    "workspace:payment_refund_confirm": {ABSENT},
    "workspace:wallet_adjust_confirm": {ABSENT},
    "workspace:member_remove": {LOGIN},
    "workspace:member_role_change": {ABSENT},
    "workspace:option_confirm": {ABSENT},
    "workspace:order_confirm": {ABSENT},
    "workspace:order_reprice": {ABSENT},
    "workspace:dispute_accept": {ABSENT},
    "workspace:dispute_submit": {ABSENT},
    "workspace:host_name_detach": {LOGIN},
    "workspace:med_new_confirm": {ABSENT},
    "workspace:med_return": {ABSENT},
    "workspace:med_return_confirm": {ABSENT},
    "workspace:meter_new_confirm": {ABSENT},
    "workspace:meter_retire": {LOGIN},
    "workspace:plan_prices_confirm": {ABSENT},
    "workspace:price_move_confirm": {ABSENT},
    "workspace:role_change": {ABSENT},
    "workspace:role_drop": {LOGIN},
    "workspace:role_sessions_change": {ABSENT},
    "workspace:service_remove": {ABSENT},
    "workspace:stand_in": {ABSENT},
    "workspace:webhook_delete": {LOGIN},
    "workspace:webhook_rotate": {LOGIN},
}


@pytest.mark.parametrize("address", NAMING, ids=lambda address: address.name)
def test_ones_own_thing_is_there(address, stage, people):
    """Else absence would prove nothing."""
    own = address.at(stage.world, stage.world.ours)
    status, _ = answer(people[entitled(address)], "get", own)

    assert status in {200, NOT_SO} | WAITS.get(address.name, frozenset())


@pytest.mark.parametrize("who", ["client", "owner"])
def test_rights_end_at_the_tenants_own_host(who, stage, people):
    abroad = browser(EMAILS[who], story.host_of(story.SLUGS[1]))
    guarded = [address for address in NAMING if declared_permission(address.view)]
    found = [
        f"{address.name} answered {status}"
        for address in guarded
        for tenant in (stage.world.ours, stage.world.theirs)
        if (status := answer(abroad, "get", address.at(stage.world, tenant))[0])
        not in ({ABSENT, NOT_SO} if is_of_an_account(address) else {FORBIDDEN})
    ]

    assert not found, listing(found)


@pytest.mark.parametrize("address", NAMING, ids=lambda address: address.name)
def test_a_host_that_leads_nowhere_has_nothing(address, stage, people):
    nowhere = browser(None, "nowhere.example")
    nowhere.defaults["REMOTE_ADDR"] = "192.0.2.7"  # with a quota of pages of its own
    status, _ = answer(nowhere, "get", address.at(stage.world, stage.world.ours))

    assert status in {LOGIN, ABSENT, NOT_SO}


@pytest.mark.parametrize("who", ["anonymous", "client", "owner"])
def test_operators_pages_are_closed_to_everyone_else(who, people):
    panel = [a for a in addresses() if a.name.startswith("console:") and not a.parameters]
    found = [
        f"{address.name} answered {status} to {who}"
        for address in panel
        if (status := answer(people[who], "get", address.at(None, None))[0])
        not in refusals(who)
    ]

    assert not found, listing(found)


def test_operating_the_platform_takes_a_membership_of_its_root(stage, people):
    impostor = browser("ivo@padaria.example")  # an operator, says their own company
    theirs = [a for a in NAMING if a.name.startswith("console:")]
    found = [
        a.name
        for a in theirs
        if answer(impostor, "get", a.at(stage.world, stage.world.theirs))[0] == 200
    ]

    assert not found, listing(found)


@pytest.mark.parametrize("address", ABOUT_COMPANIES, ids=lambda address: address.name)
def test_what_companies_are_is_for_operators_alone(address, stage, people):
    """Nobody else, not even its owner, finds a company or an account there; operators, none that never was."""
    absent = about(address, str(uuid4()))
    for method in METHODS:
        assert answer(people["operator"], method, absent)[0] in {ABSENT, NOT_SO}
        for who in ("anonymous", "client", "owner"):
            nothing = answer(people[who], method, absent)
            for tenant in (stage.world.ours, stage.world.theirs):
                told = answer(people[who], method, about(address, tenant))

                assert told == nothing
                assert told[0] in refusals(who)


def about(address, thing):
    values = {name: thing for name in address.parameters if name != "key"}
    return reverse(
        address.name,
        kwargs=values | ({"key": "hosting"} if "key" in address.parameters else {}),
    )
