#include "engine/storage/postgres_connection.h"

#include <poll.h>

#include <cctype>
#include <charconv>
#include <cstring>

#include "engine/storage/postgres_row.h"

namespace verbatim::storage {
namespace {

using Steady = std::chrono::steady_clock;

bool wait_for(PGconn* connection, short events, Steady::time_point deadline) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Steady::now()).count();
    if (left <= 0) return false;
    pollfd wait{PQsocket(connection), events, 0};
    return ::poll(&wait, 1, static_cast<int>(left)) > 0;
}

// libpq's messages end in a line feed.
std::string message_of(const char* text) {
    std::string message = text;
    while (!message.empty() && message.back() == '\n') message.pop_back();
    return message;
}

// Only a statement that reads may become a cursor.
bool is_select(std::string_view text) {
    const auto start = text.find_first_not_of(" \n\t(");
    if (start == std::string_view::npos || text.size() < start + 6) return false;
    std::string word(text.substr(start, 6));
    for (char& c : word) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return word == "SELECT" || word.starts_with("WITH");
}

constexpr int rows_at_once = 500;

}  // namespace

PostgresConnection::PostgresConnection(const std::string& url, std::chrono::milliseconds patience, const char* database) {
    try {
        connect(url, patience, database);
        // A commit is answered when it is durable, whatever the server's default; bytes come as postgres_row.cpp reads them.
        execute("SET bytea_output = 'hex'; SET TimeZone = 'UTC'; SET client_min_messages = 'warning'; SET extra_float_digits = 1;"
                " SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'");
    } catch (...) {
        PQfinish(connection_);
        throw;
    }
}

PostgresConnection::~PostgresConnection() { PQfinish(connection_); }

void PostgresConnection::connect(const std::string& url, std::chrono::milliseconds patience, const char* database) {
    // What stands before dbname can be overridden by the URL, what stands behind it cannot. The timeouts notice a server that
    // vanished without a word within about half a minute.
    std::vector<const char*> names = {"fallback_application_name", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout", "dbname", "client_encoding"};
    std::vector<const char*> values = {"verbatim", "15", "5", "3", "30000", url.c_str(), "UTF8"};
    PQconninfoOption* parsed = nullptr;
    if (database != nullptr) {
        // The URL taken apart, because a later dbname does not replace the one inside it.
        char* fault = nullptr;
        parsed = PQconninfoParse(url.c_str(), &fault);
        PQfreemem(fault);
        names.erase(names.begin() + 5);
        values.erase(values.begin() + 5);
        for (const auto* option = parsed; option != nullptr && option->keyword != nullptr; ++option) {
            if (option->val == nullptr || std::strcmp(option->keyword, "dbname") == 0) continue;
            names.push_back(option->keyword);
            values.push_back(option->val);
        }
        names.push_back("dbname");
        values.push_back(database);
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    const auto deadline = Steady::now() + patience;
    connection_ = PQconnectStartParams(names.data(), values.data(), database == nullptr ? 1 : 0);
    PQconninfoFree(parsed);
    if (connection_ == nullptr) throw Failure("out of memory");
    PQsetNoticeProcessor(connection_, [](void*, const char*) {}, nullptr);
    auto state = PGRES_POLLING_WRITING;
    while (PQstatus(connection_) != CONNECTION_BAD && state != PGRES_POLLING_OK && state != PGRES_POLLING_FAILED) {
        if (!wait_for(connection_, state == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline)) throw ConnectionLost("the database server does not answer in time");
        state = PQconnectPoll(connection_);
    }
    if (PQstatus(connection_) != CONNECTION_OK) throw ConnectionLost(message_of(PQerrorMessage(connection_)));
}

PostgresResult PostgresConnection::checked(PGresult* result, const char* text) {
    PostgresResult kept(result, &PQclear);
    const auto status = result == nullptr ? PGRES_FATAL_ERROR : PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_PIPELINE_SYNC) return kept;
    const auto field = [&](int code) {
        const char* found = result == nullptr ? nullptr : PQresultErrorField(result, code);
        return std::string(found == nullptr ? "" : found);
    };
    // The primary message only: details repeat customers' values. https://www.postgresql.org/docs/15/errcodes-appendix.html
    const std::string code = field(PG_DIAG_SQLSTATE);
    std::string what = field(PG_DIAG_MESSAGE_PRIMARY);
    if (what.empty()) what = message_of(PQerrorMessage(connection_));
    what += std::string(" in: ") + text;
    // 57P01 to 57P03 the server stops or starts, 25006 it became a standby.
    const bool gone = code.starts_with("57P") || code == "25006" || (code.starts_with("08") && code != "08P01");
    if (PQstatus(connection_) != CONNECTION_OK || gone) throw ConnectionLost(what);
    if (code.starts_with("23")) throw ConstraintFailure(what);
    const bool stale = code == "26000" || (code == "0A000" && what.find("cached plan") != std::string::npos);
    if (code == "40001" || code == "40P01") throw TryAgain(what);
    if (stale) {
        names_.clear();
        throw TryAgain(what);
    }
    throw Failure(what);
}

PostgresResult PostgresConnection::execute(const std::string& text) { return checked(PQexec(connection_, text.c_str()), text.c_str()); }

void PostgresConnection::Encoded::set(std::span<const Parameter> parameters) {
    constexpr std::size_t in_scratch = 1;
    scratch.clear();
    values.clear();
    lengths.clear();
    formats.clear();
    std::vector<std::size_t> offsets(parameters.size(), 0);  // place in scratch, counted from in_scratch; it may move while it grows
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const Parameter& value = parameters[i];
        values.push_back(nullptr);
        lengths.push_back(0);
        formats.push_back(0);
        char number[40];
        std::to_chars_result end{number, std::errc{}};
        if (const auto* bytes = std::get_if<std::span<const std::byte>>(&value)) {
            values.back() = bytes->empty() ? "" : reinterpret_cast<const char*>(bytes->data());
            lengths.back() = static_cast<int>(bytes->size());
            formats.back() = 1;
            continue;
        }
        if (std::holds_alternative<std::nullptr_t>(value)) continue;
        offsets[i] = scratch.size() + in_scratch;
        if (const auto* integer = std::get_if<std::int64_t>(&value)) end = std::to_chars(number, number + sizeof number, *integer);
        else if (const auto* real = std::get_if<double>(&value)) end = std::to_chars(number, number + sizeof number, *real);
        if (const auto* view = std::get_if<std::string_view>(&value)) {
            check_text(*view);
            scratch.append(*view);
        } else {
            scratch.append(number, end.ptr);
        }
        scratch += '\0';
    }
    for (std::size_t i = 0; i < offsets.size(); ++i) {
        if (offsets[i] != 0) values[i] = scratch.data() + offsets[i] - in_scratch;
    }
}

std::int64_t PostgresConnection::changed_rows(PGresult* result) {
    if (std::string_view(PQcmdStatus(result)).starts_with("SELECT")) return 0;
    const std::string_view digits = PQcmdTuples(result);
    std::int64_t count = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), count);
    return count;
}

// Statements are sent without waiting, up to the synchronisation point; then their answers are read in the same order.
class PostgresConnection::Pipeline {
public:
    explicit Pipeline(PostgresConnection& connection) : connection_(connection) {
        if (PQenterPipelineMode(connection_.connection_) == 0) throw ConnectionLost(message_of(PQerrorMessage(connection_.connection_)));
    }
    ~Pipeline() {
        synchronise();
        // What was not read, because something threw: after an error each further statement is answered as aborted.
        for (bool nothing = false; !connection_.lost();) {
            const PostgresResult result(PQgetResult(connection_.connection_), &PQclear);
            if (result && PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC) break;
            if (!result && std::exchange(nothing, true)) break;
            if (result) nothing = false;
        }
        PQexitPipelineMode(connection_.connection_);
    }
    Pipeline(const Pipeline&) = delete;
    Pipeline& operator=(const Pipeline&) = delete;
    void synchronise() {
        if (!std::exchange(synchronised_, true)) PQpipelineSync(connection_.connection_);
    }

private:
    PostgresConnection& connection_;
    bool synchronised_ = false;
};

// The answer to one statement of a pipeline, and the null that ends it.
PostgresResult PostgresConnection::answer(const char* text) {
    auto result = checked(PQgetResult(connection_), text);
    PQclear(PQgetResult(connection_));
    return result;
}

int PostgresConnection::send_ahead(const char* text, std::string& name) {
    int answers = 0;
    if (begin_ != nullptr) {
        PQsendQueryParams(connection_, begin_, 0, nullptr, nullptr, nullptr, nullptr, 0);
        begin_ = nullptr;
        ++answers;
    }
    if (const auto found = names_.find(text); found != names_.end()) {
        name = found->second;
    } else {
        name = "s" + std::to_string(statements_++);
        PQsendPrepare(connection_, name.c_str(), text, 0, nullptr);
        ++answers;
    }
    return answers;
}

std::int64_t PostgresConnection::run(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>* each_row) {
    encoded_.set(parameters);
    const char* const text = sql.postgresql;
    PostgresResult result(nullptr, &PQclear);
    {
        Pipeline pipeline(*this);
        std::string name;
        const int ahead = send_ahead(text, name);
        PQsendQueryPrepared(connection_, name.c_str(), encoded_.size(), encoded_.values.data(), encoded_.lengths.data(), encoded_.formats.data(), 0);
        pipeline.synchronise();
        for (int i = 0; i < ahead; ++i) answer(text);
        names_.emplace(text, name);
        result = answer(text);
    }
    if (each_row != nullptr) {
        PostgresRow row(result.get());
        for (int i = 0; i < PQntuples(result.get()); ++i) {
            row.move_to(i);
            (*each_row)(row);
        }
    }
    return changed_rows(result.get());
}

std::int64_t PostgresConnection::run_many(Sql sql, std::size_t columns, std::span<const Parameter> flat) {
    constexpr std::size_t statements_at_once = 256;  // their answers fit the socket's buffer
    const char* const text = sql.postgresql;
    std::int64_t changed = 0;
    for (std::size_t at = 0; at < flat.size();) {
        Pipeline pipeline(*this);
        std::string name;
        const int ahead = send_ahead(text, name);
        std::size_t sent = 0;
        for (; sent < statements_at_once && at < flat.size(); ++sent, at += columns) {
            encoded_.set(flat.subspan(at, columns));
            PQsendQueryPrepared(connection_, name.c_str(), encoded_.size(), encoded_.values.data(), encoded_.lengths.data(), encoded_.formats.data(), 0);
        }
        pipeline.synchronise();
        for (int i = 0; i < ahead; ++i) answer(text);
        names_.emplace(text, name);
        for (std::size_t i = 0; i < sent; ++i) changed += changed_rows(answer(text).get());
    }
    return changed;
}

void PostgresConnection::begin_now() {
    if (const char* text = std::exchange(begin_, nullptr)) execute(text);
}

bool PostgresConnection::commit() {
    if (std::exchange(begin_, nullptr) != nullptr) return true;  // nothing was asked
    const auto result = execute("COMMIT");
    return std::string_view(PQcmdStatus(result.get())) == "COMMIT";
}

void PostgresConnection::roll_back() noexcept {
    begin_ = nullptr;
    if (!idle() && !lost()) PQclear(PQexec(connection_, "ROLLBACK"));
}

void PostgresConnection::stream(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>& each_row) {
    if (!is_select(sql.postgresql)) {
        run(sql, parameters, &each_row);
        return;
    }
    begin_now();
    const std::string name = "c" + std::to_string(cursors_++);
    encoded_.set(parameters);
    const std::string declare = "DECLARE " + name + " NO SCROLL CURSOR FOR " + sql.postgresql;
    checked(PQexecParams(connection_, declare.c_str(), encoded_.size(), nullptr, encoded_.values.data(), encoded_.lengths.data(), encoded_.formats.data(), 0),
            sql.postgresql);
    const std::string fetch = "FETCH FORWARD " + std::to_string(rows_at_once) + " FROM " + name;
    const auto close = [&] { execute("CLOSE " + name); };
    try {
        for (int count = rows_at_once; count == rows_at_once;) {
            const auto result = checked(PQexec(connection_, fetch.c_str()), sql.postgresql);
            count = PQntuples(result.get());
            PostgresRow row(result.get());
            for (int i = 0; i < count; ++i) {
                row.move_to(i);
                each_row(row);
            }
        }
    } catch (...) {
        if (PQtransactionStatus(connection_) == PQTRANS_INTRANS) close();
        throw;
    }
    close();
}

bool PostgresConnection::answers(std::chrono::milliseconds patience) {
    const auto deadline = Steady::now() + patience;
    if (PQsendQuery(connection_, "SELECT 1") == 0) return false;
    bool good = false;
    for (;;) {
        while (PQisBusy(connection_) != 0) {
            if (!wait_for(connection_, POLLIN, deadline) || PQconsumeInput(connection_) == 0) return false;
        }
        const PostgresResult result(PQgetResult(connection_), &PQclear);
        if (!result) return good;
        good = PQresultStatus(result.get()) == PGRES_TUPLES_OK;
    }
}

}  // namespace verbatim::storage
