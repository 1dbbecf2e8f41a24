// SPDX-License-Identifier: Apache-2.0
#include "store/records/verdicts.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "config/pipeline.h"
#include "store/records/line_file.h"
#include "store/records/new_names.h"
#include "store/set_id.h"
#include "store/sets/manifest.h"

namespace backstep {
namespace {

Json encode(const VerdictLine& verdict) {
  Json line;
  line.set("format", kLineFormat);
  line.set("run", verdict.run);
  line.set("sequence", verdict.sequence);
  line.set("time", utc_text(verdict.time));
  if (!verdict.service.empty()) line.set("service", verdict.service);
  line.set("digest", verdict.digest);
  verdict.withdrawn ? line.set("withdrawn", true) : line.set("good", verdict.good);
  if (verdict.by_human) line.set("by_human", true);
  if (!verdict.commit.empty()) line.set("commit", verdict.commit);
  return line;
}

VerdictLine decode_verdict(const Json& line, size_t place) {
  VerdictLine verdict;
  verdict.place = place;
  verdict.run = line.text("run");
  verdict.sequence = line.number("sequence");
  verdict.time = seconds_of_utc_text(line.text("time")).value_or(0);
  verdict.service = line.text_or("service", "");
  verdict.digest = line.text("digest");
  verdict.withdrawn = line.flag_or("withdrawn", false);
  const Json* member = line.find("good");
  const bool* good = member == nullptr ? nullptr : member->boolean();
  if ((good != nullptr) == verdict.withdrawn || !ContentHash::from_hex(verdict.digest) || !is_uid(verdict.run) ||
      !is_sequence(verdict.sequence)) {
    refuse_damaged("not a verdict");
  }
  verdict.good = good != nullptr && *good;
  verdict.by_human = line.flag_or("by_human", false);
  verdict.commit = line.text_or("commit", "");
  return verdict;
}

bool said_already(const std::vector<VerdictLine>& lines, const VerdictLine& line) {
  const auto same = std::find_if(lines.rbegin(), lines.rend(), [&](const VerdictLine& earlier) {
    return earlier.run == line.run && earlier.service == line.service && earlier.digest == line.digest &&
           earlier.by_human == line.by_human;
  });
  if (same == lines.rend()) return false;
  return !line.by_human || (same->good == line.good && same->withdrawn == line.withdrawn);
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  constexpr std::array<std::string_view, 3> kNames = {"untested", "good", "bad"};
  return kNames.at(static_cast<size_t>(verdict));
}

void Verdicts::add(VerdictLine line) {
  Judgement& judgement = judgements_[{line.service, line.digest}];
  const size_t place = lines_.size();
  if (line.withdrawn) {
    judgement = {};
  } else if (line.by_human) {
    judgement.mark = place;
  } else if (!line.good) {
    judgement.failure = place;
  } else if (!judgement.pass) {
    judgement.pass = place;
  }
  lines_.push_back(std::move(line));
}

Verdicts Verdicts::load(const Store& store) {
  std::shared_ptr<const Verdicts>& known = store.records(kVerdictsFile).verdicts;
  if (known != nullptr) return *known;
  Verdicts verdicts;
  verdicts.broken_lines_ = read_lines(
      store, kVerdictsFile, [&](const Json& line, size_t place) { verdicts.add(decode_verdict(line, place)); });
  known = std::make_shared<const Verdicts>(std::move(verdicts));
  return *known;
}

const VerdictLine* Verdicts::deciding(std::string_view digest, std::string_view service) const {
  const auto found = judgements_.find(std::tie(service, digest));
  if (found == judgements_.end()) return nullptr;
  const auto& [mark, pass, failure] = found->second;
  for (const auto& place : {mark, pass, failure}) {
    if (place) return &lines_[*place];
  }
  return nullptr;
}

Verdict Verdicts::of(std::string_view digest, std::string_view service) const {
  const VerdictLine* line = deciding(digest, service);
  if (line == nullptr) return Verdict::kUntested;
  return line->good ? Verdict::kGood : Verdict::kBad;
}

std::vector<std::string> Verdicts::good_digests() const {
  std::vector<std::string> digests;
  std::set<std::string_view> seen;
  for (auto line = lines_.rbegin(); line != lines_.rend(); ++line) {
    if (!line->good || !line->service.empty() || of(line->digest) != Verdict::kGood) continue;
    if (seen.insert(line->digest).second) digests.push_back(line->digest);
  }
  return digests;
}

std::string Verdicts::commit_of(std::string_view digest) const {
  const auto naming = std::find_if(lines_.rbegin(), lines_.rend(), [&](const VerdictLine& line) {
    return line.good && line.service.empty() && line.digest == digest && is_commit(line.commit);
  });
  return naming == lines_.rend() ? std::string() : naming->commit;
}

void append_verdict(const Store& store, const VerdictLine& line) { append_verdicts(store, {&line, 1}); }

void append_verdicts(const Store& store, std::span<const VerdictLine> lines, SyncBatch* disk) {
  if (lines.empty()) return;
  const Verdicts verdicts = Verdicts::load(store);
  const int64_t sequence = next_sequence(store);
  std::vector<std::string> fresh;
  for (VerdictLine line : lines) {
    line.sequence = sequence;
    if (!said_already(verdicts.lines(), line)) fresh.push_back(encode(line).dump());
  }
  if (fresh.empty()) return;
  store.append_records(kVerdictsFile, joined(fresh, "\n"), disk);
}

std::vector<std::pair<std::string, Verdict>> service_verdicts(const Verdicts& verdicts,
                                                              std::span<const FileEntry> files,
                                                              const Patterns& patterns) {
  std::vector<std::pair<std::string, Verdict>> judged;
  for (const FileEntry& file : files) {
    const std::string service = patterns.service_of(file.path);
    if (service.empty() || file.absent) continue;
    const Verdict verdict = verdicts.of(service_digest(file), service);
    if (verdict != Verdict::kUntested) judged.emplace_back(service, verdict);
  }
  return judged;
}

const char* KnownGood::why_last() const {
  return lost.empty() ? "the newest known good" : "an older known good, for no backup holds the newest";
}

std::string KnownGood::loss() const {
  if (lost.empty()) return {};
  return fmt::format(
      "no backup holds the newest known good version ({}) any more; {}", lost.substr(0, 12),
      last == nullptr ? "nothing else is known good" : "the newest that is left is " + last->ref.label());
}

KnownGood known_good(const Catalog& catalog, const Verdicts& verdicts) {
  KnownGood good;
  const std::vector<std::string> digests = verdicts.good_digests();
  for (const std::string& digest : digests) {
    const std::vector<const CatalogEntry*> sets = catalog.with_digest(digest);
    if (sets.empty()) continue;
    if (good.last == nullptr) good.last = sets.front();
    good.stored.push_back(digest);
  }
  if (!digests.empty() && (good.last == nullptr || good.stored.front() != digests.front())) {
    good.lost = digests.front();
  }
  return good;
}

}  // namespace backstep
