set(SOURCES check_test.cc policy_test.cc)
