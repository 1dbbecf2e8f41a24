// SPDX-License-Identifier: Apache-2.0
#include "store/verdicts.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/json.h"
#include "store/line_file.h"
#include "store/manifest_line.h"
#include "store/time_text.h"

namespace backstep {
namespace {

constexpr const char* kVerdictsFile = "verdicts.jsonl";

Json encode(const VerdictLine& verdict) {
  Json line;
  line.set("format", LineFile::kFormat);
  line.set("run", verdict.run);
  line.set("time", utc_text(verdict.time));
  line.set("digest", verdict.digest);
  line.set("good", verdict.good);
  if (verdict.by_human) line.set("by_human", true);
  if (!verdict.commit.empty()) line.set("commit", verdict.commit);
  return line;
}

VerdictLine decode(const Json& line) {
  VerdictLine verdict;
  verdict.run = line.text("run");
  verdict.time = seconds_of_utc_text(line.text("time")).value_or(0);
  verdict.digest = line.text("digest");
  const Json* good = line.find("good");
  if (good == nullptr || good->boolean() == nullptr || !is_sha256_hex(verdict.digest)) {
    throw Error(ExitCode::kDamaged, "not a verdict");
  }
  verdict.good = *good->boolean();
  verdict.by_human = line.flag_or("by_human", false);
  verdict.commit = line.text_or("commit", "");
  return verdict;
}

bool said_already(const std::vector<VerdictLine>& lines, const VerdictLine& line) {
  const auto same = std::find_if(lines.rbegin(), lines.rend(), [&](const VerdictLine& earlier) {
    return earlier.run == line.run && earlier.digest == line.digest &&
           earlier.by_human == line.by_human;
  });
  if (same == lines.rend()) return false;
  return !line.by_human || same->good == line.good;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kGood:
      return "good";
    case Verdict::kBad:
      return "bad";
    case Verdict::kUntested:
      break;
  }
  return "untested";
}

void Verdicts::add(VerdictLine line) {
  Judgement& judgement = judgements_[line.digest];
  if (line.by_human) {
    judgement.mark = line.good ? Verdict::kGood : Verdict::kBad;
  } else if (line.good) {
    judgement.passed = true;
  }
  lines_.push_back(std::move(line));
}

Verdicts Verdicts::load(const Store& store) {
  Verdicts verdicts;
  const LineFile file = read_line_file(store, kVerdictsFile);
  verdicts.broken_lines_ = file.broken;
  for (const Json& line : file.lines) {
    try {
      verdicts.add(decode(line));
    } catch (const Error&) {
      ++verdicts.broken_lines_;
    }
  }
  return verdicts;
}

Verdict Verdicts::of(std::string_view digest) const {
  const auto found = judgements_.find(digest);
  if (found == judgements_.end()) return Verdict::kUntested;
  const Judgement& judgement = found->second;
  if (judgement.mark != Verdict::kUntested) return judgement.mark;
  return judgement.passed ? Verdict::kGood : Verdict::kBad;
}

std::vector<std::string> Verdicts::good_digests() const {
  std::vector<std::string> digests;
  std::set<std::string_view> seen;
  for (auto line = lines_.rbegin(); line != lines_.rend(); ++line) {
    if (!line->good || of(line->digest) != Verdict::kGood) continue;
    if (seen.insert(line->digest).second) digests.push_back(line->digest);
  }
  return digests;
}

std::string Verdicts::commit_of(std::string_view digest) const {
  const auto found = std::find_if(lines_.rbegin(), lines_.rend(), [&](const VerdictLine& line) {
    return line.good && line.digest == digest && !line.commit.empty();
  });
  return found == lines_.rend() ? std::string() : found->commit;
}

void append_verdict(const Store& store, const VerdictLine& line) {
  if (said_already(Verdicts::load(store).lines(), line)) return;
  append_to_line_file(store, kVerdictsFile, encode(line));
}

}  // namespace backstep
