"""A language model behind an OpenAI-compatible address: one POST to `/chat/completions`, bounded in time and size.

No redirect is followed and no proxy of the environment is used: what is sent goes to the address that is set and nowhere else.
"""
from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit

import msgspec

from archive.errors import BadAnswer, TooLarge, Unavailable
from archive.settings import ModelAccess

PATH = "/chat/completions"


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message


class _Answer(msgspec.Struct):
    choices: list[_Choice]


class OpenAIModel:
    """`archive.ports.LanguageModel`."""

    def __init__(self, access: ModelAccess) -> None:
        self._access = access
        self.name = access.name
        parts = urlsplit(access.url)
        path = parts.path.rstrip("/")
        self._path = path if path.endswith(PATH) else path + PATH
        self._parts = parts
        self.address = urlunsplit((parts.scheme, parts.netloc, self._path, "", ""))

    def answer(self, instructions: str, question: str) -> str:
        body = json.dumps({"model": self.name, "temperature": 0, "stream": False, "response_format": {"type": "json_object"},
                           "messages": [{"role": "system", "content": instructions}, {"role": "user", "content": question}]}).encode()
        told = self._post(body)
        try:
            choices = msgspec.json.decode(told, type=_Answer).choices
        except (msgspec.DecodeError, RecursionError) as error:
            raise BadAnswer("The language model answered with something that is no chat completion.",
                            "See whether CASETRAIL_MODEL_URL is the right one.") from error
        if not choices or not choices[0].message.content:
            raise BadAnswer("The language model said nothing.", "Try another model.")
        return choices[0].message.content

    def _post(self, body: bytes) -> bytes:
        seconds = self._access.seconds or None
        host, port = self._parts.hostname or "", self._parts.port
        connection = (http.client.HTTPSConnection(host, port, timeout=seconds, context=ssl.create_default_context())
                      if self._parts.scheme == "https" else http.client.HTTPConnection(host, port, timeout=seconds))
        late = threading.Event()
        timer: threading.Timer | None = None
        try:
            connection.connect()
            if seconds:
                timer = threading.Timer(seconds, _cut, (connection.sock, late))   # a socket's own limit begins anew with every byte
                timer.daemon = True
                timer.start()
            headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "casetrail"}
            if self._access.key:
                headers["Authorization"] = f"Bearer {self._access.key}"
            connection.request("POST", self._path, body, headers)
            response = connection.getresponse()
            if response.status != 200:
                raise Unavailable(f"The language model answered with status {response.status}.", _REMEDIES.get(response.status, "Try again later."))
            told = response.read(self._access.answer_bytes + 1)
            if late.is_set():
                raise TimeoutError
            if len(told) > self._access.answer_bytes:
                raise TooLarge(f"The language model said more than {self._access.answer_bytes} bytes.", "Raise CASETRAIL_MODEL_ANSWER_BYTES if that is right.")
            return told
        except (OSError, http.client.HTTPException) as error:
            if late.is_set() or isinstance(error, TimeoutError):
                raise Unavailable(f"The language model did not answer within {seconds} seconds.", "Try again, or raise CASETRAIL_MODEL_SECONDS.") from error
            raise Unavailable("The language model cannot be reached.", "See whether CASETRAIL_MODEL_URL is right and its server runs.") from error
        finally:
            if timer:
                timer.cancel()
            connection.close()


_REMEDIES = {401: "See whether CASETRAIL_MODEL_KEY is right.", 403: "See whether CASETRAIL_MODEL_KEY is right.",
             404: "See whether CASETRAIL_MODEL_URL and CASETRAIL_MODEL_NAME are right.", 413: "Lower CASETRAIL_MODEL_TEXT_CHARS."}


def _cut(sock: socket.socket | None, late: threading.Event) -> None:
    late.set()
    if sock is not None:
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)   # that of TLS would take the session from under the reader
