"""A worker or a scheduler in a hurry, for drills: `python -m ...drill_process worker`."""

import json
import os
import sys

import django
from django.conf import settings

settings.configure(
    SECRET_KEY="drill",
    USE_TZ=True,
    INSTALLED_APPS=["alicerce.kernel"],
    DATABASES={"default": json.loads(os.environ["DRILL_DATABASE"])},
    RETRY_PACE=0.01,
    WORKER_THREADS=4,
    QUEUE_HEARTBEAT=float(os.environ.get("DRILL_HEARTBEAT", "0.3")),
    QUEUE_LOST_WORKERS=2,
)
django.setup()

import alicerce.kernel.tests.drill  # noqa: E402, F401 - it subscribes
from alicerce.kernel.worker import main, scheduler_main  # noqa: E402 - needs the apps

ROLES = {"worker": main, "scheduler": scheduler_main}

sys.exit(ROLES[sys.argv[1]](sys.argv[2:]))
