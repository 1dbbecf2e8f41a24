// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "deploy/run/outcome.h"

namespace backstep {

// The last words of a run, for a person at 3 a.m.: what failed, with the tail of its output; what
// was restored and where the failed files are; what to type next; and as the last line what is live
// now.
std::string outcome_text(const Outcome& outcome);

// All that the text says, and more.
Json outcome_json(const Outcome& outcome);
Json service_checks_json(const std::vector<ServiceHealth>& checks);

// The words that every face of a run shares, so that they say the same.
std::string_view headline_of(const Outcome& outcome);  // "❌ Failed and rolled back"
std::string live_words(const Outcome& outcome);        // what is live now, and how the services are

// What there is to say of a run beside that, a name and a text each: what failed, what was restored
// and where the failed files are, what is owed, what to type next. May hold any bytes.
struct OutcomeFact {
  std::string_view name;  // "failed"
  std::string text;
  std::string_view output = {};  // the last that it printed
};
// Points into the outcome.
std::vector<OutcomeFact> outcome_facts(const Outcome& outcome);

// "2024-03-10T14:23:07Z, 41s after the deploy began; healthy again 12s later"; "" when nothing
// failed.
std::string when_words(const Outcome& outcome);
// "what is live was accepted 2024-03-09T18:02:11Z, run 2024-03-09_18-01-55, commit 1a2b3c4, by
// alice"; "" when the history does not know it.
std::string origin_words(const Outcome& outcome);
// "the rollback command, which 'backstep recover' runs: docker compose up -d"; "" when nothing is,
// or when live_words says so.
std::string owed_words(const Outcome& outcome);

}  // namespace backstep
