"""`python -m alicerce` is the `alicerce` command."""

import sys

from alicerce.project.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
