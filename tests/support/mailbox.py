# SPDX-License-Identifier: Apache-2.0
"""Takes one message on loopback, by HTTP or SMTP, writes it to a file, and ends.

    mailbox.py http|smtp PORT-FILE MESSAGE-FILE

The kernel chooses the port, which is written to PORT-FILE. Of HTTP the body is kept, of SMTP what stands behind DATA.
Who never sends keeps it waiting for a minute, no longer.
"""
import os
import socket
import sys


def take_http(lines, answer) -> bytes:
    length = 0
    for line in iter(lines.readline, b"\r\n"):
        name, _, value = line.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
    body = lines.read(length)
    answer(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    return body


def take_smtp(lines, answer) -> bytes:
    answer(b"220 mailbox\r\n")
    message = b""
    for line in lines:
        verb = line[:4].upper()
        if verb == b"DATA":
            answer(b"354 go on\r\n")
            for text in iter(lines.readline, b".\r\n"):
                message += text[1:] if text.startswith(b".") else text
        answer(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
        if verb == b"QUIT":
            break
    return message


def write(name: str, content: bytes) -> None:
    with open(name + ".new", "wb") as file:
        file.write(content)
    os.rename(name + ".new", name)


kind, port_file, message_file = sys.argv[1:]
with socket.create_server(("127.0.0.1", 0)) as server:
    server.settimeout(60)
    write(port_file, str(server.getsockname()[1]).encode())
    connection, _ = server.accept()
    connection.settimeout(60)
    with connection, connection.makefile("rb") as stream:
        take = take_http if kind == "http" else take_smtp
        write(message_file, take(stream, connection.sendall))
