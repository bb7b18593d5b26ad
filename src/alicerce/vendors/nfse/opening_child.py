"""Run by `opening` as a program of its own: limits itself, and opens one PKCS#12 file. It imports nothing of ours."""

import json
import resource
import sys
from base64 import b64decode


def main() -> None:
    asked = json.load(sys.stdin)
    _limit(resource.RLIMIT_AS, asked["megabytes"] * 1024 * 1024)
    _limit(resource.RLIMIT_CPU, asked["seconds"])
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    import cryptography.hazmat.primitives.serialization.pkcs12  # lint: allow late-import because limits come first

    writing = cryptography.hazmat.primitives.serialization
    found = writing.pkcs12.load_key_and_certificates(
        b64decode(asked["content"]), asked["password"].encode()
    )
    key, cert = found[0], found[1]
    if key is None or cert is None:
        return
    plain = key.private_bytes(
        writing.Encoding.PEM,
        writing.PrivateFormat.PKCS8,
        writing.NoEncryption(),
    )
    sys.stdout.buffer.write(plain + b"\0" + cert.public_bytes(writing.Encoding.PEM))


def _limit(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main()
