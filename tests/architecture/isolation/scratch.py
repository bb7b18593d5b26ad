"""A database of one's own, where what the story writes stays written."""

import os
from contextlib import contextmanager

import psycopg
from django.db import connections
from psycopg import sql

from alicerce.project.settings.database import connection_settings

ADMIN_URL = "ALICERCE_TEST_ADMIN_URL"
APP_URL = "ALICERCE_TEST_APP_URL"
TEMPLATE = "ALICERCE_TEST_TEMPLATE"
PREPARE = (
    "drop database if exists {name} with (force)",
    "create database {name} template {template}",
    "revoke all on database {name} from public",
    "grant connect on database {name} to alicerce_app, alicerce_backup",
)


@contextmanager
def copy_of_template(suffix):
    """The name of a copy of the migrated template, gone afterwards."""
    with copy_of(os.environ[TEMPLATE], suffix) as name:
        yield name


@contextmanager
def copy_of(template, suffix):
    """The name of a copy of a database to which nobody is connected, gone afterwards."""
    name = f"{os.environ[TEMPLATE]}_{suffix}"
    _as_admin(*PREPARE, name=name, template=template)
    try:
        yield name
    finally:
        _as_admin(PREPARE[0], name=name)


def _as_admin(*statements, **named):
    identifiers = {what: sql.Identifier(name) for what, name in named.items()}
    with psycopg.connect(os.environ[ADMIN_URL], autocommit=True) as admin:
        for statement in statements:
            admin.execute(sql.SQL(statement).format(**identifiers))


def superuser(database):
    """A connection that no wall stops, to look and to become anybody."""
    return psycopg.connect(os.environ[ADMIN_URL], dbname=database)


def superuser_url(database):
    known = psycopg.conninfo.conninfo_to_dict(os.environ[ADMIN_URL])
    password = f":{known['password']}" if "password" in known else ""
    return f"postgresql://{known['user']}{password}@{known['host']}:{known['port']}/{database}"


def app_url(database):
    return os.environ[APP_URL].rsplit("/", 1)[0] + f"/{database}"


@contextmanager
def django_on(database, *, pool=None, forgets=True, url=None):
    """Django's own connection, to this database, as the application or at a URL; pooled when asked."""
    wrapper = connections["default"]
    before = dict(wrapper.settings_dict)
    wanted = connection_settings(url or app_url(database), pool_size=pool or 0)
    if pool is None:
        wanted["OPTIONS"].pop("pool")
    elif not forgets:
        wanted["OPTIONS"]["pool"].pop("reset")
    wrapper.close()
    wrapper.settings_dict.update(wanted)
    try:
        yield wrapper
    finally:
        wrapper.close()
        wrapper.close_pool()
        wrapper.settings_dict.update(before)
