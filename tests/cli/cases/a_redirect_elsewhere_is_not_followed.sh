# What answers on another port or host is not the service, and nobody was to ask it. Whether the
# redirect itself is healthy is decided by its own status, as of any answer; the line says so.
need python3
serve_http
elsewhere=$url
url_of() { printf 'http://127.0.0.1:%s' "$(cat "$1")"; }
cat >redirecting.py <<'EOP'
import http.server, os, sys
class Service(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        places = {"/port": sys.argv[2] + "/live", "/https": "https://127.0.0.1/", "/host": "http://other.invalid/x",
                  "/login": "http://app:pw-4711@other.invalid/", "/query": "http://other.invalid/?token=tok-4711"}
        self.send_response(302 if self.path in places or self.path == "/here" else 200)
        self.send_header("Location", places.get(self.path, "/there"))
        self.end_headers()
    def log_message(self, *_): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
with open(sys.argv[1] + ".new", "w") as port: port.write(str(server.server_port))
os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
EOP
python3 redirecting.py port "$elsewhere" &
all_started="$all_started $!"
# shellcheck disable=SC2064 # the list as it is now
trap "kill -9 $all_started 2>/dev/null; :" EXIT
until_true 20 test -e port
# The other one would answer 503 to this path.
expect 0 probe "$(url_of port)/port"
says "/port answered 302 Found (redirects to '$elsewhere/live', another port: not followed)"
one_line
expect 0 probe "$(url_of port)/https"
says "answered 302 Found (redirects to 'https://127.0.0.1/', which is not http: not followed)"
expect 0 probe "$(url_of port)/host"
says "redirects to 'http://other.invalid/x', another host: not followed)"
# What lets somebody in there is not for everybody's eyes.
expect 0 probe "$(url_of port)/login"
says "redirects to 'http://***', which cannot be asked: not followed)"
expect 0 probe "$(url_of port)/query"
says "redirects to 'http://other.invalid/?token=***', another host: not followed)"
expect 0 probe "$(url_of port)/here"
says "/there answered 200 OK (redirected from $(url_of port)/here)"

tree
quick_checks
expect 0 run --generate "$(generate_word v1)" --deploy true --health-url "$(url_of port)/https"
says "https answered 302 Found (redirects to 'https://127.0.0.1/', which is not http: not followed)"
