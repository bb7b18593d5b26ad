"""What developers refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchKey(Refused):
    code = "no_such_key"
    status = 404
    message = _("Chave não encontrada.")


class KeyNotLive(Refused):
    code = "key_not_live"
    message = _("Esta chave já foi revogada ou venceu.")


class KeyAlreadyRotated(Refused):
    code = "key_already_rotated"
    message = _("Esta chave já foi trocada por outra: troque a mais nova.")


class ScopeNotHeld(Refused):
    code = "scope_not_held"
    status = 422
    message = _("Uma chave só recebe permissões que quem a cria tem agora.")


class BadNetwork(Refused):
    code = "bad_network"
    status = 422
    message = _("Um dos endereços permitidos não é um IP nem uma rede CIDR.")


class BadExpiry(Refused):
    code = "bad_expiry"
    status = 422
    message = _("A validade precisa estar no futuro.")


class NoSandbox(Refused):
    code = "no_sandbox"
    status = 409
    message = _(
        "Ainda não há ambiente de testes: ele abre com a primeira chave de teste, ou na página dele."
    )


class NoStandIns(Refused):
    code = "no_simulated_providers"
    status = 409
    message = _("Nesta instalação não há provedores simulados no ar.")
