// The typed half of storage.h: rows into tuples, functions into transactions. Included by storage.h alone.
#pragma once

#include <limits>
#include <string>

namespace verbatim::storage {

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
inline constexpr bool is_result = false;
template <class T>
inline constexpr bool is_result<Result<T>> = true;

template <class... C>
struct Record {
    using type = std::tuple<C...>;
};
template <class C>
struct Record<C> {
    using type = C;
};

template <class... C, std::size_t... I>
typename Record<C...>::type record(const Row& row, std::index_sequence<I...>) {
    static_assert(sizeof...(C) > 0, "name the columns' types: rows<std::string, std::int64_t>(...)");
    static_assert((!std::is_same_v<C, std::string_view> && ...), "a view does not outlive its row: ask for std::string");
    // Braces, so that columns are read from the left.
    return typename Record<C...>::type{row.get<C>(static_cast<int>(I))...};
}

}  // namespace detail

template <class T>
T Row::get(int column) const {
    if constexpr (detail::is_optional<T>) {
        if (is_null(column)) return std::nullopt;
        return get<typename T::value_type>(column);
    } else if constexpr (std::is_same_v<T, bool>) {
        return integer(column) != 0;
    } else if constexpr (std::is_enum_v<T>) {
        return static_cast<T>(get<std::underlying_type_t<T>>(column));
    } else if constexpr (std::is_integral_v<T>) {
        const std::int64_t wide = integer(column);
        if (!std::in_range<T>(wide)) throw Failure("column " + std::to_string(column) + " holds " + std::to_string(wide) + ", which does not fit");
        return static_cast<T>(wide);
    } else if constexpr (std::is_floating_point_v<T>) {
        return static_cast<T>(real(column));
    } else if constexpr (std::is_same_v<T, Blob>) {
        return Blob{std::string(bytes(column))};
    } else {
        static_assert(std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>, "no column becomes this type");
        return T(text(column));
    }
}

template <class... P>
std::int64_t Tx::exec_many(Sql sql, const std::vector<std::tuple<P...>>& rows) {
    static_assert(sizeof...(P) > 0, "rows without columns");
    std::vector<Parameter> flat;
    flat.reserve(rows.size() * sizeof...(P));
    for (const auto& row : rows) std::apply([&](const auto&... value) { (flat.push_back(detail::to_parameter(value)), ...); }, row);
    return run_many(sql, sizeof...(P), flat);
}

template <class... C, class... P>
auto Tx::rows(Sql sql, const P&... parameters) {
    std::vector<typename detail::Record<C...>::type> found;
    const Parameter list[] = {detail::to_parameter(parameters)..., nullptr};
    const std::function<void(const Row&)> keep = [&](const Row& row) {
        found.push_back(detail::record<C...>(row, std::index_sequence_for<C...>{}));
    };
    run(sql, std::span(list, sizeof...(P)), &keep);
    return found;
}

template <class... C, class... P>
auto Tx::row(Sql sql, const P&... parameters) {
    std::optional<typename detail::Record<C...>::type> found;
    const Parameter list[] = {detail::to_parameter(parameters)..., nullptr};
    const std::function<void(const Row&)> keep = [&](const Row& row) {
        if (!found) found.emplace(detail::record<C...>(row, std::index_sequence_for<C...>{}));
    };
    run(sql, std::span(list, sizeof...(P)), &keep);
    return found;
}

template <class C, class... P>
C Tx::value(Sql sql, const P&... parameters) {
    auto found = row<C>(sql, parameters...);
    if (!found) throw Failure(std::string("no row where one was promised: ") + sql.sqlite);
    return std::move(*found);
}

template <class F>
auto Db::write(F&& fn) -> std::invoke_result_t<F, Tx&> {
    using R = std::invoke_result_t<F, Tx&>;
    auto* const beside = Alongside::waiting();  // of the calling thread; the function itself may run on another
    if constexpr (std::is_void_v<R>) {
        do_write([&](Tx& tx) {
            fn(tx);
            if (beside) beside->fn_(tx);
            return true;
        });
        if (beside) beside->committed_ = true;
    } else {
        static_assert(!std::is_reference_v<R>, "a transaction returns values");
        std::optional<R> result;
        do_write([&](Tx& tx) {
            result.reset();
            result.emplace(fn(tx));
            if constexpr (detail::is_result<R>) {
                if (!result->ok()) return false;
            }
            if (beside) beside->fn_(tx);
            return true;
        });
        if (beside) {
            if constexpr (detail::is_result<R>) beside->committed_ = result->ok();
            else beside->committed_ = true;
        }
        return std::move(*result);
    }
}

template <class F>
auto Db::read(F&& fn) -> std::invoke_result_t<F, Tx&> {
    using R = std::invoke_result_t<F, Tx&>;
    if constexpr (std::is_void_v<R>) {
        do_read([&](Tx& tx) { fn(tx); });
    } else {
        static_assert(!std::is_reference_v<R>, "a transaction returns values");
        std::optional<R> result;
        do_read([&](Tx& tx) {
            result.reset();
            result.emplace(fn(tx));
        });
        return std::move(*result);
    }
}

}  // namespace verbatim::storage
