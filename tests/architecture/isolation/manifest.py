"""Every table, and what each role may do there: read from the models, listed where there is none."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps

from alicerce.kernel.db import TenantForeignKey, TenantModel
from alicerce.kernel.isolation import AppendOnly, PlatformTable, TenantItself, TenantWall

OWNER = "alicerce_owner"
APP, OPERATOR = "alicerce_app", "alicerce_operator"
AUTH, BACKUP = "alicerce_auth", "alicerce_backup"
RUNTIME_ROLES = (APP, OPERATOR, AUTH, BACKUP)

READ = frozenset({"select"})
WRITE = frozenset({"select", "insert", "update", "delete"})
NOTHING: frozenset[str] = frozenset()

# Tables that come with Django, django-allauth and the queue: (application, operator).
LISTED: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "account_emailaddress": (WRITE, NOTHING),
    "account_emailconfirmation": (WRITE, NOTHING),
    "auth_group": (NOTHING, NOTHING),
    "auth_group_permissions": (NOTHING, NOTHING),
    "auth_permission": (NOTHING, NOTHING),
    "django_content_type": (NOTHING, NOTHING),
    "django_migrations": (READ, NOTHING),
    "django_session": (WRITE, NOTHING),
    "mfa_authenticator": (WRITE, NOTHING),
    "pgqueuer": (WRITE, READ),
    "pgqueuer_log": (WRITE, READ),
    "pgqueuer_schedules": (WRITE, NOTHING),
    "pgqueuer_statistics": (WRITE, NOTHING),
    "queue_dead": (WRITE, READ),
    "queue_tick": (WRITE, READ),
    "rate_limit": (WRITE, NOTHING),
    "socialaccount_socialaccount": (WRITE, NOTHING),
    "socialaccount_socialapp": (READ, NOTHING),
    "socialaccount_socialtoken": (WRITE, NOTHING),
    "usersessions_usersession": (WRITE, NOTHING),
}
# Functions that run with the rights of alicerce_auth, and who may call them.
DEFINERS: Mapping[str, frozenset[str]] = {
    "memberships_of(person uuid)": frozenset({APP}),
    "tenant_of_invitation(hash text)": frozenset({APP}),
    "gateway_account_of(hash text)": frozenset({APP}),
    "api_key_of(hash text)": frozenset({APP}),
    "publisher_of(app uuid)": frozenset({APP}),
    "grant_of_code(hash text)": frozenset({APP}),
    "app_token_of(hash text)": frozenset({APP}),
    "companies_with_app(app uuid)": frozenset({APP}),
    "refuse_imbalance()": NOTHING,
}


@dataclass(frozen=True)
class Lookup:
    """What those functions read across tenants: the policy's name, and columns when not all."""

    policy: str
    columns: frozenset[str] = NOTHING


LOOKUPS: Mapping[str, Lookup] = {
    "tenancy_membership": Lookup("lookups"),
    "tenancy_tenant": Lookup("lookups"),
    "tenancy_role": Lookup("lookups"),
    "tenancy_host": Lookup(""),  # of the platform: it has no wall to see through
    "tenancy_invitation": Lookup("lookups", frozenset({"tenant_id", "token_hash"})),
    "ledger_ledgertransaction": Lookup("books"),
    "ledger_ledgerentry": Lookup("books"),
    "billing_gatewayaccount": Lookup(
        "hooks", frozenset({"id", "tenant_id", "kind", "enabled", "hook_hash"})
    ),
    "developers_apikey": Lookup("keys", frozenset({"id", "tenant_id", "digest"})),
    "marketplace_application": Lookup("faces", frozenset({"id", "tenant_id"})),
    "marketplace_grant": Lookup("codes", frozenset({"id", "tenant_id", "digest"})),
    "marketplace_token": Lookup("tokens", frozenset({"id", "tenant_id", "digest"})),
    "marketplace_installation": Lookup(
        "places", frozenset({"tenant_id", "application_id", "uninstalled_at"})
    ),
}
# The only tables outside of the tenant that a tenant's row may point at.
GLOBAL_TARGETS = frozenset({"tenancy_tenant", "identity_user"})
# Indexes that do not lead with the tenant, each with its reason.
GLOBAL_INDEXES: Mapping[str, str] = {
    "tenancy_tenant_slug_key": "a slug names a tenant on the whole platform",
    "tenancy_tenant_slug_0716575e_like": "comes with the unique slug",
    "memberships_of_person": "a person is global, and asks where they work; not unique",
    "invitations_by_token": "a letter's token is all we know before the tenant; not unique",
    "one_root_tenant": "there is one root on the whole platform",
    "merchants_by_connected_account": "an event of Stripe names its account only; not unique",
    "gateway_accounts_by_hook": "a hook's token is all we know before the tenant; not unique",
    "api_keys_by_digest": "a key's digest is all we know before the tenant; not unique",
    "applications_by_id": "an app's id is all we know before its publisher; not unique",
    "grants_by_code": "a code's digest is all we know before the tenant; not unique",
    "app_tokens_by_digest": "a token's digest is all we know before the tenant; not unique",
    "installations_of_app": "an app that is withdrawn leaves every company; not unique",
    "disputes_to_remind_of": "the clock asks who is to be reminded; not unique",
    "cards_to_warn_of": "the clock asks whose card ends soon; not unique",
    "collections_due": "the clock asks each five minutes whose card to charge; not unique",
    "debits_due": "the clock asks each five minutes whose bank to ask; not unique",
    "mandates_to_look_at": "the clock asks each five minutes whom to look at; not unique",
    "differences_to_tell": "the clock asks each hour whom to write to; not unique",
    "dunning_walks_due": "the clock asks each minute who has a step to take; not unique",
    "documents_unsettled": "the clock asks whose documents wait for an answer; not unique",
    "hosting_runs_everywhere": "operators page by id; 900 ms without it at 200,000 runs; not unique",
    "hosting_services_everywhere": "operators page by id; 170 ms without it; not unique",
    "support_tickets_everywhere": "operators page by id; 150 ms without it; not unique",
}


@dataclass(frozen=True)
class Reference:
    """A key of the schema from one tenant row to another of the same tenant."""

    column: str
    target: str


@dataclass(frozen=True)
class Table:
    """What a table promises. Without a tenant column it belongs to the platform."""

    name: str
    grants: Mapping[str, frozenset[str]]
    tenant_column: str | None = None
    append_only: str | None = None
    lookup: Lookup | None = None
    references: tuple[Reference, ...] = ()

    @property
    def kind(self) -> str:
        if self.tenant_column:
            return "tenant"
        writes = any(verbs - READ for verbs in self.grants.values())
        return "platform" if writes else "global read-only"

    @property
    def is_tenant_itself(self) -> bool:
        return self.tenant_column == "id"

    def lets(self, role: str, verb: str) -> bool:
        """Whether the role may do it, to rows it can see and columns it may see."""
        reads_columns = bool(self.lookup and self.lookup.columns) and role == AUTH
        return verb in self.grants[role] or (reads_columns and verb == "select")


def manifest() -> dict[str, Table]:
    tables = [*(_of_model(model) for model in _models()), *_listed()]
    return {table.name: table for table in sorted(tables, key=lambda table: table.name)}


def tenant_tables() -> list[Table]:
    return [table for table in manifest().values() if table.tenant_column]


def undeclared() -> Iterator[str]:
    """Models that forgot to say whose their rows are."""
    for model in _models():
        walls, platform = _rules(model, TenantWall), _rules(model, PlatformTable)
        is_tenant = issubclass(model, TenantModel) or bool(_rules(model, TenantItself))
        if len(walls) + len(platform) != 1 or is_tenant != bool(walls):
            yield f"{model._meta.label}: inherit the Meta of TenantModel or declare PlatformTable"


def _models():
    every = apps.get_models(include_auto_created=True)
    managed = (model for model in every if model._meta.managed and not model._meta.proxy)
    return [model for model in managed if model._meta.db_table not in LISTED]


def _rules(model, kind):
    return [rule for rule in model._meta.constraints if isinstance(rule, kind)]


def _of_model(model):
    name = model._meta.db_table
    if walls := _rules(model, TenantWall):
        wall, trigger = walls[0], _rules(model, AppendOnly)
        return Table(
            name,
            _grants(name, _verbs(wall.verbs), READ if wall.operator_reads else NOTHING),
            tenant_column="id" if isinstance(wall, TenantItself) else "tenant_id",
            append_only=trigger[0].name if trigger else None,
            lookup=LOOKUPS.get(name),
            references=tuple(_references(model)),
        )
    platform = _rules(model, PlatformTable)
    app, operator = (platform[0].app, platform[0].operator) if platform else ("", "")
    return Table(name, _grants(name, _verbs(app), _verbs(operator)))


def _listed():
    return [
        Table(name, _grants(name, app, operator)) for name, (app, operator) in LISTED.items()
    ]


def _grants(name, app, operator):
    lookup = LOOKUPS.get(name)
    auth = READ if lookup and not lookup.columns else NOTHING
    return {APP: app, OPERATOR: operator, AUTH: auth, BACKUP: READ}


def _verbs(text):
    return frozenset(verb.strip() for verb in text.split(",") if verb.strip())


def _references(model):
    for field in model._meta.local_fields:
        if isinstance(field, TenantForeignKey):
            yield Reference(field.column, field.related_model._meta.db_table)
