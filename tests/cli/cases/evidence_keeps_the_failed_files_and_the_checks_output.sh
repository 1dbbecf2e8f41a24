# failed/<id>: what a rollback replaced, same format, with the check's output.
a_good_v1
expect 20 run --generate "$(generate_word v2)" --deploy true --health-check "echo diagnosis; $says_v1"
id=$(ls backups/.backstep/failed)
says "failed/$id"
holds "backups/.backstep/failed/$id/action_service_entrypoint.sh" "echo v2"
holds "backups/.backstep/failed/$id/_health_check.txt" diagnosis
expect 0 verify "failed/$id"
expect 0 rollback --to "failed/$id" --files-only
is_word v2
