"""`python -m bench`: every measurement, one after the other, each in a process of its own."""

import subprocess
import sys

EACH = (
    "bench.webhooks",
    "bench.activation",
    "bench.renewals",
    "bench.reports",
    "bench.switching",
    "bench.forecasts",
    "bench.rls",
    "bench.api",
    "bench.strangers",
)


def main() -> int:
    codes = [
        subprocess.run([sys.executable, "-m", one], check=False).returncode for one in EACH
    ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
