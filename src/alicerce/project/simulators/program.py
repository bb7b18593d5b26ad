"""Builds the simulated providers, runs them until told to stop, and says where they are."""

import errno
import json
import os
from collections.abc import Sequence
from pathlib import Path

from alicerce.project.cli.demo_offer import simulators_ready_file
from alicerce.project.embedded.errors import CannotStart
from alicerce.project.embedded.secrets import write_privately
from alicerce.project.settings.env import read_environment
from alicerce.project.simulators.providers import Providers, open_providers
from alicerce.vendors.simulation.serve import serve


def main(argv: Sequence[str] = ()) -> None:
    """Until SIGTERM. What the simulators know is kept in the data folder."""
    environment = read_environment(os.environ)
    folder = environment.data_dir / "simulators"
    providers = open_providers(folder=folder, first_port=environment.simulators_port)
    places = (folder / "ready.json", simulators_ready_file(folder=environment.data_dir))

    async def tell() -> None:
        _write(providers, places)

    try:
        serve(providers.listeners, on_ready=tell)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(
                f"A port from {environment.simulators_port} on is taken;"
                " point ALICERCE_SIMULATORS_PORT to a row of eight free ones."
            ) from error
        raise
    finally:
        for place in places:
            place.unlink(missing_ok=True)


def _write(providers: Providers, places: Sequence[Path]) -> None:
    line = json.dumps(providers.description())
    for place in places:
        place.parent.mkdir(parents=True, exist_ok=True)
        write_privately(path=place, content=line)
