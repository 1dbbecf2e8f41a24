# exclude wins over globs and services, with all that lies beneath; a literal that is excluded is a mistake.
tree action_service old_service
mkdir -p conf/private && echo a >conf/a.conf && echo b >conf/a.bak && echo c >conf/private/c.conf
cat >backstep.yml <<'END'
files: ["conf/**"]
exclude: ["**/*.bak", conf/private, services/old_*]
END
expect 0 backup
expect 0 show latest
says conf/a.conf
for path in a.bak private old_service; do says_not $path; done
echo changed >conf/private/c.conf
echo changed >services/old_service/entrypoint.sh
expect 0 diff
says 'No difference'
sh -c "$(generate_word v2)"
expect 0 rollback --exact
is_old
holds conf/private/c.conf changed
is_word v2 old_service
exists conf/a.bak
expect 2 backup --files conf/private/c.conf
says "files 'conf/private/c.conf' (flag --files) is excluded (backstep.yml:2:10)"
