// The year so far, of each point of sale: what was counted from January to a month. A period of all sites is one row of a site at each of
// its ends, whatever its length within a year, and these rows lie side by side. Kept beside figure_total, by the same hands.
#pragma once

#include "record/figures/read.h"

// What lists of places are ordered by, and what else says that a place has facts at all.
#define FIGURE_RUNNING(X) \
    X(n1, "$1") X(n2, "$2") X(n3, "$3") X(n4, "$4") X(n5, "$5") X(unrated, "$6") X(refused, "$7") X(withdrawn, "$8") X(removed, "$9") X(erased, "$10") \
    X(replied, "$11") X(invited, "$12") X(answered, "$13") X(cases, "$14") X(called_in_time, "$15") X(resurveyed, "$16") X(won_back, "$17")

namespace verbatim::figures {

struct RunningKey {
    std::string service;
    int month = 0;
    std::string site;
    friend auto operator<=>(const RunningKey&, const RunningKey&) = default;
};
using Running = std::map<RunningKey, Cell>;

// A fact of the month counts in it and in the rest of its year.
void add_running(Running& running, const std::string& site, const std::string& service, int month, const Cell& cell, int sign);
void add_running(storage::Tx& tx, const Running& running);

// Each site's measures of the period, in parts that add up (some are taken away); of all services or one.
void each_running(storage::Tx& tx, std::string_view service, Period period, const std::function<void(std::string_view site, const Cell& part)>& fn);

// What is kept of one site, for the months its totals speak of; and rows that belong to no total.
Running running_of(storage::Tx& tx, std::string_view site);
std::vector<RunningKey> stray_running(storage::Tx& tx);
void remove_stray_running(storage::Tx& tx);

}  // namespace verbatim::figures
