#include "engine/storage/postgres_row.h"

#include <charconv>
#include <cmath>

namespace verbatim::storage {
namespace {

// src/include/catalog/pg_type.dat: object identifiers that never change.
constexpr Oid type_bool = 16, type_bytea = 17, type_int8 = 20, type_int2 = 21, type_int4 = 23, type_oid = 26, type_float4 = 700, type_float8 = 701, type_numeric = 1700;

bool is_integer(Oid type) { return type == type_int8 || type == type_int4 || type == type_int2 || type == type_oid; }
bool is_real(Oid type) { return type == type_float8 || type == type_float4 || type == type_numeric; }

template <class T>
bool parse(std::string_view text, T& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size();
}

int hex_digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

}  // namespace

bool PostgresRow::is_null(int column) const {
    if (column >= columns_) wrong(column, "part of the result");
    return PQgetisnull(result_, row_, column) != 0;
}

std::string_view PostgresRow::raw(int column, const char* wanted) const {
    if (is_null(column)) wrong(column, wanted);
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

void PostgresRow::wrong(int column, const char* wanted) const {
    const char* name = column < columns_ ? PQfname(result_, column) : nullptr;
    throw Failure("column " + std::to_string(column) + (name != nullptr ? std::string(" (") + name + ")" : "") + " is not " + wanted);
}

std::int64_t PostgresRow::integer(int column) const {
    const auto text = raw(column, "an integer");
    const Oid type = PQftype(result_, column);
    if (type == type_bool) return text == "t" ? 1 : 0;
    std::int64_t value = 0;
    if ((is_integer(type) || type == type_numeric) && parse(text, value)) return value;
    double real = 0;
    if (is_real(type) && parse(text, real) && std::trunc(real) == real && std::abs(real) < 9e18) return static_cast<std::int64_t>(real);
    wrong(column, "an integer");
}

double PostgresRow::real(int column) const {
    const auto text = raw(column, "a number");
    const Oid type = PQftype(result_, column);
    double value = 0;
    if ((!is_integer(type) && !is_real(type)) || !parse(text, value)) wrong(column, "a number");
    return value;
}

std::string_view PostgresRow::text(int column) const {
    if (!is_null(column) && PQftype(result_, column) == type_bytea) return bytes(column);
    return raw(column, "text");
}

std::string_view PostgresRow::bytes(int column) const {
    const auto text = raw(column, "bytes");
    if (PQftype(result_, column) != type_bytea) return text;
    decoded_.resize(static_cast<std::size_t>(columns_));
    std::string& out = decoded_[static_cast<std::size_t>(column)];
    out.clear();
    // bytea_output = hex: "\x" and two lower-case digits a byte.
    for (std::size_t i = 2; i + 1 < text.size(); i += 2) out += static_cast<char>(hex_digit(text[i]) * 16 + hex_digit(text[i + 1]));
    return out;
}

}  // namespace verbatim::storage
