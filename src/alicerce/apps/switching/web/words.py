"""Codes of switching, in the reader's language: what is so, and what to do about it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from alicerce.apps.switching.types import DifferenceKind, DumpStage, Outcome, Place
from alicerce.ui.component import Words
from alicerce.ui.status import Status, Statuses

STAGES: Statuses = {
    DumpStage.READING: Status("info", _("Lendo"), live=True),
    DumpStage.EXAMINING: Status("info", _("Conferindo"), live=True),
    DumpStage.EXAMINED: Status("warn", _("Conferida")),
    DumpStage.BRINGING: Status("info", _("Trazendo"), live=True),
    DumpStage.BROUGHT: Status("ok", _("Trazida")),
    DumpStage.FAILED: Status("bad", _("Falhou")),
    DumpStage.CANCELED: Status("", _("Cancelada")),
}
OUTCOMES: Statuses = {
    Outcome.OK: Status("ok", _("Vem")),
    Outcome.WARNED: Status("warn", _("Vem, com aviso")),
    Outcome.REFUSED: Status("bad", _("Não vem")),
}
PLACES: Mapping[str, Words] = {
    Place.PRODUCTS: _("Produtos"),
    Place.ADDONS: _("Adicionais à venda"),
    Place.CLIENTS: _("Clientes"),
    Place.HOSTING: _("Serviços"),
    Place.HOSTING_ADDONS: _("Adicionais dos clientes"),
    Place.DOMAINS: _("Domínios"),
    Place.INVOICES: _("Faturas"),
    Place.PAYMENTS: _("Transações"),
    Place.TICKETS: _("Chamados"),
}
REMARKS: Mapping[str, tuple[Words, Words]] = {
    "email_missing": (
        _("O cliente não tem um e-mail que sirva."),
        _("Corrija o e-mail no WHMCS e envie uma cópia nova."),
    ),
    "name_missing": (_("Falta o nome."), _("Preencha o nome no WHMCS e envie uma cópia nova.")),
    "currency_unknown": (
        _("A moeda do cliente não existe na cópia."),
        _("Confira a moeda do cliente no WHMCS."),
    ),
    "document_missing": (
        _("O cliente não tem CPF nem CNPJ."),
        _("Ele vem assim mesmo. Preencha o documento antes de emitir nota fiscal."),
    ),
    "document_invalid": (
        _("O CPF ou CNPJ não confere."),
        _("O cliente vem sem documento. Corrija aqui ou no WHMCS."),
    ),
    "document_repeated": (
        _("Outro cliente da cópia tem o mesmo documento."),
        _("Os dois vêm, e o segundo fica marcado como repetido."),
    ),
    "same_client": (
        _("Outro cliente da cópia tem o mesmo e-mail e documento."),
        _("Os dois viram um cliente só."),
    ),
    "known_customer": (
        _("Já é seu cliente aqui."),
        _("O cadastro daqui não muda; os serviços dele vêm para este cliente."),
    ),
    "address_incomplete": (
        _("O endereço está incompleto."),
        _("O cliente vem sem endereço de cobrança."),
    ),
    "address_abroad": (
        _("O endereço é de outro país."),
        _("O cliente vem sem endereço de cobrança."),
    ),
    "credit_below_zero": (
        _("O crédito do cliente é negativo."),
        _("O saldo começa em zero. Confira o crédito no WHMCS."),
    ),
    "client_refused": (
        _("O cliente não vem, ou não está na cópia."),
        _("Resolva primeiro a linha do cliente."),
    ),
    "product_unknown": (
        _("O produto do serviço não está na cópia."),
        _("Confira se o produto foi apagado no WHMCS."),
    ),
    "package_missing": (
        _("O produto não diz o pacote do WHM."),
        _("Preencha o pacote no plano antes de vender por ele."),
    ),
    "not_started": (
        _("O serviço ainda não começou lá."),
        _("Aceite ou cancele o pedido no WHMCS e envie uma cópia nova."),
    ),
    "amount_unreadable": (
        _("O valor não dá para ler."),
        _("Corrija o valor no WHMCS e envie uma cópia nova."),
    ),
    "cycle_unknown": (
        _("O ciclo não existe aqui."),
        _("Mude o ciclo no WHMCS, ou crie a assinatura aqui."),
    ),
    "years_unknown": (
        _("O domínio se renova por mais de três anos."),
        _("Mude o período no WHMCS, ou renove o domínio à parte."),
    ),
    "due_date_missing": (
        _("Falta a data de vencimento."),
        _("Preencha o próximo vencimento no WHMCS e envie uma cópia nova."),
    ),
    "not_recurring": (
        _("É grátis ou foi pago uma vez."),
        _("O serviço vem, e nada é cobrado por ele."),
    ),
    "promotion_unknown": (
        _("O cupom do serviço não está na cópia."),
        _("O serviço vem sem desconto. Confira o valor."),
    ),
    "price_overridden": (
        _("O cupom troca o preço por outro."),
        _("Vem como um desconto que dá o mesmo valor."),
    ),
    "invoice_status_unknown": (
        _("A fatura está em um estado desconhecido."),
        _("Confira a fatura no WHMCS."),
    ),
    "lines_sum_to_another": (
        _("Os itens não somam o total da fatura."),
        _("Vem com o total, que é o que vale."),
    ),
    "date_unreadable": (_("A data não dá para ler."), _("Corrija a data no WHMCS.")),
}
FAULTS: Mapping[str, Words] = {
    "not_a_book": _("Este arquivo não é uma cópia do banco de dados do WHMCS."),
    "columns_missing": _("Faltam tabelas ou colunas. É preciso uma cópia do WHMCS 8 inteira."),
    "columns_unknown": _("A cópia não diz as colunas. Gere-a com as estruturas das tabelas."),
    "other_columns": _("Uma linha tem mais ou menos colunas do que a tabela."),
    "cut_short": _("O arquivo termina no meio. Gere a cópia e envie de novo."),
    "not_understood": _("O arquivo não é um dump de MariaDB ou MySQL que se entenda."),
    "row_too_long": _("Uma linha é grande demais."),
    "row_twice": _("A mesma linha aparece duas vezes."),
    "statement_too_long": _("Um comando do arquivo é grande demais."),
    "too_much_inside": _("O arquivo cresce demais ao ser aberto."),
    "stopped": _("A leitura parou por uma falha nossa. Envie o arquivo de novo."),
    "limit_reached": _("A empresa chegou ao limite de clientes do seu plano."),
}
KINDS: Mapping[str, tuple[Words, Words]] = {
    DifferenceKind.AMOUNT: (
        _("Outro valor"),
        _("O WHMCS cobrou outro valor, e nenhuma regra diz por quê. Veja a fatura de lá."),
    ),
    DifferenceKind.ONLY_HERE: (
        _("Só aqui"),
        _("Aqui se cobraria este período, e o WHMCS não cobrou."),
    ),
    DifferenceKind.ONLY_THERE: (
        _("Só lá"),
        _("O WHMCS cobrou este período, e aqui não se cobraria."),
    ),
    DifferenceKind.NEXT_DATE: (
        _("Outro próximo vencimento"),
        _("O próximo período começa em outro dia."),
    ),
    DifferenceKind.STATUS: (_("Outro estado"), _("O serviço está em outro estado.")),
    DifferenceKind.TAX: (
        _("Imposto"),
        _(
            "O imposto segue linhas que diferem, ou é um centavo de arredondamento; sem imposto somado "
            "ao preço aqui, escreva-o em Impostos e compare de novo."
        ),
    ),
    DifferenceKind.TAX_AMOUNT: (
        _("Outro imposto"),
        _("As linhas são as mesmas, e o imposto somado não: confira a alíquota e as isenções."),
    ),
    DifferenceKind.LATE_FEE: (
        _("Multa por atraso"),
        _("O WHMCS põe a multa na mesma fatura; aqui ela é uma fatura própria."),
    ),
    DifferenceKind.BY_HAND: (_("Item à mão"), _("Alguém acrescentou o item à fatura.")),
    DifferenceKind.PRICE_CHANGED: (
        _("Preço mudado lá"),
        _("O preço do serviço mudou no WHMCS depois da cópia anterior. Trazer esta resolve."),
    ),
    DifferenceKind.PRORATED: (
        _("Proporcional"),
        _("O item é de menos dias do que um período, e cobra estes dias."),
    ),
    DifferenceKind.UPGRADED: (
        _("Troca de plano"),
        _("O WHMCS cobrou a diferença de uma troca de plano."),
    ),
    DifferenceKind.NEW_SERVICE: (
        _("Serviço novo"),
        _("Foi contratado depois da cópia anterior. Trazer esta resolve."),
    ),
    DifferenceKind.NOT_BROUGHT: (
        _("Não trazido"),
        _("A linha do serviço foi recusada, ou ele não está na cópia. Veja o relatório."),
    ),
    DifferenceKind.NOT_RUNNING: (
        _("Não corre aqui"),
        _("Aqui o que está suspenso ou encerrado não é cobrado; o WHMCS cobrou."),
    ),
    DifferenceKind.CHANGED_THERE: (
        _("Mudou lá"),
        _(
            "O serviço mudou de estado, ou a fatura foi cancelada lá. Trazer esta cópia resolve."
        ),
    ),
    DifferenceKind.AWAITS_PAYMENT: (
        _("Espera pagamento"),
        _("O WHMCS só fatura o próximo período quando o anterior é pago."),
    ),
    DifferenceKind.CHANGED_HERE: (
        _("Mudado aqui"),
        _("Alguém mudou a assinatura aqui depois de trazê-la."),
    ),
}


def remark_words(code: str) -> tuple[Words, Words]:
    return REMARKS.get(code, (code, ""))
