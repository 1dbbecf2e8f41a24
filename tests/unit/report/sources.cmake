set(SOURCES console_test.cc outcome_json_test.cc outcome_text_test.cc set_report_test.cc
  status_report_test.cc table_test.cc)
