"""What background work does, as an infinitive. The trail and dead letters keep its name."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.apps.audit.web.money_job_words import MONEY_JOBS

JOBS: Mapping[str, Promise] = {
    **MONEY_JOBS,
    "audit.find_unsealed": _("procurar o que a trilha ainda não selou"),
    "audit.forget_old_visitors": _("esquecer visitantes antigos da trilha"),
    "audit.seal_tenant": _("selar a trilha"),
    "customers.drop_old_files": _("apagar arquivos antigos de clientes"),
    "customers.find_due_rounds": _("procurar convites para enviar"),
    "customers.read_lines": _("ler linhas de uma importação"),
    "customers.write_letters": _("escrever os convites de uma rodada"),
    "customers.write_part": _("escrever parte de uma exportação"),
    "developers.find_old_calls": _("procurar registros antigos da API"),
    "developers.forget_old_calls": _("apagar registros antigos da API"),
    "developers.revoke_keys_of_who_left": _("revogar as chaves de quem saiu"),
    "dns.settle_wanted_zone": _("acertar uma zona de DNS"),
    "endpoints.clear_deleted_endpoint": _("limpar um webhook excluído"),
    "endpoints.find_old_events": _("procurar eventos antigos"),
    "endpoints.find_overdue_deliveries": _("procurar entregas de webhooks atrasadas"),
    "endpoints.forget_old_events": _("apagar eventos antigos"),
    "endpoints.send_due_deliveries": _("entregar webhooks"),
    "hosting.change_package_of_service": _("mudar o pacote de um serviço"),
    "hosting.compare_with_server": _("comparar as contas com o servidor"),
    "hosting.compare_with_servers": _("comparar as contas com os servidores"),
    "hosting.find_due_removals": _("procurar serviços para remover"),
    "hosting.hold_suspended_service": _("suspender um serviço"),
    "hosting.let_resumed_service_go": _("reativar um serviço"),
    "hosting.look_again_at_silent_servers": _("olhar de novo servidores sem resposta"),
    "hosting.look_at_room": _("ver quanto lugar há nos servidores"),
    "hosting.look_at_room_after_order": _("ver quanto lugar sobrou depois de um pedido"),
    "hosting.look_at_server": _("olhar um servidor"),
    "hosting.look_at_servers": _("olhar os servidores"),
    "hosting.open_ordered_service": _("abrir um serviço pedido"),
    "hosting.suspend_ended_service": _("suspender um serviço encerrado"),
    "hosting.take_step": _("dar um passo no servidor"),
    "hostnames.find_due_host_names": _("procurar endereços próprios para conferir"),
    "hostnames.look_at_host_name": _("conferir um endereço próprio"),
    "identity.forget_expired_sessions": _("esquecer sessões vencidas"),
    "marketplace.end_what_they_gave": _("encerrar os acessos que alguém deu"),
    "marketplace.forget_lapsed_tokens": _("apagar tokens vencidos"),
    "marketplace.put_withdrawn_app_out": _("desinstalar um aplicativo retirado"),
    "notify.deliver_message": _("entregar uma mensagem"),
    "notify.tell_both_of_transfer": _("avisar os dois donos de uma transferência"),
    "notify.tell_owners_of_end_of_restriction": _("avisar do fim de uma restrição"),
    "notify.tell_owners_of_restriction": _("avisar de uma restrição"),
    "notify.tell_owners_of_resumption": _("avisar da reativação da empresa"),
    "notify.tell_owners_of_suspension": _("avisar da suspensão da empresa"),
    "notify.tell_payer_of_resumption": _("avisar o pagador da reativação"),
    "notify.tell_payer_of_suspension": _("avisar o pagador da suspensão"),
    "notify.write_to_invited_member": _("escrever a quem foi convidado para a equipe"),
    "notify.write_to_invited_payer": _("escrever a quem foi convidado para pagar"),
    "orders.cancel_order_given_back": _("cancelar um pedido devolvido antes do seu dia"),
    "orders.find_waking_orders": _("procurar pedidos que começam"),
    "orders.see_to_orders_of_sandbox": _("cuidar dos pedidos do ambiente de testes"),
    "orders.send_link_of_invoiced_order": _("enviar o link de um pedido faturado"),
    "orders.wake_todays_orders": _("começar os pedidos do dia"),
    "privacy.build_requested_export": _("montar os dados de uma pessoa"),
    "privacy.erase_due_person": _("apagar os dados de uma pessoa"),
    "privacy.find_due_erasures": _("procurar pessoas para apagar"),
    "privacy.throw_expired_exports_away": _("jogar fora exportações vencidas"),
    "support.open_ticket_for_dead_job": _("abrir um chamado sobre uma tarefa que desistiu"),
    "support.open_ticket_for_due_removal": _("abrir um chamado sobre uma remoção"),
    "support.open_ticket_for_failed_transfer": _(
        "abrir um chamado sobre uma migração que falhou"
    ),
    "support.open_ticket_for_failure": _("abrir um chamado sobre uma ativação que falhou"),
    "support.open_ticket_for_human": _("abrir um chamado para alguém decidir"),
    "support.open_ticket_for_ready_transfer": _("abrir um chamado sobre uma migração pronta"),
    "support.open_ticket_for_stopped_operation": _(
        "abrir um chamado sobre uma operação parada"
    ),
    "support.settle_tickets_of_activation": _("resolver chamados de uma ativação"),
    "support.settle_tickets_of_canceled_transfer": _(
        "resolver chamados de uma migração cancelada"
    ),
    "support.settle_tickets_of_done_transfer": _("resolver chamados de uma migração concluída"),
    "support.settle_tickets_of_settled_operation": _(
        "resolver chamados de uma operação concluída"
    ),
    "support.settle_tickets_of_terminated_service": _(
        "resolver chamados de um serviço removido"
    ),
    "tenancy.end_products": _("encerrar produtos que venceram"),
    "tenancy.take_clock_step": _("mover o relógio de testes"),
    "transfers.destroy_old_tokens": _("destruir tokens antigos de migrações"),
    "transfers.find_old_tokens": _("procurar tokens antigos de migrações"),
    "transfers.look_at_source": _("examinar a origem de uma migração"),
}


def job_words(name: str) -> str:
    """Work of a release that is no more, or that nobody has worded yet, is told by its name."""
    return str(JOBS.get(name, name))
