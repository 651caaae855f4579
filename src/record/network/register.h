// The organisation's points of sale for doors: cut to a branch, searched, changed one at a time. Files change many (import.h).
#pragma once

#include "ground/base/actor.h"
#include "ground/base/result.h"
#include "record/network/network.h"

namespace verbatim::network {

class Register {
public:
    Register(storage::Db& db, const Clock& clock) : db_(db), clock_(clock) {}

    // By code, behind `after`; `q` stands somewhere in the code, the name or the town. Nothing for a branch that is not the caller's.
    std::optional<std::vector<Site>> list(std::string_view own, std::string_view branch, std::string_view q, std::string_view after, int limit) const;
    std::optional<Site> find(std::string_view own, std::string_view code) const;

    // What may be changed by hand; the rest comes with the next file and would be written over.
    struct Wish {
        std::optional<std::string> name, phone, email, opening;
        std::optional<bool> active;
    };
    // `seen`: when it was last changed as the caller saw it; another moment is conflict "changed_meanwhile". 0: whatever it is.
    Result<Site> change(std::string_view own, std::string_view code, const Wish& wish, Seconds seen) const;

private:
    storage::Db& db_;
    const Clock& clock_;
};

}  // namespace verbatim::network
