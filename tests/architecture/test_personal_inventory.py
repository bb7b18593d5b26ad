"""Every column that could say something of somebody is declared: what it is, and what becomes of it."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from alicerce.apps.privacy.services.holders import HOLDERS, PERSON
from alicerce.kernel.personal import Inventory, inventory_of
from tests.architecture.isolation import listing

pytest_plugins = ["tests.architecture.isolation.fixtures"]

TEXTUAL = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.GenericIPAddressField,
)
TYPES = ("text", "character varying", "json", "jsonb", "bytea", "inet", "USER-DEFINED", "ARRAY")
# Tables of others, each with the reason why nobody's data has to be looked for there.
OTHERS = {
    "account_emailconfirmation": "never written: codes are sent",
    "auth_group": "never written",
    "auth_permission": "names of permissions",
    "django_content_type": "names of tables",
    "django_migrations": "names of migrations",
    "pgqueuer": "jobs that wait: erased with whom their event mentions",
    "pgqueuer_log": "names of jobs",
    "pgqueuer_schedules": "names of reactions to the clock",
    "pgqueuer_statistics": "counts",
    "queue_dead": "jobs that gave up: erased with whom their event mentions",
    "queue_tick": "names of reactions to the clock",
    "rate_limit": "digests, until their quota is full again",
    "socialaccount_socialapp": "providers of the installation",
}
COLUMNS = """
    select table_name::text, column_name::text from information_schema.columns
    where table_schema = 'public' and data_type = any(%s)
"""


def declared() -> list[type[models.Model]]:
    """Our tables, and those of others of which we say what they hold."""
    every = apps.get_models(include_auto_created=True)
    return [m for m in every if m.__module__.startswith("alicerce.") or inventory_of(m)]


def textual(model) -> Iterator[str]:
    """A closed vocabulary says nothing of anybody."""
    for field in model._meta.concrete_fields:
        if isinstance(field, TEXTUAL) and not field.choices:
            yield field.name


@pytest.mark.parametrize("model", declared(), ids=lambda model: model._meta.label)
def test_every_column_of_text_is_classified_once(model):
    declared = (inventory_of(model) or Inventory()).classified()

    assert sorted(declared) == sorted(textual(model)), "say in the model's `inventory`"


def test_there_is_no_other_column_of_text(connection):
    known = {(m._meta.db_table, f.column) for m in declared() for f in m._meta.concrete_fields}
    rows = connection.execute(COLUMNS, [list(TYPES)]).fetchall()
    found = [f"{t}.{c}" for t, c in rows if (t, c) not in known and t not in OTHERS]

    assert not found, listing(found)


def test_what_is_personal_can_be_found_and_somebody_asks_for_it():
    held = {model for holder in (*HOLDERS, PERSON) for model in holder.kept}
    lost = [
        model._meta.label
        for model in declared()
        if (inventory := inventory_of(model))
        and (inventory.changes or inventory.of)
        and not (inventory.of and model in held)
    ]

    assert not lost, listing(lost)


def test_every_link_leads_from_something_that_is_named():
    every = [found for model in declared() if (found := inventory_of(model))]
    named = {"user", "customer", *(kind for inventory in every for kind in inventory.names)}

    assert {kind for inventory in every for kind in inventory.of} <= named
