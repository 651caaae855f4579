#include "engine/intake/intake.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <numeric>
#include <thread>
#include <unordered_map>

#include "engine/intake/records.h"
#include "engine/intake/rejected.h"

namespace verbatim::intake {

std::string summary(const Counts& counts) {
    return std::to_string(counts.read) + " read, " + std::to_string(counts.taken) + " taken, " + std::to_string(counts.already) + " already there, " +
           std::to_string(counts.rejected) + " rejected";
}

int exit_code(const Counts& counts) { return counts.read > 0 && counts.rejected == counts.read ? 1 : 0; }

namespace detail {
namespace {

constexpr std::size_t most_batch_bytes = std::size_t{4} << 20;

// A batch after parsing: what its good rows mean, and why the others mean nothing.
struct Parsed {
    struct Good {
        std::size_t record = 0;  // in the batch
        std::string key;
        std::size_t fingerprint = 0;  // of names and values in any order
    };
    Batch batch;
    std::unique_ptr<Values> values;
    std::vector<Good> good;            // one a value, in order
    std::vector<std::string> reasons;  // one a record; empty for a good one
};

std::size_t fingerprint_of(const Row& row) {
    std::size_t print = 0;
    for (const Field& field : row.fields()) {
        const std::size_t name = std::hash<std::string_view>{}(field.name), value = std::hash<std::string_view>{}(row.get(field.name));
        print += (name ^ (value << 1 | value >> 63)) * 0x9e3779b97f4a7c15u;
    }
    return print;
}

Parsed parse(const Handler& handler, bool json, const std::vector<std::string>& columns, Batch batch) {
    Parsed parsed;
    parsed.values = handler.make();
    parsed.reasons.resize(batch.records.size());
    JsonRows json_rows;
    std::vector<Field> csv_fields(columns.size());
    const auto use_row = [&](const Row& row, Parsed::Good& good) -> Result<void> {
        for (const std::string& column : handler.required)
            if (row.get(column).empty()) return invalid("missing", column + " is missing", column);
        if (handler.keyed) good.fingerprint = fingerprint_of(row);
        return handler.parse(*parsed.values, row, &good.key);
    };
    const auto use = [&](const Batch::Record& record, Parsed::Good& good) -> Result<void> {
        if (!json) {
            for (std::size_t i = 0; i < columns.size(); ++i) csv_fields[i] = {columns[i], batch.at(batch.fields[record.first_field + i])};
            return use_row(Row(csv_fields), good);
        }
        const std::string_view line = batch.at(record.raw);
        if (handler.json_lines) {
            if (handler.keyed) good.fingerprint = std::hash<std::string_view>{}(line);
            return handler.parse_line(*parsed.values, line, &good.key);
        }
        const auto fields = json_rows.parse(line);
        return fields.ok() ? use_row(Row(*fields), good) : Result<void>(fields.error());
    };
    for (std::size_t i = 0; i < batch.records.size(); ++i) {
        const Batch::Record& record = batch.records[i];
        Parsed::Good good;
        good.record = i;
        if (!record.fault.empty()) parsed.reasons[i] = record.fault;
        else if (const auto used = use(record, good); !used.ok()) parsed.reasons[i] = used.error().message;
        else parsed.good.push_back(std::move(good));
    }
    parsed.batch = std::move(batch);
    return parsed;
}

// A few threads that parse; with none, parsing happens when the result is asked for.
class Parsers {
public:
    explicit Parsers(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
    }
    ~Parsers() {
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        wake_.notify_all();
        for (std::thread& thread : threads_) thread.join();
    }
    Parsers(const Parsers&) = delete;
    Parsers& operator=(const Parsers&) = delete;

    std::future<Parsed> submit(std::function<Parsed()> task) {
        if (threads_.empty()) return std::async(std::launch::deferred, std::move(task));
        std::packaged_task<Parsed()> packaged(std::move(task));
        auto future = packaged.get_future();
        {
            const std::lock_guard lock(mutex_);
            tasks_.push_back(std::move(packaged));
        }
        wake_.notify_one();
        return future;
    }

private:
    void work() {
        for (;;) {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return ending_ || !tasks_.empty(); });
            if (ending_) return;
            std::packaged_task<Parsed()> task = std::move(tasks_.front());
            tasks_.pop_front();
            lock.unlock();
            task();
        }
    }

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::packaged_task<Parsed()>> tasks_;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

class Storer {
public:
    Storer(storage::Db& db, const Handler& handler, Rejected& rejected) : db_(db), handler_(handler), rejected_(rejected) {}

    void store(Parsed parsed) {
        const Batch& batch = parsed.batch;
        std::vector<std::size_t> chosen;
        for (std::size_t i = 0; i < parsed.good.size(); ++i) {
            const auto& good = parsed.good[i];
            if (handler_.keyed && is_contradiction(good, batch.records[good.record].line, parsed.reasons[good.record])) continue;
            chosen.push_back(i);
        }
        const auto results = write(*parsed.values, chosen);
        for (std::size_t i = 0; i < chosen.size(); ++i) {
            const std::size_t record = parsed.good[chosen[i]].record;
            if (!results[i].ok()) parsed.reasons[record] = results[i].error().message;
            else ++(*results[i] == Outcome::taken ? counts.taken : counts.already);
        }
        counts.read += batch.records.size();
        for (std::size_t i = 0; i < batch.records.size(); ++i) {
            if (parsed.reasons[i].empty()) continue;
            ++counts.rejected;
            rejected_.add(batch.records[i].line, parsed.reasons[i], batch.at(batch.records[i].raw));
        }
    }

    Counts counts;

private:
    // The same key on an earlier line of this file, with other values: which one is meant cannot be known.
    bool is_contradiction(const Parsed::Good& good, std::size_t line, std::string& reason) {
        const auto [earlier, first] = seen_.try_emplace(good.key, line, good.fingerprint);
        if (first || earlier->second.second == good.fingerprint) return false;
        reason = good.key + " stands on line " + std::to_string(earlier->second.first) + " already, with other values";
        return true;
    }

    std::vector<Result<Outcome>> write(const Values& values, std::span<const std::size_t> chosen) {
        if (chosen.empty()) return {};
        try {
            return db_.write([&](storage::Tx& tx) { return handler_.store(tx, values, chosen); });
        } catch (const storage::ConstraintFailure& failure) {
            if (chosen.size() == 1) return {Error{ErrorKind::conflict, "refused", std::string("the database refuses the row: ") + failure.what(), {}}};
        }
        // By halves, down to the row that is refused: few transactions where few rows are bad.
        auto results = write(values, chosen.first(chosen.size() / 2));
        for (auto& result : write(values, chosen.subspan(chosen.size() / 2))) results.push_back(std::move(result));
        return results;
    }

    storage::Db& db_;
    const Handler& handler_;
    Rejected& rejected_;
    std::unordered_map<std::string, std::pair<std::size_t, std::size_t>> seen_;  // key -> line, fingerprint
};

Result<void> check_columns(const std::string& name, const std::vector<std::string>& columns, const std::vector<std::string>& required) {
    for (const std::string& wanted : required) {
        if (std::find(columns.begin(), columns.end(), wanted) != columns.end()) continue;
        std::string message = name + " has no column \"" + wanted + "\"; its columns are:";
        for (const std::string& column : columns) message += (&column == &columns.front() ? " " : ", ") + column;
        if (columns.size() == 1 && columns.front().find_first_of(";\t|") != std::string::npos) message += ". Fields must be separated by commas";
        return invalid("missing_column", message, wanted);
    }
    return {};
}

}  // namespace

Result<Counts> run(storage::Db& db, const std::string& path, Input* input, const Handler& handler, const Options& options) {
    std::unique_ptr<Input> own;
    if (!input) {
        auto opened = Input::open(path);
        if (!opened.ok()) return opened.error();
        own = std::move(*opened);
        input = own.get();
    }
    auto records = Records::of(path, *input);
    if (!records.ok()) return records.error();
    Records& source = **records;
    if (!source.json()) {
        if (const auto checked = check_columns(path, source.columns(), handler.required); !checked.ok()) return checked.error();
    }
    Rejected rejected(!options.rejected.empty() ? options.rejected : path == "-" ? "" : path + ".rejected.csv");
    Progress progress(options.progress);
    Storer storer(db, handler, rejected);

    // This thread reads and stores, others parse: a few batches are on their way at a time, stored in the file's order.
    std::deque<std::future<Parsed>> waiting;
    Parsers parsers(options.parsers);  // after what its threads use
    for (bool more = true; more || !waiting.empty();) {
        while (more && waiting.size() < options.parsers + 1) {
            Batch batch;
            while (batch.records.size() < std::max<std::size_t>(options.batch, 1) && batch.bytes.size() < most_batch_bytes && (more = source.next(batch))) {}
            if (batch.records.empty()) break;
            auto shared = std::make_shared<Batch>(std::move(batch));
            waiting.push_back(parsers.submit([&handler, &source, shared] { return parse(handler, source.json(), source.columns(), std::move(*shared)); }));
        }
        if (waiting.empty()) break;
        Parsed parsed = waiting.front().get();
        waiting.pop_front();
        storer.store(std::move(parsed));
        progress.show(storer.counts.read, *input);
        if (options.watch) options.watch(storer.counts);
    }
    if (input->fault()) {
        Error error = *input->fault();
        error.message += ". Until there: " + summary(storer.counts);
        return error;
    }
    return storer.counts;
}

}  // namespace detail
}  // namespace verbatim::intake
