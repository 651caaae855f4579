// Did a customer write this? What the text and the register know together: near-copies of other people's words, templates, bursts, a
// rating out of line with its author's history, and what a model says of the text itself (norms FRA-2, FRA-4). Each signal is kept
// with its reason; together they may ask a human, for five stars like for one. A score never refuses, and each signal's false alarms
// are counted against what humans then decided.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/reviews/reviews.h"

namespace verbatim::moderate {

struct Signal {
    std::string name;   // copy | template | burst | out_of_line, or a text model's own
    double weight = 0;  // 0..1
    std::string why;    // for the human
};

inline constexpr double near_copy = 0.5;      // of the runs of four words in common
inline constexpr double asks_a_human = 0.5;   // from this on together, see combined()
inline constexpr int template_copies = 3;     // so many other authors have the same words
inline constexpr std::int64_t burst_least = 5;
inline constexpr double burst_chance = 1e-6;  // a day like this is rarer

// As if each were right by itself with its weight: 1 - the product of (1 - weight).
double combined(const std::vector<Signal>& signals);

// What the register knows of these words, which are remembered for those to come. Other words of the same author are no copies.
std::vector<Signal> look(storage::Tx& tx, Seconds now, const reviews::Review& review, const reviews::Content& content);
// Keeps them, and adds them to the findings (JSON array, or empty) where together they ask a human.
void add_signals(storage::Tx& tx, Seconds now, const reviews::Review& review, const std::vector<Signal>& signals, std::string_view version, std::string& findings);
// The words are gone: what was kept of them goes too.
void forget_signals(storage::Tx& tx, std::string_view review);

// How a signal did: of those it raised, what humans decided. Published is a false alarm.
struct SignalFigure {
    std::string name;
    std::int64_t raised = 0, asked = 0, right = 0, false_alarms = 0;  // asked: a human was; the others are undecided, or never were asked about
};
std::vector<SignalFigure> signal_figures(storage::Tx& tx, std::string_view branch, Seconds since);

}  // namespace verbatim::moderate
