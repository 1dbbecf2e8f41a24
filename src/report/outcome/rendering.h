// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace backstep {

// Makes a report of one of our templates, which are written in Mustache: {{name}} is a value,
// {{#name}}…{{/name}} stands there where that is neither null, false, "" nor empty, and once for
// each item of a list; {{^name}} where it is. A name that an item lacks is looked for around it, so
// each item has all of its names.
//
// Every value goes through `escape`, whatever the template asks for: nothing that others wrote is
// obeyed by whoever reads the report. Throws Error (kInternal) for a template that is no Mustache.
using Escape = std::string (*)(std::string_view text);
std::string rendered(std::string_view report_template, const Json& model, Escape escape);

}  // namespace backstep
