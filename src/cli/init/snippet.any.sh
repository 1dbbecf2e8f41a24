docker run --rm -v /usr/local/bin:/out backstep install /out
backstep run
