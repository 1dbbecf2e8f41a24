set(SOURCES
  duration_test.cc
  error_test.cc
  json_test.cc
  secrets_test.cc
  text_test.cc
)
