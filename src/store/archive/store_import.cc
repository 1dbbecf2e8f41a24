// SPDX-License-Identifier: Apache-2.0
#include "store/archive/archive.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace backstep {
namespace {

using Fate = ImportedSet::Fate;

constexpr uint64_t kMostUndeclaredBytes = uint64_t{1} << 30;
constexpr size_t kMostSets = 100'000;

ImportGround ground_of(const Store* store, bool dry_run) {
  const Catalog catalog = store == nullptr ? Catalog() : read_catalog(*store);
  ImportGround ground{
      .store = store, .dry_run = dry_run, .ids = MergedIds(store, catalog), .undeclared_left = kMostUndeclaredBytes};
  for (const CatalogEntry& entry : catalog.entries) {
    const bool unverified = entry.state == CatalogEntry::State::kUnverified;
    ground.sets[entry.manifest.name()] = {entry.ref, unverified, entry.manifest.digest};
  }
  return ground;
}

class Import {
 public:
  Import(const Store* store, TarReader& archive, bool dry_run, Work* work)
      : archive_(archive), work_(work), ground_(ground_of(store, dry_run)) {}

  Imported run() {
    try {
      read_entries();
      if (imported_.stopped.empty()) {
        merge(kVerdictsFile, imported_.verdicts);
        merge(kHistoryFile, imported_.history);
      }
    } catch (const Error& error) {
      const size_t came = imported_.count(Fate::kCameIn);
      const std::string so_far = came == 0 ? "" : " after " + counted(came, "set") + " came in";
      throw error.within("import stopped" + so_far, ExitCode::kBackupFailed);
    }
    imported_.renamed = std::move(ground_.renamed);
    return std::move(imported_);
  }

 private:
  void read_entries() {
    try {
      while (const std::optional<TarEntry> entry = archive_.next()) {
        take(*entry);
        if (work_ != nullptr && entry->kind == TarEntry::Kind::kFile) work_->add();
      }
      end_set();
    } catch (const Error& error) {
      if (error.code() != ExitCode::kDamaged) throw;
      imported_.stopped = error.message();
      if (set_) imported_.sets.push_back(set_->give_up("the archive breaks off in it"));
      set_.reset();
    } catch (const Interrupted& interrupted) {
      imported_.stopped = interrupted.what();
      imported_.signal = interrupted.signal_number();
      set_.reset();
    }
  }

  void take(const TarEntry& entry) {
    const bool directory = entry.kind == TarEntry::Kind::kDirectory;
    const std::optional<ArchiveName> name = parse_archive_name(entry.name);
    if (!name || directory != (name->kind == ArchiveName::Kind::kDirectory) || entry.kind == TarEntry::Kind::kOther) {
      refuse_damaged(in_quotes(entry.name) +
                     " has no place in a store: this is no archive of "
                     "'backstep export'");
    }
    if (set_ && (!name->ref || *name->ref != set_->ref())) end_set();
    if (name->kind == ArchiveName::Kind::kRecords) return take_records(name->path, entry);
    if (!name->ref) return;
    if (!set_) {
      if (imported_.sets.size() >= kMostSets) {
        refuse_damaged(fmt::format("it holds more than {} sets", kMostSets));
      }
      set_.emplace(ground_, *name->ref);
    }
    set_->take(*name, entry, archive_);
  }

  void take_records(const std::string& name, const TarEntry& entry) {
    if (records_.contains(name)) refuse_damaged(in_quotes(entry.name) + " is there twice");
    records_[name] = archive_.read_text(kLargestRecords);
  }

  void end_set() {
    if (!set_) return;
    imported_.sets.push_back(set_->finish());
    set_.reset();
  }

  void merge(std::string_view name, size_t& added) {
    const auto other = records_.find(name);
    if (other == records_.end()) return;
    const std::string ours = ground_.store == nullptr ? "" : ground_.store->read_records(name);
    const MergedRecords merged = merge_records(ours, other->second);
    added = merged.added;
    imported_.broken_lines += merged.broken;
    if (merged.added == 0 || ground_.dry_run) return;
    ground_.store->replace_records(std::string(name), merged.text);
  }

  TarReader& archive_;
  Work* work_;
  ImportGround ground_;
  std::optional<IncomingSet> set_;
  std::map<std::string, std::string, std::less<>> records_;
  Imported imported_;
};

}  // namespace

size_t Imported::count(Fate fate) const {
  return static_cast<size_t>(std::ranges::count_if(sets, [&](const ImportedSet& set) { return set.fate == fate; }));
}

bool Imported::brought_nothing() const { return count(Fate::kCameIn) + verdicts + history == 0; }

bool Imported::failed() const {
  const size_t left_out = count(Fate::kClash) + count(Fate::kNoBase) + count(Fate::kDamaged);
  return left_out + broken_lines > 0 || !stopped.empty();
}

Imported import_store(const Store* store, TarReader& archive, bool dry_run, Work* work) {
  return Import(store, archive, dry_run, work).run();
}

}  // namespace backstep
