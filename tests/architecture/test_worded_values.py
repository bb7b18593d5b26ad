"""Whatever the trail keeps as a value is told in words: no code, cent or instant reaches a page as it is kept."""

import re
from enum import StrEnum
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django.utils import timezone, translation

from alicerce import apps
from alicerce.apps.audit.web.codes import CODED, code_words
from alicerce.apps.audit.web.fields import FIELDS
from alicerce.apps.audit.web.values import FLAGS, PARTS, PERMISSIONS, is_money, value_words
from alicerce.apps.billing.types import InvoiceStatus, PaymentFit, PaymentMethod
from alicerce.apps.billing.types.corrections import RefundSource
from alicerce.apps.billing.types.prices import Scheme
from alicerce.apps.catalog.types import Cycle, FieldKind
from alicerce.apps.collecting.types import Journey, Trigger
from alicerce.apps.customers.types import (
    AddressKind,
    ContactRole,
    CustomerRole,
    CustomerStatus,
)
from alicerce.apps.developers.types import Mode
from alicerce.apps.disputes.types import AnswerKind, DisputeKind, DisputeStatus, ServicePolicy
from alicerce.apps.dunning.types import Outcome, StepKind
from alicerce.apps.fiscal.types import Environment, FiscalStatus, IssueWhen
from alicerce.apps.forecasts.types import Assumption
from alicerce.apps.hosting.types import (
    Answer,
    Cause,
    DifferenceKind,
    Remark,
    RunKind,
    RunStatus,
    Scope,
    ServerStatus,
    ServiceStatus,
    Strategy,
)
from alicerce.apps.hosting.types import StepKind as HostingStep
from alicerce.apps.hostnames.types import Finding, NameState
from alicerce.apps.identity.types import Area, Proof
from alicerce.apps.marketplace.types import ApplicationKind
from alicerce.apps.metering.types import Aggregation
from alicerce.apps.orders.types import CancelCause, OrderStatus
from alicerce.apps.privacy.types import Channel, Purpose, RequestKind, RequestStatus
from alicerce.apps.reconciliation.types import DifferenceKind as MoneyDifference
from alicerce.apps.reconciliation.types import DifferenceState
from alicerce.apps.reconciliation.types.bank import MatchKind
from alicerce.apps.subscriptions.types import EndCause, SubscriptionStatus, SuspendCause
from alicerce.apps.support.types import Priority, TicketStatus
from alicerce.apps.taxes.types import Manner, TaxKind, Withholding
from alicerce.apps.tenancy.types import ProductKey, RoleKey
from alicerce.apps.transfers.types import Code, Stage
from tests.architecture.isolation import listing

pytest_plugins = ["tests.architecture.isolation.fixtures"]

# What each field of the trail takes its codes from.
TAKEN_FROM = {
    "aggregation": [Aggregation],
    "answer": [Answer],
    "area": [Area],
    "by": [Proof],
    "cause": [Cause, CancelCause, EndCause, SuspendCause],
    "channel": [Channel],
    "cycle": [Cycle],
    "environment": [Environment],
    "finding": [Finding],
    "findings": [Code],
    "fit": [PaymentFit],
    "invoice_status": [InvoiceStatus],
    "kind": [
        FieldKind,
        *(AddressKind, AnswerKind, ApplicationKind, DifferenceKind, DisputeKind, MatchKind),
        *(MoneyDifference, RequestKind, StepKind, TaxKind),
    ],
    "manner": [Manner],
    "method": [PaymentMethod],
    "mode": [Mode],
    "operation": [RunKind],
    "outcome": [Outcome],
    "priority": [Priority],
    "product": [ProductKey],
    "purpose": [Purpose],
    "reason": [Remark],
    "role": [RoleKey, CustomerRole, ContactRole],
    "scheme": [Scheme],
    "scope": [Scope],
    "services": [ServicePolicy],
    "source": [RefundSource],
    "stage": [Stage],
    "state": [NameState, DifferenceState],
    "status": [
        *(CustomerStatus, DisputeStatus, FiscalStatus, InvoiceStatus, OrderStatus),
        *(RequestStatus, RunStatus, ServerStatus, ServiceStatus, SubscriptionStatus),
        TicketStatus,
    ],
    "assumption": [Assumption],
    "journey": [Journey],
    "step": [HostingStep, StepKind],
    "strategy": [Strategy],
    "trigger": [Trigger],
    "when": [IssueWhen],
    "withholding": [Withholding],
}
# Texts that people or providers wrote, and names: they may look like a code, and are none of ours.
WRITTEN = {
    *("brand", "code", "dispute", "document", "domain", "key", "name", "number", "plan"),
    *("reference", "series", "service_code", "subject", "template", "types", "unit"),
    *("username", "version", "external_id", "locale", "time_zone", "fields", "changed"),
    *("filters", "redirect_uris", "networks", "action", "tags", "features", "currency"),
}
AS_KEPT = re.compile(r"\d{4}-\d\d-\d\d")
SAID = """
    select distinct entity, name, value from audit_entry
        cross join lateral (values (before), (after)) v (said)
        cross join lateral jsonb_each(
            case when jsonb_typeof(said) = 'object' then said else '{}' end) f (name, value)
        where jsonb_typeof(value) in ('string', 'number', 'array')
"""


def enums_of_the_program():
    """Every code that some app has a name for."""
    for module in walk_packages(apps.__path__, "alicerce.apps."):
        if ".types" in module.name and ".tests" not in module.name:
            for kind in vars(import_module(module.name)).values():
                if isinstance(kind, type) and issubclass(kind, StrEnum):
                    yield from map(str, kind)


def is_kept_code(value, codes):
    """Whether a reader would see how the program keeps something."""
    return (
        isinstance(value, str)
        and bool(value)
        and (value in codes or bool(AS_KEPT.match(value)))
    )


def test_every_code_of_a_field_is_worded():
    missing = {
        f"{field}: {code}"
        for field, kinds in TAKEN_FROM.items()
        for kind in kinds
        for code in map(str, kind)
        if code_words(field, code) is None
    }

    assert not TAKEN_FROM.keys() - CODED
    assert not missing, listing(sorted(missing))


def test_every_field_of_money_says_no_unit_that_its_value_does_not():
    with translation.override("pt-br"):
        said = {name: str(words).lower() for name, words in FIELDS.items()}

    units = ("centavo", "pontos-base", "milion")
    assert not {n for n, words in said.items() if any(unit in words for unit in units)}
    assert all(is_money(name) for name in FIELDS if "cents" in name)
    assert not PARTS.keys() - FIELDS.keys()


def test_no_code_of_two_companies_is_told_as_it_is_kept(stage, connection):
    codes = set(enums_of_the_program())
    bare = set()
    for entity, name, value in connection.execute(SAID).fetchall():
        for each in value if isinstance(value, list) else [value]:
            if is_kept_code(each, codes):
                with translation.override("pt-br"):
                    told = value_words(name, each, {})
                if told == each and name not in WRITTEN:
                    bare.add(f"{entity}.{name}: {each}")

    assert not bare, listing(sorted(bare))


@pytest.mark.parametrize(
    ("field", "value", "facts", "pt", "en"),
    [
        ("amount_cents", 4990, {"currency": "BRL"}, "R$\xa049,90", "R$49.90"),
        ("amount_cents", 4990, {"currency": "USD"}, "US$\xa049,90", "$49.90"),
        ("rate_ppm", 50_000, {}, "5%", "5%"),
        ("percent_bp", 1_250, {}, "12,5%", "12.5%"),
        ("status", "paid", {}, "Paga", "Paid"),
        ("environment", "2", {}, "Testes", "Test"),
        ("ends_on", "2026-10-01", {}, "1 de out. de 2026", "Oct 1, 2026"),
        ("at", "2026-10-01T02:00:00+00:00", {}, "30 de set. de 2026, 23:00", None),
        ("may_write", "1", {}, "sim", "yes"),
        ("reason", "Pediu por telefone", {}, "Pediu por telefone", "Pediu por telefone"),
        ("tiers", [{"flat": 100, "unit": "0.5"}], {}, "Fixo: R$\xa01,00; Unidade: 0.5", None),
        ("choices", {"Disco": {"monthly": 990}}, {}, "Disco: Mensal: R$\xa09,90", None),
    ],
)
def test_values_are_told_in_the_readers_language_and_clock(field, value, facts, pt, en):
    for language, told in (("pt-br", pt), ("en", en)):
        if told is not None:
            with translation.override(language), timezone.override("America/Sao_Paulo"):
                assert value_words(field, value, facts) == told


def test_flags_and_permissions_are_fields():
    assert not (FLAGS | PERMISSIONS | CODED) - FIELDS.keys()
