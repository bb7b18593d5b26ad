"""Who is known, by what they prove themselves, and where they are signed in."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from ua_parser import parse

from alicerce.apps.identity.models import (
    Approval,
    Impersonation,
    KnownDevice,
    StandInConsent,
    User,
)
from alicerce.apps.identity.models.session_keys import name_of
from alicerce.apps.identity.rules import DEVICE_LINK_LASTS
from alicerce.apps.identity.types import (
    Area,
    Claim,
    Connection,
    Consent,
    Device,
    Errand,
    Factors,
    Passkey,
    Person,
    Proof,
    StandIn,
)
from alicerce.kernel.db import as_operator
from alicerce.kernel.tokens import digest

RECENT = 100


def person(user_id: UUID) -> Person | None:
    user = User.objects.filter(id=user_id).first()
    return Person(user.id, user.email, user.name, user.locale) if user else None


def people(user_ids: Collection[UUID]) -> dict[UUID, Person]:
    """Those of them that there are, in one query."""
    found = User.objects.filter(id__in=user_ids)
    return {user.id: Person(user.id, user.email, user.name, user.locale) for user in found}


def person_with(*, email: str) -> Person | None:
    user = User.objects.filter(email=email.strip().lower()).first()
    return person(user.id) if user else None


def is_known(*, email: str) -> bool:
    """Whether somebody has an account under this address. Never tell a stranger."""
    return bool(User.objects.filter(email=email.strip().lower()).exists())


def never_signed_in(*, user_id: UUID) -> bool:
    """Whether nobody ever entered this account: there is nothing in it yet that could be taken."""
    user = User.objects.filter(id=user_id, last_login=None).first()
    return user is not None and not user.has_usable_password()


def has_factor(user_id: UUID) -> bool:
    mine = Authenticator.objects.filter(user_id=user_id)
    return bool(mine.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def factors_of(user_id: UUID) -> Factors:
    mine = list(Authenticator.objects.filter(user_id=user_id).order_by("created_at"))
    kinds = Authenticator.Type
    app = next((one.created_at for one in mine if one.type == kinds.TOTP), None)
    codes = next((one.wrap() for one in mine if one.type == kinds.RECOVERY_CODES), None)
    return Factors(
        app_since=app,
        passkeys=tuple(_passkey(one) for one in mine if one.type == kinds.WEBAUTHN),
        codes_left=len(codes.get_unused_codes()) if codes else 0,
    )


def authenticators_with_codes(user_id: UUID) -> list[Authenticator]:
    """Those that answer to something typed: the app, and the recovery codes."""
    mine = Authenticator.objects.filter(user_id=user_id)
    return list(mine.exclude(type=Authenticator.Type.WEBAUTHN))


def authenticator(
    user_id: UUID, kind: Authenticator.Type, pk: int | None = None
) -> Authenticator | None:
    mine = Authenticator.objects.filter(user_id=user_id, type=kind)
    return (mine.filter(pk=pk) if pk is not None else mine).first()


def connections_of(user_id: UUID) -> list[Connection]:
    mine = SocialAccount.objects.filter(user_id=user_id).order_by("pk")
    return [_connection(one) for one in mine]


def _connection(one: SocialAccount) -> Connection:
    said = one.get_provider_account().get_user_data() or {}
    return Connection(
        id=one.pk,
        provider=one.provider,
        name=one.provider.title(),
        known_as=str(said.get("email") or one.uid),
        since=one.date_joined,
    )


def proof_asked_of(user_id: UUID) -> Proof:
    """A second factor of who has one; else the password; of who came by Google alone, their mailbox."""
    if has_factor(user_id):
        return Proof.FACTOR
    user: User = User.objects.get(pk=user_id)
    return Proof.PASSWORD if user.has_usable_password() else Proof.MAILBOX


def devices_of(user_id: UUID, *, session_key: str) -> list[Device]:
    mine = UserSession.objects.purge_and_list(User(id=user_id))
    newest_first = sorted(mine, key=lambda one: one.last_seen_at, reverse=True)
    return [_device(one, session_key) for one in newest_first]


def _passkey(one: Authenticator) -> Passkey:
    return Passkey(one.pk, one.wrap().name, one.created_at, one.last_used_at)


def _device(session: UserSession, session_key: str) -> Device:
    browser, system = browser_and_system(session.user_agent)
    return Device(
        id=session.pk,
        browser=browser,
        system=system,
        ip=session.ip,
        began_at=session.created_at,
        seen_at=session.last_seen_at,
        is_current=session.session_key == name_of(session_key),
    )


def browser_and_system(user_agent: str) -> tuple[str, str]:
    """As people call them, without versions; empty where a browser does not say."""
    agent = parse(user_agent)
    return (
        agent.user_agent.family if agent.user_agent else "",
        agent.os.family if agent.os else "",
    )


def device_told_of(token: str, *, at: datetime) -> KnownDevice | None:
    """What the letter with this link told of, while the link is good."""
    told = KnownDevice.objects.filter(
        token_hash=digest(token), told_at__gt=at - DEVICE_LINK_LASTS
    )
    found: KnownDevice | None = told.first()
    return found


def approval(approval_id: UUID, claim: Claim) -> Approval | None:
    """The approval, for the person and the session that asked for it; nobody else's."""
    mine = Approval.objects.filter(user_id=claim.user_id, session=claim.session)
    found: Approval | None = mine.filter(pk=approval_id).first()
    return found


def stand_in(impersonation_id: UUID, *, actor_id: UUID, at: datetime) -> StandIn | None:
    """In whose place this person is; None when that is over, or was somebody else's to begin with."""
    begun = Impersonation.objects.filter(pk=impersonation_id, actor_id=actor_id).first()
    return _stand_in(begun) if begun and begun.is_open(at=at) else None


def stand_ins() -> list[StandIn]:
    """Who stood in whose place in the current tenant, the latest first."""
    return [
        _stand_in(begun) for begun in Impersonation.objects.order_by("-started_at")[:RECENT]
    ]


def consents(*, at: datetime) -> list[Consent]:
    """What waits for the current company's answer, the latest first."""
    return [
        _consent(one) for one in StandInConsent.objects.waiting(at=at).order_by("-asked_at")
    ]


def consent(consent_id: UUID) -> Consent | None:
    """One of the current company's."""
    found = StandInConsent.objects.filter(pk=consent_id).first()
    return _consent(found) if found else None


def consents_asked_by(actor_id: UUID, *, at: datetime) -> list[Consent]:
    """What an operator asked any company for and can still use, or wait for."""
    with as_operator():
        mine = StandInConsent.objects.filter(
            actor_id=actor_id, expires_at__gt=at, used_at=None, withdrawn_at=None
        )
        return [_consent(one) for one in mine.order_by("-asked_at")]


def _consent(one: StandInConsent) -> Consent:
    return Consent(
        id=one.id,
        tenant_id=one.tenant_id,
        actor_id=one.actor_id,
        subject_id=one.subject_id,
        errand=Errand(Area(one.area), one.reason, one.ticket, one.may_write),
        asked_at=one.asked_at,
        expires_at=one.expires_at,
        answered_at=one.answered_at,
        is_granted=one.is_granted,
        used_at=one.used_at,
        withdrawn_at=one.withdrawn_at,
        good_until=one.good_until,
    )


def _stand_in(begun: Impersonation) -> StandIn:
    return StandIn(
        id=begun.id,
        actor_id=begun.actor_id,
        subject_id=begun.subject_id,
        errand=Errand(Area(begun.area), begun.reason, begun.ticket, begun.may_write),
        started_at=begun.started_at,
        ends_at=begun.ends_at,
        ended_at=begun.ended_at,
        consent_id=begun.consent_id,
    )
