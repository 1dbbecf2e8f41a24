#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes in the current directory two authorities (ca.pem, other_ca.pem) and servers' keys with certificates, each
# in one file: good.pem, expired.pem, elsewhere.pem (of another host), foreign.pem (by the other authority).
set -eu

cat >authority.conf <<'END'
[ca]
default_ca = us
[us]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
END
: >index.txt
echo 01 >serial

# server NAME AUTHORITY FROM TO HOSTS
server() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$1.key" -subj "/CN=$1" \
    -addext "subjectAltName=$5" -out "$1.csr" 2>/dev/null
  openssl ca -batch -notext -config authority.conf -cert "$2.pem" -keyfile "$2.key" -startdate "$3" -enddate "$4" \
    -in "$1.csr" -out "$1.crt" 2>/dev/null
  cat "$1.key" "$1.crt" >"$1.pem"
}
for name in ca other_ca; do
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout $name.key -days 3650 \
    -subj "/CN=$name" -out $name.pem 2>/dev/null
done
here='DNS:localhost,IP:127.0.0.1,IP:::1'
server good ca 20200101000000Z 20490101000000Z "$here"
server expired ca 20200101000000Z 20200102000000Z "$here"
server elsewhere ca 20200101000000Z 20490101000000Z DNS:other.invalid
server foreign other_ca 20200101000000Z 20490101000000Z "$here"
