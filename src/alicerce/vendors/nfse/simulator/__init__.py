"""A simulated national system: it reads what it is sent, and may accept without saying so."""

from alicerce.vendors.nfse.simulator.app import FAULTS, nfse_app
from alicerce.vendors.nfse.simulator.registry import Registry

__all__ = ["FAULTS", "Registry", "nfse_app"]
