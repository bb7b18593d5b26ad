"""Run by `press` as a program of its own, in an empty directory: reads what to set, limits itself, sets it.

It imports nothing of ours. The compiler sees an empty root, the fonts it brings along, and no packages.
"""

import json
import resource
import sys


def main() -> None:
    asked = json.load(sys.stdin)
    _limit(resource.RLIMIT_AS, asked["megabytes"] * 1024 * 1024)
    _limit(resource.RLIMIT_CPU, asked["seconds"])
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    import typst  # lint: allow late-import because the limits come before what they limit

    paper = typst.compile(
        asked["template"].encode(),
        root=".",
        font_paths=[],
        ignore_system_fonts=True,
        package_path="packages",
        package_cache_path="packages",
        sys_inputs={"facts": asked["facts"]},
        format="pdf",
    )
    sys.stdout.buffer.write(paper)


def _limit(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
