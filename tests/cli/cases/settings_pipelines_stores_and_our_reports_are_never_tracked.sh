# A glob that would catch them passes over them: a rollback must not change the rules that it runs by.
tree
mkdir -p .github/workflows sub
for file in .gitlab-ci.yml Jenkinsfile .github/workflows/x.yml sub/backstep.production.yml bitbucket-pipelines.yml; do echo mine >"$file"; done
cat >backstep.yml <<'END'
files: ["**", ".*", ".*/**", compose.yml]
report: [report.xml, reports.env]
END
echo x >compose.yml
expect 0 backup --backups-dir old/store
cp -r old/store/2* unpacked
expect 0 run --deploy true
exists report.xml
expect 0 backup
expect 0 show latest
says '  compose.yml'
for path in .gitlab-ci Jenkinsfile .github backstep report.xml reports.env old/ unpacked _manifest; do says_not "  $path"; done
says_not sub/
# Named by themselves they are left out, and that is said; what lies in a store or in .git is refused.
expect 0 backup --files backstep.yml,.gitlab-ci.yml
says "backstep.yml (from 'files') is left out: settings and definitions of pipelines are never backed up"
expect 6 backup --files old/store/.backstep/lock
# The settings that the run goes by are one of them, whatever they are called.
mv backstep.yml mine.yml
expect 0 backup --config mine.yml
expect 0 show latest --config mine.yml
says_not mine.yml
