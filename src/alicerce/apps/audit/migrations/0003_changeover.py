"""Vouch once for everything that was written before rows carried codes.

Each trail gets a seal over what waits for one, with a code that says `changeover`. From then on a row
without a code is believed only where that seal leads through it (docs/decisions/0013).
"""

from datetime import UTC

from django.db import migrations

from alicerce.apps.audit.rules.codes import authenticate, changeover_words
from alicerce.apps.audit.rules.hashing import GENESIS, head_of, leaf_digest, merkle_root
from alicerce.kernel.clock import now
from alicerce.kernel.crypto import derived_keys

TABLES = ("audit_entry", "audit_seal", "audit_sealedentry")
LIFT = "alter table {} no force row level security"
FORCE = "alter table {} force row level security"


def vouch(apps, schema_editor):
    """Row-level security is lifted for the owner only, and only within this transaction."""
    for table in TABLES:
        schema_editor.execute(LIFT.format(table))
    Entry, Seal = apps.get_model("audit", "Entry"), apps.get_model("audit", "Seal")
    SealedEntry = apps.get_model("audit", "SealedEntry")
    for tenant_id in Entry.objects.order_by().values_list("tenant_id", flat=True).distinct():
        _seal(Entry, Seal, SealedEntry, tenant_id)
    schema_editor.execute("set constraints all immediate")
    for table in TABLES:
        schema_editor.execute(FORCE.format(table))


def _seal(Entry, Seal, SealedEntry, tenant_id):
    last = Seal.objects.filter(tenant_id=tenant_id).order_by("-number").first()
    number, previous = (last.number + 1, last.head) if last else (1, GENESIS)
    covered = SealedEntry.objects.filter(tenant_id=tenant_id).values("entry_id")
    waiting = Entry.objects.filter(tenant_id=tenant_id).exclude(id__in=covered)
    digests = {entry.id: leaf_digest(_content(entry)) for entry in waiting.order_by("at", "id")}
    root, sealed_at = merkle_root(list(digests.values())), now()
    head = head_of(
        number=number,
        previous=previous,
        root=root,
        count=len(digests),
        sealed_at=sealed_at.isoformat(),
    )
    seal = Seal.objects.create(
        tenant_id=tenant_id,
        number=number,
        previous=previous,
        root=root,
        head=head,
        count=len(digests),
        sealed_at=sealed_at,
        mac=authenticate(
            changeover_words(str(tenant_id), head), derived_keys("alicerce.audit.v1")
        ),
    )
    SealedEntry.objects.bulk_create(
        SealedEntry(
            tenant_id=tenant_id, seal=seal, entry_id=entry_id, position=position, digest=digest
        )
        for position, (entry_id, digest) in enumerate(digests.items())
    )


def _content(entry):
    """As it was before there were formats."""
    return {
        "id": str(entry.id),
        "tenant_id": str(entry.tenant_id),
        "at": entry.at.astimezone(UTC).isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "entity": entry.entity,
        "entity_id": str(entry.entity_id) if entry.entity_id else None,
        "before": entry.before,
        "after": entry.after,
        "ip": entry.ip,
        "trace_id": str(entry.trace_id),
    }


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_personal_data_and_codes")]
    operations = [migrations.RunPython(vouch, migrations.RunPython.noop)]
