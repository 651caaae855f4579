// Rows and structs of the register; for this module only.
#pragma once

#include "record/reviews/reviews.h"

namespace verbatim::reviews {

std::string criteria_to_json(const std::map<std::string, int>& criteria);
std::map<std::string, int> criteria_from_json(std::string_view json);
Content content_from_json(std::string_view canonical);
std::optional<State> state_from_word(std::string_view word);

// As find(); a step that another transaction takes at the same time waits, so that each starts from the state it sees.
std::optional<Review> find_to_change(storage::Tx& tx, std::string_view id);

void note_step(storage::Tx& tx, std::string_view review, Seconds now, const Actor& actor, std::string_view step, std::string_view detail);
// The event of a step: a durable job in this transaction.
void raise(storage::Tx& tx, Seconds now, std::string_view word, std::string_view id);
// The same for whoever looks on (record/events): what it is about in numbers and words of the closed lists, none of the author's.
void happened(storage::Tx& tx, Seconds now, std::string_view kind, std::string_view review, const Content& content, std::string_view origin,
              std::string_view reason = {});
// The public face of this subject changed.
void tell_window(storage::Tx& tx, std::string_view subject);

// The statement of a restriction; and, at an erasure, its words.
void keep_statement(storage::Tx& tx, const Statement& statement);
void forget_statement_words(storage::Tx& tx, std::string_view review);

// A text column that is NULL where there is nothing to say.
inline std::optional<std::string_view> or_null(std::string_view text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace verbatim::reviews
