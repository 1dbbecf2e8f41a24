// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/json.h"
#include "deploy/run/outcome.h"
#include "report/outcome/recorder.h"

namespace backstep {

// What the templates of the summary and of the page show of a run, in their words: all that
// `--json` has, put into sentences, rows and percent. The outcome holds no secrets any more. Texts
// are printable; those of outputs and of the diff may hold several lines.
Json report_model(const Outcome& outcome, const RunRecord& record);

// Makes a report of one of our templates, which are written in Mustache: {{name}} is a value, {{#name}}…{{/name}}
// stands there where that is neither null, false, "" nor empty, and once for each item of a list; {{^name}} where it
// is. A name that an item lacks is looked for around it, so each item has all of its names.
//
// Every value goes through `escape`, whatever the template asks for: nothing that others wrote is
// obeyed by whoever reads the report. Throws Error (kInternal) for a template that is no Mustache.
using Escape = std::string (*)(std::string_view text);
std::string rendered(std::string_view report_template, const Json& model, Escape escape);

}  // namespace backstep
