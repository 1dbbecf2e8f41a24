set(SOURCES comparison_test.cc evidence_test.cc flush_live_test.cc glob_test.cc known_copies_test.cc live_set_test.cc
  preflight_test.cc restore_test.cc restore_plan_test.cc take_test.cc tracked_files_test.cc)
