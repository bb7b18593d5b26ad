"""The world as `mysqldump` writes it: tables, columns and quoting of a WHMCS 8 database."""

import gzip
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import TextIO

from alicerce.vendors.whmcs.world import (
    ADDONS,
    MONTHS,
    PRODUCTS,
    PROMOTIONS,
    Invoice,
    Service,
    World,
)

ROWS_AT_ONCE = 200
HEAD = (
    "-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB, for debian-linux-gnu (x86_64)\n"
    "-- Host: localhost    Database: whmcs\n/*!40101 SET NAMES utf8mb4 */;\n"
    "/*!40103 SET TIME_ZONE='+00:00' */;\n"
)
NEVER = "0000-00-00"
SECRET = "$2y$10$nothing.of.this.may.ever.leave.the.dump"  # noqa: S105 - a hash of nothing
Cell = str | int | None


def write_dump(world: World, path: Path) -> None:
    """As of the end of the world's last day; zipped where the name ends so."""
    with _opened(path) as paper:
        paper.write(HEAD)
        for table, columns, rows in tables(world):
            paper.writelines(_table(table, columns.split(), rows))
        paper.write(f"-- Dump completed on {world.today:%Y-%m-%d}  3:10:00\n")


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "wt", encoding="utf-8")
    return path.open("w", encoding="utf-8")


def _table(table: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    yield f"\nDROP TABLE IF EXISTS `{table}`;\nCREATE TABLE `{table}` (\n"
    yield ",\n".join(f"  `{name}` text NOT NULL COMMENT 'it''s; so'" for name in columns)
    yield "\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;\n"
    yield f"LOCK TABLES `{table}` WRITE;\n"
    told = iter(rows)
    while some := list(islice(told, ROWS_AT_ONCE)):
        values = ",".join("(" + ",".join(map(_quoted, row)) + ")" for row in some)
        yield f"INSERT INTO `{table}` VALUES {values};\n"  # noqa: S608 - text, run by nobody
    yield "UNLOCK TABLES;\n"


def _quoted(cell: Cell) -> str:
    if cell is None:
        return "NULL"
    if isinstance(cell, int):
        return str(cell)
    bare = cell.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{bare}'"


def money(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def tables(world: World) -> Iterator[tuple[str, str, Iterable[Sequence[Cell]]]]:
    yield from _small()
    yield (
        "tblclients",
        (
            "id uuid firstname lastname companyname email address1 address2 city state postcode country "
            "phonenumber tax_id password currency credit taxexempt status language datecreated cardnum"
        ),
        (
            (
                c.id, f"u{c.id}", c.firstname, c.lastname, c.company, c.email, c.street, "Centro",
                c.city[0], c.city[1], c.city[2], c.country, "(11) 91234-5678", "", SECRET, 1,
                money(c.credit), 0 if c.taxed else 1, c.status, "portuguese-br", "2023-05-02", "",
            )
            for c in world.clients
        ),
    )  # fmt: skip
    yield (
        "tblcustomfieldsvalues",
        "id fieldid relid value",
        ((c.id, 1, c.id, c.document) for c in world.clients if c.document),
    )
    yield (
        "tblcontacts",
        "id userid firstname lastname email phonenumber password",
        ((c.id, c.id, "Setor", "Financeiro", mail, "", SECRET) for c in world.clients for mail in c.contacts),
    )  # fmt: skip
    yield from _services(world)
    yield from _money(world)
    yield from _tickets(world)


def _small() -> Iterator[tuple[str, str, Iterable[Sequence[Cell]]]]:
    settings = {
        "CreateInvoiceDaysBefore": "14", "TaxEnabled": "on", "TaxType": "Exclusive",
        "ContinuousInvoiceGeneration": "", "DateFormat": "DD/MM/YYYY", "SMTPPassword": SECRET,
    }  # fmt: skip
    yield (
        "tblconfiguration",
        "id setting value",
        ((place, name, value) for place, (name, value) in enumerate(settings.items(), start=1)),
    )
    yield (
        "tblcurrencies",
        "id code prefix suffix format rate default",
        [(1, "BRL", "R$ ", "", 3, "1.00000", 1)],
    )
    yield "tblproductgroups", "id name", [(1, "Hospedagem"), (2, "Serviços")]
    yield (
        "tblproducts",
        "id type gid name description paytype servertype configoption1 tax",
        (
            (id_, "hostingaccount" if package else "other", 1 if package else 2, name, "Sites & e-mail",
             "recurring", "cpanel" if package else "", package, 1)
            for id_, name, package, _ in PRODUCTS
        ),
    )  # fmt: skip
    yield (
        "tbladdons",
        "id name description billingcycle tax",
        ((i, name, "", "recurring", 1) for i, name, _ in ADDONS),
    )
    yield (
        "tblpricing",
        "id type currency relid msetupfee monthly quarterly semiannually annually biennially triennially",
        (
            (place, kind, 1, id_, "0.00", money(cents), money(cents * 3), "-1.00", money(cents * 12), "-1.00", "-1.00")
            for place, (kind, id_, cents) in enumerate(
                [*(("product", p[0], p[3]) for p in PRODUCTS), *(("addon", a[0], a[2]) for a in ADDONS)],
                start=1,
            )
        ),
    )  # fmt: skip
    yield (
        "tblpromotions",
        "id code type recurring value recurfor",
        ((id_, code, kind, 1, value, cycles) for id_, code, kind, value, cycles in PROMOTIONS),
    )
    yield "tblservers", "id name hostname ipaddress type password accesshash", [
        (1, "srv1", "srv1.exemplo.com.br", "192.0.2.10", "cpanel", SECRET, SECRET)
    ]  # fmt: skip
    yield "tblcustomfields", "id type relid fieldname", [(1, "client", 0, "CPF/CNPJ")]
    yield "tbltax", "id level name state country taxrate", [(1, 1, "ISS", "", "BR", "2.00")]


def _services(world: World) -> Iterator[tuple[str, str, Iterable[Sequence[Cell]]]]:
    own = {
        table: [s for s in world.services if s.table == table]
        for table in ("tblhosting", "tblhostingaddons", "tbldomains")
    }
    yield (
        "tblhosting",
        (
            "id userid packageid server regdate domain firstpaymentamount amount billingcycle nextduedate "
            "nextinvoicedate domainstatus username password promoid promocount suspendreason"
        ),
        (
            (
                s.id, s.client.id, s.product, 1, f"{s.since}", s.domain, money(s.cents), money(s.cents),
                s.cycle, f"{s.due}", f"{_next_invoice(s)}", s.status, f"site{s.id}"[:8], SECRET,
                s.promotion, s.promoted, s.reason,
            )
            for s in own["tblhosting"]
        ),
    )  # fmt: skip
    yield (
        "tblhostingaddons",
        "id hostingid addonid userid name qty setupfee recurring billingcycle status regdate nextduedate",
        (
            (s.id, s.parent, s.product, s.client.id, "", 1, "0.00", money(s.cents), s.cycle, s.status,
             f"{s.since}", f"{s.due}")
            for s in own["tblhostingaddons"]
        ),
    )  # fmt: skip
    yield (
        "tbldomains",
        (
            "id userid type registrationdate domain recurringamount registrationperiod expirydate promoid "
            "status nextduedate donotrenew"
        ),
        (
            (s.id, s.client.id, "Register", f"{s.since}", s.domain, money(s.cents), s.years, f"{s.due}",
             0, s.status, f"{s.due}", 0)
            for s in own["tbldomains"]
        ),
    )  # fmt: skip


def _next_invoice(service: Service) -> date:
    if service.due in service.invoiced:
        return service.due + timedelta(days=30 * MONTHS[service.cycle])
    return service.due


def _money(world: World) -> Iterator[tuple[str, str, Iterable[Sequence[Cell]]]]:
    yield (
        "tblinvoices",
        "id userid invoicenum date duedate datepaid subtotal credit tax tax2 total taxrate taxrate2 status",
        (_invoice(one) for one in world.invoices),
    )
    yield (
        "tblinvoiceitems",
        "id invoiceid userid type relid description amount taxed duedate",
        (
            (
                place,
                one.id,
                one.client.id,
                i.type,
                i.relid,
                i.words,
                money(i.cents),
                1,
                f"{i.due}",
            )
            for place, (one, i) in enumerate(
                ((one, item) for one in world.invoices for item in one.items), start=1
            )
        ),
    )
    yield (
        "tblaccounts",
        "id userid currency gateway date amountin fees amountout transid invoiceid",
        (
            (id_, one.client.id, 0, "pix", f"{on} 12:00:00", money(cents), "0.00", "0.00", f"E{id_:010d}", one.id)
            for id_, one, cents, on in world.payments
        ),
    )  # fmt: skip


def _invoice(one: Invoice) -> Sequence[Cell]:
    paid = f"{one.paid_on} 12:00:00" if one.paid_on else f"{NEVER} 00:00:00"
    return (
        one.id, one.client.id, f"F{one.id:06d}", f"{one.on}", f"{one.due}", paid, money(one.subtotal),
        money(one.credit), money(one.tax), "0.00", money(one.total), "2.00" if one.tax else "0.00",
        "0.00", one.status,
    )  # fmt: skip


def _tickets(world: World) -> Iterator[tuple[str, str, Iterable[Sequence[Cell]]]]:
    asking = world.clients[::7]
    yield (
        "tbltickets",
        "id tid userid name email date title message status urgency lastreply",
        (
            (
                c.id, f"{100000 + c.id}", c.id, f"{c.firstname} {c.lastname}", c.email,
                f"{world.today - timedelta(days=40)} 09:00:00", "Meu site não abre",
                'Olá,\nO site "caiu". Podem ver?', "Closed" if c.id % 2 else "Open", "Medium",
                f"{world.today - timedelta(days=39)} 10:00:00",
            )
            for c in asking
        ),
    )  # fmt: skip
    yield (
        "tblticketreplies",
        "id tid userid name date message admin",
        (
            (c.id, c.id, 0, "", f"{world.today - timedelta(days=39)} 10:00:00", "Está no ar de novo.", "Bia")
            for c in asking
        ),
    )  # fmt: skip
