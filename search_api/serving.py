"""The socket that the service listens on, bound before anything else starts, so that a port in use is a clear message."""
from __future__ import annotations

import socket


def bound(host: str, port: int) -> socket.socket:
    """Return a bound TCP socket; port 0 takes a free one. Raises OSError."""
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except BaseException:
        listening.close()
        raise
    return listening
