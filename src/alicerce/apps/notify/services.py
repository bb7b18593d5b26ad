"""What notify does."""

import json
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from alicerce.apps.audit import public as audit
from alicerce.apps.audit.types import Personal
from alicerce.apps.notify.events import MessageQueued, MessageSent
from alicerce.apps.notify.models import Message
from alicerce.apps.notify.ports import mailers
from alicerce.apps.notify.types import Letter, MessageStatus, Sample
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import TenantCard
from alicerce.apps.tenancy.types.brand import letter_logo
from alicerce.apps.tenancy.types.operated import StandingNews
from alicerce.kernel.context import acting, current_tenant_id
from alicerce.kernel.crypto import reveal, seal
from alicerce.kernel.db import transaction
from alicerce.kernel.events import publish
from alicerce.kernel.http import Refusal
from alicerce.kernel.ids import rehearses
from alicerce.kernel.restrictions import Restriction

RESTRICTED: Mapping[Restriction, str] = {
    Restriction.NONE: "company_unrestricted",
    Restriction.READ_ONLY: "company_read_only",
    Restriction.CLOSED: "company_locked",
}


@transaction(shared=True)
def send(
    *,
    template: str,
    to: str,
    key: str,
    values: Mapping[str, str],
    at: datetime,
    locale: str = "pt-br",
) -> None:
    """Queue an e-mail. The same key queues nothing more: exactly one message per key and tenant."""
    message = Message(key=key, template=template, to=to, locale=locale, queued_at=at)
    seal(message, "values", json.dumps(dict(values)))
    if Message.objects.add_once(message):
        publish(MessageQueued(at=at, message_id=message.pk))


def preview(*, template: str, values: Mapping[str, str], locale: str) -> Sample:
    """The letter as it would be read. Nothing is sent, and nothing is kept."""
    with translation.override(locale):
        text = _plain_text(template, {**values, "tenant": tenancy.tenant_card()})
    subject, _, body = text.partition("\n")
    return Sample(_one_line(subject), body.strip())


@transaction()
def write_invitation(*, invitation_id: UUID, at: datetime) -> None:
    """The letter of an invitation, once for each time it is sent; none once it is answered.

    Its link is made here and sealed with the message: no fact and no job ever carries it.
    """
    letter = tenancy.letter_of(invitation_id, at=at)
    if letter is None:
        return
    invited = letter.invited
    send(
        template=f"{invited.purpose}_invited",
        to=invited.email,
        key=f"invitation:{invitation_id}:{letter.letters}",
        values={
            "inviter": invited.inviter,
            "company": invited.tenant_name,
            "role": invited.role,
            "link_invitation": letter.link,
        },
        locale=letter.locale,
        at=at,
    )


@transaction()
def tell_owners(*, is_suspended: bool, since: datetime, at: datetime) -> None:
    """Each owner of the current tenant reads, once, that it was suspended or that it is back."""
    news = tenancy.company_news(is_suspended=is_suspended)
    if news:
        _tell("company", news, is_suspended=is_suspended, since=since, at=at)


@transaction()
def tell_of_restriction(*, restriction: Restriction, since: datetime, at: datetime) -> None:
    """Each owner of the current tenant reads, once, how far it is restricted, or that it is no more."""
    news = tenancy.restriction_news(restriction)
    if news:
        _write(RESTRICTED[restriction], news, since=since, at=at)


@transaction()
def tell_of_transfer(*, giver_id: UUID, taker_id: UUID, since: datetime, at: datetime) -> None:
    """Who owns the current tenant now, and who did, each read of it once: neither may miss it."""
    news = tenancy.ownership_news(giver_id=giver_id, taker_id=taker_id)
    if news:
        _write("ownership_transferred", news, since=since, at=at)


@transaction()
def tell_payer(*, account_id: UUID, is_suspended: bool, since: datetime, at: datetime) -> None:
    """Where the bills of an account go, they read that it was suspended or that it is back."""
    news = tenancy.account_news(account_id, is_suspended=is_suspended)
    if news:
        _tell("account", news, is_suspended=is_suspended, since=since, at=at)


def _tell(
    what: str, news: StandingNews, *, is_suspended: bool, since: datetime, at: datetime
) -> None:
    """The platform writes, for it is the platform that did it; the company's own mail is closed."""
    template = f"{what}_{'suspended' if is_suspended else 'resumed'}"
    _write(template, news, since=since, at=at)


def _write(template: str, news: StandingNews, *, since: datetime, at: datetime) -> None:
    writer = tenancy.platform() or current_tenant_id()
    with acting(tenant_id=writer), transaction():
        for person in news.to:
            send(
                template=template,
                to=person.email,
                key=f"{template}:{news.id.hex}:{person.id.hex}:{since:%Y%m%dT%H%M%S%f}",
                values={"name": news.name, "reason": news.reason, "link_there": news.link},
                locale=person.locale,
                at=at,
            )


def deliver(*, message_id: UUID, at: datetime) -> None:
    """Hand a queued message over to the mailer, outside of any transaction. Safe to repeat.

    A hand-over whose end is unknown is repeated under the same Message-ID, by which receivers
    recognize it: for e-mail there is nobody to ask.
    """
    letter = _letter(message_id)
    if letter is None:
        return
    try:
        mailers["smtp"].deliver(letter)
    except Refusal as refusal:
        _record_refusal(message_id, str(refusal), at=at)
    else:
        _record_sent(message_id, letter.subject, at=at)


@transaction()
def _letter(message_id: UUID) -> Letter | None:
    message = Message.objects.get(pk=message_id)
    if message.status != MessageStatus.QUEUED:
        return None
    values = json.loads(reveal(message, "values"))
    return _compose(message, values, tenancy.tenant_card())


def _compose(message: Message, values: dict[str, str], tenant: TenantCard) -> Letter:
    with translation.override(message.locale):
        text = _plain_text(message.template, {**values, "tenant": tenant})
        subject, _, body = text.partition("\n")
        if rehearses(tenant.id):
            subject, body = _marked_as_test(subject, body)
        html = render_to_string(
            "notify/mail/letter.html",
            {
                "lines": body.strip().splitlines(),
                "links": _links(values),
                "tenant": tenant,
                "issuer": values.get("issuer", ""),
                "logo": letter_logo(tenant),
            },
        )
    return Letter(
        message_id=f"<{message.id}@{settings.MAIL_DOMAIN}>",
        sender=settings.MAIL_FROM,
        sender_name=_one_line(tenant.name),
        to=message.to,
        subject=_one_line(subject),
        text=body.strip() + "\n",
        html=html,
    )


def _marked_as_test(subject: str, body: str) -> tuple[str, str]:
    """Whoever gets a letter of a rehearsal sees at once that it is one."""
    note = gettext("Ambiente de teste: nada aqui é cobrado de verdade.")
    return f"[{gettext('Teste')}] {subject}", f"{note}\n\n{body.strip()}"


def _plain_text(template: str, values: Mapping[str, object]) -> str:
    """Nothing is escaped: it is no HTML."""
    found = Engine.get_default().get_template(f"notify/mail/{template}.txt")
    return str(found.render(Context(dict(values), autoescape=False)))


def _one_line(text: str) -> str:
    """What may stand in a header: whoever chose the words, they begin no header of their own."""
    return " ".join(text.split())


def _links(values: Mapping[str, str]) -> set[str]:
    """Only our own addresses become links: a stranger orders under any name, for any mailbox."""
    return {value for name, value in values.items() if name.startswith("link_")}


@transaction()
def _record_sent(message_id: UUID, subject: str, *, at: datetime) -> None:
    message = Message.objects.lock(message_id)
    if message.status == MessageStatus.QUEUED:
        message.become_sent(subject=subject, at=at)
        publish(MessageSent(at=at, message_id=message_id))
        audit.record(
            action="message.sent",
            entity="message",
            entity_id=message_id,
            after={"template": message.template},
            at=at,
        )


@transaction()
def _record_refusal(message_id: UUID, reason: str, *, at: datetime) -> None:
    message = Message.objects.lock(message_id)
    if message.status != MessageStatus.QUEUED:
        return  # handed over by somebody else in the meantime: what was sent stays sent
    message.become_refused(reason)
    audit.record(
        action="message.refused",
        entity="message",
        entity_id=message_id,
        after={
            "template": message.template,
            "reason": Personal(reason[:200], of=f"message:{message_id}"),
        },
        at=at,
    )
