"""What django-allauth tells: into the audit trail, and what follows from it."""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.socialaccount import signals as social
from django.contrib.auth.signals import user_logged_out

from alicerce.apps.identity.services.devices import note_device
from alicerce.apps.identity.services.impersonation import end_of_session
from alicerce.apps.identity.services.people import trust_email
from alicerce.apps.identity.services.sessions import end_other_sessions
from alicerce.apps.identity.services.trail import note
from alicerce.kernel.clock import wall
from alicerce.kernel.context import current


def listen() -> None:
    for signal, action in (
        (account.user_signed_up, "person.signed_up"),
        (account.user_logged_in, "person.signed_in"),
        (user_logged_out, "person.signed_out"),
        (account.email_changed, "person.email_changed"),
        (social.social_account_added, "person.provider_connected"),
        (social.social_account_removed, "person.provider_disconnected"),
    ):
        signal.connect(_recorder(action), weak=False, dispatch_uid=f"identity {action}")
    for signal, action in (
        (mfa.authenticator_added, "factor.added"),
        (mfa.authenticator_removed, "factor.removed"),
        (mfa.authenticator_reset, "factor.reset"),
        (mfa.authentication_failed, "factor.refused"),
    ):
        signal.connect(_factor_recorder(action), weak=False, dispatch_uid=f"identity {action}")
    user_logged_out.connect(_end_stand_in, dispatch_uid="identity stand-in")
    account.user_logged_in.connect(_device_used, dispatch_uid="identity device")
    account.password_reset.connect(_mailbox_proven, dispatch_uid="identity mailbox")
    for signal in (account.password_changed, account.password_set, account.password_reset):
        signal.connect(_password_changed, dispatch_uid=f"identity password {id(signal)}")


def _recorder(action: str) -> Any:
    def record(sender: Any, **told: Any) -> None:
        user = told.get("user") or getattr(told.get("socialaccount"), "user", None)
        if user is None and (login := told.get("sociallogin")):
            user = login.user
        if user is not None:
            note(action=action, user_id=user.pk, at=wall())

    return record


def _factor_recorder(action: str) -> Any:
    def record(sender: Any, user: Any, authenticator: Any, **told: Any) -> None:
        note(action=action, user_id=user.pk, at=wall(), kind=str(authenticator.type))

    return record


def _device_used(sender: Any, request: Any, user: Any, **told: Any) -> None:
    if current().tenant_id is not None:
        note_device(request=request, user_id=user.pk, at=wall())


def _end_stand_in(sender: Any, request: Any, **told: Any) -> None:
    end_of_session(session=request.session, at=wall())


def _mailbox_proven(sender: Any, user: Any, **told: Any) -> None:
    """The code or the link came to their mailbox: nobody is asked to prove it twice."""
    trust_email(user_id=user.pk, email=user.email)


def _password_changed(sender: Any, request: Any, user: Any, **told: Any) -> None:
    at = wall()
    note(action="person.password_changed", user_id=user.pk, at=at)
    end_other_sessions(user_id=user.pk, session_key=request.session.session_key, at=at)
