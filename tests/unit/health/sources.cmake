set(SOURCES
  check_test.cc
  policy_test.cc
  side_by_side_test.cc
)
