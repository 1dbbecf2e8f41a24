#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Serves bare repositories by the real `git http-backend`, to who has the token.

Usage: git_server.py ROOT PORT_FILE. The token is `secret-token`, as basic authentication of anybody,
or as a bearer. What ROOT/behaviour holds is how it behaves at that moment:
  refuse  no push is allowed (403)
  cut     a push is done, and the connection closed before its answer
  hang    no answer at all, until the file says otherwise
Each request is a line of ROOT/requests.
"""

import base64
import os
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(sys.argv[1]).resolve()
TOKEN = "secret-token"


def behaviour() -> str:
    try:
        return (ROOT / "behaviour").read_text().strip()
    except FileNotFoundError:
        return ""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def is_allowed(self) -> bool:
        kind, _, value = self.headers.get("Authorization", "").partition(" ")
        if kind.lower() == "basic":
            return base64.b64decode(value).decode().endswith(":" + TOKEN)
        return kind.lower() == "bearer" and value == TOKEN

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        whole = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            whole += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return whole

    def serve(self) -> None:
        body = self.body()
        is_push = "receive-pack" in self.path
        with open(ROOT / "requests", "a", encoding="utf-8") as requests:
            requests.write(f"{self.command} {self.path}\n")
        while behaviour() == "hang":
            time.sleep(0.05)
        if not self.is_allowed():
            return self.answer(401, WWW_Authenticate='Basic realm="git"')
        if is_push and behaviour() == "refuse":
            return self.answer(403, b"this token may only read\n")
        return self.call_backend(body, is_push)

    def call_backend(self, body: bytes, is_push: bool) -> None:
        url = urlsplit(self.path)
        variables = {
            **os.environ, "GIT_PROJECT_ROOT": str(ROOT), "GIT_HTTP_EXPORT_ALL": "1", "REMOTE_USER": "git",
            "PATH_INFO": url.path, "QUERY_STRING": url.query, "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", "")}
        ended = subprocess.run(["git", "http-backend"], input=body, env=variables, capture_output=True,
                               check=False)
        if is_push and self.command == "POST" and behaviour() == "cut":
            self.close_connection = True
            return
        head, _, content = ended.stdout.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().splitlines())
        status = int(fields.pop("Status", "200").split()[0])
        fields.pop("Content-Length", None)
        self.answer(status, content, **fields)

    do_GET = do_POST = serve


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.handle_error = lambda *_: None  # who was killed hangs up
Path(sys.argv[2] + ".new").write_text(f"{server.server_port}\n")
os.rename(sys.argv[2] + ".new", sys.argv[2])
server.serve_forever()
