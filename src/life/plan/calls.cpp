#include "life/plan/calls.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "engine/render/letters.h"
#include "life/plan/run.h"
#include "life/plan/words.h"
#include "record/network/country_rules.h"

namespace verbatim::plan {
namespace {

using nlohmann::json;
using storage::Tx;

constexpr std::string_view week[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

std::string clock_of(int minute) {
    const auto two = [](int number) { return std::string(number < 10 ? "0" : "") + std::to_string(number); };
    return two(minute / 60 % 24) + ":" + two(minute % 60);
}

Call read_call(contact::CallTask&& task) {
    Call one;
    const auto data = json::parse(task.data);
    const auto text = [&](const char* name) { return data.value(name, std::string()); };
    one.subject = text("subject"), one.script = text("script"), one.model = text("model"), one.vin = text("vin"), one.dealer = text("dealer");
    one.language = text("language"), one.timezone = text("timezone"), one.from = text("from"), one.to = text("to");
    one.not_on = data.value("not_on", std::vector<std::string>());
    one.campaign = task.about.starts_with("plan:") ? task.about.substr(5) : task.about;
    one.task = std::move(task);
    return one;
}

}  // namespace

std::string call_words(const Plan& plan, const Letter& letter, const LetterFacts& facts, std::string_view vin, std::string_view country) {
    const auto& letters = render::letters();
    auto data = json::parse(letter.data);
    data["BRAND"] = facts.brand, data["FIRST_NAME"] = facts.first_name;
    const auto& quiet = plan.quiet[static_cast<std::size_t>(Channel::call)];
    json not_on = json::array();
    for (std::size_t i = 0; i < std::size(week); ++i)
        if ((quiet.days >> i & 1) != 0) not_on.push_back(week[i]);
    const bool always = quiet.from == quiet.to;
    return json{{"subject", letter.subject}, {"script", letters.plain("call_script", letters.locale(data.at("LANG").get<std::string>()), data)}, {"model", facts.model}, {"vin", vin},
                {"dealer", facts.dealer}, {"language", letter.language}, {"timezone", country.empty() ? "UTC" : network::default_timezone(country)},
                {"from", clock_of(always ? 0 : quiet.to)}, {"to", clock_of(always ? 0 : quiet.from)}, {"not_on", not_on}}.dump();
}

CallDesk Run::calls() const { return {db_, clock_}; }

Result<CallList> CallDesk::due(std::string_view branch, std::string_view after, int limit) const {
    // "due.id"
    Seconds after_due = 0;
    const auto dot = after.find('.');
    const auto id = dot == std::string_view::npos ? std::string_view() : after.substr(dot + 1);
    if (!after.empty()) {
        const auto [end, error] = std::from_chars(after.data(), after.data() + after.size(), after_due);
        if (dot == std::string_view::npos || error != std::errc() || end != after.data() + dot || id.size() > 40) return invalid("after", "after is what `next` of the page before said", "after");
    }
    auto page = db_.read([&](Tx& tx) { return contact::calls_due(tx, branch, clock_.now(), after_due, id, limit); });
    CallList list;
    for (auto& task : page.calls) list.calls.push_back(read_call(std::move(task)));
    if (page.looked == limit) list.next = std::to_string(page.last_due) + "." + page.last_id;
    return list;
}

Result<void> CallDesk::tell(const Actor& actor, std::string_view branch, std::string_view id, std::string_view outcome, Seconds call_back_at) const {
    return db_.write([&](Tx& tx) -> Result<void> {
        // Before anything else: what lies beside the branch is told from what does not exist by nobody.
        if (!contact::call_is_on(tx, branch, id)) return Error{ErrorKind::not_found, "unknown", "there is no such call", {}};
        return contact::note_call_outcome(tx, clock_.now(), id, {std::string(outcome), call_back_at, actor.label()});
    });
}

}  // namespace verbatim::plan
