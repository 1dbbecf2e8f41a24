set(SOURCES accept_test.cc arrival_test.cc backup_step_test.cc begin_note_test.cc checkup_test.cc commands_test.cc
  failed_before_test.cc finish_test.cc journal_settings_test.cc journal_test.cc journal_text_test.cc judgement_test.cc lint_step_test.cc manual_rollback_test.cc
  manual_target_test.cc missing_program_test.cc origin_test.cc outcome_test.cc pruning_test.cc records_test.cc recover_test.cc
  settle_test.cc standalone_check_test.cc step_back_test.cc step_failure_test.cc story_test.cc target_test.cc
  tending_test.cc turn_test.cc unrestored_test.cc)
