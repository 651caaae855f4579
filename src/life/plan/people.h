// From the platform's tables to what a decision looks at: people by the slice, a few set-based questions for all of them. No name and
// no address is read; the vault stays shut.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/storage.h"
#include "life/plan/decide.h"

namespace verbatim::plan {

// What other stages know. Stages do not see each other; the house joins them (app/server/house.cpp).
struct Sources {
    struct Case {
        std::string_view review;
        Seconds opened_at = 0, closed_at = 0;  // 0: open
        std::string_view outcome;
    };
    // `reviews`: a JSON list of ids.
    std::function<void(storage::Tx&, std::string_view reviews, const std::function<void(const Case&)>&)> cases;
    bool sms = false;  // there is a gateway that carries them
};

struct Member {
    std::int64_t number = 0, turn = 0;
    std::string customer;
    Person person;
    History history;
    std::vector<std::string> vins;        // by vehicle; "" where none is known
    std::vector<std::string> new_vins;    // as they are to be kept from now on, where that differs
    std::vector<std::string> sites, products;  // by vehicle: the newest of each
    bool known = false;                   // else erased meanwhile
    bool complains = false;               // a case is open
};

// Which campaign of the plan has which number in the tables, and back.
struct Numbers {
    std::vector<std::int64_t> of_campaign;       // by the plan's order
    std::map<std::int64_t, int> campaign_of;
};
Numbers numbers_of(storage::Tx& tx, const Plan& plan);

// One site's facts; asked for once a run.
class Sites {
public:
    explicit Sites(const Plan& plan) : plan_(plan) {}
    struct Facts {
        int country = -1, group = -1;
        std::uint32_t services = 0;
        std::string name, phone;
    };
    const Facts& of(storage::Tx& tx, std::string_view code);
    // Which of the plan's models this product is, itself or as a version of it; -1: none.
    int model_of(storage::Tx& tx, std::string_view product);

private:
    const Plan& plan_;
    std::map<std::string, Facts, std::less<>> known_;
    std::map<std::string, int, std::less<>> models_;
};

// Fills what is not number, turn and customer.
void read_people(storage::Tx& tx, const Plan& plan, const Numbers& numbers, const Sources& sources, Sites& sites, std::vector<Member>& members);

}  // namespace verbatim::plan
