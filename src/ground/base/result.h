// What is expected to go wrong is a value (Result); a broken world is an exception, caught only by the HTTP dispatcher and
// the job runner. Domain errors know no HTTP: one table in the doors maps ErrorKind to a status.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace verbatim {

enum class ErrorKind {
    invalid,      // the input breaks a rule; `field` names the part that does
    not_found,    // no such thing
    gone,         // it was there and may not be used any more (a used or expired link)
    conflict,     // the state does not allow this step
    forbidden,    // the actor may not
    too_many,     // a limit was reached; try again later
    unavailable,  // something outside does not answer
};

struct Error {
    ErrorKind kind = ErrorKind::invalid;
    std::string code;     // stable word for programs and message catalogues, e.g. "link_used"
    std::string message;  // English, for an operator: what happened and what to do
    std::string field;    // which input, where one is to blame
};

// The value, or why there is none. Result<void> for steps that only succeed or fail.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }
    T& value() & { return std::get<0>(state_); }
    const T& value() const& { return std::get<0>(state_); }
    T&& value() && { return std::get<0>(std::move(state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Error& error() const { return std::get<1>(state_); }

private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    bool ok() const { return !error_; }
    explicit operator bool() const { return ok(); }
    const Error& error() const { return *error_; }

private:
    std::optional<Error> error_;
};

inline Error invalid(std::string code, std::string message, std::string field = {}) {
    return {ErrorKind::invalid, std::move(code), std::move(message), std::move(field)};
}
inline Error not_found(std::string code, std::string message) { return {ErrorKind::not_found, std::move(code), std::move(message), {}}; }
inline Error conflict(std::string code, std::string message) { return {ErrorKind::conflict, std::move(code), std::move(message), {}}; }
inline Error gone(std::string code, std::string message) { return {ErrorKind::gone, std::move(code), std::move(message), {}}; }
inline Error forbidden(std::string code, std::string message) { return {ErrorKind::forbidden, std::move(code), std::move(message), {}}; }

}  // namespace verbatim
