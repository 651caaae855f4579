// The fixture of this module's tests: a queue on each engine, a clock that stands. Included by tests only.
#pragma once

#include "engine/jobs/jobs.h"
#include "engine/storage/conformance.h"
#include "ground/base/log.h"

namespace verbatim::jobs {

class JobsOnBothEngines : public storage::OnBothEngines {
protected:
    void SetUp() override {
        log::set_level(log::Level::error);  // failing jobs are the subject here
        OnBothEngines::SetUp();
        if (db) db->migrate(migrations());
    }
    void enqueue_one(std::string_view kind, std::string_view payload, const Wish& wish = {}) {
        db->write([&](storage::Tx& tx) { enqueue(tx, clock, kind, payload, wish); });
    }
    Counts count() {
        return db->read([&](storage::Tx& tx) { return counts(tx, clock.now()); });
    }
    // Handles a kind by keeping its payloads.
    void keep(Runner& runner, const std::string& kind) {
        runner.handle(kind, [this](const Job& job) -> Result<void> {
            seen.push_back(job.payload);
            return {};
        });
    }

    ManualClock clock{1'800'000'000};
    std::vector<std::string> seen;
};

using Texts = std::vector<std::string>;

}  // namespace verbatim::jobs
