"""The argument parser every command starts from."""

import argparse


def parser_for(command: str, *, about: str, examples: str = "") -> argparse.ArgumentParser:
    return argparse.ArgumentParser(
        prog=f"alicerce {command}",
        description=about,
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
