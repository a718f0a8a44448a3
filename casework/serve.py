"""Serve the built book on this machine, and nowhere else."""

from __future__ import annotations

import sys
import webbrowser
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from casework.errors import CaseworkError
from casework.load import SCENARIOS

BOOK = SCENARIOS.parent / "_build" / "html"
HOST, FIRST, TRIES = "127.0.0.1", 8000, 50


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line for each, and never from a browser's old copy."""

    protocol_version = "HTTP/1.1"  # one connection for all files of a page

    def log_message(self, *_: object) -> None:
        """Say nothing: the person who ran the command wants the address, not a log."""

    def end_headers(self) -> None:
        """Ask browsers to check for a newer page each time."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


class _Server(ThreadingHTTPServer):
    """Lets a browser hang up: leaving a page while it loads is no error."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Tell of everything but a connection that the other side has closed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def open_server(folder: Path = BOOK, first: int = FIRST) -> ThreadingHTTPServer:
    """Return a server of *folder* on the first free port from *first*; the caller runs and closes it.

    Raises `CaseworkError` if there is no book in *folder*, or if no port is free.
    """
    if not (folder / "index.html").is_file():
        raise CaseworkError(f"There is no book in {folder} yet. Build it with `make book`.")
    for port in range(first, first + TRIES):
        try:
            return _Server((HOST, port), partial(_Quiet, directory=str(folder)))
        except OSError:
            continue
    raise CaseworkError(f"The ports {first} to {first + TRIES - 1} are all taken. Name another with --port.")


def serve(first: int = FIRST, show: bool = True) -> None:
    """Serve the book until somebody presses Ctrl+C; print its address, and open it in a browser if *show*."""
    with open_server(first=first) as server:
        port = server.server_port
        if port != first:
            print(f"Port {first} is taken; using {port}.")
        address = f"http://{HOST}:{port}/"
        print(f"The course is at {address}  (Ctrl+C stops it)", flush=True)
        if show:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("Stopped.")
