# The smallest Debian of a release, for who sources this: base_system RELEASE DIRECTORY LOG
# Made by the machine's own mirror, and kept for a week beside the base of tests/container.

skip() { echo "skipped: $1"; exit 125; }

# By what apt knows here; it serves all releases.
mirror() {
  # shellcheck disable=SC2016 # apt's own placeholders
  apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    sed -nE 's/^(bookworm|trixie|forky|sid) main //p' | head -n 1
}

base_system() {
  local release=$1 machine=$2 log=$3 cache archive
  cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/backstep-tests
  archive=$cache/$release-sudo-$(dpkg --print-architecture).tar
  mkdir -p "$cache" "$machine"
  if [ -n "$(find "$archive" -mtime -7 2>/dev/null)" ]; then
    tar -C "$machine" -xf "$archive"
    return
  fi
  [ -n "$(mirror)" ] || skip 'apt knows no mirror of Debian'
  debootstrap --variant=minbase --include=sudo "$release" "$machine" "$(mirror)" >"$log" 2>&1 ||
    skip "no $release could be made: $(tail -n 1 "$log")"
  rm -rf "$machine"/var/cache/apt/archives/*.deb "$machine"/var/lib/apt/lists/*
  tar -C "$machine" -cf "$archive.$$" .
  mv "$archive.$$" "$archive"
}
