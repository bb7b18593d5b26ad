"""The rule `tenant-unique`, on both sides of the line."""

import pytest

from tools.lints.tests.judging import lines_found

BAD = [
    (
        "apps/billing/models.py",
        "class Invoice(TenantModel):\n    number = IntegerField(unique=True)",
    ),
    (
        "apps/billing/models.py",
        "class Invoice(TenantModel):\n    number = IntegerField(db_index=True)",
    ),
    (
        "apps/billing/models.py",
        'class Invoice(AppendOnlyModel):\n    order = OneToOneField("Order", PROTECT)',
    ),
    (
        "apps/billing/models.py",
        'class Invoice(OperatedModel):\n    class Meta:\n        constraints = [UniqueConstraint(fields=["number"], name="n")]',
    ),
    (
        "apps/billing/models.py",
        'class Invoice(TenantModel):\n    class Meta:\n        indexes = [Index(fields=["due_on"], name="n")]',
    ),
]
GOOD = [
    (
        "apps/identity/models.py",
        "class User(PlatformModel):\n    email = EmailField(unique=True)",
    ),
    (
        "apps/billing/models.py",
        'class Invoice(TenantModel):\n    class Meta:\n        constraints = [UniqueConstraint(fields=["tenant", "number"], name="n")]',
    ),
    (
        "apps/billing/models.py",
        'class Invoice(TenantModel):\n    class Meta:\n        constraints = [UniqueConstraint("tenant", "number", name="n")]',
    ),
    (
        "apps/billing/models.py",
        'class Invoice(TenantModel):\n    class Meta:\n        constraints = [UniqueConstraint(F("tenant"), Lower("code"), name="n")]',
    ),
]


@pytest.mark.parametrize(("place", "code"), BAD)
def test_names(place, code):
    assert lines_found("tenant-unique", place, code)


@pytest.mark.parametrize(("place", "code"), GOOD)
def test_passes(place, code):
    assert lines_found("tenant-unique", place, code) == []
