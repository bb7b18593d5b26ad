"""Whatever the trail records has words for people: codes are kept, and readers find words for them."""

import ast
import re
from pathlib import Path

import pytest

from alicerce.apps.audit.web.fields import FIELDS
from alicerce.apps.audit.web.job_words import JOBS
from alicerce.apps.audit.web.things import THINGS
from alicerce.apps.audit.web.words import ACTIONS
from alicerce.apps.billing.types.corrections import BillingRules
from alicerce.apps.catalog.models.plan import WRITTEN
from alicerce.apps.catalog.types import Cycle
from alicerce.apps.customers.services.save_customer import SHOWN
from alicerce.apps.endpoints.rules.catalog import offered, words_of
from alicerce.apps.hosting.services.register_server import COLUMNS as SERVER
from alicerce.apps.hosting.types import Custom, ServerStatus
from alicerce.apps.subscriptions.types import Terms
from alicerce.apps.tenancy.services.company import TOLD
from alicerce.apps.tenancy.types import Profile, SessionMinutes
from alicerce.kernel.jobs import discover, reactions
from alicerce.kernel.sensitive import registry
from tests.architecture.isolation import listing

pytest_plugins = ["tests.architecture.isolation.fixtures"]

APPS = Path(__file__).resolve().parents[2] / "src" / "alicerce" / "apps"
CODE = re.compile(r"[a-z_]+\.[a-z_]+")
RECORDS = "audit.record("
# Words with a dot beside those of the trail, in modules that record.
NOT_DEEDS = {
    *("dados.json", "endpoint.test", "endpoints.limit", "tenancy.team"),
    "hostnames.limit",
    "corrections.limit",
    *("invoice.customer", "order.customer", "tenancy.take_clock_step"),
}
FIELD = re.compile(r"[a-z_]+")
NO_RECORDERS = frozenset({"tests", "migrations", "web", "api", "queries"})
# What stands between braces there for letters and for the outside world.
NO_FIELDS = {
    *("actor", "amount", "id", "sobre", "theirs", "query", "links"),
    *("link_access", "link_endpoint", "link_invitation", "link_invoice", "link_privacy"),
    *("link_run", "link_subscription", "link_there", "path_answer", "path_start", "ascii"),
}
WHOLE = (BillingRules, Custom, Terms, SessionMinutes)
BY_NAME = (SHOWN, WRITTEN, TOLD, SERVER, Profile.__dataclass_fields__, [c.value for c in Cycle])
KEYS = """
    select distinct key from audit_entry cross join lateral (values (before), (after)) v (said)
        cross join lateral jsonb_object_keys(
            case when jsonb_typeof(said) = 'object' then said else '{}' end) key
"""
# Where a code is put together, and out of what.
COMPOSED = {
    "f'customer.{what}'": {
        "customer.address_added",
        "customer.address_removed",
        "customer.contact_added",
        "customer.contact_removed",
        "customer.invitation_revoked",
        "customer.invited",
        "customer.note_added",
        "customer.person_added",
        "customer.person_removed",
        "customer.role_changed",
    },
    "f'customer_import.{what}'": {
        f"customer_import.{what}"
        for what in ("uploaded", "started", "finished", "canceled", "failed")
    },
    "f'invitation_round.{what}'": {
        f"invitation_round.{what}" for what in ("started", "finished", "canceled", "failed")
    },
    "f'correction.{what}'": {
        *("correction.requested", "correction.canceled", "correction.expired"),
        *("correction.carried_out", "correction.refused"),
    },
    "f'dispute.{kind}_begun'": {"dispute.evidence_begun", "dispute.acceptance_begun"},
    "f'tier.{what}'": {"tier.renamed", "tier.dropped"},
    "f'endpoint.{what}'": {
        f"endpoint.{what}"
        for what in ("created", "updated", "secret_rotated", "deleted", "enabled", "disabled")
    },
    "f'{entity}.{what}'": {"delivery.replayed", "endpoint.replayed"},
    "f'server.became_{server.status}'": {f"server.became_{s}" for s in ServerStatus},
    "f'provisioning_run.{run.status}'": {
        "provisioning_run.failed",
        "provisioning_run.needs_human",
    },
    "f'host_name.{what}'": {
        f"host_name.{what}" for what in ("attached", "detached", "put_first", "put_back")
    },
    "f'host_name.{turn}'": {
        f"host_name.{turn}" for turn in ("verified", "recovered", "at_risk", "lapsed", "failed")
    },
    "f'privacy_request.{what}'": {
        f"privacy_request.{what}"
        for what in ("asked", "answered", "carried_out", "handed_out", "refused", "withdrawn")
    },
    "f'switching.{what}'": {
        f"switching.{what}"
        for what in (
            *("uploaded", "started", "canceled", "failed", "examined", "brought"),
            *("crossing", "crossed", "undoing", "undone"),
        )
    },
    "f'transfer.{transfer.stage}'": {"transfer.ready", "transfer.blocked"},
    "f'transfer.{code}'": {"transfer.moving", "transfer.done", "transfer.canceled"},
}


def recording(skip=frozenset({"tests"})):
    """The modules that write in the trail, as trees."""
    for path in sorted(APPS.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if not skip & {*path.parts} and (RECORDS in text or "note(" in text):
            yield ast.parse(text)


def codes():
    return {
        node.value
        for tree in recording()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CODE.fullmatch(node.value)
    } - NOT_DEEDS


def composed():
    """What is put together where it is recorded."""
    return {
        ast.unparse(keyword.value)
        for tree in recording()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record"
        for keyword in node.keywords
        if keyword.arg == "action" and isinstance(keyword.value, ast.JoinedStr)
    }


def test_every_deed_that_is_named_is_worded():
    known = {code for code in codes() if not code.endswith("_")}

    assert len(known) > 90
    assert not known - ACTIONS.keys(), listing(sorted(known - ACTIONS.keys()))


def test_every_deed_that_is_put_together_is_worded():
    assert composed() == COMPOSED.keys(), "say above what it may become"
    assert set().union(*COMPOSED.values()) - ACTIONS.keys() == set()


def test_every_sensitive_action_is_worded():
    assert registry.keys() - ACTIONS.keys() == set()


def test_every_job_is_worded():
    """Also none that is no more: whoever takes a job away takes its words away."""
    discover()
    ours = {name for name, job in reactions.items() if ".tests." not in job.react.__module__}

    assert len(ours) > 200
    assert ours == JOBS.keys(), listing(sorted(ours ^ JOBS.keys()))


def things():
    """What deeds are done to, as it is written beside them."""
    return {
        keyword.value.value
        for tree in recording()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"audit.record", "note"}
        for keyword in node.keywords
        if keyword.arg == "entity" and isinstance(keyword.value, ast.Constant)
    }


def test_every_thing_is_worded():
    assert len(things()) > 30
    assert not things() - THINGS.keys(), listing(sorted(things() - THINGS.keys()))


def fields():
    """What is written between braces in the modules that record, and what is recorded whole."""
    said = {
        key.value
        for tree in recording(skip=NO_RECORDERS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }
    named = {name for name in said if FIELD.fullmatch(name)} - NO_FIELDS
    return named.union(*(each.__dataclass_fields__ for each in WHOLE), *BY_NAME)


def test_every_field_is_worded():
    assert len(fields()) > 150
    assert not fields() - FIELDS.keys(), listing(sorted(fields() - FIELDS.keys()))


def test_every_field_of_two_companies_is_worded(stage, connection):
    rows = connection.execute(KEYS).fetchall()

    assert len(rows) > 50
    assert {name for (name,) in rows} - FIELDS.keys() == set()


def test_every_deed_of_two_companies_is_worded(stage, connection):
    rows = connection.execute("select distinct action, entity from audit_entry").fetchall()

    assert len(rows) > 20
    assert {action for action, _entity in rows} - ACTIONS.keys() == set()
    assert {entity for _action, entity in rows} - THINGS.keys() == set()


@pytest.mark.parametrize("name", [*(event.type for event in offered()), "endpoint.test"])
def test_every_event_is_worded(name):
    assert words_of(name)
