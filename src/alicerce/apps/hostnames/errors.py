"""What hostnames refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class BadHostName(Refused):
    code = "bad_host_name"
    status = 422
    message = _("Escreva um nome como cliente.suaempresa.com.br, sem caminho nem porta.")


class PlatformsName(Refused):
    code = "platforms_name"
    status = 422
    message = _("Este nome é da plataforma. Use um de um domínio seu.")


class AlreadyAttached(Refused):
    code = "already_attached"
    message = _("Este nome já está na lista da empresa.")


class TooManyHostNames(Refused):
    code = "too_many_host_names"
    message = _("A empresa já tem o máximo de endereços próprios. Desligue um antes.")


class HostNameIsOver(Refused):
    code = "host_name_is_over"
    message = _("Este endereço já foi desligado. Ligue o nome outra vez para recomeçar.")


class NotProven(Refused):
    code = "host_name_not_proven"
    message = _("Só um endereço ativo pode vir primeiro nos links.")


class NotInRehearsal(Refused):
    code = "live_mode_only"
    message = _("O ambiente de testes não tem endereço próprio. Use uma chave de produção.")


class PlatformHasItsOwn(Refused):
    code = "platform_has_its_own"
    message = _("O endereço da plataforma vem da instalação, e não desta página.")
