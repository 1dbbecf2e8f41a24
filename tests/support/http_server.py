# SPDX-License-Identifier: Apache-2.0
"""A service on loopback, on a port that the kernel chooses and that is written to the file named.

/health answers 200; /503 answers 503; /elsewhere redirects to another host; /hang never answers;
/live answers 200 when the file `live` holds the word v1.
"""
import http.server
import os
import sys
import threading


class Service(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/hang":
            threading.Event().wait()
        if self.path == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", "http://other.invalid/")
        else:
            self.send_response(200 if self.is_healthy() else 503)
        self.end_headers()

    def is_healthy(self):
        if self.path != "/live":
            return self.path == "/health"
        if not os.path.exists("live"):
            return False
        with open("live") as live:
            return "v1" in live.read()

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


server = Server(("127.0.0.1", 0), Service)
with open(sys.argv[1] + ".new", "w") as port:
    port.write(str(server.server_port))
os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
