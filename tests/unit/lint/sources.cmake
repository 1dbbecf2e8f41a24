set(SOURCES
  lint_report_test.cc
  lint_test.cc
  script_lines_test.cc
  script_text_test.cc
  shebang_test.cc
  syntax_test.cc
)
