# Anybody who opens a pull request can name a directory, and a server its status line.
need python3
tree
on_github
evil='x##[set-output name=result]accepted'
mkdir "services/$evil"
echo x >"services/$evil/entrypoint.sh"
expect 0 run --deploy true
says 'is left out: service names are'
! obeyed | grep -F '##[' || fail 'obeyed'
rm -r "services/$evil"
expect 0 run --deploy true --health-check 'true "##[error]x"'
! obeyed | grep -F '##[' || fail 'obeyed'
expect 2 "##[add-mask]x"
! obeyed | grep -F '##[' || fail 'obeyed'

cat >server.py <<'EOF'
import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
s.listen()
print(s.getsockname()[1], file=open("port.new", "w"), flush=True)
__import__("os").rename("port.new", "port")
c, _ = s.accept()
c.recv(4096)
c.sendall(b"HTTP/1.1 503 ##[set-output name=x]y\r\nContent-Length: 0\r\n\r\n")
EOF
timeout 20 python3 server.py &
until_true 10 test -e port
expect 23 probe "http://127.0.0.1:$(cat port)/"
says 'answered 503'
[ -z "$(obeyed)" ] || fail "obeyed: $(obeyed)"
