"""Django's own commands, for those who expect this file; `alicerce manage` does the same."""

import sys

from alicerce.project.cli.main import main

if __name__ == "__main__":
    sys.exit(main(["manage", *sys.argv[1:]]))
