set(SOURCES call_test.cc flags_test.cc help_test.cc named_set_test.cc refusal_report_test.cc
  session_test.cc verbs_test.cc)
