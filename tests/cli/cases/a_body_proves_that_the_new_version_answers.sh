# The service says which files it runs with; an old process that still answers is no proof.
need python3
tree
quick_checks
cat >service.py <<'END'
import http.server, os, sys
class Service(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"running " + open("live" if os.path.exists("live") else os.devnull, "rb").read())
    def log_message(self, *_): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
with open("port.new", "w") as port: port.write(str(server.server_port))
os.rename("port.new", "port")
server.serve_forever()
END
python3 service.py &
all_started="${all_started-} $!"
# shellcheck disable=SC2064 # the list as it is now
trap "kill -9 $all_started 2>/dev/null; :" EXIT
until_true 20 test -e port
cat >backstep.yml <<END
deploy: printf '%s %s' "\$BACKSTEP_DIGEST" "\$BACKSTEP_REVISION" >live
rollback_command: printf '%s %s' "\$BACKSTEP_DIGEST" "\$BACKSTEP_REVISION" >live
health_check:
  url: http://127.0.0.1:$(cat port)/
  body: running \${BACKSTEP_DIGEST} \$BACKSTEP_REVISION
END
as_job 1 c0ffee expect 0 run --generate "$(generate_word v1)"
grep -qE '^[0-9a-f]{64} c0ffee$' live || fail "live: $(cat live)"
as_job 2 beef expect 20 run --generate "$(generate_word v2)" --deploy true
says "answered 200 OK, but its body does not hold 'running "
is_word v1
grep -q ' c0ffee$' live || fail "live: $(cat live)"
# Outside of a run nobody knows the digest: that is said, and it is no answer of the service.
expect 2 check
says "'body' names \$BACKSTEP_DIGEST, which is not known here"
