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

const std::string& PostgresConnection::prepared(const char* text) {
    const auto found = names_.find(text);
    if (found != names_.end()) return found->second;
    const std::string name = "s" + std::to_string(statements_++);
    checked(PQprepare(connection_, name.c_str(), text, 0, nullptr), text);
    return names_.emplace(text, name).first->second;
}

std::int64_t PostgresConnection::changed_rows(PGresult* result) {
    if (std::string_view(PQcmdStatus(result)).starts_with("SELECT")) return 0;
    const std::string_view digits = PQcmdTuples(result);
    std::int64_t count = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), count);
    return count;
}

std::int64_t PostgresConnection::run(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>* each_row) {
    encoded_.set(parameters);
    const auto& name = prepared(sql.postgresql);
    const auto result = checked(
        PQexecPrepared(connection_, name.c_str(), encoded_.size(), encoded_.values.data(), encoded_.lengths.data(), encoded_.formats.data(), 0), sql.postgresql);
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
    if (flat.empty()) return 0;
    const auto& name = prepared(sql.postgresql);
    std::int64_t changed = 0;
    if (PQenterPipelineMode(connection_) == 0) throw ConnectionLost(message_of(PQerrorMessage(connection_)));
    std::exception_ptr failure;
    for (std::size_t at = 0; at < flat.size() && !failure;) {
        std::size_t sent = 0;
        try {
            for (; sent < statements_at_once && at < flat.size(); ++sent, at += columns) {
                encoded_.set(flat.subspan(at, columns));
                if (PQsendQueryPrepared(connection_, name.c_str(), encoded_.size(), encoded_.values.data(), encoded_.lengths.data(), encoded_.formats.data(), 0) == 0) {
                    throw ConnectionLost(message_of(PQerrorMessage(connection_)));
                }
            }
        } catch (...) {
            failure = std::current_exception();
        }
        PQpipelineSync(connection_);
        // Each statement's result and the nullptr behind it, then the synchronisation point. After an error the rest is aborted.
        for (;;) {
            PostgresResult result(PQgetResult(connection_), &PQclear);
            if (!result) {
                if (PQstatus(connection_) != CONNECTION_OK) break;
                continue;
            }
            const auto status = PQresultStatus(result.get());
            if (status == PGRES_PIPELINE_SYNC) break;
            if (status == PGRES_PIPELINE_ABORTED) continue;
            try {
                const auto good = checked(result.release(), sql.postgresql);
                changed += changed_rows(good.get());
            } catch (...) {
                if (!failure) failure = std::current_exception();
                if (PQstatus(connection_) != CONNECTION_OK) break;
            }
        }
        if (PQstatus(connection_) != CONNECTION_OK && !failure) failure = std::make_exception_ptr(ConnectionLost(message_of(PQerrorMessage(connection_))));
    }
    PQexitPipelineMode(connection_);
    if (failure) std::rethrow_exception(failure);
    return changed;
}

void PostgresConnection::stream(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>& each_row) {
    if (!is_select(sql.postgresql)) {
        run(sql, parameters, &each_row);
        return;
    }
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
