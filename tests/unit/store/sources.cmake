set(SOURCES catalog_test.cc file_entry_test.cc history_test.cc index_test.cc line_file_test.cc
  manifest_line_test.cc manifest_test.cc retention_test.cc set_id_test.cc set_reader_test.cc
  set_writer_test.cc store_test.cc time_text_test.cc verdicts_test.cc)
