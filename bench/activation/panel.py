"""A process of its own: the WHM simulator over HTTPS, the same for every candidate."""

import os
from pathlib import Path

from alicerce.vendors.simulation.certificates import make_certificates
from alicerce.vendors.simulation.faults import Faults
from alicerce.vendors.simulation.serve import Site, serve
from alicerce.vendors.simulation.store import Store
from alicerce.vendors.whm.simulator import whm_app


def main() -> None:
    certificates = make_certificates(Path(os.environ["PANEL_CA"]).parent)
    app = whm_app(Store(), Faults(), token=os.environ["PANEL_TOKEN"])
    serve([Site(app, port=int(os.environ["PANEL_PORT"]), certificates=certificates)])


if __name__ == "__main__":
    main()
