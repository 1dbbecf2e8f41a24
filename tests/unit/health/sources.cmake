set(SOURCES
  check_test.cc
  checks_test.cc
  policy_test.cc
)
