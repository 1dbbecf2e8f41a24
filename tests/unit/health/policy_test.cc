// SPDX-License-Identifier: Apache-2.0
#include "health/check.h"

#include "support/catch.h"

using namespace backstep;
using std::chrono::seconds;

namespace {

struct Attempt {
  char result;  // 'p' passed, 'f' failed
  int began;    // seconds since the first attempt began
  int ended;
};

struct Row {
  const char* behaviour;
  HealthCheck check;
  std::vector<Attempt> attempts;
  const char* decisions;  // one a attempt: '.' goes on, 'H' healthy, 'U' unhealthy
  const char* reason;
};

HealthCheck check_with(int retries, int start_period, int min_healthy_time = 0, int deadline = 300) {
  HealthCheck check;
  check.retries = retries;
  check.start_period = seconds(start_period);
  check.min_healthy_time = seconds(min_healthy_time);
  check.deadline = seconds(deadline);
  return check;
}

char letter(HealthResult::Verdict verdict) {
  if (verdict == HealthResult::Verdict::kUndecided) return '.';
  return verdict == HealthResult::Verdict::kHealthy ? 'H' : 'U';
}

const std::vector<Row> kRows = {
    {"one failure is enough with one retry", check_with(1, 0), {{'f', 0, 1}}, "U", "1 failure in a row"},
    {"failures in a row are counted",
     check_with(3, 0),
     {{'f', 0, 1}, {'f', 6, 7}, {'f', 12, 13}},
     "..U",
     "3 failures in a row"},
    {"a success between them starts the count again",
     check_with(2, 0, 60),
     {{'f', 0, 1}, {'p', 6, 7}, {'f', 12, 13}, {'f', 18, 19}},
     "...U",
     "2 failures in a row"},
    {"a failure in no time counts where there is no start_period",
     check_with(1, 0),
     {{'f', 0, 0}},
     "U",
     "1 failure in a row"},
    {"a failure at the end of start_period counts", check_with(1, 30), {{'f', 29, 30}}, "U", "1 failure in a row"},
    {"failures in start_period do not count",
     check_with(1, 30),
     {{'f', 0, 1}, {'f', 6, 7}, {'f', 28, 29}, {'f', 35, 36}},
     "...U",
     "1 failure in a row"},
    {"failures in start_period do not count behind a success either",
     check_with(1, 30, 60),
     {{'f', 0, 1}, {'p', 6, 7}, {'f', 12, 13}, {'f', 29, 30}},
     "...U",
     "1 failure in a row"},
    {"a failure that began in start_period and ends after it counts",
     check_with(1, 30),
     {{'f', 29, 31}},
     "U",
     "1 failure in a row"},
    {"a failure starts min_healthy_time again",
     check_with(2, 0, 20, 60),
     {{'p', 0, 1}, {'p', 19, 19}, {'f', 20, 21}, {'p', 25, 26}, {'p', 44, 45}, {'p', 46, 47}},
     ".....H",
     ""},
    {"the deadline ends a start_period that is longer",
     check_with(3, 100, 0, 20),
     {{'f', 0, 1}, {'f', 19, 20}},
     ".U",
     "not healthy within 20s"},
    {"a success that cannot hold before the deadline comes too late",
     check_with(3, 0, 10, 20),
     {{'p', 0, 1}, {'f', 6, 7}, {'p', 9, 10}},
     "..U",
     "not healthy for 10s within 20s"},
    {"a success at the deadline is a success", check_with(3, 30, 0, 20), {{'f', 0, 1}, {'p', 19, 20}}, ".H", ""},
    {"the first success is enough", check_with(3, 30), {{'p', 0, 1}}, "H", ""},
    {"min_healthy_time counts from the end of the first success to the beginning of the last",
     check_with(3, 0, 10),
     {{'p', 2, 4}, {'p', 13, 15}, {'p', 14, 15}},
     "..H",
     ""},
};

}  // namespace

TEST_CASE("HealthPolicy: a row of attempts is judged as Compose would", "[health][policy]") {
  for (const Row& row : kRows) {
    CAPTURE(row.behaviour);
    HealthPolicy policy(row.check);
    std::string decisions;
    for (const Attempt& attempt : row.attempts) {
      decisions += letter(policy.after(attempt.result == 'p', seconds(attempt.began), seconds(attempt.ended)));
    }
    CHECK(decisions == row.decisions);
    CHECK(policy.take().reason == row.reason);
  }
}

TEST_CASE("HealthPolicy: a failure that does not count leaves the count alone", "[health][policy]") {
  const HealthCheck check = check_with(1, 10);
  HealthPolicy policy(check);
  CHECK(policy.after(false, seconds(0), seconds(1)) == HealthPolicy::Verdict::kUndecided);
  CHECK(policy.after(false, seconds(11), seconds(12)) == HealthPolicy::Verdict::kUnhealthy);
}
