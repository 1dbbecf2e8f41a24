set(SOURCES annotations_test.cc console_test.cc delivery_test.cc dotenv_test.cc
  github_command_test.cc github_dialect_test.cc github_summary_test.cc gitlab_dialect_test.cc
  junit_test.cc markdown_test.cc outcome_json_test.cc outcome_text_test.cc outcome_words_test.cc
  recorder_test.cc report_values_test.cc set_report_test.cc status_report_test.cc table_test.cc)
