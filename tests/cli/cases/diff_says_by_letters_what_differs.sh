# + added, - removed, c content, p permissions, u and g owner, and several of them at once.
tree content mode both came went same
rm -r services/came
echo 'files: [compose.yml, gone.yml, never.yml]' >backstep.yml
echo 'a: 1' >compose.yml
echo 'b: 2' >gone.yml
expect 0 backup
tree came
sed -i 's/old/new/' services/content/entrypoint.sh services/both/entrypoint.sh
chmod 700 services/both/entrypoint.sh
chmod 644 services/mode/entrypoint.sh
rm -r services/went gone.yml
expect 0 diff
letters() { sed -nE 's,^(.{4}) services/(.*)/entrypoint.sh( .*)?$,\2=\1,p' out | tr -d ' ' | sort | tr '\n' ' '; }
[ "$(letters)" = "both=cp came=+ content=c mode=p went=- " ] || fail "letters: $(letters)"
says "cp   services/both/entrypoint.sh (mode 0755 → 0700)"
says "-    gone.yml"
says "--- /dev/null"
says "+++ b/services/came/entrypoint.sh"
says "new file mode 100755"
says "deleted file mode 100644"
says "-b: 2"
says_not "compose.yml"
says_not "never.yml"
says_not "services/same"
says "6 files differ: 4 lines added, 5 removed"

# Owners where they would be restored: by root alone.
if [ "$(id -u)" = 0 ]; then
  expect 0 backup
  chown 1234 services/same/entrypoint.sh
  chown :4321 services/mode/entrypoint.sh
  chown 1:2 services/both/entrypoint.sh
  chmod 755 services/both/entrypoint.sh
  expect 0 diff
  [ "$(letters)" = "both=pug mode=g same=u " ] || fail "letters of owners: $(letters)"
  says "u    services/same/entrypoint.sh (owner 0:0 → 1234:0)"
  says_not "@@"
  become_nobody
  expect 0 diff
  [ "$(letters)" = "both=p " ] || fail "owners that nobody could restore: $(letters)"
fi
