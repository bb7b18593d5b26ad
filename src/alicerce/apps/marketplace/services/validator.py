"""What the OAuth library asks of us: who an app is, what it may, and whether its token is good.

The library asks and answers; here things are looked up. One serves one request, in one transaction.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from oauthlib.oauth2 import RequestValidator
from oauthlib.oauth2.rfc6749.errors import InvalidGrantError
from oauthlib.oauth2.rfc6749.grant_types.authorization_code import code_challenge_method_s256

from alicerce.apps.audit import public as audit
from alicerce.apps.developers.types import Mode
from alicerce.apps.marketplace import rules
from alicerce.apps.marketplace.errors import NoSuchApplication
from alicerce.apps.marketplace.models import ClientSecret, Grant, Token
from alicerce.apps.marketplace.queries.faces import (
    Place,
    face_named,
    place_of_code,
    place_of_token,
)
from alicerce.apps.marketplace.services import giving
from alicerce.apps.marketplace.services.client import Client
from alicerce.apps.marketplace.services.credentials import credentials_of
from alicerce.apps.marketplace.types import (
    CODE,
    REFRESH,
    SECRET,
    ApplicationKind,
    Face,
    TokenKind,
    Yes,
)
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.tokens import digest, is_token

S256, ITSELF = "S256", "client_credentials"
GRANTS = {
    ApplicationKind.CONFIDENTIAL: {"authorization_code", "refresh_token", ITSELF},
    ApplicationKind.PUBLIC: {"authorization_code", "refresh_token"},
}


class Validator(RequestValidator):
    def __init__(self, at: datetime) -> None:
        super().__init__()
        self._at = at
        self._place: Place | None = None
        self._grant: Grant | None = None
        self._spent: Token | None = None

    # Who asks

    def client_authentication_required(self, request: Any, *_: Any, **__: Any) -> bool:
        client_id, secret = credentials_of(request=request)
        face = _face(client_id)
        return face is None or face.kind is ApplicationKind.CONFIDENTIAL or bool(secret)

    def authenticate_client(self, request: Any, *_: Any, **__: Any) -> bool:
        client_id, secret = credentials_of(request=request)
        face = _face(client_id)
        if face is None or not is_token(secret, SECRET):
            return False
        with acting(tenant_id=face.publisher_id), transaction():
            known = ClientSecret.objects.live(at=self._at).filter(application=face.id)
            proof = known.filter(digest=digest(secret)).first()
        if proof is not None:
            request.client, request.client_id = Client(face, proof), str(face.id)
        return proof is not None

    def authenticate_client_id(self, client_id: str, request: Any, *_: Any, **__: Any) -> bool:
        face = _face(client_id)
        if face is None or face.kind is not ApplicationKind.PUBLIC:
            return False
        request.client, request.client_id = Client(face), str(face.id)
        return True

    def validate_client_id(self, client_id: str, request: Any, *_: Any, **__: Any) -> bool:
        face = _face(client_id)
        request.client = Client(face) if face else None
        return face is not None

    def validate_grant_type(
        self, _client_id: str, grant_type: str, client: Client, *_: Any, **__: Any
    ) -> bool:
        is_orphaned = client.secret is not None and client.secret.orphaned_at is not None
        return grant_type in GRANTS[client.face.kind] - ({ITSELF} if is_orphaned else set())

    # What it asks for

    def validate_response_type(self, _id: str, response_type: str, *_: Any, **__: Any) -> bool:
        return response_type == "code"

    def validate_redirect_uri(
        self, _client_id: str, redirect_uri: str, request: Any, *_: Any, **__: Any
    ) -> bool:
        known = request.client.face.redirect_uris
        return any(rules.leads_to(registered, redirect_uri) for registered in known)

    def get_default_redirect_uri(self, *_: Any, **__: Any) -> None:
        """There is none: an app says where it wants its answer."""

    def get_default_scopes(
        self, _client_id: str, request: Any, *_: Any, **__: Any
    ) -> list[str]:
        return sorted(request.client.scopes)

    def validate_scopes(
        self, _client_id: str, scopes: Iterable[str], client: Client, *_: Any, **__: Any
    ) -> bool:
        return bool(scopes) and set(scopes) <= client.scopes

    def is_pkce_required(self, *_: Any) -> bool:
        return True

    # A person's yes, and its code

    def save_authorization_code(
        self, _client_id: str, code: Any, request: Any, *_: Any, **__: Any
    ) -> None:
        yes: Yes = request.yes
        giving.give_code(
            yes=yes,
            code=code["code"],
            redirect_uri=request.redirect_uri,
            challenge=request.code_challenge,
            at=self._at,
        )

    def validate_code(
        self, _client_id: str, code: str, client: Client, request: Any, *_: Any, **__: Any
    ) -> bool:
        """One that comes twice was stolen from somebody: what it opened is closed."""
        place = place_of_code(code) if is_token(code, CODE) else None
        if place is None:
            return False
        with acting(tenant_id=place.tenant_id), transaction():
            grant = Grant.objects.lock(place.id)
            if grant.application_id != client.face.id:
                return False
            if grant.used_at is not None:
                self._code_came_twice(grant, client, request.code_verifier)
            if grant.expires_at <= self._at or not grant.is_live(at=self._at):
                return False
        self._place, self._grant = place, grant
        request.user, request.scopes = grant.given_by, list(grant.scopes)
        return True

    def get_code_challenge(self, *_: Any) -> str:
        return self._given.challenge

    def get_code_challenge_method(self, *_: Any) -> str:
        return S256

    def confirm_redirect_uri(
        self, _client_id: str, _code: str, redirect_uri: str, *_: Any, **__: Any
    ) -> bool:
        if redirect_uri != self._given.redirect_uri:
            raise InvalidGrantError("The redirect_uri is not the one the code was sent to.")
        return True

    def invalidate_authorization_code(self, *_: Any, **__: Any) -> None:
        with self._at_home():
            self._given.use(at=self._at)

    # Tokens

    def validate_refresh_token(
        self, refresh_token: str, client: Client, request: Any, *_: Any, **__: Any
    ) -> bool:
        """One that was exchanged already is in two hands: nobody keeps what came of it."""
        place = place_of_token(refresh_token) if is_token(refresh_token, REFRESH) else None
        if place is None:
            return False
        with acting(tenant_id=place.tenant_id), transaction():
            token = Token.objects.lock(place.id)
            grant = token.grant
            if grant.application_id != client.face.id or token.kind != TokenKind.REFRESH:
                return False
            if token.used_at is not None:
                self._end_reused(grant, "refresh token reused")
            if not token.opens(at=self._at) or not grant.is_live(at=self._at):
                return False
        self._place, self._grant, self._spent = place, grant, token
        request.user = grant.given_by
        return True

    def get_original_scopes(self, *_: Any, **__: Any) -> list[str]:
        return list(self._given.scopes)

    def rotate_refresh_token(self, _request: Any) -> bool:
        return True

    def save_bearer_token(self, token: Any, request: Any, *_: Any, **__: Any) -> None:
        client: Client = request.client
        if self._grant is None:
            self._act_for_itself(client, request.scopes, rules.mode_asked(request.decoded_body))
        with self._at_home(client):
            giving.keep_tokens(grant=self._given, issued=token, at=self._at)
            if self._spent is not None:
                self._spent.use(at=self._at)
            kind = "app.tokens_refreshed" if self._spent else "app.tokens_issued"
            _note(kind, self._given, self._at, scopes=sorted(token["scope"].split()))

    def revoke_token(self, token: str, _hint: str, request: Any, *_: Any, **__: Any) -> None:
        """A token of another app's is left alone, and nobody learns that it was one."""
        place = place_of_token(token)
        if place is None:
            return
        client: Client = request.client
        with acting(tenant_id=place.tenant_id), transaction():
            found = Token.objects.lock(place.id)
            if found.grant.application_id != client.face.id:
                return
            if found.kind == TokenKind.REFRESH:
                giving.end_grant(grant=found.grant, why="returned by the app", at=self._at)
            elif found.revoke(at=self._at):
                _note("app.token_revoked", found.grant, self._at)

    def is_origin_allowed(self, *_: Any, **__: Any) -> bool:
        return False

    @property
    def _given(self) -> Grant:
        assert self._grant is not None
        return self._grant

    @contextmanager
    def _at_home(self, client: Client | None = None) -> Iterator[None]:
        """In the company whose the tokens are, and by then as the app."""
        assert self._place is not None
        actor = f"app:{client.face.id}" if client else None
        with acting(tenant_id=self._place.tenant_id, actor=actor), transaction():
            yield

    def _act_for_itself(self, client: Client, scopes: Iterable[str], mode: Mode) -> None:
        """An app with a secret works for its publisher's own company, or its sandbox: no person is asked."""
        assert client.secret is not None
        home_id = client.face.publisher_id
        with acting(tenant_id=home_id), transaction():
            grant = giving.give_itself(
                secret=client.secret,
                app=client.face,
                scopes=frozenset(scopes),
                mode=mode,
                at=self._at,
            )
        self._place, self._grant = Place(home_id, grant.id), grant

    def _code_came_twice(self, grant: Grant, client: Client, verifier: str | None) -> None:
        """What it opened ends for who proves to be the app, by its secret or by the verifier.

        Codes stand in addresses and logs: who only saw one must not end what others got for it.
        """
        proven = client.secret is not None or bool(
            verifier and code_challenge_method_s256(verifier, grant.challenge)
        )
        if proven:
            self._end_reused(grant, "code replayed")

    def _end_reused(self, grant: Grant, why: str) -> None:
        if grant.revoked_at is None:
            _note("app.reuse_detected", grant, self._at, why=why)
        giving.end_grant(grant=grant, why=why, at=self._at)


def _note(action: str, grant: Grant, at: datetime, **more: Any) -> None:
    """In the trail of the company whose the tokens are; never anything of a token itself."""
    audit.record(
        action=action,
        entity="installation",
        entity_id=grant.installation_id,
        after={"app": grant.application_id, "grant": grant.id, **more},
        at=at,
    )


def _face(client_id: str) -> Face | None:
    try:
        return face_named(client_id or "")
    except NoSuchApplication:
        return None
