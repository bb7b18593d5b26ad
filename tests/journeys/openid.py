"""A provider of OpenID Connect on loopback: discovery, tokens against a proof of possession, claims."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

CLIENT, SECRET = "alicerce", "a secret of at least thirty-two bytes"


class Provider:
    """Whoever comes with the code gets the claims, once, if they made the challenge too."""

    def __init__(self) -> None:
        self.address = ""
        self.claims: dict[str, Any] = {}
        self.challenges: dict[str, str] = {}

    def authorize(self, location: str) -> dict[str, str]:
        """What the person's browser brings back from the provider's page."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        self.challenges["code"] = asked["code_challenge"]
        return {"code": "code", "state": asked["state"]}

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def token(self, said: dict[str, str]) -> dict[str, Any] | None:
        digest = sha256(said["code_verifier"].encode()).digest()
        proven = urlsafe_b64encode(digest).decode().rstrip("=")
        if self.challenges.pop(said["code"], None) != proven or said["client_secret"] != SECRET:
            return None
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "iat": 0,
            "exp": 9999999999,
            **self.claims,
        }
        signed = jwt.encode(claims, SECRET, algorithm="HS256")
        return {"access_token": "access", "token_type": "Bearer", "id_token": signed}


@contextmanager
def provider() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = provider.claims if self.path == "/userinfo" else provider.discovery()
            self.answer(found)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            said = {name: values[0] for name, values in parse_qs(body).items()}
            self.answer(provider.token(said))

        def answer(self, content: dict[str, Any] | None) -> None:
            body = json.dumps(content or {"error": "invalid_grant"}).encode()
            self.send_response(200 if content else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield provider
    server.shutdown()
    server.server_close()
