// Reading the totals: what is folded and what still waits, in one snapshot. The branch is always what the caller reaches, or lies within
// it (network::narrowed); every row read is cut with it.
#pragma once

#include <optional>

#include "record/figures/figures.h"

namespace verbatim::figures {

struct Period {
    int from = 0, to = 0;  // months, both included
    friend bool operator==(const Period&, const Period&) = default;
};

enum class About { site, product };  // words on points of sale, or on vehicles

struct Filter {
    std::string service, model;  // empty: all. A model stands for its versions too
};

enum class Level { country, group, dealer, site };
std::optional<Level> level_of(std::string_view word);
std::string_view to_word(Level level);

class Reader {
public:
    // One for one transaction.
    Reader(storage::Tx& tx, std::string branch, About about, Filter filter);

    Cell total(Period period);
    std::map<int, Cell> by_month(Period period);
    std::map<std::string, Cell> by_service(Period period);
    std::map<std::string, Cell> by_product(Period period, bool brief = false);  // codes as experiences name them: versions, or models
    std::map<std::string, Marks> criteria(Period period);
    // What lies below the branch on this level. One model's dealers and sites: not of the whole brand, see wide_for_model(). `brief` fills only what lists are ordered by: stars, invitations, cases, replies.
    std::map<std::string, Cell> by_level(Level level, Period period, bool brief);
    // Some children of by_level(), with every measure.
    std::map<std::string, Cell> children(Level level, const std::vector<std::string>& keys, Period period);
    std::map<std::pair<std::string, std::string>, Cell> by_adviser(Period period);  // site's code, staff e-mail
    std::map<std::string, Cell> by_country_of_customer(Period period);  // About::product
    std::map<std::string, Cell> by_age(Period period);                  // About::product

    // Are there too many sites under this branch to add up one model's rows?
    bool wide_for_model() const { return branch_ == "*"; }

private:
    struct Row {
        std::string_view subject, product, adviser, service;
        int month = 0;
    };
    using Each = std::function<void(const Row&, const Cell&)>;
    void each(Period period, bool by_products, const Each& fn);
    void each_base(Period period, const Each& fn);
    std::string place_at(Level level, const std::string& subject);
    void each_waiting(Period period, const std::function<void(const Place&, const Counts&)>& fn);
    // One row a product; of all vehicles together where nobody asks which.
    void each_product(Period period, bool by_products, std::string_view country, std::string_view age, const std::function<void(const std::string& product, std::string_view key, std::string_view service, int month, const Cell&)>& fn);
    bool wanted(std::string_view service, std::string_view product) const;
    storage::Tx& tx_;
    std::string branch_;
    About about_;
    Filter filter_;
    std::vector<std::string> products_; // of the filter's model
    bool narrow_ = false;               // group, dealer, site, adviser: no totals by product
    std::string adviser_site_, adviser_;
    std::optional<std::vector<std::pair<Place, Counts>>> waiting_;
};

}  // namespace verbatim::figures
