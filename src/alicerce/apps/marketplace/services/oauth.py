"""OAuth 2.1: the library `oauthlib`, told to be strict, and what we answer in its words."""

from datetime import datetime
from typing import Any

from oauthlib.common import add_params_to_uri, urldecode
from oauthlib.oauth2 import (
    AuthorizationCodeGrant,
    AuthorizationEndpoint,
    BearerToken,
    ClientCredentialsGrant,
    RefreshTokenGrant,
    RevocationEndpoint,
    TokenEndpoint,
)
from oauthlib.oauth2.rfc6749.errors import (
    AccessDeniedError,
    FatalClientError,
    InvalidClientError,
    InvalidRequestError,
    InvalidRequestFatalError,
    OAuth2Error,
    UnsupportedGrantTypeError,
    UnsupportedResponseTypeError,
)
from oauthlib.oauth2.rfc6749.grant_types.authorization_code import code_challenge_method_s256

from alicerce.apps.developers.types import Mode
from alicerce.apps.marketplace import rules
from alicerce.apps.marketplace.services.validator import GRANTS, ITSELF, S256, Validator
from alicerce.apps.marketplace.types import (
    ACCESS,
    ACCESS_LASTS,
    CODE,
    REFRESH,
    ApplicationKind,
    Asked,
    Said,
    Yes,
)
from alicerce.kernel.db import transaction
from alicerce.kernel.tokens import new_token

GRANT_TYPES = sorted(GRANTS[ApplicationKind.CONFIDENTIAL])
ONCE = frozenset(
    {"client_id", "response_type", "redirect_uri", "scope", "state", "code_challenge"}
    | {"code_challenge_method", "response_mode"}
)
"""What may stand once in an address, and so cannot mean two things to two readers."""
LONGEST = 4096
JSON = {"Content-Type": "application/json", "Cache-Control": "no-store", "Pragma": "no-cache"}


class Unsound(Exception):
    """Whoever asks is nobody we know, or wants the answer elsewhere: there is nowhere to send it."""


class Refusal(Exception):
    """A no that the app may hear, at the address that it proved to be its own."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class CodeGrant(AuthorizationCodeGrant):
    """PKCE by S256 and nothing else; codes of our making."""

    _code_challenge_methods = {S256: code_challenge_method_s256}

    def create_authorization_code(self, request: Any) -> dict[str, str]:
        code = {"code": new_token(CODE)}
        return code | ({"state": request.state} if request.state else {})


class Tokens(TokenEndpoint):
    def validate_token_request(self, request: Any) -> None:
        super().validate_token_request(request)
        _refuse_loose_body(request)


def asked(*, query: str, issuer: str, at: datetime) -> Asked:
    """What an app asks for by this query. Raises Unsound, or Refusal with where to tell it."""
    _refuse_unreadable(query)
    try:
        scopes, about = _authorizing(at).validate_authorization_request(_uri(issuer, query))
    except FatalClientError as fatal:
        raise Unsound(fatal.description) from fatal
    except OAuth2Error as error:
        raise Refusal(_told(error, issuer)) from error
    face = about["request"].client.face
    return Asked(face, about["redirect_uri"], frozenset(scopes), about["state"] or "")


@transaction()
def agree(*, query: str, issuer: str, yes: Yes, at: datetime) -> str:
    """Install the app in the current company; where its code goes. Raises Unsound, Refusal."""
    _refuse_unreadable(query)
    try:
        headers, _body, _status = _authorizing(at).create_authorization_response(
            _uri(issuer, query), scopes=sorted(yes.scopes), credentials={"yes": yes}
        )
    except FatalClientError as fatal:
        raise Unsound(fatal.description) from fatal
    return _signed(headers["Location"], issuer)


def deny(*, wanted: Asked, issuer: str) -> str:
    """Where the app hears that the person does not want it."""
    error = AccessDeniedError(state=wanted.state or None)
    return _signed(error.in_uri(wanted.redirect_uri), issuer)


@transaction()
def answer_token(*, body: str, headers: dict[str, str], issuer: str, at: datetime) -> Said:
    """Tokens for a code, for another token, or for the app's own secret.

    A refusal is an answer like others: what it closed stays closed.
    """
    uri = f"{issuer}/oauth/token"
    try:
        found = _giving(at).create_token_response(uri, "POST", body, headers)
    except OAuth2Error as error:
        return _refused(error)
    return _said(*found)


@transaction()
def answer_revocation(*, body: str, headers: dict[str, str], issuer: str, at: datetime) -> Said:
    """RFC 7009: the token is no good any more, if it ever was."""
    endpoint = RevocationEndpoint(Validator(at))
    return _said(
        *endpoint.create_revocation_response(f"{issuer}/oauth/revoke", "POST", body, headers)
    )


def _authorizing(at: datetime) -> AuthorizationEndpoint:
    grant = CodeGrant(Validator(at), pre_auth=[_refuse_loose])
    return AuthorizationEndpoint("code", None, {"code": grant})


def _giving(at: datetime) -> Tokens:
    validator = Validator(at)
    bearer = BearerToken(
        validator,
        token_generator=lambda _request: new_token(ACCESS),
        refresh_token_generator=lambda _request: new_token(REFRESH),
        expires_in=int(ACCESS_LASTS.total_seconds()),
    )
    kinds = {
        "authorization_code": CodeGrant(validator),
        "refresh_token": RefreshTokenGrant(validator),
        "client_credentials": ClientCredentialsGrant(validator),
    }
    return Tokens("authorization_code", bearer, kinds)


def _refuse_unreadable(query: str) -> None:
    """Raises Unsound."""
    try:
        names = [name for name, _value in urldecode(query)]
    except ValueError as trouble:
        raise Unsound(InvalidRequestFatalError.description) from trouble
    twice = {name for name in names if names.count(name) > 1} & ONCE
    if len(query) > LONGEST or twice:
        raise Unsound(InvalidRequestFatalError.description)


def _refuse_loose(request: Any) -> dict[str, str]:
    """What the library would let pass: other answers than a code, and a challenge that is none."""
    if request.response_type not in {None, "code"}:
        raise UnsupportedResponseTypeError(request=request)
    if request.response_mode not in {None, "query"}:
        request.response_mode = None
        raise InvalidRequestError("Unsupported response_mode.", request=request)
    challenge = request.code_challenge
    if challenge is not None and not rules.is_challenge(challenge):
        raise InvalidRequestError("The code_challenge is not a SHA-256.", request=request)
    return {}


def _refuse_loose_body(request: Any) -> None:
    """The same of what asks for tokens. The library would take a grant it does not know for a code."""
    if request.grant_type is None:
        raise InvalidRequestError("Missing grant_type parameter.", request=request)
    if request.grant_type not in GRANT_TYPES:
        raise UnsupportedGrantTypeError(request=request)
    if request.duplicate_params:
        raise InvalidRequestError("A parameter stands twice.", request=request)
    _refuse_mode(request)
    verifier = request.code_verifier
    if verifier is not None and not rules.is_verifier(verifier):
        raise InvalidRequestError("The code_verifier is not 43 to 128 signs.", request=request)


def _refuse_mode(request: Any) -> None:
    """Only an app for itself says where it acts; for others, what was installed says it."""
    said = [value for name, value in request.decoded_body or () if name == "mode"]
    if not said:
        return
    if request.grant_type != ITSELF:
        raise InvalidRequestError("mode goes with client_credentials only.", request=request)
    if said[0] not in set(Mode):
        raise InvalidRequestError("mode is live or test.", request=request)


def _uri(issuer: str, query: str) -> str:
    return f"{issuer}/oauth/authorize?{query}"


def _told(error: OAuth2Error, issuer: str) -> str:
    return _signed(error.in_uri(error.redirect_uri), issuer)


def _signed(location: str, issuer: str) -> str:
    """RFC 9207: an app that knows two of our kind can tell who answers."""
    signed: str = add_params_to_uri(location, [("iss", issuer)])
    return signed


def _refused(error: OAuth2Error) -> Said:
    return _said({**JSON, **error.headers}, error.json, error.status_code)


def _said(headers: dict[str, str], body: str, status: int) -> Said:
    """A program that did not prove itself is told how it could."""
    kept = {**JSON, **{k: v for k, v in headers.items() if k != "WWW-Authenticate"}}
    if status == InvalidClientError.status_code:
        kept["WWW-Authenticate"] = 'Basic realm="alicerce"'
    return Said(status, kept, body)
