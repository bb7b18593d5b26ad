"""A transfer is asked for: what is checked, what is kept, and what nobody ever sees."""

import json
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from alicerce.apps.audit.models import Entry
from alicerce.apps.hosting.errors import ServiceNotActive, UnknownAccount
from alicerce.apps.hosting.tests.factories import a_service
from alicerce.apps.transfers.errors import (
    BadSourceCertificate,
    SourceNotAllowed,
    TokenNeeded,
    TransferAlreadyOpen,
    TransferIsMoving,
    TransferIsOver,
    TransferStillExamined,
)
from alicerce.apps.transfers.models import LogLine, Transfer
from alicerce.apps.transfers.services.move_transfer import cancel_transfer
from alicerce.apps.transfers.services.request_transfer import (
    correction_of,
    examine_again,
    request_transfer,
)
from alicerce.apps.transfers.tests.factories import (
    NOON,
    TOKEN,
    a_source,
    a_transfer,
    an_active_service,
    wanted,
)
from alicerce.apps.transfers.types import Correction, Stage
from alicerce.kernel.ids import uuid7

pytestmark = pytest.mark.usefixtures("tenant", "mover", "panel")


class TestRequestTransfer:
    def test_seals_the_token_and_asks_for_an_examination(self, service, published):
        transfer = a_transfer(service)

        assert transfer.stage == Stage.EXAMINING
        assert TOKEN.encode() not in bytes(transfer.token)
        assert transfer.shown_token() == TOKEN
        names = [event.name for event in published]
        assert "transfer.requested" in names
        assert "transfer.examination_due" in names

    def test_shows_the_token_to_nobody(self, service, published):
        transfer = a_transfer(service)

        told = [[e.before, e.after] for e in Entry.objects.all()]
        told += [event.model_dump(mode="json") for event in published]
        told += list(LogLine.objects.values("code", "values", "detail", "note"))
        said = json.dumps(told, default=str) + repr(wanted(service)) + repr(transfer)
        assert TOKEN not in said
        with connection.cursor() as cursor:
            cursor.execute("select encode(payload, 'escape') from pgqueuer")
            assert TOKEN not in str(cursor.fetchall())

    def test_takes_one_at_a_time_for_a_service(self, service):
        first = a_transfer(service)

        with pytest.raises(TransferAlreadyOpen):
            a_transfer(service)

        cancel_transfer(transfer_id=first.id, at=NOON)
        assert a_transfer(service).id != first.id

    def test_refuses_a_service_that_is_not_active(self):
        with pytest.raises(ServiceNotActive):
            a_transfer(a_service())

    def test_knows_no_service_of_a_neighbour(self, service, other_tenant):
        with other_tenant:
            theirs = an_active_service()
        for absent in (theirs.id, uuid7()):
            with pytest.raises(UnknownAccount):
                request_transfer(wanted=replace(wanted(service), service_id=absent), at=NOON)

    @pytest.mark.parametrize(
        ("given", "refusal"),
        [
            ({"source": a_source(port=25)}, SourceNotAllowed),
            ({"source": a_source(host="root:x@cpanel.antiga.com.br")}, SourceNotAllowed),
            ({"source": a_source(host="cpanel.antiga.com.br/x")}, SourceNotAllowed),
            ({"source": a_source(host="[::1]")}, SourceNotAllowed),
            ({"source": a_source(certificate="não é")}, BadSourceCertificate),
            ({"token": ""}, TokenNeeded),
        ],
    )
    def test_refuses_what_cannot_work(self, service, given, refusal):
        with pytest.raises(refusal):
            a_transfer(service, **given)

        assert not Transfer.objects.exists()


class TestExamineAgain:
    @pytest.fixture
    def blocked(self, service):
        transfer = a_transfer(service)
        Transfer.objects.filter(pk=transfer.id).update(stage=Stage.BLOCKED)
        return transfer

    def ask(self, transfer, **changes):
        correction = correction_of(transfer_id=transfer.id, changes=changes)
        examine_again(transfer_id=transfer.id, correction=correction, at=NOON)
        transfer.refresh_from_db()

    def test_makes_every_older_examination_void(self, blocked):
        self.ask(blocked)

        assert (blocked.stage, blocked.examination) == (Stage.EXAMINING, 2)
        assert not blocked.is_at(1)
        assert blocked.shown_token() == TOKEN

    def test_takes_another_token(self, blocked):
        self.ask(blocked, token="OUTRO-SEGREDO")

        assert blocked.shown_token() == "OUTRO-SEGREDO"

    @pytest.mark.parametrize(
        "changes",
        [
            {"host": "ladrao.com.br"},
            {"port": 443},
            {"login": "outro"},
            {"certificate": "-----BEGIN CERTIFICATE-----"},
        ],
    )
    def test_never_shows_a_token_to_another_server(self, blocked, changes):
        with pytest.raises(TokenNeeded):
            self.ask(blocked, **changes)

        self.ask(blocked, **changes, token="DELE-MESMO")
        assert blocked.shown_token() == "DELE-MESMO"

    def test_needs_a_token_when_ours_is_destroyed(self, blocked):
        blocked.destroy_token()

        with pytest.raises(TokenNeeded):
            self.ask(blocked, username="padaria2")

    @pytest.mark.parametrize(
        ("stage", "refusal"),
        [
            (Stage.EXAMINING, TransferStillExamined),
            (Stage.MOVING, TransferIsMoving),
            (Stage.CANCELED, TransferIsOver),
        ],
    )
    def test_is_refused_in_other_stages(self, service, stage, refusal):
        transfer = a_transfer(service)
        token = {"token": b""} if stage is Stage.CANCELED else {}
        Transfer.objects.filter(pk=transfer.id).update(stage=stage, **token)

        with pytest.raises(refusal):
            examine_again(
                transfer_id=transfer.id, correction=Correction(transfer.source), at=NOON
            )

    def test_cannot_reach_the_neighbours(self, other_tenant):
        with other_tenant:
            theirs = a_transfer()

        with pytest.raises(Transfer.DoesNotExist):
            examine_again(transfer_id=theirs.id, correction=Correction(theirs.source), at=NOON)


class TestTheDatabase:
    def test_keeps_no_token_of_what_is_over(self, service):
        transfer = a_transfer(service)

        with pytest.raises(IntegrityError), transaction.atomic():
            Transfer.objects.filter(pk=transfer.id).update(stage=Stage.DONE)
