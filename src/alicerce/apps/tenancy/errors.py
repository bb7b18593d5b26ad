"""What tenancy refuses."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused

FULL: Mapping[str, Promise] = {
    "members": _("A equipe já tem %(most)d pessoas, o limite dos produtos da empresa."),
    "customers": _("Já há %(most)d clientes, o limite dos produtos da empresa."),
    "api_keys": _("Já há %(most)d chaves em uso, o limite dos produtos da empresa."),
}


MORE = _(
    "O uso e os limites estão em Produtos: para ter mais, peça um produto maior à plataforma."
)


class OperatorOutsideRoot(Refused):
    code = "operator_outside_root"
    message = _("Só a empresa da plataforma tem operadores. Escolha outro papel.")


class NotYours(Refused):
    """Somebody would give, or take, more than they hold."""

    code = "not_yours_to_give"
    status = 403
    message = _("Ninguém dá ou tira o que não pode. Peça a quem tem um papel maior.")


class GivenByPeople(Refused):
    """A program would give what gives power itself, and would outlive its key."""

    code = "given_by_people"
    status = 403
    message = _(
        "Um papel que convida ou muda papéis é dado por uma pessoa, na página da equipe."
    )


class PayerOwes(Refused):
    """Somebody would open a restricted company by another account of their own."""

    code = "payer_owes"
    message = _(
        "A conta que paga por esta empresa está em atraso ou suspensa. Acerte com ela antes: outra conta da "
        "mesma pessoa não a substitui."
    )


class NotAMember(Refused):
    code = "not_a_member"
    status = 404
    message = _("Esta pessoa não trabalha nesta empresa.")


class UnknownRole(Refused):
    code = "unknown_role"
    status = 404
    message = _("Este papel não existe nesta empresa.")


class LastAdministrator(Refused):
    code = "last_administrator"
    message = _(
        "A empresa ficaria sem ninguém para administrá-la. Dê o papel a outra pessoa antes."
    )


class OwnerStays(Refused):
    code = "owner_stays"
    message = _("A titularidade só muda por transferência.")


class RoleIsLocked(Refused):
    code = "role_is_locked"
    message = _("Este papel é igual em todas as empresas e não muda. Copie para criar o seu.")


class RoleInUse(Refused):
    code = "role_in_use"
    message = _("Há pessoas com este papel. Dê outro a elas antes de apagar.")


class RoleNameTaken(Refused):
    code = "role_name_taken"
    status = 422
    message = _("Já existe um papel com este nome.")


class CannotGrant(Refused):
    code = "cannot_grant"
    status = 422
    message = _("Uma das permissões não pode fazer parte de um papel.")


class InvitationGone(Refused):
    code = "invitation_gone"
    status = 410
    message = _("Este convite já foi usado, foi retirado ou venceu. Peça um novo.")


class UnknownInvitation(Refused):
    code = "unknown_invitation"
    status = 404
    message = _("Este convite não existe.")


class WrongPerson(Refused):
    code = "wrong_person"
    status = 403
    message = _("Este convite é de outra pessoa. Saia e entre com o e-mail que o recebeu.")


class SignInFirst(Refused):
    code = "sign_in_first"
    message = _(
        "Não foi possível criar a conta com este e-mail. Se você já tem uma, entre com ela."
    )


class TooManyInvitations(Refused):
    code = "too_many_invitations"
    status = 429
    message = _("Há convites demais em aberto, ou este já foi enviado vezes demais.")


class SlugTaken(Refused):
    code = "slug_taken"
    status = 422
    message = _("Este endereço já é de outra empresa. Escolha outro.")


class PayerSuspended(Refused):
    code = "payer_suspended"
    message = _("Esta conta de cobrança está suspensa. Escolha outra.")


class UnknownAccount(Refused):
    code = "unknown_account"
    status = 404
    message = _("Esta conta de cobrança não existe.")


class LimitReached(Refused):
    """There is as much of it as the company's products allow."""

    code = "limit_reached"
    message = _("O limite dos produtos da empresa foi atingido.")

    def __init__(self, key: str, most: int) -> None:
        super().__init__()
        self.key, self.most = key, most

    def __str__(self) -> str:
        return f"{FULL[self.key] % {'most': self.most}} {MORE}"


class NotASandbox(Refused):
    code = "test_mode_only"
    message = _("O relógio só anda no ambiente de testes. Use uma chave de teste.")


class ClockMoving(Refused):
    code = "clock_moving"
    message = _("O relógio de testes já está a caminho. Espere que ele chegue.")


class ClockGoesForward(Refused):
    code = "clock_goes_forward"
    status = 422
    message = _("O relógio de testes só anda para a frente. Escolha uma data depois da atual.")


class ClockTooFar(Refused):
    code = "clock_too_far"
    status = 422
    message = _("O relógio de testes anda no máximo um ano de cada vez.")


class ProductsAreThePlatforms(Refused):
    code = "products_are_the_platforms"
    status = 403
    message = _("É a plataforma que liga e desliga produtos. Fale com ela.")


class NoSuchLogo(Refused):
    code = "no_such_logo"
    status = 404
    message = _("Este logotipo não existe.")
