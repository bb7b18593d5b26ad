"""Each kind of trespass, planted in a small house, is named with its line."""

import configparser
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]

HOUSE = {
    "project/urls.py": "from alicerce.surfaces.client import pages",
    "surfaces/client/pages.py": "from alicerce.apps.orders.web import client",
    "apps/hosting/adapters/whm.py": "from alicerce.vendors.whm.client import Client",
    "apps/hosting/services.py": "from alicerce.apps.orders import public",
    "apps/dns/services.py": "from alicerce.apps.billing import types",
    "apps/orders/public.py": "from alicerce.apps.orders.services import place",
    "apps/orders/services.py": "def place(): ...",
    "apps/orders/web/client.py": "from alicerce.apps.orders.services import place",
    "apps/billing/models.py": "from django.db import models",
    "apps/billing/rules.py": "from alicerce.apps.billing.types import Day",
    "apps/billing/types.py": "Day = int",
    "apps/billing/tests/factories.py": "from alicerce.apps.billing.models import models",
    "apps/orders/tests/test_place.py": "from alicerce.apps.billing.tests.factories import models",
    "vendors/whm/client.py": "class Client: ...",
    "vendors/whm/simulator.py": "from alicerce.vendors.simulation.server import Server",
    "vendors/simulation/server.py": "class Server: ...",
    "vendors/pix/client.py": "class Client: ...",
    "ui/component.py": "from alicerce.kernel import clock",
    "kernel/clock.py": "from datetime import datetime",
}

TRESPASSES = {
    "sideways import": (
        "apps/crm/services.py",
        "from alicerce.apps.support import public",
        "alicerce.apps.crm.services -> alicerce.apps.support.public (l.2)",
    ),
    "upward import": (
        "apps/billing/services.py",
        "from alicerce.apps.orders import public",
        "alicerce.apps.billing.services -> alicerce.apps.orders.public (l.2)",
    ),
    "foreign models": (
        "apps/orders/queries.py",
        "from alicerce.apps.billing import models",
        "alicerce.apps.orders.queries -> alicerce.apps.billing.models (l.2): not a door",
    ),
    "a surface through the wall": (
        "surfaces/client/dashboard.py",
        "from alicerce.apps.billing import models",
        "alicerce.surfaces.client.dashboard -> alicerce.apps.billing.models (l.2): not a door",
    ),
    "vendor from a service": (
        "apps/orders/services.py",
        "from alicerce.vendors.pix import client",
        "alicerce.apps.orders.services -> alicerce.vendors.pix.client (l.2)",
    ),
    "vendor from a vendor": (
        "vendors/whm/wire.py",
        "from alicerce.vendors.pix import client",
        "alicerce.vendors.whm.wire -> alicerce.vendors.pix.client (l.2)",
    ),
    "Django in rules": (
        "apps/billing/rules.py",
        "from django.utils import timezone",
        "alicerce.apps.billing.rules -> django (l.2)",
    ),
    "the kernel looking up": (
        "kernel/clock.py",
        "from alicerce.apps.billing import types",
        "alicerce.kernel.clock -> alicerce.apps.billing.types (l.2)",
    ),
    "a service importing a page": (
        "apps/orders/services.py",
        "from alicerce.apps.orders.web import client",
        "alicerce.apps.orders.services -> alicerce.apps.orders.web.client (l.2)",
    ),
    "utils.py": ("apps/orders/utils.py", "", "alicerce.apps.orders.utils"),
    "an unplaced app": ("apps/loyalty/types.py", "", "alicerce.apps.loyalty"),
}


@pytest.fixture
def house(tmp_path):
    for path, text in HOUSE.items():
        plant(tmp_path, path, text)
    for app in required_apps():
        plant(tmp_path, f"apps/{app}/public.py", HOUSE.get(f"apps/{app}/public.py", ""))
        plant(tmp_path, f"apps/{app}/webhooks.py", "")
    return tmp_path


def required_apps():
    contracts = configparser.ConfigParser()
    contracts.read(REPOSITORY / ".importlinter")
    layers = contracts["importlinter:contract:order"]["layers"].replace("|", " ").split()
    return [name for name in layers if not name.startswith("(")]


def plant(house, path, text):
    file = house / "src" / "alicerce" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    for folder in [file.parent, *file.parent.parents]:
        if folder == house / "src":
            break
        (folder / "__init__.py").touch()
    file.write_text(f'"""Planted."""\n{text}\n')


def lint(house):
    python_path = os.pathsep.join([str(house / "src"), str(REPOSITORY)])
    return subprocess.run(
        [
            Path(sys.executable).parent / "lint-imports",
            "--no-cache",
            "--config",
            REPOSITORY / ".importlinter",
        ],
        cwd=house,
        env={**os.environ, "PYTHONPATH": python_path, "COLUMNS": "400", "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_orderly_house_passes(house):
    outcome = lint(house)

    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize("trespass", TRESPASSES)
def test_names(house, trespass):
    path, text, complaint = TRESPASSES[trespass]
    plant(house, path, text)

    outcome = lint(house)

    assert outcome.returncode == 1
    assert complaint in flat(outcome.stdout), outcome.stdout


def flat(text):
    """As one line, arrows alike, whatever the width of the terminal."""
    return " ".join(text.split()).replace(": l.", " (l.")
