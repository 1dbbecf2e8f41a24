set(SOURCES
  journal_file_test.cc
  journal_settings_test.cc
  journal_test.cc
  journal_text_test.cc
)
