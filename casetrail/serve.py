"""`casetrail serve`: the API and the pages."""
from __future__ import annotations

import click

from casetrail.opening import opened


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; on another than loopback every call needs a key.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port to listen on.")
def serve(host: str, port: int) -> None:
    """Serve the API and the pages until Ctrl-C."""
    import logging
    import signal
    from contextlib import suppress

    import uvicorn

    from archive.errors import BadSettings
    from search_api.app import create_app
    from search_api.services.checks import make_index
    from search_api.serving import bound

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("casetrail").setLevel(logging.INFO)
    with opened() as archive:
        app = create_app(archive, host)
        try:
            listening = bound(host, port)
        except OSError as error:
            raise BadSettings(f"Port {port} on {host} cannot be used ({error.strerror}).", "Choose another with --port.") from error
        address = f"[{host}]" if ":" in host else host
        click.echo(f"Casetrail serves http://{address}:{listening.getsockname()[1]}/ until Ctrl-C.", err=True)
        server = uvicorn.Server(uvicorn.Config(app, access_log=False, server_header=False, log_level="warning", log_config=None,
                                               timeout_graceful_shutdown=10, proxy_headers=False))
        make_index(archive)
        # The server ends in order on either signal and raises it again afterwards; for us that is the end that was asked for.
        signal.signal(signal.SIGTERM, lambda number, frame: None)
        with listening, suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
