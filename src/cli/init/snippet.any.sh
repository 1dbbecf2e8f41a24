docker run --rm -v "$PWD:$PWD" -w "$PWD" --user "$(id -u):$(id -g)" backstep run
