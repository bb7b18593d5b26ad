"""Puts every stored secret under the current master key, so that the old one can be thrown away."""

from django.apps import apps
from django.db import models

from alicerce.apps.identity.public import renew_factors
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.context import acting
from alicerce.kernel.crypto import SecretField, renew
from alicerce.kernel.db import transaction


def rotate_keys() -> int:
    """How many secrets were still under an older key. Run again, it finds none."""
    of_tenants = sum(
        _rotate(tenant_id, model)
        for tenant_id in tenancy.all_tenant_ids()
        for model in _holders()
    )
    return of_tenants + renew_factors()


def _holders() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if _secret_fields(model)]


def _secret_fields(model: type[models.Model]) -> list[str]:
    fields = model._meta.get_fields()  # noqa: SLF001 (public in all but name)
    return [field.name for field in fields if isinstance(field, SecretField)]


def _rotate(tenant_id: object, model: type[models.Model]) -> int:
    fields, renewed = _secret_fields(model), 0
    with acting(tenant_id=tenant_id, actor="command line"), transaction():  # type: ignore[arg-type]
        everything = model._default_manager  # noqa: SLF001 (public in all but name)
        for row in everything.select_for_update(of=("self",)).iterator():
            changed = [field for field in fields if renew(row, field)]
            if changed:
                # lint: allow write-outside because the secrets of every app are its business
                row.save(update_fields=changed)
            renewed += len(changed)
    return renewed
