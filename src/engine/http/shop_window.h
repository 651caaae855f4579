// The shop window: finished pages by target, made on first demand, dropped when what they show changes. Bounded in memory;
// what was not looked at for longest goes first. Knows tags, not what they mean.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/http/http.h"

namespace verbatim::http {

class ShopWindow {
public:
    explicit ShopWindow(std::size_t most_bytes);
    ~ShopWindow();

    // For Server: quick, never blocks on a build. Counts as a look.
    std::shared_ptr<const FinishedPage> find(std::string_view target) const;

    // Answers a request on the counter and keeps the page for the next ones. `build` reads the database; should one of the
    // tags be dropped while it does, the answer is given but not kept, so that no stale page stays. `keep_seconds` bounds a
    // page's age (figures of a moving time window). A response other than 200, or one carrying keep(false), is not kept.
    struct Built {
        Response response;
        std::vector<Field> fields;  // of the page: Cache-Control, CSP ...
        bool keep = true;
    };
    Response show(const Request& request, const std::vector<std::string>& tags, int keep_seconds, const std::function<Built()>& build);

    void drop(std::string_view tag);
    void drop_all();
    std::size_t bytes() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace verbatim::http
