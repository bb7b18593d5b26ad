"""What customers refuses."""

from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused


class NoSuchCustomer(Refused):
    code = "no_such_customer"
    status = 404
    message = _("Este cliente não existe.")


class CustomerTaken(Refused):
    code = "customer_taken"
    message = _("Já existe um cliente com este documento, e-mail ou código externo.")
