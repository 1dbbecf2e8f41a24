#!/bin/sh
echo "worker 1"
exec tail -f /dev/null
