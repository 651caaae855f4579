// A row of a PostgreSQL result in text format.
#pragma once

#include <libpq-fe.h>

#include <string>
#include <vector>

#include "engine/storage/storage.h"

namespace verbatim::storage {

class PostgresRow final : public Row {
public:
    explicit PostgresRow(const PGresult* result) : result_(result), columns_(PQnfields(result)) {}
    void move_to(int row) { row_ = row; }

    bool is_null(int column) const override;
    std::int64_t integer(int column) const override;
    double real(int column) const override;
    std::string_view text(int column) const override;
    std::string_view bytes(int column) const override;

private:
    std::string_view raw(int column, const char* wanted) const;
    [[noreturn]] void wrong(int column, const char* wanted) const;

    const PGresult* result_;
    int columns_;
    int row_ = 0;
    mutable std::vector<std::string> decoded_;  // bytes of a column, decoded
};

}  // namespace verbatim::storage
