set(SOURCES archive_name_test.cc catalog_test.cc environments_test.cc file_entry_test.cc history_test.cc incoming_set_test.cc index_test.cc keeping_test.cc known_good_test.cc line_file_test.cc live_version_test.cc
  manifest_line_test.cc manifest_test.cc merged_ids_test.cc merged_records_test.cc new_names_test.cc project_test.cc prune_test.cc retention_test.cc set_id_test.cc set_reader_test.cc
  set_writer_test.cc store_export_test.cc store_import_test.cc store_test.cc time_text_test.cc verdicts_test.cc whole_sets_test.cc)
