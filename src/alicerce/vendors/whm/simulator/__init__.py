"""A WHM server that is none: strict about what it is asked, and broken on order."""

from alicerce.vendors.whm.simulator.app import whm_app as whm_app
from alicerce.vendors.whm.simulator.machine import Machine as Machine
