set(SOURCES duration_test.cc edit_script_test.cc error_test.cc json_test.cc line_diff_test.cc masked_lines_test.cc
  secret_values_test.cc secrets_test.cc text_test.cc)
