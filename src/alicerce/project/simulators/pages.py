"""The HTML of the control page."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from starlette.responses import HTMLResponse

from alicerce.kernel.money import Money
from alicerce.project.simulators.merchants import merchants
from alicerce.project.simulators.town import KNOWN_FAULTS
from alicerce.vendors.pix.valor import read_valor
from alicerce.vendors.resolver.simulator import KINDS

PAGE = """<!doctype html>
<html lang="pt-BR">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
{refresh}<title>{title} · Simuladores</title><link rel="stylesheet" href="/control.css">
</head>
<body>
<header><strong>Simuladores</strong><nav>{links}</nav></header>
<main><h1>{title}</h1>{body}</main>
</body>
</html>"""
LINKS = (
    ("/", "Provedores"),
    ("/faults", "Falhas"),
    ("/inbox", "Correio"),
    ("/names", "DNS"),
    ("/calls", "Chamadas"),
)
REFRESH = '<meta http-equiv="refresh" content="4">'
STATUS = {
    "ATIVA": "aberta",
    "CONCLUIDA": "paga",
    "REMOVIDA_PELO_USUARIO_RECEBEDOR": "removida",
    "open": "aberta",
    "complete": "concluída",
    "expired": "expirada",
    "paid": "paga",
    "unpaid": "não paga",
    "no_payment_required": "guarda um cartão",
    "won": "ganha",
    "lost": "perdida",
    "warning_closed": "aviso encerrado",
}
DECIDED = {"won", "lost", "warning_closed", "prevented"}
PAYOUT = {"in_transit": "a caminho", "paid": "pago", "failed": "voltou"}
ONE_CENT, ONE_REAL = 1, 100
BANK = (
    '<p><a href="/bank.ofx">Baixar em OFX</a> · '
    f'<a href="/bank.ofx?short={ONE_REAL}">Baixar com os repasses R$ 1,00 a menos</a> · '
    f'<a href="/bank.ofx?short={ONE_REAL}&amp;parts=2">Cada um em duas linhas, R$ 1,00 a menos</a></p>'
)

Row = Mapping[str, Any]


def front(state: Row) -> HTMLResponse:
    parts = [
        _section(
            "Servidores WHM", _table(("Servidor", "Contas", ""), map(_server, state["whm"]))
        ),
        _section(
            "Cobranças Pix", _table(("Cobrança", "Valor", ""), map(_charge, state["pix"]))
        ),
        _section(
            "Pix Automático: autorizações",
            _table(("Autorização", "Estado", ""), map(_recurrence, state["recurrences"])),
        ),
        _section(
            "Pix Automático: débitos",
            _table(("Débito", "Valor", ""), map(_debit, state["debits"])),
        ),
        _section(
            "Sessões Stripe", _table(("Sessão", "Valor", ""), map(_session, state["stripe"]))
        ),
        _section("Repasses da Stripe ao banco", _payouts(state["payouts"])),
        _section(
            "Contas sob a plataforma na Stripe",
            _table(("Conta", "Estado", ""), merchants(state["merchants"], _button)),
        ),
        _section("Extrato do banco", BANK),
    ]
    return _page("Provedores", "".join(parts), refresh=True)


def faults(rates: Row) -> HTMLResponse:
    groups = "".join(_group(provider, rates[provider]) for provider in KNOWN_FAULTS)
    seed = '<label>Semente <input name="seed" type="number"></label>'
    intro = "<p>Cada falha acontece nesta proporção das chamadas, de 0 a 1.</p>"
    form = f'<form method="post" action="/faults">{groups}{seed}<button>Guardar</button></form>'
    return _page("Falhas", intro + form)


def inbox(letters: Sequence[Row]) -> HTMLResponse:
    rows = (
        (
            f'<a href="/inbox/{escape(one["id"])}">{escape(one["subject"] or "(sem assunto)")}</a>',
            escape(", ".join(one["to"])),
            escape(one["at"]),
        )
        for one in letters
    )
    return _page("Correio", _table(("Assunto", "Para", "Chegou"), rows), refresh=True)


def letter(one: Row) -> HTMLResponse:
    facts = f"<p>De {escape(one['sender'])} para {escape(', '.join(one['to']))}, {escape(one['at'])}</p>"
    return _page(one["subject"] or "(sem assunto)", f"{facts}<pre>{escape(one['text'])}</pre>")


def calls(found: Sequence[Row]) -> HTMLResponse:
    rows = (
        (
            escape(call["at"]),
            f"<strong>{escape(call['provider'])}</strong> {escape(call['operation'])}",
            escape(call["outcome"]),
            f"<code>{escape(str(call['params']))}</code>",
        )
        for call in found
    )
    table = _table(("Quando", "Chamada", "Resposta", "Parâmetros"), rows)
    return _page("Chamadas", table, refresh=True)


def refusal(said: str, status: int) -> HTMLResponse:
    return _page("Não foi possível", f"<p>{escape(said)}</p>", status=status)


def _server(server: Row) -> tuple[str, ...]:
    name, number = escape(server["name"]), server["number"]
    mark = "no ar" if server["up"] else "fora do ar"
    button = (
        _button(f"/whm/{number}/down", "Derrubar")
        if server["up"]
        else _button(f"/whm/{number}/up", "Levantar")
    )
    return f"<strong>{name}</strong> {mark}", str(len(server["accounts"])), button


def _charge(charge: Row) -> tuple[str, ...]:
    txid, status = escape(charge["txid"]), charge["status"]
    original = read_valor(charge["valor"]["original"])
    return (
        f"<code>{txid}</code> {STATUS.get(status, escape(status))}",
        str(original),
        _open_charge(txid, original) if status == "ATIVA" else _paid_charge(txid),
    )


def _recurrence(one: Row) -> tuple[str, ...]:
    name, status = escape(one["idRec"]), escape(one["status"])
    buttons = {
        "CRIADA": _button(f"/rec/{name}/agree", "Autorizar")
        + _button(f"/rec/{name}/refuse", "Recusar"),
        "APROVADA": _button(f"/rec/{name}/refuse", "Cancelar no banco"),
    }
    return f"<code>{name}</code>", status, buttons.get(one["status"], "")


def _debit(one: Row) -> tuple[str, ...]:
    txid = escape(one["txid"])
    tries = ", ".join(escape(f"{x['dataLiquidacao']} {x['status']}") for x in one["tentativas"])
    settle = f"/cobr/{txid}/settle"
    buttons = (
        _button(settle, "Debitar")
        + _button(settle, "Sem saldo", funds=0)
        + _button(settle, "Conta encerrada", code="AC05")
    )
    return (
        f"<code>{txid}</code> {escape(one['status'])} ({tries})",
        str(read_valor(one["valor"]["original"])),
        buttons if one["status"] == "ATIVA" else "",
    )


def _open_charge(txid: str, original: Money) -> str:
    wrong = original.cents + ONE_CENT
    return (
        _button(f"/pix/{txid}/pay", "Pagar")
        + _button(f"/pix/{txid}/pay", "Pagar valor errado", cents=wrong)
        + _button(f"/pix/{txid}/pay", "Pagar duas vezes", times=2)
        + _button(f"/pix/{txid}/pay", "Pagar sem avisar", silent=1)
    )


def _paid_charge(txid: str) -> str:
    again = _button(f"/pix/{txid}/pay", "Pagar de novo", late=1)
    back = _button(f"/pix/{txid}/take-back", "Devolver por MED")
    return _button(f"/pix/{txid}/resend", "Enviar webhook de novo") + again + back


def _session(session: Row) -> tuple[str, ...]:
    marks = [STATUS.get(str(session[name]), "?") for name in ("status", "payment_status")]
    said = f"<code>{escape(session['id'])}</code> {', '.join(marks)}"
    if session["mode"] == "setup":  # keeps a card: no money, and its page does the rest
        return said, "", ""
    amount = Money(session["amount_total"], session["currency"].upper())
    return said, str(amount), _session_buttons(session, amount)


def _session_buttons(session: Row, amount: Money) -> str:
    place = f"/stripe/{escape(session['id'])}"
    if session["status"] == "open":
        return (
            _button(f"{place}/pay", "Pagar")
            + _button(f"{place}/pay", "Pagar valor errado", cents=amount.cents + ONE_CENT)
            + _button(f"{place}/pay", "Deixar pendente", **{"async": 1})
            + _button(f"{place}/pay", "Pagar sem avisar", silent=1)
        )
    resend = _button(f"{place}/resend", "Enviar webhook de novo")
    if session["status"] == "complete" and session["payment_status"] == "unpaid":
        settle = f"{place}/settle"
        return _button(settle, "Confirmar") + _button(settle, "Negar", succeeded=0) + resend
    return resend + _dispute_buttons(session, place)


def _dispute_buttons(session: Row, place: str) -> str:
    """What the payer's bank may do about a payment that was made."""
    if session["payment_status"] != "paid":
        return ""
    if session["dispute"] is None:
        asks = _button(f"{place}/dispute", "Aviso antecipado", inquiry=1)
        return _button(f"{place}/dispute", "Abrir disputa") + asks
    if session["dispute"] in DECIDED:
        return f" disputa: {escape(STATUS.get(str(session['dispute']), '?'))}"
    return _button(f"{place}/win", "Ganhar") + _button(f"{place}/lose", "Perder")


def _payouts(found: Sequence[Row]) -> str:
    make = _button("/stripe/payouts", "Mandar ao banco") + _button(
        "/stripe/payouts", "Mandar R$ 1,00 a menos", short=ONE_REAL
    )
    return make + _table(("Repasse", "Valor", ""), map(_payout, found))


def _payout(payout: Row) -> tuple[str, ...]:
    end = f"/stripe/payouts/{escape(payout['id'])}/end"
    back = _button(end, "Voltou", succeeded=0)
    buttons = {"in_transit": _button(end, "Chegou ao banco") + back, "paid": back}
    return (
        f"<code>{escape(payout['id'])}</code> {PAYOUT.get(payout['status'], '?')}",
        str(Money(payout["amount"], payout["currency"].upper())),
        buttons.get(payout["status"], ""),
    )


def names(records: Sequence[Row]) -> HTMLResponse:
    kinds = "".join(f"<option>{kind}</option>" for kind in KINDS)
    form = (
        '<form method="post" action="/dns">'
        '<label>Nome <input name="name" required></label>'
        f'<label>Tipo <select name="type">{kinds}</select></label>'
        '<label>Valores, um por linha <textarea name="values" rows="2"></textarea></label>'
        "<button>Guardar</button></form><p>Sem valores, o registro some.</p>"
    )
    rows = (
        (escape(one["name"]), one["type"], "<br>".join(map(escape, one["values"])))
        for one in records
    )
    return _page("DNS", form + _table(("Nome", "Tipo", "Valores"), rows))


def _group(provider: str, rates: Mapping[str, float]) -> str:
    fields = "".join(
        f'<label>{escape(fault)} <input name="{provider}.{escape(fault)}" type="number"'
        f' min="0" max="1" step="any" value="{rates.get(fault, 0):g}"></label>'
        for fault in KNOWN_FAULTS[provider]
    )
    return f"<fieldset><legend>{provider}</legend>{fields}</fieldset>"


def _button(action: str, text: str, **hidden: int | str) -> str:
    fields = "".join(f'<input type="hidden" name="{k}" value="{v}">' for k, v in hidden.items())
    return (
        f'<form method="post" action="{action}">{fields}<button>{escape(text)}</button></form>'
    )


def _section(title: str, body: str) -> str:
    return f"<section><h2>{title}</h2>{body}</section>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Cells are HTML already."""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    if not body:
        return '<p class="empty">Nada por enquanto.</p>'
    head = "".join(f"<th>{name}</th>" for name in heads)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _page(title: str, body: str, *, refresh: bool = False, status: int = 200) -> HTMLResponse:
    links = "".join(f'<a href="{href}">{text}</a>' for href, text in LINKS)
    page = PAGE.format(
        title=escape(title), body=body, links=links, refresh=REFRESH if refresh else ""
    )
    return HTMLResponse(page, status, headers={"Cache-Control": "no-store"})
