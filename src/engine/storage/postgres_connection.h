// One PostgreSQL connection: its statements prepared once per literal, its rows, its errors.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/storage/engines.h"

namespace verbatim::storage {

// The server went away. Before COMMIT was sent nothing has happened, and the work may be done again.
struct ConnectionLost : Failure {
    using Failure::Failure;
};
// A serialization failure, a deadlock, or a plan that a migration made stale: the work may be done again.
struct TryAgain : Failure {
    using Failure::Failure;
};

using PostgresResult = std::unique_ptr<PGresult, decltype(&PQclear)>;

class PostgresConnection {
public:
    // Throws ConnectionLost where the server does not answer in time. `database` instead of the URL's, where given.
    PostgresConnection(const std::string& url, std::chrono::milliseconds patience, const char* database = nullptr);
    ~PostgresConnection();
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    // Text without parameters, possibly several statements. Returns the last one's result.
    PostgresResult execute(const std::string& text);
    // Opens a transaction with the next statement's round trip; one without statements never begins.
    void begin(const char* text) { begin_ = text; }
    // Ends it. False where the server rolled back instead.
    bool commit();
    // What cannot be rolled back any more leaves the connection not idle.
    void roll_back() noexcept;
    std::int64_t run(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>* each_row);
    std::int64_t run_many(Sql sql, std::size_t columns, std::span<const Parameter> flat);
    // A SELECT through a cursor, some hundred rows at a time.
    void stream(Sql sql, std::span<const Parameter> parameters, const std::function<void(const Row&)>& each_row);

    bool idle() const { return PQstatus(connection_) == CONNECTION_OK && PQtransactionStatus(connection_) == PQTRANS_IDLE; }
    bool lost() const { return PQstatus(connection_) != CONNECTION_OK; }
    // Does it answer within that time?
    bool answers(std::chrono::milliseconds patience);
    PGconn* handle() { return connection_; }

private:
    void connect(const std::string& url, std::chrono::milliseconds patience, const char* database);
    void begin_now();
    // In pipeline mode: sends the begin and the preparation that are still to be sent; returns how many answers that makes.
    int send_ahead(const char* text, std::string& name);
    PostgresResult answer(const char* text);
    // Leaves pipeline mode whatever happened, after the synchronisation point.
    class Pipeline;
    PostgresResult checked(PGresult* result, const char* text);
    std::int64_t changed_rows(PGresult* result);

    // Parameters as libpq takes them: all as text but bytes.
    struct Encoded {
        std::string scratch;
        std::vector<const char*> values;
        std::vector<int> lengths;
        std::vector<int> formats;
        void set(std::span<const Parameter> parameters);
        int size() const { return static_cast<int>(values.size()); }
    };

    PGconn* connection_ = nullptr;
    Encoded encoded_;
    std::unordered_map<const char*, std::string> names_;
    const char* begin_ = nullptr;
    int statements_ = 0;
    int cursors_ = 0;
};

}  // namespace verbatim::storage
