// The figures of this platform's own log, for the transparency page: counted as a stranger counts them (app/verify/figures.h),
// and kept up to date entry by entry, so that a page costs what is new and not what ever was.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "app/verify/figures.h"
#include "engine/storage/storage.h"
#include "record/ledger/ledger.h"

namespace verbatim::server {

class LogFigures {
public:
    LogFigures(storage::Db& db, const ledger::Ledger& log, std::int64_t max_delay_days);

    // As JSON, over the newest signed checkpoint. The first call reads the whole log, and one after many entries reads those.
    // Throws storage::Failure where the log cannot be read.
    std::shared_ptr<const std::string> text();

private:
    void catch_up(std::uint64_t size);
    verify::Declared declare() const;

    storage::Db& db_;
    const ledger::Ledger& log_;
    const std::int64_t max_delay_days_;
    std::mutex one_at_a_time_;
    verify::Figures figures_;
    verify::Declared declared_;             // of text_
    std::shared_ptr<const std::string> text_;
};

}  // namespace verbatim::server
