set(SOURCES beneath_test.cc clock_test.cc command_child_test.cc copy_test.cc deadline_test.cc
  digest_test.cc directory_changes_test.cc directory_test.cc durability_test.cc excerpt_test.cc
  fd_test.cc file_status_test.cc inheritance_test.cc keeper_child_test.cc keeper_test.cc
  live_lines_test.cc lock_test.cc output_test.cc pipe_test.cc process_end_test.cc
  process_result_test.cc process_test.cc process_tree_test.cc random_token_test.cc
  real_path_test.cc signals_test.cc staged_file_test.cc)
