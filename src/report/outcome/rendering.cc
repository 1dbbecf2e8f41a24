// SPDX-License-Identifier: Apache-2.0
#include "report/outcome/report_model.h"

#include <kainjow/mustache.hpp>

#include "base/error.h"

namespace backstep {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

data data_of(const Json& value, Escape escape) {
  if (const auto* text = value.string()) {
    return text->empty() ? data(data::type::bool_false) : data(escape(*text));
  }
  if (const auto* number = value.integer()) return data(std::to_string(*number));
  if (const auto* flag = value.boolean()) {
    return data(*flag ? data::type::bool_true : data::type::bool_false);
  }
  if (const auto* items = value.array()) {
    data list(data::type::list);
    for (const Json& item : *items) list.push_back(data_of(item, escape));
    return list;
  }
  if (const auto* members = value.object()) {
    data object(data::type::object);
    for (const auto& [name, member] : *members) object.set(name, data_of(member, escape));
    return object;
  }
  return data(data::type::bool_false);
}

}  // namespace

std::string rendered(std::string_view report_template, const Json& model, Escape escape) {
  mustache parsed{std::string(report_template)};
  if (!parsed.is_valid()) {
    throw Error(ExitCode::kInternal, "a template is no Mustache: " + parsed.error_message());
  }
  // The values are escaped by now.
  parsed.set_custom_escape([](const std::string& text) { return text; });
  return parsed.render(data_of(model, escape));
}

}  // namespace backstep
