"""Whether the ports we are about to listen on are free."""

import errno
import socket

from alicerce.project.embedded.errors import CannotStart


def require_free(*, host: str, port: int, variable: str) -> None:
    """Raises CannotStart, naming the port and the variable that changes it."""
    try:
        with socket.create_server((host, port)):
            return
    except OSError as error:
        raise CannotStart(_sentence(error, host, port, variable)) from None


def answers(*, host: str, port: int) -> bool:
    """Whether somebody accepts connections there."""
    try:
        with socket.create_connection((host, port), timeout=0.2):
            return True
    except OSError:
        return False


def _sentence(error: OSError, host: str, port: int, variable: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken by another program; "
            f"stop it or choose another port with {variable}."
        )
    return f"Cannot listen on {host}:{port} ({error.strerror}); choose another with {variable}."
