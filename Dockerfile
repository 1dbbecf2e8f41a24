# SPDX-License-Identifier: Apache-2.0
# Builds with the classic builder and with BuildKit. `--target binary` stops at the binary alone, for
# a COPY --from into an image that has the programs your commands need.
# The name moves to each of Debian's updates, which a build by hand is to get. A release looks up the
# digest behind it once, gives that here for both architectures, and writes it into the image's labels.
ARG BASE=debian:bookworm-slim

FROM ${BASE} AS build
WORKDIR /src
# The packages before the sources: an edit does not install them again. Their versions are Debian's
# own stable ones, which a pin would only keep from security updates.
COPY tests/support/install_packages.sh tests/support/packages.txt tests/support/
COPY cmake/curl_source.sh cmake/curl_sources.txt cmake/
RUN tests/support/install_packages.sh build demo image && rm -rf /var/lib/apt/lists/*
COPY CMakeLists.txt CMakePresets.json ./
COPY cmake/ cmake/
COPY src/ src/
ARG REPOSITORY=OWNER/backstep
RUN cmake --preset release -DBACKSTEP_TESTS=OFF -DBACKSTEP_REPOSITORY="$REPOSITORY" && cmake --build --preset release
COPY release/sbom.sh release/
# What CI systems ask of an image: a shell, the small programs that their hooks call, a /tmp, names
# for user ids, the order in which host names are looked up, and whose certificates are trusted.
# The bill of materials lies where scanners of images find it by the end of its name.
RUN mkdir -p /root-tree/bin /root-tree/etc/ssl/certs /root-tree/tmp /root-tree/root /root-tree/usr/local/bin \
      /root-tree/usr/local/share/sbom \
 && release/sbom.sh build/release "$(command -v busybox)" >/root-tree/usr/local/share/sbom/backstep.cdx.json \
 && install -m 755 build/release/backstep /root-tree/usr/local/bin/backstep \
 && ln -s backstep /root-tree/usr/local/bin/backstep-post \
 && install -m 755 "$(command -v busybox)" /root-tree/bin/busybox \
 && for applet in $(busybox --list); do \
      [ "$applet" = busybox ] || ln -s busybox "/root-tree/bin/$applet" || exit 1; \
    done \
 && chmod 1777 /root-tree/tmp && chmod 700 /root-tree/root \
 && printf '%s\n' root:x:0:0:root:/root:/bin/sh nobody:x:65534:65534:nobody:/:/bin/false \
      >/root-tree/etc/passwd \
 && printf '%s\n' root:x:0: nogroup:x:65534: >/root-tree/etc/group \
 && printf '%s\n' 'hosts: files dns' >/root-tree/etc/nsswitch.conf \
 && install -m 644 /etc/ssl/certs/ca-certificates.crt /root-tree/etc/ssl/certs/

FROM scratch AS binary
COPY --from=build /src/build/release/backstep /backstep

# No USER: GitHub's file commands and workspace belong to another user than any that could be named
# here. So root in it trusts what the CI system's runner has checked out. No WORKDIR: every CI system
# sets its own. ENTRYPOINT alone: a CMD would be taken for a verb.
FROM scratch
ARG VERSION=unreleased
ARG REVISION=unknown
ARG BASE
ARG BASE_DIGEST
LABEL org.opencontainers.image.title="backstep" \
      org.opencontainers.image.description="A pipeline step that backs up, deploys, checks and rolls back" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="${BASE}" \
      org.opencontainers.image.base.digest="${BASE_DIGEST}"
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    container=docker \
    BACKSTEP_TRUST_OWNER=checkout
COPY --from=build /root-tree/ /
ENTRYPOINT ["/usr/local/bin/backstep"]
