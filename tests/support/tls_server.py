# SPDX-License-Identifier: Apache-2.0
"""Servers on loopback, each on a port that the kernel chooses: tls_server.py DIRECTORY, where the certificates are.

`ports` there gets a line for each, "NAME PORT": good, expired, elsewhere, foreign (of those certificates), old (TLS
1.0), six (on ::1, where there is one), accept (that never accepts), handshake, head and body (each silent from there
on). What they were asked is added to `asked`: the host by TLS, then the request.
"""
import os
import socket
import ssl
import sys
import threading

os.chdir(sys.argv[1])
kept = []
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nversion 2"


def context(certificate):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate + ".pem")
    return made


def old_context():
    made = context("good")
    made.set_ciphers("ALL:@SECLEVEL=0")
    made.minimum_version = made.maximum_version = ssl.TLSVersion.TLSv1
    return made


def has_six():
    try:
        with socket.socket(socket.AF_INET6) as trial:
            trial.bind(("::1", 0))
        return True
    except OSError:
        return False


def request_of(connection):
    asked = b""
    while not asked.endswith(b"\r\n\r\n"):
        part = connection.recv(4096)
        if not part:
            break
        asked += part
    return asked.decode()


def answer(connection, name):
    asked = request_of(connection)
    if asked:
        with open("asked", "a") as told:
            told.write(f"{connection.asked_name}\n{asked}")
    if name == "head":
        threading.Event().wait()
    try:
        connection.sendall(ANSWER[:-1] if name == "body" else ANSWER)
        if name == "body":
            threading.Event().wait()
        connection.close()
    except OSError:  # the head was enough for them
        pass


def serve(name, listening, made):
    def name_asked(connection, asked, _):
        connection.asked_name = asked

    made.sni_callback = name_asked
    while True:
        plain, _ = listening.accept()
        if name == "handshake":
            threading.Event().wait()
        try:
            threading.Thread(target=answer, args=(made.wrap_socket(plain, server_side=True), name)).start()
        except OSError:
            plain.close()


def listen(name, made):
    family, address = (socket.AF_INET6, "::1") if name == "six" else (socket.AF_INET, "127.0.0.1")
    listening = socket.socket(family)
    listening.bind((address, 0))
    listening.listen(0 if name == "accept" else 8)
    kept.append(listening)
    if name == "accept":  # its queue is full
        kept.append(socket.create_connection(listening.getsockname()))
    else:
        threading.Thread(target=serve, args=(name, listening, made), daemon=True).start()
    return listening


servers = {name: context(name) for name in ("good", "expired", "elsewhere", "foreign")}
servers |= {name: context("good") for name in ("six", "accept", "handshake", "head", "body")}
servers["old"] = old_context()
if not has_six():
    del servers["six"]
lines = [f"{name} {listen(name, made).getsockname()[1]}\n" for name, made in servers.items()]
with open("ports.new", "w") as ports:
    ports.writelines(lines)
os.rename("ports.new", "ports")
threading.Event().wait()
