set(SOURCES flags_test.cc)
