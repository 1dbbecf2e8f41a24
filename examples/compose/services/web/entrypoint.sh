#!/bin/sh
mkdir -p /tmp/www && echo "web 1" >/tmp/www/index.html
exec httpd -f -p 8080 -h /tmp/www
