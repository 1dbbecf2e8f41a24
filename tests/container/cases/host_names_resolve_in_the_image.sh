# By /etc/hosts, and by the name server that the container was given.
need python3
need nsenter
docker run --rm --network none --add-host web.internal:127.0.0.1 --entrypoint sh "$IMAGE" -c \
  'mkdir /tmp/w && echo served >/tmp/w/f && httpd -p 8080 -h /tmp/w && wget -qO- http://web.internal:8080/f' >out 2>&1 || fail "by /etc/hosts"
says served

cat >name_server.py <<'END'
# Answers every question for an A record with 127.0.0.7, and any other with nothing.
import socket
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 53))
while True:
    query, client = server.recvfrom(512)
    end = query.index(b"\0", 12) + 5
    is_a = query[end - 4:end - 2] == b"\0\1"
    answer = b"\xc0\x0c\0\1\0\1\0\0\0\5\0\4\x7f\0\0\7" if is_a else b""
    server.sendto(query[:2] + b"\x81\x80\0\1" + bytes([0, int(is_a)]) + b"\0\0\0\0" + query[12:end] + answer, client)
END
container=$(docker run --detach --rm --network none --dns 127.0.0.1 --entrypoint tail "$IMAGE" -f /dev/null)
nsenter --net="/proc/$(docker inspect --format '{{.State.Pid}}' "$container")/ns/net" python3 name_server.py &
server=$!
trap 'kill $server; docker rm --force "$container" >/dev/null' EXIT
docker exec "$container" sh -c 'mkdir /tmp/w && echo served >/tmp/w/f && httpd -p 127.0.0.7:8080 -h /tmp/w' || fail "no server"
until_true 10 docker exec "$container" wget -qO- http://api.example:8080/f
docker exec "$container" wget -qO- http://api.example:8080/f >out 2>&1
says served
