"""Customers that come in from files of any making, and go out to spreadsheets without harm."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alicerce.apps.audit.models import Entry
from alicerce.apps.customers import jobs
from alicerce.apps.customers.errors import (
    ColumnsMissing,
    FileTooLarge,
    NoSuchFile,
    UnreadableFile,
)
from alicerce.apps.customers.models import Customer, CustomerImport, ExportPart
from alicerce.apps.customers.queries.customers import customer_detail, customers
from alicerce.apps.customers.queries.exchange import (
    check,
    customer_export,
    customer_import,
    faults_of,
    preview,
)
from alicerce.apps.customers.rules import sheets
from alicerce.apps.customers.services import export_customers as exporting
from alicerce.apps.customers.services import import_customers as importing
from alicerce.apps.customers.services.keep_details import add_tier
from alicerce.apps.customers.services.save_customer import create_customer
from alicerce.apps.customers.tests.factories import a_cpf, a_person, a_profile
from alicerce.apps.customers.types import Exchange, RowFault, Wanted
from alicerce.apps.customers.web.exchange_components import import_progress
from alicerce.apps.tenancy.events import TenantLimitReached
from alicerce.apps.tenancy.services.products import set_terms
from alicerce.apps.tenancy.types import ProductKey, Terms
from alicerce.kernel.context import acting
from alicerce.kernel.testing import queued_jobs, run_jobs

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
HEADER = "Nome;E-mail;CPF/CNPJ;Telefone;Nível;Etiquetas"


@pytest.fixture
def ana(tenant):
    return a_person("ana@padaria.example")


def upload(ana, text, encoding="utf-8"):
    return importing.upload_import(
        raw=text.encode(encoding), filename="clientes.csv", user_id=ana.id, at=NOON
    )


def take_in(ana, text):
    import_id = upload(ana, text)
    columns = dict(preview(import_id).columns)
    importing.start_import(import_id=import_id, columns=columns, at=NOON)
    run_jobs()
    return customer_import(import_id)


def out_of_order(**given):
    raise ValueError("defeito")


def taken_away(export_id, person):
    parts = exporting.take_away(export_id=export_id, user_id=person.id, at=datetime.now(UTC))
    return "".join(parts)


def lines(count):
    return "\n".join(f"Cliente {n};c{n}@x.example;{a_cpf()}" for n in range(count))


def read(raw):
    """Header and lines, as one step after the other finds them."""
    layout = sheets.survey(raw)
    places = [None, *range(0, layout.total, sheets.STRETCH)]
    spans = [sheets.span_of(layout, place) for place in places]
    return [
        line for begin, end in spans for line in sheets.read_stretch(raw[begin:end], layout)
    ]


class TestReadSheet:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    @pytest.mark.parametrize("delimiter", [";", ",", "\t"])
    def test_takes_what_any_program_writes(self, encoding, delimiter):
        text = f"Nome{delimiter}E-mail\r\nJoão{delimiter}j@x.example\r\n\r\n"

        assert read(text.encode(encoding)) == [
            ["Nome", "E-mail"],
            ["João", "j@x.example"],
        ]

    def test_keeps_a_delimiter_within_quotes(self):
        assert read(b'Nome;Obs\n"Silva; filhos";x')[1] == ["Silva; filhos", "x"]

    def test_refuses_what_is_no_text(self):
        with pytest.raises(sheets.BadSheet):
            sheets.survey(b"PK\x03\x04\x00\x00")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
    @pytest.mark.parametrize("count", [1, 99, 100, 101, 200, 250])
    def test_finds_every_line_once_wherever_a_stretch_ends(self, encoding, count):
        rows = [[f"Conceição {n}", f"Rua {n}\nfundos; casa"] for n in range(count)]
        text = "Nome;Obs\r\n" + "\r\n \r\n".join(f'{a};"{b}"' for a, b in rows) + "\r\n\r\n"

        assert read(text.encode(encoding)) == [["Nome", "Obs"], *rows]

    def test_guesses_columns_by_name(self):
        columns = sheets.guess_columns(["CÓDIGO", "Nome completo", "E-mail", "Outra", "Nome"])

        assert columns == {"external_reference": 0, "name": 1, "email": 2}


class TestWriteLines:
    @pytest.mark.parametrize("cell", ["=1+1", "+55", "-1", "@SUM(A1)", "\t=1"])
    def test_writes_no_formula_and_reads_its_own_guard_off_again(self, cell):
        written = sheets.write_lines([[cell, "b"]])

        assert written.lstrip('"').startswith("'")
        assert sheets._cell([f"'{cell}"], 0) == cell


class TestImport:
    def test_creates_customers_with_what_their_line_says(self, ana):
        tier_id = add_tier(name="Ouro", at=NOON)

        done = take_in(
            ana, f"{HEADER}\nJoão;J@x.example;529.982.247-25;(41) 9999-0000;ouro;vip|b2b"
        )

        assert (done.state, done.created, done.wrong) == (Exchange.DONE, 1, 0)
        (row,) = customers(Wanted(text="joao")).customers
        profile = customer_detail(row.id).profile
        assert (profile.email, profile.document) == ("j@x.example", "52998224725")
        assert (profile.tier_id, profile.phone) == (tier_id, "4199990000")
        assert profile.tags == ("b2b", "vip")

    def test_the_same_file_twice_creates_nobody_twice(self, ana):
        text = f"Nome;Email;CPF\n{lines(150)}\nSem Documento;s@x.example;"

        first, second = take_in(ana, text), take_in(ana, text)

        assert (first.created, first.known) == (151, 0)
        assert (second.created, second.known) == (0, 151)
        assert Customer.objects.count() == 151

    def test_creates_nobody_from_a_line_that_says_who_one_before_it_said(self, ana):
        cpf = a_cpf()
        text = (
            "Nome;Email;CPF\n;primeira@x.example;\n"
            f"Um;um@x.example;{cpf}\nDois;dois@x.example;\n{lines(100)}\n"
            f"Um outra vez;outro@x.example;{cpf}\nDois com CPF;DOIS@x.example;{a_cpf()}\n"
            "Primeira;primeira@x.example;\n"
        )

        done = take_in(ana, text)

        assert (done.created, done.known, done.wrong) == (103, 0, 3)
        assert faults_of(done.id)[1:] == [
            (105, RowFault("document", "repeated", 3)),
            (106, RowFault("email", "repeated", 4)),
        ]
        page = "".join(
            str(part) for part in import_progress(done, faults_of(done.id), url="/importacao/")
        )
        assert "É o mesmo da linha 3." in page

    def test_says_of_each_line_beyond_the_limit_that_there_is_no_room(self, ana, published):
        terms = Terms(is_enabled=True, limits={"customers": 2}, ends_at=None)
        set_terms(product=ProductKey.HOSTING, terms=terms, at=NOON)

        done = take_in(ana, f"Nome;Email;CPF\n{lines(4)}")

        assert (done.state, done.created, done.wrong) == (Exchange.DONE, 2, 2)
        assert {fault.code for _line, fault in faults_of(done.id)} == {"limit_reached"}
        (told,) = [one for one in published if isinstance(one, TenantLimitReached)]
        assert (told.limit, told.used, told.most) == ("customers", 2, 2)

    def test_a_step_twice_reads_its_lines_once(self, ana):
        import_id = upload(ana, f"Nome;Email;CPF\n{lines(120)}")
        columns = dict(preview(import_id).columns)
        importing.start_import(import_id=import_id, columns=columns, at=NOON)

        for _ in range(2):
            importing.take_import_step(import_id=import_id, position=0, at=NOON)

        assert customer_import(import_id).position == 100
        assert Customer.objects.count() == 100

    def test_goes_on_from_where_it_was(self, ana):
        done = take_in(ana, f"Nome;Email;CPF\n{lines(250)}")

        assert (done.position, done.created) == (250, 250)
        assert Customer.objects.count() == 250

    def test_fetches_no_more_than_the_lines_of_a_step(self, ana):
        import_id = upload(ana, f"Nome;Email;CPF\n{lines(250)}")
        importing.start_import(import_id=import_id, columns={"name": 0, "email": 1}, at=NOON)

        with CaptureQueriesContext(connection) as said:
            importing.take_import_step(import_id=import_id, position=0, at=NOON)

        (fetched,) = [query["sql"] for query in said if '"content"' in query["sql"]]
        assert fetched.startswith("SELECT SUBSTRING(")

    def test_of_before_files_were_surveyed_is_still_read(self, ana):
        import_id = upload(ana, f"Nome;Email;CPF\n{lines(120)}")
        columns = dict(preview(import_id).columns)
        CustomerImport.objects.update(layout=None)

        importing.start_import(import_id=import_id, columns=columns, at=NOON)
        run_jobs()

        assert customer_import(import_id).created == 120

    def test_whose_job_died_for_good_says_so_and_keeps_no_file(self, ana, monkeypatch):
        import_id = upload(ana, f"Nome;Email;CPF\n{lines(150)}")
        columns = dict(preview(import_id).columns)
        importing.start_import(import_id=import_id, columns=columns, at=NOON)
        importing.take_import_step(import_id=import_id, position=0, at=NOON)
        monkeypatch.setattr(jobs, "take_import_step", out_of_order)

        run_jobs(include_delayed=True, raise_failures=False)

        found = customer_import(import_id)
        assert (found.state, found.position, found.created) == (Exchange.FAILED, 100, 100)
        assert bytes(CustomerImport.objects.get().content) == b""
        assert Entry.objects.filter(action="customer_import.failed").count() == 1

    def test_is_not_given_up_by_a_job_that_nobody_waits_for(self, ana):
        import_id = upload(ana, f"Nome;Email;CPF\n{lines(150)}")
        columns = dict(preview(import_id).columns)
        assert not importing.abandon_import(import_id=import_id, position=0, at=NOON)
        importing.start_import(import_id=import_id, columns=columns, at=NOON)
        importing.take_import_step(import_id=import_id, position=0, at=NOON)

        assert not importing.abandon_import(import_id=import_id, position=0, at=NOON)
        assert importing.abandon_import(import_id=import_id, position=100, at=NOON)
        assert not importing.abandon_import(import_id=import_id, position=100, at=NOON)
        importing.take_import_step(import_id=import_id, position=100, at=NOON)
        assert Customer.objects.count() == 100

    def test_tells_every_fault_of_every_line(self, ana):
        done = take_in(
            ana,
            f"{HEADER}\n;semarroba;111.111.111-11;;Bronze;\nBoa;b@x.example;;;;\nX;x@x.example;;;;",
        )

        assert (done.created, done.wrong) == (2, 1)
        assert [(line, f.field, f.code) for line, f in faults_of(done.id)] == [
            (2, "document", "bad_document"),
            (2, "email", "bad_email"),
            (2, "name", "required"),
            (2, "tier", "unknown_tier"),
        ]

    def test_gives_a_cpf_its_zeros_back(self, ana):
        take_in(ana, "Nome;Email;CPF\nZero;z@x.example;191")

        assert Customer.objects.get().document == "00000000191"

    def test_stops_when_it_is_canceled_and_forgets_the_file(self, ana):
        import_id = upload(ana, f"Nome;Email;CPF\n{lines(250)}")
        columns = dict(preview(import_id).columns)
        importing.start_import(import_id=import_id, columns=columns, at=NOON)
        importing.take_import_step(import_id=import_id, position=0, at=NOON)

        assert importing.cancel_import(import_id=import_id, at=NOON)
        assert not importing.cancel_import(import_id=import_id, at=NOON)
        run_jobs()

        assert customer_import(import_id).state == Exchange.CANCELED
        assert Customer.objects.count() == 100

    def test_that_nobody_starts_is_forgotten_after_a_day(self, ana):
        import_id = upload(ana, f"Nome;E-mail;CPF\n{lines(3)}")
        at = CustomerImport.objects.get().created_at

        assert importing.forget_uploads(at=at + timedelta(hours=23)) == 0
        assert importing.forget_uploads(at=at + timedelta(hours=25)) == 1
        assert customer_import(import_id).state == Exchange.CANCELED
        assert bytes(CustomerImport.objects.get().content) == b""

    def test_of_a_closed_company_is_forgotten_too(self, ana, tenant):
        upload(ana, f"Nome;E-mail;CPF\n{lines(3)}")
        CustomerImport.objects.update(created_at=NOON)
        tenant.status = "closed"
        tenant.save()

        jobs.drop_old_files()

        assert CustomerImport.objects.get().state == Exchange.CANCELED

    def test_needs_a_name_and_an_email(self, ana):
        import_id = upload(ana, "Nome\nAna")

        with pytest.raises(ColumnsMissing):
            importing.start_import(import_id=import_id, columns={"name": 0}, at=NOON)

    @pytest.mark.parametrize(
        ("text", "error"),
        [
            ("Nome;Email", UnreadableFile),
            ("\0", UnreadableFile),
            ("Nome;Email\n" + "a;b\n" * 100_001, FileTooLarge),
            ("x" * (20 * 1024 * 1024 + 1), FileTooLarge),
            ("a;" * 101 + "\nb", UnreadableFile),
            ('"a\n' + '";"a' * 101 + '"\nb', UnreadableFile),
        ],
    )
    def test_refuses_a_file_that_is_none_or_too_large(self, ana, text, error):
        with pytest.raises(error):
            upload(ana, text)

    def test_the_neighbours_file_is_not_there(self, ana, other_tenant):
        with other_tenant:
            theirs = upload(ana, "Nome;Email\na;a@x.example")

        with pytest.raises(NoSuchFile):
            preview(theirs)
        with pytest.raises(NoSuchFile):
            importing.cancel_import(import_id=theirs, at=NOON)


class TestExport:
    def export(self, ana, **wanted):
        export_id = exporting.request_export(wanted=Wanted(**wanted), user_id=ana.id, at=NOON)
        run_jobs()
        return export_id

    def test_writes_who_is_on_the_list_without_formulas(self, ana):
        create_customer(profile=a_profile(name="=HYPERLINK(1)", tags=("vip",)), at=NOON)
        create_customer(profile=a_profile(name="Outra"), at=NOON)

        export_id = self.export(ana, tag="vip")
        text = taken_away(export_id, ana)

        assert text.startswith('\ufeff"nome";"e-mail";')
        assert '"\'=HYPERLINK(1)";' in text
        assert "Outra" not in text

    def test_says_the_day_it_was_where_the_company_is(self, ana):
        made = create_customer(profile=a_profile(), at=NOON)
        late_evening = datetime(2026, 9, 2, 1, 30, tzinfo=UTC)  # the first, 22h30 in São Paulo
        Customer.objects.filter(pk=made).update(created_at=late_evening)

        export_id = self.export(ana)
        text = taken_away(export_id, ana)

        assert text.rstrip().endswith(';"2026-09-01"')

    def test_goes_on_where_a_part_ended(self, ana, monkeypatch):
        monkeypatch.setattr(exporting, "STEP", 2)
        for _ in range(5):
            create_customer(profile=a_profile(), at=NOON)

        export_id = self.export(ana)
        text = taken_away(export_id, ana)

        assert text.count("\r\n") == 6
        assert ExportPart.objects.count() == 3

    def test_leaves_part_by_part(self, ana, monkeypatch):
        monkeypatch.setattr(exporting, "STEP", 2)
        for _ in range(5):
            create_customer(profile=a_profile(), at=NOON)
        export_id = self.export(ana)
        parts = exporting.take_away(export_id=export_id, user_id=ana.id, at=datetime.now(UTC))

        with acting(tenant_id=None):  # as the server reads them, when the request is over
            assert [part.count("\r\n") for part in parts] == [3, 2, 1]

    def test_a_part_twice_is_written_once(self, ana):
        export_id = exporting.request_export(wanted=Wanted(), user_id=ana.id, at=NOON)

        for _ in range(2):
            exporting.take_export_step(export_id=export_id, part=0, at=NOON)

        assert ExportPart.objects.count() == 1
        assert queued_jobs() == ["customers.write_part"]

    def test_whose_job_died_for_good_says_so_and_leaves_nothing(self, ana, monkeypatch):
        monkeypatch.setattr(exporting, "STEP", 2)
        for _ in range(3):
            create_customer(profile=a_profile(), at=NOON)
        export_id = exporting.request_export(wanted=Wanted(), user_id=ana.id, at=NOON)
        exporting.take_export_step(export_id=export_id, part=0, at=NOON)
        monkeypatch.setattr(jobs, "take_export_step", out_of_order)

        run_jobs(include_delayed=True, raise_failures=False)

        assert customer_export(export_id, user_id=ana.id).state == Exchange.FAILED
        assert not ExportPart.objects.exists()
        assert Entry.objects.filter(action="customer_export.failed").count() == 1
        with pytest.raises(NoSuchFile):
            exporting.take_away(export_id=export_id, user_id=ana.id, at=datetime.now(UTC))

    def test_is_for_who_asked_and_for_a_day(self, ana):
        export_id = self.export(ana)
        at = datetime.now(UTC)

        with pytest.raises(NoSuchFile):
            exporting.take_away(export_id=export_id, user_id=a_person("b@x.example").id, at=at)
        with pytest.raises(NoSuchFile):
            exporting.take_away(
                export_id=export_id, user_id=ana.id, at=at + timedelta(hours=25)
            )
        assert exporting.forget_exports(at=at + timedelta(hours=25)) == 1


class TestCheck:
    def test_says_what_the_first_lines_would_become_and_does_nothing(self, ana):
        known = a_cpf()
        create_customer(profile=a_profile(document=known), at=NOON)
        twice = a_cpf()
        text = (
            "Nome;Email;CPF\n"
            f"Um;um@example.com;{a_cpf()}\n"
            f"Já é;ja@example.com;{known}\n"
            ";sem-nome;123\n"
            f"Dois;dois@example.com;{twice}\n"
            f"De novo;dois@example.com;{twice}\n"
        )
        import_id = upload(ana, text)
        before = Customer.objects.count()

        checked = check(import_id, preview(import_id).columns)

        assert (checked.lines, checked.ready, checked.known, checked.wrong) == (5, 2, 1, 2)
        assert [(line, fault.field, fault.code) for line, fault in checked.faults] == [
            (4, "name", "required"),
            (4, "email", "bad_email"),
            (4, "document", "bad_document"),
            (6, "document", "repeated"),
        ]
        assert checked.faults[-1][1].line == 5
        assert Customer.objects.count() == before
        assert customer_import(import_id).state == Exchange.WAITING

    def test_agrees_with_what_becomes_of_them(self, ana):
        text = f"Nome;Email;CPF\n{lines(30)}\n;x;1\n"
        import_id = upload(ana, text)
        columns = dict(preview(import_id).columns)
        checked = check(import_id, columns)

        importing.start_import(import_id=import_id, columns=columns, at=NOON)
        run_jobs()

        found = customer_import(import_id)
        assert (checked.ready, checked.known, checked.wrong) == (
            found.created,
            found.known,
            found.wrong,
        )

    def test_looks_at_the_beginning_of_a_long_file_only(self, ana):
        import_id = upload(ana, f"Nome;Email;CPF\n{lines(450)}")

        checked = check(import_id, preview(import_id).columns)

        assert (checked.lines, checked.total) == (200, 450)
